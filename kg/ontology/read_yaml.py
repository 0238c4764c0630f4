"""Ontology files in YAML (the LinkML subset of ``ontology/kg.yaml``), read into drafts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.ontology.drafts import Draft
from kg.ontology.marked import Marked, read_marked
from kg.ontology.model import Cue, EntityType, Predicate, Property, Term
from kg.ontology.problems import Problem, did_you_mean
from kg.ontology.read_names import read_names
from kg.ontology.schema import LITERALS, check_document


def read_yaml(file: Path, prefixes: Mapping[str, str], *, extension: bool = True) -> Draft:
    """Read one file with the lexicon files that it names; `prefixes` are those known already."""
    marked = read_marked(file)
    if not marked.problems:
        check_document(marked)
    if marked.problems:
        return Draft((file,), problems=tuple(marked.problems))
    reader = _Reader(marked, prefixes)
    classes, slots = _section(marked.data, "classes"), _section(marked.data, "slots")
    types = tuple(reader.entity_type(name, body or {}) for name, body in classes.items())
    for name, body in slots.items():
        ranges = _texts(body.get("range")) if body else ()
        if len(ranges) > 1 and set(ranges) & set(LITERALS):
            marked.complain(
                f"{name}: a range is one of {', '.join(LITERALS)} or classes, not both", "slots", name, "range"
            )
    literal = {name for name, body in slots.items() if body and _texts(body.get("range"))[:1] in _LITERAL_RANGES}
    predicates = tuple(reader.predicate(name, body or {}) for name, body in slots.items() if name not in literal)
    properties = tuple(reader.property(name, slots[name]) for name in slots if name in literal)
    terms, lexicon, faults = _lexicon(marked, extension=extension)
    problems = (*marked.problems, *reader.unused(), *faults)
    return Draft(
        (file, *lexicon), reader.own, types, predicates, properties, terms, dict(_places(marked)), problems
    )  # fmt: skip


_LITERAL_RANGES = tuple((name,) for name in LITERALS)


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = data.get(name) or {}
    return section if isinstance(section, Mapping) else {}


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(value)
    return (value,) if value else ()


class _Reader:
    """Turns the classes and slots of one document into records."""

    def __init__(self, marked: Marked, prefixes: Mapping[str, str]) -> None:
        said = _section(marked.data, "prefixes")
        self.own: dict[str, str] = {name: uri if isinstance(uri, str) else "" for name, uri in said.items()}
        self._marked = marked
        self._prefixes = {**prefixes, **self.own}
        self._used: set[str] = set()
        self._default = marked.data.get("default_prefix") or "kg"
        self._file = marked.file.name
        for name, uri in self.own.items():
            if not uri.startswith(("http://", "https://", "urn:")):
                marked.complain(f"prefix {name} must stand for an IRI, such as https://example.org/", "prefixes", name)
            elif prefixes.get(name, uri) != uri:
                marked.complain(f"prefix {name} stands for {prefixes[name]} already", "prefixes", name)
        self._expand(f"{self._default}:", "default_prefix")

    def entity_type(self, name: str, body: Mapping[str, Any]) -> EntityType:
        """One class."""
        notes, path = body.get("annotations") or {}, ("classes", name)
        return EntityType(
            name=name,
            parent=body.get("is_a", ""),
            description=body.get("description", ""),
            uri=self._expand(body.get("class_uri") or f"{self._default}:{name}", *path, "class_uri"),
            colour=notes.get("colour", ""),
            shape=notes.get("shape", ""),
            iri=notes.get("iri", ""),
            abstract=body.get("abstract", False),
            aliases=_texts(body.get("aliases")),
            roles=_texts(notes.get("roles")),
            heads=_texts(notes.get("heads")),
            link=notes.get("link", ""),
            exact=self._mappings(body, "exact_mappings", *path),
            close=self._mappings(body, "close_mappings", *path),
            source=self._source(*path),
        )

    def predicate(self, name: str, body: Mapping[str, Any]) -> Predicate:
        """One slot whose values are nodes."""
        notes, path = body.get("annotations") or {}, ("slots", name)
        cues = enumerate(_texts(notes.get("cues")))
        return Predicate(
            name=name,
            domain=_texts(body.get("domain")),
            range=_texts(body.get("range")),
            description=body.get("description", ""),
            uri=self._expand(body.get("slot_uri") or f"{self._default}:{name}", *path, "slot_uri"),
            inverse=body.get("inverse", ""),
            role=notes.get("role", ""),
            link=notes.get("link", ""),
            cues=tuple(Cue(name, cue, self._source(*path, "annotations", "cues", place)) for place, cue in cues),
            examples=_texts(notes.get("examples")),
            exact=self._mappings(body, "exact_mappings", *path),
            close=self._mappings(body, "close_mappings", *path),
            source=self._source(*path),
        )

    def property(self, name: str, body: Mapping[str, Any]) -> Property:
        """One slot whose values are literals."""
        uri = self._expand(body.get("slot_uri") or f"{self._default}:{name}", "slots", name, "slot_uri")
        return Property(name, _texts(body["range"])[0], body.get("description", ""), uri)

    def unused(self) -> Iterator[Problem]:
        """A warning for each prefix of the document that nothing in it needs."""
        for name in self.own:
            if name not in self._used:
                yield Problem(self._marked.where("prefixes", name), f"prefix {name} is not used", warning=True)

    def _mappings(self, body: Mapping[str, Any], key: str, *path: str) -> tuple[str, ...]:
        return tuple(self._expand(curie, *path, key) for curie in _texts(body.get(key)))

    def _expand(self, curie: str, *path: str) -> str:
        prefix, colon, local = curie.partition(":")
        if colon and prefix in self._prefixes:
            self._used.add(prefix)
            return self._prefixes[prefix] + local
        if local.startswith("//") and not any(char in ' <>"{}|^`\\' for char in curie):
            return curie
        if local.startswith("//"):
            self._marked.complain(f"{curie!r} is no IRI", *path)
        else:
            self._marked.complain(f"unknown prefix {prefix!r}{did_you_mean(prefix, self._prefixes)}", *path)
        return curie

    def _source(self, *path: str | int) -> str:
        return f"{self._file}:{self._marked.where(*path).rpartition(':')[2]}"


def _lexicon(marked: Marked, *, extension: bool) -> tuple[tuple[Term, ...], tuple[Path, ...], tuple[Problem, ...]]:
    """Terms of the lexicon files that a document names, which lie beside it."""
    terms: list[Term] = []
    files: list[Path] = []
    problems: list[Problem] = []
    for number, name in enumerate(_texts(_section(marked.data, "annotations").get("lexicon"))):
        file = marked.file.parent / name
        if not file.is_file():
            where = marked.where("annotations", "lexicon", number)
            problems.append(Problem(where, f"lexicon file {name} does not exist (it is sought beside this file)"))
            continue
        draft = read_names(file, extension=extension)
        terms += draft.terms
        files.append(file)
        problems += draft.problems
    return tuple(terms), tuple(files), tuple(problems)


def _places(marked: Marked) -> Iterator[tuple[tuple[str, str], str]]:
    """Where each key of each class and slot stands."""
    for path, line in marked.lines.items():
        if len(path) >= 2 and path[0] in ("classes", "slots"):
            key = path[-1] if len(path) > 2 else ""
            yield (str(path[1]), str(key)), f"{marked.file}:{line}"
