"""Which keys an ontology file may have, and what their values must look like."""

import re
from collections.abc import Mapping
from typing import Any

from kg.ontology.marked import Marked, Path_
from kg.ontology.problems import did_you_mean

SHAPES = ("box", "diamond", "dot", "hexagon", "square", "star", "triangle", "triangleDown")
LITERALS = ("string", "integer", "decimal")
RESERVED = ("ontology", "statement", "run", "selector")
"""IRI prefixes of what is no type."""

_TOP = {
    "id": "text", "name": "text", "title": "text", "description": "text", "version": "text", "license": "text",
    "default_prefix": "text", "prefixes": "map", "annotations": "map", "classes": "map", "slots": "map",
}  # fmt: skip
_TOP_NOTES = {"base": "text", "lexicon": "texts"}
_CLASS = {
    "is_a": "text", "abstract": "truth", "description": "text", "class_uri": "text", "aliases": "texts",
    "exact_mappings": "texts", "close_mappings": "texts", "annotations": "map",
}  # fmt: skip
_CLASS_NOTES = {"colour": "colour", "shape": "shape", "iri": "iri", "roles": "texts", "heads": "texts", "link": "text"}
_SLOT = {
    "description": "text", "domain": "texts", "range": "texts", "inverse": "text", "slot_uri": "text",
    "exact_mappings": "texts", "close_mappings": "texts", "annotations": "map",
}  # fmt: skip
_SLOT_NOTES = {"role": "text", "link": "text", "cues": "texts", "examples": "texts"}
_CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]{0,59}")
_SLOT_NAME = re.compile(r"[a-z][A-Za-z0-9]{0,59}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_IRI = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def check_document(marked: Marked) -> None:
    """Note every key that is not known and every value of the wrong kind."""
    if not isinstance(marked.data, Mapping):
        marked.complain("expected keys such as classes: and slots: at the top")
        return
    _check_map(marked, marked.data, _TOP, ())
    _check_notes(marked, marked.data, _TOP_NOTES, ())
    _check_members(marked, "classes", _CLASS, _CLASS_NOTES, (_CLASS_NAME, "a class name begins with a capital letter"))
    _check_members(marked, "slots", _SLOT, _SLOT_NOTES, (_SLOT_NAME, "a slot name begins with a small letter"))


def _check_members(
    marked: Marked, section: str, keys: Mapping[str, str], notes: Mapping[str, str], rule: tuple[re.Pattern[str], str]
) -> None:
    members = marked.data.get(section)
    for name, body in members.items() if isinstance(members, Mapping) else ():
        path = (section, name)
        if not rule[0].fullmatch(name):
            marked.complain(f"{name!r}: {rule[1]} and has letters and digits only, at most 60", *path)
        if body == "":
            continue
        if not isinstance(body, Mapping):
            marked.complain(f"{name}: expected keys such as description:, got {body!r}"[:200], *path)
            continue
        _check_map(marked, body, keys, path)
        _check_notes(marked, body, notes, path)


def _check_notes(marked: Marked, body: Mapping[str, Any], keys: Mapping[str, str], path: Path_) -> None:
    notes = body.get("annotations")
    if isinstance(notes, Mapping):
        _check_map(marked, notes, keys, (*path, "annotations"))


def _check_map(marked: Marked, body: Mapping[str, Any], keys: Mapping[str, str], path: Path_) -> None:
    owner = f"{path[1]}: " if len(path) > 1 else ""
    for key, value in body.items():
        kind = keys.get(key)
        if kind is None:
            marked.complain(f"{owner}unknown key {key!r}{did_you_mean(key, keys)}", *path, key)
        elif fault := value_fault(kind, value):
            marked.complain(f"{owner}{key} is {str(value)!r:.80}, but {fault}", *path, key)


def value_fault(kind: str, value: Any) -> str:  # noqa: PLR0911 - a row of rules
    """Why a value is not of a kind, or empty."""
    if kind == "map":
        return "" if isinstance(value, Mapping) or value == "" else "must hold keys of its own"
    if kind == "truth":
        return "" if isinstance(value, bool) else "must be true or false"
    if kind == "texts" and isinstance(value, list):
        return "" if all(isinstance(item, str) and item.strip() for item in value) else "its items must be words"
    if not isinstance(value, str) or not value.strip():
        return "must be a word or a phrase" if kind != "texts" else "must be a word or a list of words"
    if kind == "colour":
        return "" if _COLOUR.fullmatch(value) else 'a colour is written as "#3a6ea5", in quotes'
    if kind == "shape":
        return "" if value in SHAPES else f"a shape is one of {', '.join(SHAPES)}"
    if kind == "iri":
        return _iri_fault(value)
    return ""


def _iri_fault(value: str) -> str:
    if value in RESERVED:
        return f"{', '.join(RESERVED)} are taken"
    return "" if _IRI.fullmatch(value) else "an IRI prefix has small letters, digits and single hyphens"
