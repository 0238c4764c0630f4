"""Questions to a built graph: SPARQL, named queries and text search."""

from kg.query.answer import (
    Dataset,
    Questions,
    Table,
    load_file,
    table,
)
from kg.query.browse import Browser
from kg.query.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    Results,
    Value,
    evaluating,
    gives_triples,
    python_rows,
    serialize,
    write_results,
    write_triples,
)
from kg.query.guard import check_query
from kg.query.library import NamedQuery, Parameter, bind, named_queries, named_query
from kg.query.refresh import Changes
from kg.query.search import Hit, NameRow, SearchIndex, TextRow, build_index, with_subtypes
from kg.query.store import build_store, open_store
from kg.query.validation import Violation, violations

__all__ = [
    "GRAPH_FORMATS",
    "RESULT_FORMATS",
    "Browser",
    "Changes",
    "Dataset",
    "Hit",
    "NameRow",
    "NamedQuery",
    "Parameter",
    "Questions",
    "Results",
    "SearchIndex",
    "Table",
    "TextRow",
    "Value",
    "Violation",
    "bind",
    "build_index",
    "build_store",
    "check_query",
    "evaluating",
    "gives_triples",
    "load_file",
    "named_queries",
    "named_query",
    "open_store",
    "python_rows",
    "serialize",
    "table",
    "violations",
    "with_subtypes",
    "write_results",
    "write_triples",
]
