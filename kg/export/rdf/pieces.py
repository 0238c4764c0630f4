"""The graph as a row of pieces of text, in the order of their keys: the run, nodes, the statements of their claims."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Any, Protocol

import msgspec

from kg.data import Assertion, Graph, Node
from kg.export.rdf.statements import Statements
from kg.export.rdf.syntaxes import Syntax
from kg.export.rdf.terms import Pair, Subject
from kg.export.rdf.triples import RdfGraph, statement_id

_encode = msgspec.msgpack.Encoder().encode


class Piece(Protocol):
    """Some text of a file. ``digest`` is that of all records that it is made from; empty: it is to be made each time.

    Each of its ``statements`` names the run of the build once, at its end.
    """

    key: str
    digest: str
    statements: int

    def text(self, syntax: Syntax, statements: Statements) -> str:
        """The text in a syntax."""

    def size(self) -> int:
        """How many triples it is."""


class _Frame:
    """What stands before or after everything."""

    digest, statements = "", 0

    def __init__(self, key: str, text: Callable[[Syntax], str]) -> None:
        self.key, self._text = key, text

    def text(self, syntax: Syntax, statements: Statements) -> str:
        del statements
        return self._text(syntax)

    def size(self) -> int:
        return 0


class _Described:
    """A subject with all that is said of it."""

    digest, statements = "", 0

    def __init__(self, key: str, subject: Subject) -> None:
        self.key, (self.subject, self.pairs) = key, subject

    def text(self, syntax: Syntax, statements: Statements) -> str:
        del statements
        return syntax.block(self.subject, (syntax.said(self.pairs),))

    def size(self) -> int:
        return len(self.pairs)


class _OfNode:
    """What a node says of itself, and its claims."""

    statements = 0

    def __init__(self, node: Node, claims: Sequence[Assertion], rdf: RdfGraph, signed: bool) -> None:
        self.key = f"1 {node.id}"
        self.digest = _digest((node, [(one.predicate, one.object) for one in claims])) if signed else ""
        self._node, self._claims, self._rdf = node, claims, rdf

    @cached_property
    def _pairs(self) -> tuple[Pair, ...]:
        return (*self._rdf.describe(self._node), *map(self._rdf.claim, self._claims))

    def text(self, syntax: Syntax, statements: Statements) -> str:
        del statements
        return syntax.block(self._rdf.term(self._node.id), (syntax.said(self._pairs),))

    def size(self) -> int:
        return len(self._pairs)


class _OfClaims:
    """The statements of all claims of a node, which are three quarters of all triples."""

    def __init__(self, claims: Sequence[Assertion], rdf: RdfGraph, signed: bool) -> None:
        self.key = f"2 {claims[0].subject}"
        self.digest = _digest(claims) if signed else ""
        self.statements = sum(len(one.evidence) for one in claims)
        self._claims, self._rdf = claims, rdf

    @cached_property
    def _ids(self) -> list[list[str]]:
        return [[statement_id(one, evidence) for evidence in one.evidence] for one in self._claims]

    def text(self, syntax: Syntax, statements: Statements) -> str:
        del syntax
        return "".join([statements.of(one, ids) for one, ids in zip(self._claims, self._ids, strict=True)])

    def size(self) -> int:
        return sum(self._rdf.statement_size(item) for one in self._claims for item in one.evidence)


def pieces(graph: Graph, rdf: RdfGraph, provenance: str, *, signed: bool) -> Iterator[Piece]:
    """All pieces of a file; with digests if they are `signed`."""
    yield _Frame("", lambda syntax: syntax.head())
    if provenance == "full":  # selectors quote the paper around each piece of evidence
        yield from (_Described("1", subject) for subject in rdf.subjects())
    else:
        yield from (_Described("0", subject) for subject in rdf.runs())
        yield from (_OfNode(node, claims, rdf, signed) for node, claims in rdf.nodes())
    if provenance == "compact":
        runs = groupby(graph.assertions, key=attrgetter("subject"))
        yield from (_OfClaims(list(run), rdf, signed) for _, run in runs)
    yield _Frame("3", lambda syntax: syntax.foot())


def _digest(records: Any) -> str:
    try:
        return blake2b(_encode(records), digest_size=16).hexdigest()
    except UnicodeEncodeError:  # half a character, which is written as another one
        return ""
