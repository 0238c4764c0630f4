"""A built graph in a notebook or a program.

    import kg
    papers = kg.open("output")
    papers.query("SELECT ?name WHERE { ?m a kg:Method ; skos:prefLabel ?name } LIMIT 5").frame()
    papers.named("who-introduced", thing="BERT")

Queries run in this process and without a deadline; ``kg serve`` has one.
"""

import gzip
import importlib
from collections.abc import Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from kg.errors import StoreError
from kg.ontology import built_ontology
from kg.query import (
    Browser,
    Hit,
    Questions,
    Results,
    SearchIndex,
    Value,
    bind,
    named_queries,
    named_query,
    open_store,
    python_rows,
    with_subtypes,
)

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.data import Graph

_SHOWN = 20


class Rows(list[dict[str, Value]]):
    """Rows of an answer in its order, a dictionary each; unbound variables are None, ``columns`` has their names."""

    def __init__(self, columns: tuple[str, ...], rows: list[dict[str, Value]]) -> None:
        super().__init__(rows)
        self.columns = columns

    def frame(self) -> Any:
        """A pandas frame: a row a row, a column a variable. Raises `ImportError` if pandas is not installed."""
        try:
            pandas = importlib.import_module("pandas")
        except ImportError as error:
            raise ImportError("frame() needs pandas: pip install pandas") from error
        return pandas.DataFrame(list(self), columns=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(_text(row[column]))}</td>' for column in self.columns)}</tr>"
            for row in self[:_SHOWN]
        )
        rest = f"<p>{len(self) - _SHOWN:,} more rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


class KnowledgeGraph:
    """A built graph. Use `kg.open` to get one."""

    def __init__(self, folder: Path) -> None:
        """Open the build in `folder`. Raises `StoreError` if there is none."""
        self.folder = folder
        self.ontology = built_ontology(folder)
        self._store = open_store(folder / "store")
        self._index = SearchIndex(folder / "search.sqlite", self.ontology.base)
        self._questions = Questions(self._store, self.ontology, self._index)
        self._browser = Browser(self._store, self.ontology)

    def __enter__(self) -> "KnowledgeGraph":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files, which a new build can replace on Windows only then. Nothing can be asked afterwards."""
        self._index.close()
        for name in ("_store", "_questions", "_browser"):  # the store is closed when nothing holds it any more
            self.__dict__.pop(name, None)

    def query(self, text: str, **values: str | int) -> Rows:
        """Ask the SPARQL query `text`; `values` are put in the place of variables, IRIs in angle brackets.

        Raises `QueryError` if it is no query or changes anything. ASK gives one row with ``answer``, CONSTRUCT and
        DESCRIBE give subject, predicate, object.
        """
        return _rows(self._questions.ask(text, {name: str(value) for name, value in values.items()}))

    def named(self, name: str, **parameters: str | int) -> Rows:
        """Ask the named query `name`; `queries` lists them. Names of things in `parameters` are looked up.

        Raises `QueryError` for a query, a parameter or a thing that is not known.
        """
        query = named_query(name)
        given = {parameter: str(value) for parameter, value in parameters.items()}
        return _rows(self._questions.ask(query.text, bind(query, given, self._index, self.ontology)))

    @property
    def queries(self) -> Mapping[str, str]:
        """Titles of the named queries by name."""
        return {name: query.title for name, query in named_queries().items()}

    def search(self, text: str, *types: str, limit: int = 20) -> list[Hit]:
        """Nodes that are called like `text`, typing errors forgiven.

        Without `types`, papers follow that have words of it in their sentences. The best come first, at most `limit` of
        each kind, with ``id``, ``type``, ``name``, ``matched`` (the words that fit) and ``score`` (0 to 1); nodes also
        with ``papers`` and, where several share a name, ``meaning``. A type has those under it with it: Method finds
        models.
        """
        names, texts = self._index.find(text, types=with_subtypes(self.ontology, types), limit=limit)
        return names + texts

    def node(self, id_: str) -> dict[str, Any]:
        """All that is known of the node `id_`, an id (``method/lora``) or IRI. Raises `StoreError` if there is none.

        ``id``, ``iri``, ``name``, ``type``; ``facts``: values by the IRI of their property; ``out`` and ``in``:
        edges, with ``predicate`` and the card of the other end; ``more``: whether there are more of them than are
        told.
        """
        return self._browser.node(self._known(id_))

    def neighbours(self, id_: str, hops: int = 1, limit: int = 200) -> dict[str, Any]:
        """What is within `hops` steps of the node `id_`, at most `limit` nodes. Raises `StoreError` if it is not there.

        ``nodes``: ``id``, ``iri``, ``name``, ``type``, nearest first; ``edges``: ``subject``, ``predicate``,
        ``object``, ids and a name; ``more``: whether some nodes were left out.
        """
        return self._browser.neighbours(self._known(id_), hops, limit)

    def path(self, start: str, end: str, hops: int = 6) -> dict[str, Any]:
        """A shortest path from the node `start` to the node `end`, of at most `hops` edges in either direction.

        ``nodes`` and ``edges`` as of `neighbours`, in the order of the way, empty if there is none; ``more``: whether
        the search gave up. Raises `StoreError` if an end is not in the graph.
        """
        return self._browser.path(self._known(start), self._known(end), hops)

    def evidence(self, subject: str = "", predicate: str = "", object_: str = "", limit: int = 50) -> dict[str, Any]:
        """The sentences behind the edges from `subject` by `predicate` to `object_`; what is empty may be anything.

        Give a subject or an object, as an id or IRI. ``statements``: at most `limit`, the surest first, with ``id``,
        ``subject``, ``predicate``, ``object``, ``paper``, ``title``, ``sentence``, ``start`` and ``end`` (code points
        into title + newline + abstract), ``score`` and ``confidence`` (0 to 1), ``extractor``; ``more``: whether
        there are others. Raises `QueryError` if neither is given, or one is no id.
        """
        return self._browser.evidence(self._id(subject), predicate, self._id(object_), limit)

    @cached_property
    def graph(self) -> "Graph":
        """The graph as frozen records, read at the first use. Raises `StoreError` if the file is damaged."""
        from kg.export import read_graph  # noqa: PLC0415 - slow to import

        return read_graph(self.folder)

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The graph as a directed networkx network; nodes have their ids, attributes are those of ``graph.graphml``."""
        from kg.export.network import to_networkx  # noqa: PLC0415 - slow to import

        return to_networkx(self.graph, self.ontology)

    def to_rdflib(self) -> "rdflib.Graph":
        """The graph as an rdflib graph, with the prefixes bound. Slow for more than a few 100,000 triples."""
        import rdflib  # noqa: PLC0415 - slow to import

        rdf = rdflib.Graph()
        for prefix, namespace in self._questions.prefixes.items():
            rdf.bind(prefix, namespace)
        with gzip.open(self.folder / "graph.nt.gz") as stream:
            return rdf.parse(cast("IO[bytes]", stream), format="nt")

    def to_pyvis(self, focus: str = "", hops: int = 1, top: int = 300) -> Any:
        """What is within `hops` steps of `focus`, at most `top` nodes, as a pyvis network that a notebook shows.

        `focus` is a name or an id; without it the `top` strongest nodes of the graph. Raises `ExportError` if nothing
        is called so.
        """
        from kg.export.pyvis_view import to_pyvis  # noqa: PLC0415 - slow to import

        return to_pyvis(self.graph, self.ontology, focus=self._id(focus), hops=hops, top=top)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {str(self.folder)!r}>"

    def _repr_html_(self) -> str:
        rows = self.named("counts")
        return f"<p><b>Knowledge graph</b> in <code>{escape(str(self.folder))}</code></p>{rows._repr_html_()}"

    def _id(self, id_: str) -> str:
        return id_.removeprefix(self.ontology.base)

    def _known(self, id_: str) -> str:
        if not self._browser.exists(self._id(id_)):
            raise StoreError(f"no node {id_!r} is in {self.folder}; search() finds ids")
        return self._id(id_)


def open(folder: str | Path = "output") -> KnowledgeGraph:
    """The graph that ``kg build`` wrote to `folder`. Raises `StoreError` if there is none."""
    return KnowledgeGraph(Path(folder))


def _rows(results: Results) -> Rows:
    return Rows(*python_rows(results))


def _text(value: Value) -> str:
    return "" if value is None else str(value)
