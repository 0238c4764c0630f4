"""Ontologies in Turtle or RDF/XML (OWL and SKOS), read into drafts.

Classes, object properties and individuals are taken: an individual of a known class is a name of that type. Labels of
all languages count; the first of English, of no language and of the others is the name, the rest are aliases.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ontology.drafts import Draft
from kg.ontology.model import Cue, EntityType, Ontology, Predicate, Property, Term
from kg.ontology.namespaces import OWL, RDF, RDFS, SKOS, XSD
from kg.ontology.problems import Problem
from kg.ontology.read_names import name_fault

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_OUTSIDE = (OWL, RDFS, RDF, SKOS, XSD)
_LITERALS = {"integer": "integer", "int": "integer", "long": "integer", "decimal": "decimal", "double": "decimal",
             "float": "decimal"}  # fmt: skip
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PARSE_LINE = re.compile(r"(?:at line |<unknown>:)(\d+)", re.IGNORECASE)


def read_rdf(file: Path, known: Ontology) -> Draft:
    """Read one file; `known` is the built-in ontology that its classes may stand under."""
    found = _parse(file)
    return (
        _RdfReader(file, found, known).draft() if not isinstance(found, Problem) else Draft((file,), problems=(found,))
    )


def _parse(file: Path) -> "Graph | Problem":
    from rdflib import Graph  # noqa: PLC0415 - 0.3 s that only who has such a file waits for

    try:
        content = file.read_bytes()
    except OSError as error:
        return Problem(str(file), f"cannot be read ({error.strerror or error})")
    kind = "turtle" if file.suffix.lower() in (".ttl", ".nt") or not content.lstrip().startswith(b"<") else "xml"
    if kind == "xml" and _DOCTYPE.search(content):
        return Problem(f"{file}:1", "XML with a document type is not read; save the ontology as Turtle")
    try:
        return Graph().parse(data=content, format=kind)
    except Exception as error:
        told = " ".join(str(error).partition(" at ^ in:")[0].split())
        line = _PARSE_LINE.search(told)
        return Problem(
            f"{file}:{line[1] if line else 1}", f"not {'Turtle' if kind == 'turtle' else 'RDF/XML'}: {told:.160}"
        )


class _RdfReader:
    """Turns one RDF graph into records."""

    def __init__(self, file: Path, graph: "Graph", known: Ontology) -> None:
        self._file = file
        self._graph = graph
        self._kg = known.namespace
        self._literals = {item.uri for item in known.properties}
        self._lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        self._problems: list[Problem] = []
        exact = [(uri, type_.name) for type_ in known.types for uri in type_.exact]
        self._names = {uri: name for uri, name in exact if not uri.startswith(_OUTSIDE)}
        self._names |= {type_.uri: type_.name for type_ in known.types}
        self._classes = [node for kind in (f"{OWL}Class", f"{RDFS}Class") for node in self._of(kind)]
        self._names |= {str(node): self._class_name(node) for node in self._classes if str(node) not in self._names}

    def draft(self) -> Draft:
        """Everything that the file says."""
        known = self._literals
        types = tuple(self._type(node) for node in dict.fromkeys(self._classes))
        objects = tuple(self._predicate(node) for node in self._of(f"{OWL}ObjectProperty"))
        literals = tuple(self._property(node) for node in self._of(f"{OWL}DatatypeProperty") if str(node) not in known)
        terms = tuple(self._terms())
        if not (types or objects or literals or terms):
            self._complain("holds neither classes nor properties nor names of a known class", "")
        used = {name: str(uri) for name, uri in self._graph.namespaces() if self._is_own(str(uri))}
        return Draft((self._file,), used, types, objects, literals, terms, problems=tuple(self._problems))

    def _is_own(self, uri: str) -> bool:
        return any(kept.startswith(uri) for kept in self._names) and uri != self._kg and uri not in _OUTSIDE

    def _of(self, kind: str) -> "list[URIRef]":
        from rdflib import URIRef  # noqa: PLC0415

        nodes = self._graph.subjects(URIRef(f"{RDF}type"), URIRef(kind))
        return sorted({node for node in nodes if isinstance(node, URIRef)})

    def _values(self, node: "Node", *predicates: str) -> "list[Any]":
        from rdflib import URIRef  # noqa: PLC0415

        return [value for uri in predicates for value in sorted(self._graph.objects(node, URIRef(uri)), key=_rank)]

    def _labels(self, node: "Node") -> list[str]:
        """All labels, the one to show first."""
        preferred = self._values(node, f"{SKOS}prefLabel", f"{RDFS}label")
        ranked = sorted(preferred, key=lambda label: _LANGUAGES.get(_language(label), 2))
        return list(dict.fromkeys(str(label).strip() for label in (*ranked, *self._values(node, f"{SKOS}altLabel"))))

    def _class_name(self, node: "Node") -> str:
        local = _local(str(node))
        if re.fullmatch(r"[A-Z][A-Za-z0-9]{0,59}", local):
            return local
        words = re.findall(r"[A-Za-z0-9]+", next((text for text in self._labels(node) if text.isascii()), local))
        name = "".join(word[:1].upper() + word[1:] for word in words)
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,59}", name):
            self._complain(
                f"<{node}>: cannot be made a class name; give it an rdfs:label in English letters", str(node)
            )
        return name

    def _type(self, node: "Node") -> EntityType:
        name = self._names[str(node)]
        labels = [text for text in self._labels(node) if text.casefold() != name.casefold()]
        return EntityType(
            name=name,
            parent=self._parent(node),
            description=self._text(node, f"{RDFS}comment", f"{SKOS}definition"),
            uri=str(node) if self._names.get(str(node)) == name else "",
            colour=self._text(node, f"{self._kg}colour"),
            shape=self._text(node, f"{self._kg}shape"),
            iri=self._text(node, f"{self._kg}iriPrefix"),
            abstract=self._text(node, f"{self._kg}abstract") == "true",
            aliases=tuple(labels),
            roles=tuple(self._text(node, f"{self._kg}roles").split()),
            heads=tuple(str(value) for value in self._values(node, f"{self._kg}head")),
            link=self._text(node, f"{self._kg}link"),
            exact=tuple(str(uri) for uri in self._values(node, f"{SKOS}exactMatch")),
            close=tuple(str(uri) for uri in self._values(node, f"{SKOS}closeMatch")),
            source=self._source(node),
        )

    def _parent(self, node: "Node") -> str:
        from rdflib import URIRef  # noqa: PLC0415

        above = [uri for uri in self._values(node, f"{RDFS}subClassOf") if isinstance(uri, URIRef)]
        known = [self._names[str(uri)] for uri in above if str(uri) in self._names]
        if above and not known and not any(str(uri) == f"{OWL}Thing" for uri in above):
            self._complain(f"{self._names[str(node)]}: unknown parent <{above[0]}>; declare it as owl:Class", str(node))
        return known[0] if known else ""

    def _predicate(self, node: "Node") -> Predicate:
        name, source = self._slot_name(node), self._source(node)
        return Predicate(
            name=name,
            domain=self._ends(node, f"{RDFS}domain"),
            range=self._ends(node, f"{RDFS}range"),
            description=self._text(node, f"{RDFS}comment", f"{SKOS}definition", f"{RDFS}label"),
            uri=str(node),
            inverse=next((_local(str(uri)) for uri in self._values(node, f"{OWL}inverseOf")), ""),
            role=self._text(node, f"{self._kg}role"),
            link=self._text(node, f"{self._kg}link"),
            cues=tuple(Cue(name, str(text), source) for text in self._values(node, f"{self._kg}cue")),
            examples=tuple(str(text) for text in self._values(node, f"{SKOS}example")),
            exact=tuple(str(uri) for uri in self._values(node, f"{SKOS}exactMatch")),
            close=tuple(str(uri) for uri in self._values(node, f"{SKOS}closeMatch")),
            source=source,
        )

    def _property(self, node: "Node") -> Property:
        ranges = [_local(str(uri)) for uri in self._values(node, f"{RDFS}range")]
        kind = _LITERALS.get(ranges[0], "string") if ranges else "string"
        return Property(self._slot_name(node), kind, self._text(node, f"{RDFS}comment", f"{RDFS}label"), str(node))

    def _slot_name(self, node: "Node") -> str:
        local = re.sub(r"[^A-Za-z0-9]", "", _local(str(node)))
        if not local or not local[0].isalpha():
            self._complain(f"<{node}>: ends in no name for a property", str(node))
        return local[:1].lower() + local[1:]

    def _ends(self, node: "Node", predicate: str) -> tuple[str, ...]:
        """Names of the classes of a domain or range; a union gives all of its members."""
        from rdflib import BNode, URIRef  # noqa: PLC0415
        from rdflib.collection import Collection  # noqa: PLC0415

        names: list[str] = []
        for end in self._values(node, predicate):
            unions = self._values(end, f"{OWL}unionOf") if isinstance(end, BNode) else []
            members = [m for union in unions for m in Collection(self._graph, union)] if unions else [end]
            for member in members:
                if isinstance(member, URIRef) and str(member) in self._names:
                    names.append(self._names[str(member)])
                elif str(member) != f"{OWL}Thing":
                    self._complain(f"{_local(str(node))}: unknown {_local(predicate)} <{member}>", str(node))
        return tuple(dict.fromkeys(names))

    def _terms(self) -> Iterator[Term]:
        from rdflib import URIRef  # noqa: PLC0415

        classes = set(self._classes)
        for node, kind in sorted(self._graph.subject_objects(URIRef(f"{RDF}type")), key=str):
            if node in classes or str(kind).startswith(_OUTSIDE) or not isinstance(node, URIRef):
                continue
            if str(kind) not in self._names:
                self._complain(f"{_local(str(node))}: unknown class <{kind}>; declare it as owl:Class", str(node))
                continue
            names = self._labels(node) or [_local(str(node)).replace("_", " ")]
            for fault in filter(None, map(name_fault, names)):
                self._complain(f"{_local(str(node))}: {fault}", str(node))
            broader = next((self._labels(up)[0] for up in self._values(node, f"{SKOS}broader") if self._labels(up)), "")
            links = tuple(str(uri) for uri in self._values(node, f"{RDFS}seeAlso"))
            type_ = self._names[str(kind)]
            yield Term(names[0], type_, tuple(names[1:]), broader, links, source=self._source(node), extension=True)

    def _text(self, node: "Node", *predicates: str) -> str:
        texts = sorted(self._values(node, *predicates), key=lambda text: _LANGUAGES.get(_language(text), 2))
        return str(texts[0]).strip() if texts else ""

    def _complain(self, message: str, uri: str) -> None:
        self._problems.append(Problem(f"{self._file}:{self._line(uri)}", message))

    def _source(self, node: "Node") -> str:
        return f"{self._file.name}:{self._line(str(node))}"

    def _line(self, uri: str) -> int:
        """The line that begins with a name of the IRI, else the first that holds one; rdflib keeps no lines."""
        local = re.escape(_local(uri))
        starts = re.compile(rf"^\s*(?:[\w-]*:{local}\b|<[^>]*{local}>)") if local else None
        holds = re.compile(rf"[:/#\"]{local}\b") if local else None
        for rule in (starts, holds):
            for number, line in enumerate(self._lines if rule else (), 1):
                if rule and rule.search(line):
                    return number
        return 1


_LANGUAGES: Mapping[str, int] = {"en": 0, "": 1}


def _rank(node: "Node") -> tuple[str, str]:
    return str(node), _language(node)


def _language(label: Any) -> str:
    return (getattr(label, "language", None) or "").partition("-")[0].lower()


def _local(uri: str) -> str:
    return re.split(r"[/#:]", uri.rstrip("/#"))[-1]
