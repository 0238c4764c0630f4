"""Answers in the formats that SPARQL 1.1 and RDF have."""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.ontology.namespaces import XSD

_NUMBERS = {f"{XSD}integer": int, f"{XSD}decimal": float, f"{XSD}double": float, f"{XSD}float": float}

Value = str | int | float | bool | None
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@contextmanager
def evaluating() -> Iterator[None]:
    """Turn what goes wrong while results are computed into a `QueryError`, or a `StoreError` if it is the disk."""
    try:
        yield
    except (RuntimeError, SyntaxError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error
    except OSError as error:
        raise StoreError(f"the store cannot be read ({error}); build again") from error


def gives_triples(results: Results) -> bool:
    """Whether the query was CONSTRUCT or DESCRIBE."""
    return isinstance(results, ox.QueryTriples)


def write_results(results: Results, format_name: str, output: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write an answer: json, xml, csv or tsv for rows, ttl, nt, rdf or jsonld (with `prefixes`) for triples.

    Raises `QueryError` when the format does not fit the kind of query.
    """
    if isinstance(results, ox.QueryTriples):
        if format_name not in GRAPH_FORMATS:
            raise QueryError(f"CONSTRUCT and DESCRIBE give triples; take {', '.join(GRAPH_FORMATS)}, not {format_name}")
        write_triples(results, format_name, output, prefixes)
        return
    if format_name not in RESULT_FORMATS:
        raise QueryError(f"SELECT and ASK give rows; take table, {', '.join(RESULT_FORMATS)}, not {format_name}")
    if isinstance(results, ox.QueryBoolean) and format_name in ("csv", "tsv"):
        output.write(b"true\n" if bool(results) else b"false\n")  # the standard has no such form; the engine's habit
        return
    with evaluating():
        results.serialize(output, format=RESULT_FORMATS[format_name])


def write_triples(
    triples: Iterable[ox.Triple], format_name: str, output: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    """Write triples as ttl, nt, rdf or jsonld."""
    with evaluating():
        ox.serialize(triples, output, GRAPH_FORMATS[format_name], prefixes=dict(prefixes))


def serialize(results: Results, format_name: str, prefixes: Mapping[str, str] | None = None) -> bytes:
    """As `write_results`, into memory."""
    output = io.BytesIO()
    write_results(results, format_name, output, prefixes or {})
    return output.getvalue()


def python_rows(results: Results) -> tuple[tuple[str, ...], list[dict[str, Value]]]:
    """Columns and rows in Python's own types; unbound variables are None.

    ASK gives one row with ``answer``, CONSTRUCT and DESCRIBE give subject, predicate and object.
    """
    with evaluating():
        if isinstance(results, ox.QueryBoolean):
            return ("answer",), [{"answer": bool(results)}]
        if isinstance(results, ox.QueryTriples):
            columns: tuple[str, ...] = ("subject", "predicate", "object")
            return columns, [dict(zip(columns, map(_value, triple), strict=True)) for triple in results]
        columns = tuple(variable.value for variable in results.variables)
        return columns, [dict(zip(columns, map(_value, row), strict=True)) for row in results]


def _value(term: object) -> Value:
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value if isinstance(term, ox.NamedNode) else str(term)
    if term.datatype.value == f"{XSD}boolean":
        return term.value in ("true", "1")
    number = _NUMBERS.get(term.datatype.value)
    return number(term.value) if number else term.value
