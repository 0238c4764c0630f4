"""Decisions made by hand: two names that are the same thing, or that are not, whatever the rules say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.data import Rejection, Resolution
from kg.errors import InputError
from kg.normalize import clean_markup, normalize
from kg.ontology import Ontology, ontology_folder
from kg.ontology.problems import did_you_mean
from kg.resolve.forms import Reader, make_reader

_FIELDS = (3, 4)
_Name = tuple[str, str]  # a name as a row is found by, and the type it is for ("": any)


@dataclass(frozen=True, slots=True)
class Override:
    """``same`` or not: `left` and `right` are names of one thing (`type` empty: whatever their type)."""

    same: bool
    left: str
    right: str
    type: str = ""
    source: str = ""


def read_overrides(path: Path, ontology: Ontology | None = None) -> tuple[Override, ...]:
    """Rows ``same|different <TAB> name <TAB> name [<TAB> type]``; ``#`` starts a comment line.

    Raises `InputError` with file and line, also for a type that the `ontology`, if given, does not have.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: overrides cannot be read as UTF-8 text ({error})") from error
    rows = ((number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    overrides = tuple(_override(line, f"{path.name}:{number}", f"{path}:{number}") for number, line in rows)
    known = ontology.type_by_name if ontology else {}
    for one in overrides if ontology else ():
        if one.type and one.type not in known:
            raise InputError(f"{path.parent / one.source}: unknown type {one.type!r}{did_you_mean(one.type, known)}")
    return overrides


def builtin_overrides() -> tuple[Override, ...]:
    """The rows that come with the lexicon."""
    return read_overrides(ontology_folder() / "overrides.tsv")


def idle(overrides: Sequence[Override], resolution: Resolution, ontology: Ontology) -> tuple[Rejection, ...]:
    """The rows of which a name stands neither in a paper of the `resolution` nor in the lexicon: misspelt, perhaps.

    A row whose two names are met may still change nothing, because the rules say the same; that is no fault.
    """
    if not overrides:
        return ()
    reader = make_reader(ontology)
    met = {normalize(form) for one in resolution.entities for form in (one.name, *one.aliases)}
    met.update(normalize(merge.name) for merge in resolution.merges)
    return tuple(
        Rejection("resolve", override.source, name, "no paper has this name, so the row of overrides decides nothing")
        for override in overrides
        for name in (override.left, override.right)
        if normalize(name) not in met and not any(reader.read(name, kind).term for kind in reader.anchors.blocks)
    )


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
        self._reader = reader
        self._groups: dict[_Name, list[str]] = {}
        self._apart: dict[_Name, str] = {}
        self._rows: dict[_Name, Override] = {}
        for override in overrides:
            (self._join if override.same else self._part)(override)

    def of(self, name: str, type_name: str) -> Forced | None:
        """What is decided by hand about a name: the row for its type first, its exact spelling before its form.

        A row that joins a term of the lexicon to another joins all spellings of the term.
        """
        if not self._rows:
            return None
        term = self._reader.read(name, type_name).key
        for spelled in (_exact(name), normalize(name), _of_term(term)):
            for key in ((spelled, type_name), (spelled, "")):
                if key in self._rows and (spelled != _of_term(term) or self._key(key, type_name) != term):
                    return Forced(self._key(key, type_name), f"override {self._rows[key].source}")
        return None

    def _key(self, key: _Name, type_name: str) -> str:
        if key in self._groups:
            readings = [self._reader.read(name, type_name) for name in self._groups[key]]
            return next((reading for reading in readings if reading.term), readings[0]).key
        own = self._reader.read(self._apart[key], type_name)
        kept = self._rows[key].left if self._rows[key].right == self._apart[key] else self._rows[key].right
        if own.term and own.key != self._reader.read(kept, type_name).key:
            return own.key
        return f"!{clean_markup(self._apart[key])}"

    def _join(self, override: Override) -> None:
        left, right = _names(override)
        group = self._groups.get(left, [override.left])
        group += [name for name in self._groups.get(right, [override.right]) if name not in group]
        terms = self._terms(override.left, override.type) | self._terms(override.right, override.type)
        same_form = normalize(override.left) == normalize(override.right)  # then the row is for these spellings alone
        linked = [key for key, other in self._groups.items() if set(other) & set(group)]
        for name in (left, right, *linked, *(() if same_form else sorted(terms))):
            self._groups[name] = group
            self._apart.pop(name, None)
            self._rows[name] = override

    def _terms(self, name: str, type_name: str) -> set[_Name]:
        """What the terms that a name means are found by."""
        types = (type_name,) if type_name else self._reader.anchors.blocks
        readings = [self._reader.read(name, each) for each in types]
        return {(_of_term(reading.key), type_name) for reading in readings if reading.term}

    def _part(self, override: Override) -> None:
        """The name that is no lexicon name gets a node of its own; if neither is, the second."""
        left, right = _names(override)
        names = {term.name for term in self._reader.terms.values()}
        moved, name = (left, override.left) if override.right in names else (right, override.right)
        if moved in self._groups:
            group = self._groups.pop(moved)
            group[:] = [other for other in group if moved[0] not in (_exact(other), normalize(other))]
            for key in [key for key, others in self._groups.items() if not others]:
                del self._groups[key], self._rows[key]
        for term in self._terms(name, override.type) & self._groups.keys():
            del self._groups[term], self._rows[term]
        self._apart[moved] = name
        self._rows[moved] = override


def _names(override: Override) -> tuple[_Name, _Name]:
    """What the row is found by: normal forms, but exact spellings where the two differ in nothing else."""
    spelling = _exact if normalize(override.left) == normalize(override.right) else normalize
    return (spelling(override.left), override.type), (spelling(override.right), override.type)


def _of_term(key: str) -> str:
    """The key of a term's node as a key that no name has."""
    return f"\0{key}"


def _exact(name: str) -> str:
    """A spelling as a key that no normal form equals."""
    return f"={clean_markup(name)}"
