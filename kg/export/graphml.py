"""GraphML that Gephi, yEd, Cytoscape, igraph, networkx, graphology and TinkerPop read alike.

What each of them asks for is in ``docs/decisions/0003-one-graphml-for-all-readers.md``. Two flavours: the default one
carries the two concessions that Gephi needs, the strict one validates against the published schema.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, EdgeRow, NodeRow, undirected
from kg.export.rows import Sink, pour
from kg.export.xml import attribute, guard, text
from kg.files import atomic_text
from kg.ontology import Ontology

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {str: "string", int: "int", float: "double"}
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]|_(?=x)")


@dataclass(frozen=True, slots=True)
class Flavour:
    """``gephi``: concessions to Gephi; ``schema``: ids as the schema wants them; ``tinkerpop``: labels for Gremlin."""

    gephi: bool = False
    schema: bool = False
    tinkerpop: bool = False

    def id(self, value: str) -> str:
        """A node's id, escaped for an attribute."""
        return token(value) if self.schema else attribute(value)


_GEPHI = Flavour(gephi=True)


def write_graphml(graph: Graph, ontology: Ontology, path: Path) -> None:
    """GraphML in Gephi's flavour."""
    _write(graph, ontology, path, _GEPHI)


def write_graphml_strict(graph: Graph, ontology: Ontology, path: Path) -> None:
    """GraphML that validates against the published schema, all text verbatim."""
    _write(graph, ontology, path, Flavour(schema=True))


def write_tinkerpop(graph: Graph, ontology: Ontology, path: Path) -> None:
    """GraphML with ``labelV`` and ``labelE``, where Gremlin's ``io()`` looks for labels; all text verbatim."""
    _write(graph, ontology, path, Flavour(tinkerpop=True))


def token(node: str) -> str:
    """An id as an XML name token, which is all that the schema admits: ``method:lora`` for ``method/lora``.

    >>> token("method/lora"), token("a b/ü")
    ('method:lora', 'a_x20_b:_xfc_')
    """
    return ":".join(_NO_TOKEN.sub(_escape, part) for part in node.split("/"))


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):x}_"


def _write(graph: Graph, ontology: Ontology, path: Path, flavour: Flavour) -> None:
    with open_graphml(graph, path, flavour=flavour) as sink:
        pour(graph, ontology, (sink,))


@contextmanager
def open_graphml(graph: Graph, path: Path, about: str = "", *, flavour: Flavour = _GEPHI) -> Iterator[Sink]:
    """GraphML of the rows of `graph`, which the block pours; `about` says in words what part of a graph it is."""
    node_parts, edge_parts = _openers(NODE_COLUMNS, ""), _openers(EDGE_COLUMNS, "edge_")
    direction = "undirected" if undirected(graph) else "directed"
    with atomic_text(path) as stream:
        stream.write(_HEAD)
        stream.writelines(_keys(flavour))
        stream.write(f' <graph id="papergraph" edgedefault="{direction}">\n')
        stream.write(f"  <desc>{text(about)}</desc>\n" if about else "")
        yield Sink(
            lambda row: stream.write(_node(row, node_parts, flavour)),
            lambda: None,
            lambda row: stream.write(_edge(row, edge_parts, flavour)),
        )
        stream.write(" </graph>\n</graphml>\n")


def _keys(flavour: Flavour) -> Iterator[str]:
    for owner, prefix, columns in (("node", "", NODE_COLUMNS), ("edge", "edge_", EDGE_COLUMNS)):
        for column in columns:
            yield _key(prefix + column.name, owner, column.name, _TYPES[column.kind])
    if flavour.tinkerpop:
        yield _key("labelV", "node", "labelV", "string")
        yield _key("labelE", "edge", "labelE", "string")


def _key(id_: str, owner: str, name: str, kind: str) -> str:
    return f' <key id="{id_}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'


def _openers(columns: tuple[Column, ...], prefix: str) -> tuple[tuple[str, bool], ...]:
    return tuple((f'<data key="{prefix}{column.name}">', column.prose and column.name != "label") for column in columns)


def _node(row: NodeRow, parts: tuple[tuple[str, bool], ...], flavour: Flavour) -> str:
    label = f'<data key="labelV">{text(row.values[1])}</data>' if flavour.tinkerpop else ""
    return f'  <node id="{flavour.id(row.id)}">{_data(row.values, parts, flavour)}{label}</node>\n'


def _edge(row: EdgeRow, parts: tuple[tuple[str, bool], ...], flavour: Flavour) -> str:
    kind = f' label="{attribute(row.predicate)}"' if flavour.gephi and row.parallel else ""
    label = f'<data key="labelE">{text(row.predicate)}</data>' if flavour.tinkerpop else ""
    ends = f'source="{flavour.id(row.source)}" target="{flavour.id(row.target)}"'
    return f'  <edge id="{row.id}" {ends}{kind}>{_data(row.values, parts, flavour)}{label}</edge>\n'


def _data(values: tuple[object, ...], parts: tuple[tuple[str, bool], ...], flavour: Flavour) -> str:
    found = []
    for value, (opener, prose) in zip(values, parts, strict=True):
        if value is not None:
            shown = guard(text(value)) if prose and flavour.gephi else text(value)
            found.append(f"{opener}{shown}</data>")
    return "".join(found)
