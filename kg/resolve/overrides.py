"""Decisions made by hand: two names that are the same thing, or that are not, whatever the rules say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.normalize import clean_markup, normalize
from kg.ontology import ontology_folder
from kg.resolve.forms import Reader

_FIELDS = (3, 4)


@dataclass(frozen=True, slots=True)
class Override:
    """``same`` or not: `left` and `right` are names of one thing (`type` empty: whatever their type)."""

    same: bool
    left: str
    right: str
    type: str = ""
    source: str = ""


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Rows ``same|different <TAB> name <TAB> name [<TAB> type]``; ``#`` starts a comment line.

    Raises `InputError` with file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: overrides cannot be read as UTF-8 text ({error})") from error
    rows = ((number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    return tuple(_override(line, f"{path.name}:{number}", f"{path}:{number}") for number, line in rows)


def builtin_overrides() -> tuple[Override, ...]:
    """The rows that come with the lexicon."""
    return read_overrides(ontology_folder() / "overrides.tsv")


def _override(line: str, source: str, where: str) -> Override:
    fields = [field.strip() for field in line.rstrip("\t ").split("\t")]
    if len(fields) not in _FIELDS or not all(fields):
        raise InputError(f"{where}: expected 'same|different', name, name and maybe a type, parted by tabs: {line!r}")
    if fields[0] not in ("same", "different"):
        raise InputError(f"{where}: the first column must be 'same' or 'different', not {fields[0]!r}")
    return Override(fields[0] == "same", fields[1], fields[2], fields[3] if len(fields) > 3 else "", source)


@dataclass(frozen=True, slots=True)
class Forced:
    """A node that a row of overrides gives to a name."""

    key: str
    reason: str


class Rules:
    """All overrides, asked by name and type. Rows later in the sequence win over earlier ones."""

    def __init__(self, overrides: Sequence[Override], reader: Reader) -> None:
        self._forced: dict[tuple[str, str], Forced] = {}
        for override in overrides:
            same_form = normalize(override.left) == normalize(override.right)
            spelling = clean_markup if same_form else normalize
            left, right = spelling(override.left), spelling(override.right)
            if override.same:
                key = self._key(left, override.left, override.type, reader)
                other = self._key(right, override.right, override.type, reader)
                if other.startswith("=") and not key.startswith("="):
                    key = other
                self._force((left, right), override, key, f"override {override.source}")
            else:
                self._part(left, right, override, reader)

    def of(self, name: str, type_name: str) -> Forced | None:
        """What is decided by hand about a name: the row for its type first, its exact spelling before its form."""
        if not self._forced:
            return None
        for spelled in (clean_markup(name), normalize(name)):
            for kind in (type_name, ""):
                if found := self._forced.get((spelled, kind)):
                    return found
        return None

    def _key(self, spelled: str, name: str, type_name: str, reader: Reader) -> str:
        found = self._forced.get((spelled, type_name)) or self._forced.get((spelled, ""))
        return found.key if found else reader.read(name, type_name).key

    def _part(self, left: str, right: str, override: Override, reader: Reader) -> None:
        """Of two names that would share a node, the one that is no lexicon name gets a node of its own."""
        one = self._key(left, override.left, override.type, reader)
        other = self._key(right, override.right, override.type, reader)
        moved, name = (left, override.left) if _is_name_of(override.right, other) else (right, override.right)
        reason = f"override {override.source}"
        if one == other:
            self._force((moved,), override, f"!{clean_markup(name)}", reason)
        kept = right if moved == left else left
        self._force((kept,), override, one if kept == left else other, reason)
        if one != other:
            self._force((moved,), override, one if moved == left else other, reason)

    def _force(self, spelled: Sequence[str], override: Override, key: str, reason: str) -> None:
        for form in spelled:
            self._forced[form, override.type] = Forced(key, reason)


def _is_name_of(name: str, key: str) -> bool:
    return key.startswith("=") and key.partition(":")[2] == name
