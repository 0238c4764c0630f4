"""CSV, Parquet, Neo4j and SQLite, read back by DuckDB, SQLite and Python."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kg.data import Assertion, Evidence, Graph
from kg.errors import ExportError
from kg.export.neo4j import write_cypher, write_neo4j
from kg.export.parquet import write_parquet
from kg.export.sqlite import write_sqlite
from kg.export.tables import EDGE_TABLE, NODE_TABLE, edge_records, harmless, node_records, write_tables
from tests.export.hostile import GRAPHS, NAMES, ONTOLOGY

csv.field_size_limit(1_000_000)


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    return GRAPHS[request.param]


def _wanted(graph: Graph) -> dict[str, list[tuple[Any, ...]]]:
    return {"nodes": list(node_records(graph, ONTOLOGY)), "edges": list(edge_records(graph))}


def test_duckdb_reads_parquet_as_it_was_written(graph: Graph, tmp_path: Path) -> None:
    write_parquet(graph, ONTOLOGY, tmp_path)
    for name, rows in _wanted(graph).items():
        assert duckdb.sql(f"SELECT * FROM '{tmp_path}/{name}.parquet'").fetchall() == rows


def test_parquet_says_the_types_of_its_columns_even_of_no_rows(tmp_path: Path) -> None:
    write_parquet(GRAPHS["empty"], ONTOLOGY, tmp_path)
    columns = duckdb.sql(f"DESCRIBE SELECT * FROM '{tmp_path}/nodes.parquet'").fetchall()
    kinds = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}
    assert [(name, kind) for name, kind, *_ in columns] == [(one.name, kinds[one.kind]) for one in NODE_TABLE]


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(ExportError, match=r"pip install .*pyarrow"):
        write_parquet(GRAPHS["lone node"], ONTOLOGY, tmp_path)


def test_the_surest_sentence_is_shown_and_of_equal_ones_the_first() -> None:
    named = Evidence("paper/a", 0, 3, "The title.", "extension", 0.5)
    said = Evidence("paper/a", 90, 93, "We coat it.", "cue+extension", 1.0)
    again = Evidence("paper/a", 190, 193, "It is coated.", "extension", 1.0)
    claim = Assertion("paper/a", "uses", "method/b", (named, said, again), 1.0, 1)
    assert next(iter(edge_records(Graph((), (claim,), (), GRAPHS["empty"].run))))[-2:] == ("We coat it.", "paper/a")


def test_csv_holds_the_same_rows_with_formulas_made_harmless(graph: Graph, tmp_path: Path) -> None:
    write_tables(graph, ONTOLOGY, tmp_path)
    for (name, rows), columns in zip(_wanted(graph).items(), (NODE_TABLE, EDGE_TABLE), strict=True):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            header, *found = csv.reader(stream)
        assert header == [column.name for column in columns]
        assert found == [["" if value is None else str(harmless(value)) for value in row] for row in rows]
        assert not any(cell.startswith(("=", "@", "\t", "\r")) for row in found for cell in row)


def test_duckdb_reads_as_many_csv_rows_as_there_are_nodes_and_edges(graph: Graph, tmp_path: Path) -> None:
    write_tables(graph, ONTOLOGY, tmp_path)
    for name, rows in _wanted(graph).items():
        table = f"read_csv('{tmp_path}/{name}.csv', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')"
        assert duckdb.sql(f"SELECT count(*), count(DISTINCT id) FROM {table}").fetchall() == [(len(rows), len(rows))]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"])
def test_a_formula_gets_an_apostrophe(value: str) -> None:
    assert harmless(value) == f"'{value}"


@pytest.mark.parametrize("value", ["LoRA", "", "1+1", "'=1", None, -1, -0.5])
def test_everything_else_is_left_alone(value: object) -> None:
    assert harmless(value) == value  # type: ignore[arg-type]


def test_sqlite_that_finds_no_room_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, genuine = tmp_path / "g.sqlite", sqlite3.connect
    write_sqlite(GRAPHS["undirected"], ONTOLOGY, path)
    before = path.read_bytes()

    def small(name: str) -> sqlite3.Connection:
        base = genuine(name)
        base.execute("PRAGMA max_page_count = 4")
        return base

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(ExportError, match=r"g\.sqlite: cannot be written \(database or disk is full.*is unchanged"):
        write_sqlite(GRAPHS["names"], ONTOLOGY, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["g.sqlite"]


def test_sqlite_holds_both_tables_and_all_evidence(graph: Graph, tmp_path: Path) -> None:
    write_sqlite(graph, ONTOLOGY, tmp_path / "g.sqlite")
    with closing(sqlite3.connect(tmp_path / "g.sqlite")) as base:
        for name, rows in _wanted(graph).items():
            assert base.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() == rows
        (evidence,) = base.execute("SELECT count(*) FROM evidence JOIN edges ON edges.id = evidence.edge").fetchone()
        assert evidence == sum(len(one.evidence) for one in graph.assertions)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _neo4j(folder: Path, name: str) -> tuple[list[str], list[list[str]]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    return header, rows


def test_the_neo4j_folder_names_ids_labels_and_types(tmp_path: Path) -> None:
    write_neo4j(GRAPHS["parallel edges"], ONTOLOGY, tmp_path)
    nodes, edges = _neo4j(tmp_path, "nodes"), _neo4j(tmp_path, "edges")
    assert nodes[0][:6] == ["id:ID", "label:string", "type:string", ":LABEL", "aliases:string[]", "papers:int"]
    assert edges[0][:4] == [":START_ID", ":END_ID", "id:string", ":TYPE"]
    by_id = {row[0]: row for row in nodes[1]}
    assert by_id["model/b"][3] == "Model|Method|Entity"
    assert {(row[0], row[3], row[1]) for row in edges[1]} >= {("method/a", "solves", "task/c")}


def test_neo4j_rows_are_verbatim_and_end_where_nodes_are(graph: Graph, tmp_path: Path) -> None:
    write_neo4j(graph, ONTOLOGY, tmp_path)
    (header, nodes), (_, edges) = _neo4j(tmp_path, "nodes"), _neo4j(tmp_path, "edges")
    assert [row[1] for row in nodes] == [row[1] for row in _wanted(graph)["nodes"]]
    ids = {row[0] for row in nodes}
    assert all(row[0] in ids and row[1] in ids for row in edges)
    assert {len(row) for row in nodes} <= {len(header)}
    for column in ("papers:int", "confidence:double"):
        assert all(float(row[header.index(column)] or 0) >= 0 for row in nodes)


def test_the_cypher_script_quotes_every_string(tmp_path: Path) -> None:
    write_cypher(GRAPHS["names"], ONTOLOGY, tmp_path / "g.cypher")
    text = (tmp_path / "g.cypher").read_text(encoding="utf-8")
    assert "label: '\\'; DROP TABLE nodes; --'" in text
    assert "label: 'back\\\\slash'" in text
    strings = _outside_strings(text)
    assert strings.count("MERGE") == 3  # methods, papers, introduces
    assert "DROP" not in strings
    assert "<script>" not in strings
    assert strings.count("label:") == len(NAMES) + 1


def test_the_cypher_script_creates_every_node_and_edge(tmp_path: Path) -> None:
    graph = GRAPHS["parallel edges"]
    write_cypher(graph, ONTOLOGY, tmp_path / "g.cypher")
    text = _outside_strings((tmp_path / "g.cypher").read_text(encoding="utf-8"))
    assert text.count("{source:") == len(graph.assertions)
    assert text.count("label:") == len(graph.nodes)
    assert "MERGE (n:`Model` {id: row.id}) SET n += row, n:`Method`:`Entity`;" in text
    assert "MERGE (s)-[e:`solves` {id: row.values.id}]->(t)" in text


def _outside_strings(text: str) -> str:
    """The script without the content of its strings, read as Cypher reads it."""
    kept, inside, escaped = [], False, False
    for character in text:
        if not inside:
            kept.append(character)
        if inside and escaped:
            escaped = False
        elif inside and character == "\\":
            escaped = True
        elif character == "'":
            inside = not inside
    assert not inside
    return "".join(kept)
