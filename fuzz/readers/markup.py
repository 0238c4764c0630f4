"""GraphML and GEXF, read by expat and igraph's libxml2, and the explorer's page, read by Python's parser of HTML."""

import base64
import gzip
import json
import xml.etree.ElementTree as ET
from array import array
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any

from fuzz.readers.found import Found
from kg.ontology import Ontology

_KINDS = {"Uint8Array": "B", "Uint16Array": "H", "Uint32Array": "I"}
Columns = dict[str, Any]


def read_graphml(path: Path, _ontology: Ontology) -> Found:
    """By expat; Gephi's guard against INF taken off."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    (net,) = ET.parse(path).getroot().findall(f"{space}graph")
    names = {node.attrib["id"]: _datum(node, "label") for node in net.iter(f"{space}node")}
    return names, {
        (edge.attrib["source"], _datum(edge, "edge_predicate"), edge.attrib["target"])
        for edge in net.iter(f"{space}edge")
    }


def _datum(element: ET.Element, key: str) -> str:
    return next((unguarded(one.text or "") for one in element if one.attrib.get("key") == key), "")


def unguarded(text: str) -> str:
    """Without the invisible character that keeps Gephi from reading INF as infinity."""
    return text.replace("I\u200cNF", "INF")


def read_tinkerpop(path: Path, _ontology: Ontology) -> Found:
    """By igraph; what Gremlin calls labels must be the types and the predicates."""
    import igraph

    net = igraph.Graph.Read_GraphML(str(path))
    assert not net.vcount() or net.vs["labelV"] == net.vs["type"]
    ids = net.vs["id"] if net.vcount() else []
    edges = {(ids[edge.source], edge["labelE"], ids[edge.target]) for edge in net.es}
    return dict(zip(ids, net.vs["label"] if ids else [], strict=True)), edges


def read_gexf(path: Path, _ontology: Ontology) -> Found:
    """By expat; Gephi's guard against INF taken off."""
    names, edges = {}, set()
    for element in ET.parse(path).getroot().iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "node":
            names[element.attrib["id"]] = unguarded(element.attrib["label"])
        elif tag == "edge":
            edges.add((element.attrib["source"], element.attrib["kind"], element.attrib["target"]))
    return names, edges


def read_page(path: Path, _ontology: Ontology) -> Found:
    """From the tables that stand in the page; the tags around them must be those of every page."""
    page = Page(path.read_text(encoding="utf-8"))
    assert [tag for tag, _ in page.tags].count("script") == len(page.tables) + 1
    assert not [tag for tag in page.tags if any(name.startswith("on") or name in ("src", "srcset") for name in tag[1])]
    head, graph = unpacked(page.tables["data-graph"])
    _, text = unpacked(page.tables["data-text"])
    unpacked(page.tables["data-evidence"])
    ids = text["id"]
    predicates = [one["name"] for one in head["predicates"]]
    rows = zip(accumulate(graph["from"]), graph["predicate"], graph["to"], strict=True)
    edges = {(ids[start], predicates[said], ids[end]) for start, said, end in rows}
    assert len(edges) == len(graph["to"])
    return dict(zip(ids, graph["name"], strict=True)), edges


class Page(HTMLParser):
    """Tags with their attributes, and what stands in the scripts that hold data."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, str] = {}
        self._table = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = dict(attrs)
        self.tags.append((tag, given))
        self._table = str(given["id"]) if given.get("type") == "application/octet-stream" else ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a table."""
        if tag == "script":
            self._table = ""

    def handle_data(self, data: str) -> None:
        """Note what a table holds."""
        if self._table:
            self.tables[self._table] = self.tables.get(self._table, "") + data


def unpacked(table: str) -> tuple[dict[str, Any], Columns]:
    """Header and columns of a table of the page."""
    raw = gzip.decompress(base64.b64decode(table, validate=True))
    at = 4 + int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4:at])
    columns: Columns = {}
    for name, kind, size, count in head["columns"]:
        data = raw[at : at + size]
        at += -(-size // 8) * 8
        if kind == "strings":
            columns[name] = data.decode("utf-8").split("\n") if count else []
        else:
            columns[name] = array(_KINDS[kind], data).tolist()
        assert len(columns[name]) == count, name
    assert at == len(raw)
    return head, columns
