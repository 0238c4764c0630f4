"""Hierarchy between entities: releases under their families, narrower tasks and methods under broader ones."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.data import Broader, Entity
from kg.normalize import compact, normalize
from kg.ontology import Term
from kg.resolve.forms import Reader, anchor_key

_RELEASES: tuple[tuple[str, ...], ...] = ("Method", "Model"), ("Dataset", "Benchmark")
_TERMS: tuple[tuple[str, ...], ...] = ("Task",), ("Method",)
_QUALIFIERS = (
    ("size", re.compile(r" (\d+x)?\d+(\.\d+)?[bmkt]( a\d+b)?$")),
    ("size", re.compile(r" (tiny|small|base|medium|large|huge|giant|xl|xxl|mini|nano|micro|lite)$")),
    ("variant", re.compile(r" (instruct|chat|it|sft|preview|thinking|turbo|pro|flash|max|plus|ultra|distill|exp)$")),
    ("variant", re.compile(r" (opus|sonnet|haiku|verified|lite|full|hard|dev|schnell)$")),
    ("version", re.compile(r"(?:[ -]v?|v|(?<!\d)(?<!\d\.))\d+(\.\d+)*$")),
)
_LEAST_MEMBERS = 2
_LEAST_HEAD_WORDS = 2
_LEAST_GLUED = 4
_NOT_KINDS_OF = re.compile(r"\b(non|anti|and|or|vs|beyond|against|towards?|without|of|for|in|from|to|as|via|with)\b")


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Steps between entities, and the lexicon terms (by key) that no paper names but that two members share."""

    steps: tuple[Broader, ...]
    added: tuple[str, ...]


def find_hierarchy(entities: Mapping[str, Entity], ids: Mapping[str, str], reader: Reader) -> Hierarchy:
    """Steps from each entity to the next broader one: what the lexicon states, else what the names themselves show.

    `entities` are by node key, `ids` those of all lexicon terms by node key.
    """
    terms = {key: reader.terms[key] for key in entities if key in reader.terms}
    stated = _stated(terms, reader)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for key, parents in stated.items():
        for parent in parents[:1]:
            members[parent].add(key)
    added = sorted(key for key, own in members.items() if key not in entities and len(own) >= _LEAST_MEMBERS)
    known = {key: entity.id for key, entity in entities.items()} | {key: ids[key] for key in added}
    steps: dict[str, Broader] = {}
    for key in (*terms, *added):
        line = stated.get(key) or _line(reader.terms[key], reader)
        parent = next((above for above in line if above in known), "")
        if parent:
            source = reader.terms[key].source
            steps[known[key]] = Broader(known[key], known[parent], f"lexicon {source}")
    for step in _shown_by_names([entity for _, entity in sorted(entities.items())]):
        steps.setdefault(step.narrower, step)
    return Hierarchy(tuple(_without_circles(steps)), tuple(added))


def _stated(terms: Mapping[str, Term], reader: Reader) -> dict[str, list[str]]:
    return {key: line for key, term in terms.items() if (line := _line(term, reader))}


def _line(term: Term, reader: Reader) -> list[str]:
    """Keys of all that the lexicon puts above a term, nearest first."""
    line: list[str] = []
    while term.broader and (above := reader.anchors.find(term.broader, term.type)):
        key = anchor_key(above)
        if key in line:
            break
        line.append(key)
        term = above
    return line


def _shown_by_names(entities: Sequence[Entity]) -> Iterator[Broader]:
    releases = [_index(entities, types) for types in _RELEASES]
    heads = [_index(entities, types) for types in _TERMS]
    for entity in entities:
        for types, index in zip(_RELEASES, releases, strict=True):
            if entity.type in types and (step := _release(entity, index)):
                yield step
        for types, index in zip(_TERMS, heads, strict=True):
            if entity.type in types and (step := _by_head(entity, index)):
                yield step


def _index(entities: Sequence[Entity], types: Sequence[str]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for entity in entities:
        if entity.type in types:
            found.setdefault(compact(entity.name), entity)
    return found


def _release(entity: Entity, index: Mapping[str, Entity]) -> Broader | None:
    """Llama-3.1-8B-Instruct → Llama-3.1-8B → Llama 3.1 → Llama: the nearest that exists."""
    if not any(char.isupper() for char in entity.name):
        return None
    rest, cut = normalize(entity.name), list[str]()
    while True:
        shorter = next(((kind, found) for kind, form in _QUALIFIERS if (found := form.search(rest))), None)
        if not shorter or shorter[1].start() < _least_left(shorter[1][0]):
            return None
        cut.append(shorter[1][0].strip())
        rest = rest[: shorter[1].start()]
        parent = index.get(compact(rest))
        if parent and parent.id != entity.id and any(char.isupper() for char in parent.name):
            said = " ".join(reversed(cut))
            return Broader(entity.id, parent.id, f"{shorter[0]} {said!r} of {parent.name!r}, by its name")


def _least_left(cut: str) -> int:
    """How much of a name must stay: more where a number is glued to it, for RT60 is no RT."""
    return 2 if cut[:1] in " -" else _LEAST_GLUED


def _by_head(entity: Entity, index: Mapping[str, Entity]) -> Broader | None:
    """Visual question answering → question answering: the longest ending of the name that is an entity itself."""
    words = normalize(entity.name).split()
    for start in range(1, len(words) - _LEAST_HEAD_WORDS + 1):
        parent = index.get("".join(words[start:]))
        if parent and parent.id != entity.id:
            if _NOT_KINDS_OF.search(" ".join(words[:start])):
                return None
            return Broader(entity.id, parent.id, f"its name ends in {parent.name!r}")
    return None


def _without_circles(steps: Mapping[str, Broader]) -> Iterator[Broader]:
    """Steps in order of id; one that leads back to where it starts is left out."""
    kept: dict[str, str] = {}
    for narrower in sorted(steps):
        above = steps[narrower].broader
        while above in kept and above != narrower:
            above = kept[above]
        if above != narrower:
            kept[narrower] = steps[narrower].broader
            yield steps[narrower]
