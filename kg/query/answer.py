"""Ask a store a question, and show the answer as a table."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.ontology import Ontology, standard_prefixes
from kg.query.formats import Results, evaluating
from kg.query.guard import check_query
from kg.query.hints import suggestions
from kg.query.search import SearchIndex, bind_search
from kg.query.values import bind_values

_FILE_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nt.gz": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nq.gz": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_PARSE_ERROR = re.compile(r"error at (\d+):(\d+): ")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a SELECT query: one string a cell, IRIs shortened by the known prefixes, unbound cells empty.

    ``more`` says that rows were left out because the cap was reached.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked of instead of the store's own: merged as the default graph, and by name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


class Questions:
    """A store with the prefixes and the names of an ontology, ready to be asked."""

    def __init__(self, store: ox.Store, ontology: Ontology, index: SearchIndex | None = None) -> None:
        self._store = store
        self._ontology = ontology
        self._index = index
        self.prefixes = standard_prefixes(ontology)

    def ask(
        self, query: str, values: Mapping[str, str] | None = None, *, dataset: Dataset | None = None, base: str = ""
    ) -> Results:
        """Results of a query; `values` binds variables to IRIs (in angle brackets), whole numbers or else strings.

        `base` resolves relative IRIs. Raises `QueryError` for what cannot be parsed or is refused, with suggestions for
        misspelt names, and `StoreError` if the store cannot be read.
        """
        check_query(query)
        text, bound = bind_values(query, values or {})
        graphs = dataset or Dataset()
        try:
            return self._store.query(
                bind_search(text, self._index),
                base_iri=base or None,
                prefixes=self.prefixes,
                substitutions=bound or None,
                default_graph=[ox.NamedNode(iri) for iri in graphs.default] if graphs else None,
                named_graphs=[ox.NamedNode(iri) for iri in graphs.named] if graphs else None,
            )
        except SyntaxError as error:
            raise QueryError("; ".join(self._why(query, str(error)))) from error
        except (ValueError, RuntimeError) as error:  # an IRI that is none
            raise QueryError(f"the query cannot be asked: {error}") from error
        except OSError as error:
            raise StoreError(f"the store cannot be read ({error}); build again") from error

    def _why(self, query: str, error: str) -> list[str]:
        hints = self.hints(query)
        if any(hint.startswith("prefix ") for hint in hints):
            return hints  # the engine stops there too, and says less
        return [*hints, _where(error, query)]

    def hints(self, query: str) -> list[str]:
        """Names in the query that the ontology does not know, each with the nearest that it does."""
        return suggestions(query, self._ontology, self.prefixes)

    def shorten(self, iri: str) -> str:
        """An IRI with a prefix instead of its namespace, where there is one."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


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
    with evaluating():
        for row in rows:
            if limit and len(shown) == limit:
                return Table(columns, tuple(shown), more=True)
            shown.append(tuple(_cell(term, questions) for term in row))
    return Table(columns, tuple(shown))


def load_file(path: Path) -> ox.Store:
    """A store in memory of one RDF file (Turtle, N-Triples, N-Quads, JSON-LD; the middle two also with ``.gz``).

    Raises `StoreError` with the line that cannot be read.
    """
    format_ = next((known for end, known in _FILE_FORMATS.items() if path.name.endswith(end)), None)
    if format_ is None:
        raise StoreError(f"{path}: the name must end in one of {', '.join(_FILE_FORMATS)}")
    store = ox.Store()
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            store.bulk_load(input=cast(IO[bytes], stream), format=format_)
    except (OSError, EOFError, SyntaxError) as error:
        raise StoreError(f"{path}: {error}") from error
    return store


def _where(error: str, query: str) -> str:
    place = _PARSE_ERROR.match(error)
    if place is None:
        return f"the query cannot be parsed: {error}"
    line, column = int(place[1]), int(place[2])
    lines = query.split("\n")
    here = lines[line - 1][max(0, column - 21) : column + 20].strip() if line <= len(lines) else ""
    expected = " ".join(error[place.end() :].split())[:120]
    return f"the query cannot be parsed at line {line}, column {column}, near {here!r}: {expected}"


def _cell(term: object, questions: Questions) -> str:
    if isinstance(term, ox.NamedNode):
        return questions.shorten(term.value)
    if isinstance(term, ox.Triple):
        return " ".join(_cell(part, questions) for part in (term.subject, term.predicate, term.object))
    return str(getattr(term, "value", "")) if term is not None else ""
