"""Ask a store a question and give the answer in the formats that SPARQL has."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.ontology import Ontology
from kg.query.guard import check_query
from kg.query.hints import suggestions
from kg.query.search import SearchIndex, bind_search

_RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
_FILE_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a SELECT query: one string a cell, IRIs shortened by the known prefixes, unbound cells empty.

    ``more`` says that rows were left out because the cap was reached.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: bool = False


class Questions:
    """A store with the prefixes and the names of an ontology, ready to be asked."""

    def __init__(self, store: ox.Store, ontology: Ontology, index: SearchIndex | None = None) -> None:
        self._store = store
        self._ontology = ontology
        self._index = index
        self.prefixes = standard_prefixes(ontology)

    def ask(self, query: str, values: dict[str, str] | None = None) -> Results:
        """Results of a query; `values` binds variables to IRIs (in angle brackets) or, otherwise, to strings.

        Raises `QueryError` for what cannot be parsed or is refused, with suggestions for misspelt names.
        """
        check_query(query)
        bound: dict[ox.Variable, Term] = {ox.Variable(name): _term(value) for name, value in (values or {}).items()}
        try:
            return self._store.query(
                bind_search(query, self._index), prefixes=self.prefixes, substitutions=bound or None
            )
        except SyntaxError as error:
            hints = self.hints(query)
            raise QueryError("; ".join(hints) if hints else f"the query cannot be parsed: {error}") from error
        except OSError as error:
            raise StoreError(f"the store cannot be read ({error}); build again") from error

    def hints(self, query: str) -> list[str]:
        """Names in the query that the ontology does not know, each with the nearest that it does."""
        return suggestions(query, self._ontology, self.prefixes)

    def shorten(self, iri: str) -> str:
        """An IRI with a prefix instead of its namespace, where there is one."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


def serialize(results: Results, format_name: str) -> bytes:
    """The answer in a SPARQL results format (csv, tsv, json, xml) or, for triples, in RDF (ttl, nt).

    Raises `QueryError` when the format does not fit the kind of query.
    """
    if isinstance(results, ox.QueryTriples):
        if format_name not in _GRAPH_FORMATS:
            raise QueryError(f"CONSTRUCT and DESCRIBE give triples; use --format ttl or nt, not {format_name}")
        return bytes(results.serialize(format=_GRAPH_FORMATS[format_name]) or b"")
    if format_name not in _RESULT_FORMATS:
        raise QueryError(f"SELECT and ASK give rows; use --format table, csv, tsv, json or xml, not {format_name}")
    return bytes(results.serialize(format=_RESULT_FORMATS[format_name]) or b"")


def table(results: Results, questions: Questions, limit: int) -> Table:
    """The first `limit` rows as strings (0: all)."""
    if isinstance(results, ox.QueryBoolean):
        return Table(("answer",), (("yes" if bool(results) else "no",),))
    if isinstance(results, ox.QueryTriples):
        columns: tuple[str, ...] = ("subject", "predicate", "object")
        rows: Iterator[tuple[object, ...]] = ((t.subject, t.predicate, t.object) for t in results)
    else:
        columns = tuple(variable.value for variable in results.variables)
        rows = (tuple(solution) for solution in results)
    shown: list[tuple[str, ...]] = []
    for row in rows:
        if limit and len(shown) == limit:
            return Table(columns, tuple(shown), more=True)
        shown.append(tuple(_cell(term, questions) for term in row))
    return Table(columns, tuple(shown))


def load_file(path: Path) -> ox.Store:
    """A store in memory of one RDF file (``.ttl``, ``.nt``, ``.nq``, ``.jsonld``). Raises `StoreError`."""
    format_ = _FILE_FORMATS.get(path.suffix)
    if format_ is None:
        raise StoreError(f"{path}: not one of {', '.join(_FILE_FORMATS)}")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=format_)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: {error}") from error
    return store


def standard_prefixes(ontology: Ontology) -> dict[str, str]:
    """Prefixes that queries may use without declaring them; instances have one a type (``method:ps-kd``)."""
    known = dict(ontology.prefixes) | {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "dcterms": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
    }
    own = {type_.iri: f"{ontology.base}{type_.iri}/" for type_ in ontology.types if not type_.abstract}
    return known | own | {"statement": f"{ontology.base}statement/"}


def _term(value: str) -> Term:
    if value.startswith("<") and value.endswith(">"):
        return ox.NamedNode(value[1:-1])
    return ox.Literal(int(value)) if value.isdecimal() else ox.Literal(value)


def _cell(term: object, questions: Questions) -> str:
    if isinstance(term, ox.NamedNode):
        return questions.shorten(term.value)
    return str(getattr(term, "value", "")) if term is not None else ""
