"""Write the graph as N-Triples, Turtle and JSON-LD, as a stream and with the same bytes each time.

Our own writers rather than rdflib's: they need no second copy of the graph in memory (rdflib: 81 s and 1.2 GB a million
triples), and the literals stay as we write them.
"""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TextIO

from kg.data import Graph
from kg.export.rdf.terms import Pair
from kg.export.rdf.triples import RdfGraph
from kg.files import atomic_gzip, atomic_text
from kg.ontology import Ontology, standard_prefixes
from kg.ontology.namespaces import OA, RDF, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
# Turtle reads a bare 1 as an integer and a bare 0.5 as a decimal; a decimal without a point keeps its type.
_NUMBER = re.compile(r'"(-?[0-9]+(?="\^\^\S+integer>)|-?[0-9]+\.[0-9]+(?="\^\^\S+decimal>))"\^\^\S+')
_TYPE = f"<{RDF}type>"
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>)?')


def write_ntriples(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Gzip-compressed N-Triples, a triple a line."""
    write_rdf(graph, ontology, {"nt": path}, provenance)


def write_turtle(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Turtle with a prefix for each type of node, grouped by subject."""
    write_rdf(graph, ontology, {"ttl": path}, provenance)


def write_jsonld(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """JSON-LD 1.1 in flattened form: a context of prefixes and a node object a subject."""
    write_rdf(graph, ontology, {"jsonld": path}, provenance)


def write_rdf(graph: Graph, ontology: Ontology, paths: Mapping[str, Path], provenance: str = "compact") -> int:
    """Write the `SYNTAXES` that `paths` names, all in one pass over the graph; returns the number of triples."""
    names = _prefixes(ontology, provenance)
    triples = 0
    with ExitStack() as files:
        writers = [(SYNTAXES[name](names), files.enter_context(_open(path))) for name, path in paths.items()]
        for syntax, stream in writers:
            stream.write(syntax.head())
        for subject, pairs in RdfGraph(graph, ontology, provenance).subjects():
            triples += len(pairs)
            for syntax, stream in writers:
                stream.write(syntax.subject(subject, pairs))
        for syntax, stream in writers:
            stream.write(syntax.foot())
    return triples


def _open(path: Path) -> AbstractContextManager[TextIO]:
    return atomic_gzip(path) if path.suffix == ".gz" else atomic_text(path)


def _prefixes(ontology: Ontology, provenance: str = "compact") -> dict[str, str]:
    """The standard prefixes, and those of the selectors where there are any."""
    selectors = {"oa": OA, "selector": f"{ontology.base}selector/"} if provenance == "full" else {}
    return standard_prefixes(ontology) | selectors


class _Shortener:
    """Turns full IRIs into prefixed names where Turtle allows it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_uri = {uri: name for name, uri in names.items()}

    def short(self, term: str) -> str:
        """An IRI as a prefixed name, or as it is."""
        full = term[1:-1]
        cut = max(full.rfind("/"), full.rfind("#")) + 1
        name = self._by_uri.get(full[:cut])
        return f"{name}:{full[cut:]}" if name is not None and _LOCAL.fullmatch(full[cut:]) else term


class Syntax(Protocol):
    """A way to write a graph down, subject by subject."""

    def __init__(self, names: Mapping[str, str]) -> None: ...

    def head(self) -> str:
        """What stands before all subjects."""

    def subject(self, subject: str, pairs: Iterable[Pair]) -> str:
        """One subject with all that is said of it."""

    def foot(self) -> str:
        """What stands after all subjects."""


class _NTriples:
    """N-Triples; whoever reads them needs no prefix."""

    def __init__(self, names: Mapping[str, str]) -> None:
        del names

    def head(self) -> str:
        return ""

    def subject(self, subject: str, pairs: Iterable[Pair]) -> str:
        return "".join([f"{subject} {predicate} {object_} .\n" for predicate, object_ in pairs])

    def foot(self) -> str:
        return ""


class _Turtle:
    """Turtle: prefixed names, bare numbers, objects of one predicate parted by commas."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._short = _Shortener(names).short
        self._remember = lru_cache(maxsize=1 << 16)(self._term)
        self._verb = lru_cache(maxsize=1 << 10)(lambda term: "a" if term == _TYPE else self._short(term))

    def head(self) -> str:
        return "".join(f"@prefix {name}: <{uri}> .\n" for name, uri in self._names.items())

    def subject(self, subject: str, pairs: Iterable[Pair]) -> str:
        term, verb = self._remember, self._verb
        said: dict[str, str] = {}
        for predicate, object_ in pairs:
            shown = object_ if object_[-1] == '"' else term(object_)
            said[predicate] = f"{said[predicate]}, {shown}" if predicate in said else shown
        lines = " ;\n    ".join([f"{verb(predicate)} {objects}" for predicate, objects in said.items()])
        return f"\n{self._short(subject)} {lines} .\n"

    def foot(self) -> str:
        return ""

    def _term(self, term: str) -> str:
        """An IRI, a number, or another literal with a type: whatever ends in ``>``."""
        if term[0] == "<":
            return self._short(term)
        number = _NUMBER.fullmatch(term)
        return number[1] if number else term


class _JsonLd:
    """JSON-LD. A plain literal is the same in N-Triples and in JSON: both escape by the same rules."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._short = _Shortener(names).short
        self._comma = ""
        self._remember = lru_cache(maxsize=1 << 16)(self._value)
        self._type = lru_cache(maxsize=1 << 10)(self._compact)
        self._key = lru_cache(maxsize=1 << 10)(lambda term: '"@type"' if term == _TYPE else self._compact(term))

    def head(self) -> str:
        return f'{{"@context": {json.dumps(self._names)},\n "@graph": ['

    def subject(self, subject: str, pairs: Iterable[Pair]) -> str:
        value, key = self._remember, self._key
        said: dict[str, str] = {}
        for predicate, object_ in pairs:
            shown = object_ if object_[-1] == '"' else (self._type if predicate == _TYPE else value)(object_)
            said[predicate] = f"{said[predicate]}, {shown}" if predicate in said else shown
        parts = ", ".join([f"{key(predicate)}: [{objects}]" for predicate, objects in said.items()])
        comma, self._comma = self._comma, ","
        return f'{comma}\n  {{"@id": {self._compact(subject)}, {parts}}}'

    def foot(self) -> str:
        return "\n]}\n"

    def _compact(self, term: str) -> str:
        return f'"{self._short(term).strip("<>")}"'

    def _value(self, term: str) -> str:
        if term[0] == "<":
            return f'{{"@id": {self._compact(term)}}}'
        match = _LITERAL.fullmatch(term)
        if match is None:
            raise ValueError(f"not an RDF term: {term}")
        if match[2] == f"{XSD}integer":
            return str(int(match[1]))
        return f'{{"@value": "{match[1]}", "@type": "{match[2].replace(XSD, "xsd:")}"}}'


SYNTAXES: Mapping[str, type[Syntax]] = {"nt": _NTriples, "ttl": _Turtle, "jsonld": _JsonLd}
