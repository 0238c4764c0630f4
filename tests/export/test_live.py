"""What a server hands to the explorer is what the page has in it: the same things at the same places."""

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from kg.data import Graph
from kg.export import live_tables, read_graph, write_archive
from kg.export.html import TABLES, render_html
from kg.ontology import load_ontology
from tests.browser.hostile import hostile_graph
from tests.browser.synthetic import synthetic_graph

ONTOLOGY = load_ontology(())
KINDS = {"Uint8Array": "<u1", "Uint16Array": "<u2", "Uint32Array": "<u4"}


def columns(table: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and columns of a packed table."""
    raw = gzip.decompress(table)
    at = 4 + int.from_bytes(raw[:4], "little")
    head = json.loads(raw[4:at])
    found: dict[str, Any] = {}
    for name, kind, size, _ in head.pop("columns"):
        part = raw[at : at + size]
        found[name] = part.decode().split("\n") if kind == "strings" else np.frombuffer(part, KINDS[kind])
        at += size + -size % 8
    return head, found


def embedded(graph: Graph) -> dict[str, bytes]:
    """The tables inside the page of a graph."""
    page = render_html(graph, ONTOLOGY)
    return {name: base64.b64decode(re.findall(rf'id="data-{name}">([^<]*)<', page)[0]) for name in TABLES}


def test_a_graph_that_was_kept_gives_the_tables_of_its_page(tmp_path: Path) -> None:
    for graph in (synthetic_graph(300), hostile_graph(), Graph((), ())):
        write_archive(graph, ONTOLOGY, tmp_path / "cache" / "graph.msgpack.gz")
        live, file = live_tables(read_graph(tmp_path), ONTOLOGY), embedded(graph)
        assert list(live) == list(TABLES)
        assert (live["text"], live["evidence"]) == (file["text"], file["evidence"])
        (head, there), (same, here) = columns(live["graph"]), columns(file["graph"])
        assert head == same
        for name in here.keys() - {"x", "y"}:
            assert list(there[name]) == list(here[name]), name
        for axis in ("x", "y"):  # the layout is kept to a hundredth of a unit
            assert np.abs(there[axis].astype(int) - here[axis].astype(int)).max(initial=0) <= 12


def test_the_strongest_are_a_part_that_says_what_the_whole_counts() -> None:
    graph = synthetic_graph(300)
    head, found = columns(live_tables(graph, ONTOLOGY, 50)["graph"])
    assert (len(found["x"]), head["allNodes"], head["allEdges"]) == (50, 300, len(graph.assertions))
    assert found["name"] == columns(live_tables(graph, ONTOLOGY)["graph"])[1]["name"][:50]


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert live_tables(synthetic_graph(200), ONTOLOGY) == live_tables(synthetic_graph(200), ONTOLOGY)
