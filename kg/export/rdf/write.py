"""Write the graph as N-Triples, Turtle and JSON-LD, as a stream and with the same bytes each time.

Our own writers rather than rdflib's: they need no second copy of the graph in memory (rdflib: 81 s and 1.2 GB a million
triples), and the literals stay as we write them.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.data import Graph
from kg.export.rdf.terms import Pair
from kg.export.rdf.triples import RdfGraph
from kg.files import atomic_gzip, atomic_text
from kg.ontology import Ontology, standard_prefixes
from kg.ontology.namespaces import OA, RDF, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
# Turtle reads a bare 1 as an integer and a bare 0.5 as a decimal; a decimal without a point keeps its type.
_NUMBER = re.compile(r'"(-?[0-9]+(?="\^\^\S+integer>)|-?[0-9]+\.[0-9]+(?="\^\^\S+decimal>))"\^\^\S+')
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>)?')


def write_ntriples(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Gzip-compressed N-Triples, a triple a line."""
    with atomic_gzip(path) as stream:
        for subject, pairs in RdfGraph(graph, ontology, provenance).subjects():
            stream.writelines(f"{subject} {predicate} {object_} .\n" for predicate, object_ in pairs)


def write_turtle(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """Turtle with a prefix for each type of node, grouped by subject."""
    names = _prefixes(ontology, provenance)
    shorten = _Shortener(names)
    with atomic_text(path) as stream:
        stream.writelines(f"@prefix {name}: <{uri}> .\n" for name, uri in names.items())
        for subject, pairs in RdfGraph(graph, ontology, provenance).subjects():
            stream.write(f"\n{shorten.term(subject)} {_turtle_pairs(pairs, shorten)} .\n")


def _prefixes(ontology: Ontology, provenance: str = "compact") -> dict[str, str]:
    """The standard prefixes, and those of the selectors where there are any."""
    selectors = {"oa": OA, "selector": f"{ontology.base}selector/"} if provenance == "full" else {}
    return standard_prefixes(ontology) | selectors


class _Shortener:
    """Turns full IRIs into prefixed names where Turtle allows it, and numbers into bare ones."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_uri = {uri: name for name, uri in names.items()}
        self._known = lru_cache(maxsize=8192)(self._short)  # as many as fit the neighbourhood of one subject

    def term(self, term: str) -> str:
        if term.startswith("<"):
            return self._known(term)
        if number := _NUMBER.fullmatch(term):
            return number[1]
        return term

    def _short(self, term: str) -> str:
        full = term[1:-1]
        cut = max(full.rfind("/"), full.rfind("#")) + 1
        name = self._by_uri.get(full[:cut])
        return f"{name}:{full[cut:]}" if name is not None and _LOCAL.fullmatch(full[cut:]) else term


def _turtle_pairs(pairs: Iterable[Pair], shorten: _Shortener) -> str:
    by_predicate: dict[str, list[str]] = {}
    for predicate, object_ in pairs:
        by_predicate.setdefault(predicate, []).append(shorten.term(object_))
    lines = []
    for predicate, objects in by_predicate.items():
        name = "a" if predicate == f"<{RDF}type>" else shorten.term(predicate)
        lines.append(f"{name} {', '.join(objects)}")
    return " ;\n    ".join(lines)


def write_jsonld(graph: Graph, ontology: Ontology, path: Path, provenance: str = "compact") -> None:
    """JSON-LD 1.1 in flattened form: a context of prefixes and a node object a subject."""
    names = _prefixes(ontology, provenance)
    shorten = _Shortener(names)
    with atomic_text(path) as stream:
        stream.write(f'{{"@context": {json.dumps(names)},\n "@graph": [')
        for number, (subject, pairs) in enumerate(RdfGraph(graph, ontology, provenance).subjects()):
            record = json.dumps(_node_object(subject, pairs, shorten), ensure_ascii=False)
            stream.write(f"{',' if number else ''}\n  {record}")
        stream.write("\n]}\n")


def _node_object(subject: str, pairs: Iterable[Pair], shorten: _Shortener) -> dict[str, Any]:
    record: dict[str, Any] = {"@id": _compact(subject, shorten)}
    for predicate, object_ in pairs:
        if predicate == f"<{RDF}type>":
            record.setdefault("@type", []).append(_compact(object_, shorten))
        else:
            record.setdefault(_compact(predicate, shorten), []).append(_value(object_, shorten))
    return record


def _compact(term: str, shorten: _Shortener) -> str:
    return shorten.term(term).strip("<>")


def _value(term: str, shorten: _Shortener) -> Any:
    if term.startswith("<"):
        return {"@id": _compact(term, shorten)}
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise ValueError(f"not an RDF term: {term}")
    value, datatype = json.loads(f'"{match[1]}"'), match[2]
    if datatype == f"{XSD}integer":
        return int(value)
    return {"@value": value, "@type": datatype.replace(XSD, "xsd:")} if datatype else value
