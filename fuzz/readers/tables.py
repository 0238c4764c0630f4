"""Tables, read by `csv`, DuckDB and SQLite; the script for Neo4j, read by the rules of openCypher; the archive."""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from fuzz.readers.found import Found, Names
from kg.export import read_graph
from kg.ontology import Ontology

csv.field_size_limit(1 << 24)
Row = dict[str, Any]
# Symbols of openCypher as far as they stand in data: strings, names in backticks, numbers, names, marks.
_SYMBOL = re.compile(
    r"""\s*+(?:'((?:[^'\\]|\\.)*+)'|`((?:[^`]|``)*+)`|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(\w+)|(.))""", re.DOTALL
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "'": "'", '"': '"', "\\": "\\"}
_ROWS = re.compile(r"UNWIND \[\n(.*)\n\] AS row", re.DOTALL)


def read_archive(path: Path, _ontology: Ontology) -> Found:
    """By our own reader: no other program knows it."""
    graph = read_graph(path.parent.parent)
    edges = {(one.subject, one.predicate, one.object) for one in graph.assertions}
    return {node.id: node.name for node in graph.nodes}, edges


def read_csv(path: Path, _ontology: Ontology) -> Found:
    """By Python's csv."""
    nodes, edges = (list(csv.DictReader(_lines(path / f"{table}.csv"))) for table in ("nodes", "edges"))
    return _table(nodes), {(row["source"], row["predicate"], row["target"]) for row in edges}


def _table(rows: list[dict[str, str]]) -> Names:
    return {row["id"]: row["label"] for row in rows}


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from stream


def read_neo4j(path: Path, _ontology: Ontology) -> Found:
    """By Python's csv, columns as `neo4j-admin database import` names them."""
    nodes, edges = (list(csv.DictReader(_lines(path / f"{table}.csv"))) for table in ("nodes", "edges"))
    names = {row["id:ID"]: row["label:string"] for row in nodes}
    return names, {(row[":START_ID"], row[":TYPE"], row[":END_ID"]) for row in edges}


def read_parquet(path: Path, _ontology: Ontology) -> Found:
    """By DuckDB."""
    names = dict(_duckdb().execute("SELECT id, label FROM read_parquet(?)", [f"{path}/nodes.parquet"]).fetchall())
    ask = "SELECT source, predicate, target FROM read_parquet(?)"
    return names, set(_duckdb().execute(ask, [f"{path}/edges.parquet"]).fetchall())


@cache
def _duckdb() -> Any:
    """One for the process, as it takes ten times as long to begin as to read; it remembers no file."""
    import duckdb

    return duckdb.connect(config={"threads": 1, "enable_external_file_cache": False})


def read_sqlite(path: Path, _ontology: Ontology) -> Found:
    """By SQLite."""
    with closing(sqlite3.connect(path)) as base:
        names = dict(base.execute("SELECT id, label FROM nodes"))
        edges = set(base.execute("SELECT source, predicate, target FROM edges"))
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return names, edges


def read_cypher(path: Path, _ontology: Ontology) -> Found:
    """What the script's statements would make; each but the constraints is a list of maps and what to do with them."""
    names, edges = {}, set()
    for statement in _statements(path.read_text(encoding="utf-8")):
        symbols = iter(statement)
        if [next(symbols)[1] for _ in range(2)] != ["UNWIND", "["]:
            assert [text for _, text in statement[:2]] == ["CREATE", "CONSTRAINT"]
            continue
        rows = _list(symbols)
        rest = " ".join(text for _, text in symbols)
        for row in rows:
            if "source" in row:
                predicate = re.search(r"\[ e : (\S+)", rest)
                assert predicate
                edges.add((row["source"], predicate[1], row["target"]))
            else:
                assert rest.startswith(
                    f"AS row MERGE ( n : {row['type']} {{ id : row . id }} ) SET n += row".replace("+=", "+ =")
                )
                names[row["id"]] = row["label"]
    return names, edges


def _statements(text: str) -> Iterator[list[tuple[str, str]]]:
    """Symbols of each statement with their kinds."""
    statement: list[tuple[str, str]] = []
    for found in _SYMBOL.finditer(text.rstrip()):
        kind = ("string", "name", "number", "name", "mark")[(found.lastindex or 5) - 1]
        assert found[0].strip() not in ("'", "`", "\\", '"', "/"), "a string that does not end, or a comment"
        value = found[found.lastindex or 5]
        if (kind, value) == ("mark", ";"):
            yield statement
            statement = []
        else:
            statement.append((kind, _ESCAPE.sub(_unescaped, value) if kind == "string" else value))
    assert not statement, "a statement that does not end"


def _unescaped(found: re.Match[str]) -> str:
    escape = found[1]
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED[escape]


def _list(symbols: Iterator[tuple[str, str]]) -> list[Any]:
    """The values up to the bracket that closes the list."""
    values: list[Any] = []
    while True:
        symbol = next(symbols)
        if symbol == ("mark", "]"):
            return values
        if symbol != ("mark", ","):
            values.append(_value(symbol, symbols))


def _value(symbol: tuple[str, str], symbols: Iterator[tuple[str, str]]) -> Any:
    kind, text = symbol
    if symbol == ("mark", "{"):
        return _map(symbols)
    if symbol == ("mark", "["):
        return _list(symbols)
    assert kind in ("string", "number"), symbol
    return json.loads(text) if kind == "number" else text


def _map(symbols: Iterator[tuple[str, str]]) -> Row:
    values: Row = {}
    while True:
        kind, key = next(symbols)
        if (kind, key) == ("mark", "}"):
            return values
        if (kind, key) != ("mark", ","):
            assert kind == "name", key
            assert next(symbols) == ("mark", ":")
            values[key] = _value(next(symbols), symbols)
