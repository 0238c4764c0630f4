"""Targets for the exporters: a graph made of the input's texts, written, and read back by a parser that is not ours."""

import csv
import gzip
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

from fuzz.files import folder
from kg.data import Assertion, Evidence, Graph, Node
from kg.export import EXPORTERS, read_graph
from kg.export.columns import clean
from kg.ontology import load_ontology

Names = dict[str, str]  # id → name as it is shown
Edges = set[tuple[str, str, str]]
Found = tuple[Names, Edges]
_SEPARATOR = "\x1d"  # texts of the input, as the dictionary of the fuzzer has it
_MOST = 12
csv.field_size_limit(1 << 24)


def graph_of(data: bytes) -> Graph:
    """One paper that introduces up to twelve methods; all texts (names, aliases, sentences, links) are the input's."""
    texts = data.decode("utf-8", "surrogateescape").split(_SEPARATOR)[:_MOST]
    title = Node("paper/p", "Paper", texts[0], date="2024", papers=1, abstract=texts[-1], doi=texts[-1][:50])
    nodes, edges = [title], []
    for number, text in enumerate(texts):
        key = f"method/m{number:02}"
        nodes.append(Node(key, "Method", text, (text, f"{text}|x"), (f"https://x.org/{text}",), 1, 2024, 2024, 0.5))
        said = Evidence("paper/p", 0, min(9, len(text)), f"We propose {text}.", "cue", 0.5)
        edges.append(Assertion("paper/p", "introduces", key, (said,), 0.5, 1, 2024, 2024))
    link = Node("page/z", "Page", texts[-1], papers=1, url=f"https://x.org/{texts[-1]}")
    edges.append(Assertion("paper/p", "hasPage", link.id, (), 1.0, 1))
    return Graph(tuple(sorted((*nodes, link), key=lambda node: node.id)), tuple(sorted(edges, key=_claim)))


def _claim(one: Assertion) -> tuple[str, str, str]:
    return one.subject, one.predicate, one.object


def export(name: str, data: bytes) -> None:
    """What the format's own reader finds is the graph: the same nodes, names and edges."""
    graph = graph_of(data)
    path = folder() / EXPORTERS[name].file
    EXPORTERS[name].write(graph, load_ontology(), path)
    names, edges = CHECKS[name](path)
    assert edges == {_claim(one) for one in graph.assertions}
    assert names == {node.id: _shown(node, name) for node in graph.nodes}


def _shown(node: Node, format_name: str) -> str:
    if format_name == "archive":
        return node.name
    if format_name in _RDF:
        return _literal(node.name)
    name = clean(node.name) or node.id
    return f"'{name}" if format_name == "csv" and name.startswith(("=", "+", "-", "@")) else name


def _literal(text: str) -> str:
    """What RDF holds of a text: all but control characters and halves of characters, which it shows as U+FFFD."""
    return "".join("\ufffd" if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    number = ord(char)
    return (
        (number < 32 and char not in "\t\n\r")
        or number == 127
        or 0xD800 <= number < 0xE000
        or number in (0xFFFE, 0xFFFF)
    )


def _archive(path: Path) -> Found:
    graph = read_graph(path.parent.parent)
    return {node.id: node.name for node in graph.nodes}, {_claim(one) for one in graph.assertions}


def _graphml(path: Path) -> Found:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    (net,) = ET.parse(path).getroot().findall(f"{space}graph")
    names = {node.attrib["id"]: _datum(node, "label") for node in net.iter(f"{space}node")}
    return names, {
        (edge.attrib["source"], _datum(edge, "edge_predicate"), edge.attrib["target"])
        for edge in net.iter(f"{space}edge")
    }


def _datum(element: ET.Element, key: str) -> str:
    return next((_unguarded(one.text or "") for one in element if one.attrib.get("key") == key), "")


def _unguarded(text: str) -> str:
    return text.replace("I\u200cNF", "INF")


def _gexf(path: Path) -> Found:
    names, edges = {}, set()
    for element in ET.parse(path).getroot().iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "node":
            names[element.attrib["id"]] = _unguarded(element.attrib["label"])
        elif tag == "edge":
            edges.add((element.attrib["source"], element.attrib["kind"], element.attrib["target"]))
    return names, edges


def _csv(path: Path) -> Found:
    nodes, edges = (list(csv.DictReader(_lines(path / f"{table}.csv"))) for table in ("nodes", "edges"))
    return _table(nodes), {(row["source"], row["predicate"], row["target"]) for row in edges}


def _table(rows: list[dict[str, str]]) -> Names:
    return {row["id"]: row["label"] for row in rows}


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from stream


def _neo4j(path: Path) -> Found:
    nodes, edges = (list(csv.DictReader(_lines(path / f"{table}.csv"))) for table in ("nodes", "edges"))
    names = {row["id:ID"]: row["label:string"] for row in nodes}
    return names, {(row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in edges}


def _sqlite(path: Path) -> Found:
    with closing(sqlite3.connect(path)) as base:
        names = dict(base.execute("SELECT id, label FROM nodes"))
        edges = set(base.execute("SELECT source, predicate, target FROM edges"))
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return names, edges


def _node_link(path: Path) -> Found:
    net = json.loads(path.read_text(encoding="utf-8"))
    names = {node["id"]: node["label"] for node in net["nodes"]}
    return names, {(edge["source"], edge["key"], edge["target"]) for edge in net["edges"]}


def _cyjs(path: Path) -> Found:
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    names = {node["data"]["id"]: node["data"]["name"] for node in elements["nodes"]}
    edges = (edge["data"] for edge in elements["edges"])
    return names, {(edge["source"], edge["interaction"], edge["target"]) for edge in edges}


def _rdf(path: Path) -> Found:
    """Labels and claims, from any of the three syntaxes."""
    ontology = load_ontology()
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    predicates = {predicate.uri: predicate.name for predicate in ontology.predicates}
    names, edges = {}, set()
    for quad in ox.parse(content, _RDF[_format(path)]):
        subject = str(quad.subject.value).removeprefix(ontology.base)  # type: ignore[union-attr]
        object_ = str(getattr(quad.object, "value", ""))
        if quad.predicate.value.endswith("rdf-schema#label") and subject.count("/") == 1:
            names[subject] = object_
        elif quad.predicate.value in predicates and subject.startswith("paper/"):
            edges.add((subject, predicates[quad.predicate.value], object_.removeprefix(ontology.base)))
    return {key: name for key, name in names.items() if not key.startswith(("run/", "ontology"))}, edges


def _format(path: Path) -> str:
    return "nt" if path.suffix == ".gz" else path.suffix[1:]


_RDF = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}

CHECKS: dict[str, Callable[[Path], Found]] = {
    "archive": _archive,
    "nt": _rdf,
    "ttl": _rdf,
    "jsonld": _rdf,
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "sqlite": _sqlite,
    "neo4j": _neo4j,
    "node-link": _node_link,
    "cyjs": _cyjs,
}
