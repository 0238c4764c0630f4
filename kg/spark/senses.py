"""Acronyms that only their context explains: the papers that ask are compared with those that tell, on all workers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast, overload

import msgspec
import pyarrow as pa

from kg.data import AnnotatedPaper, Paper, PaperEntity
from kg.normalize import compact
from kg.resolve.nodes import with_meaning
from kg.resolve.senses import Senses
from kg.spark.job import Job, reader_of
from kg.spark.names import Name, Statement, decoded, encoded, meant
from kg.spark.rows import Row, collected, map_rows, schema, to_frame

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

Told = tuple[int, Statement]  # number of a paper, and what it states
VARIANTS = schema(number=pa.int64(), place=pa.int64(), name_id=pa.string(), variant=pa.string())
"""An occurrence whose meaning its context decides; ``variant`` is its name with that meaning."""

_TELLING = 200  # papers of one meaning that are compared with: as many as the local engine takes
_FEW = 2  # papers so few that one which asks must share a thing with them


class PaperNeededError(LookupError):
    """Only a paper that is not at hand can tell."""


class Corpus(Sequence[AnnotatedPaper]):
    """As many papers as there are, of which some are at hand; each is asked for by its number."""

    def __init__(self, size: int, papers: Mapping[int, AnnotatedPaper]) -> None:
        self.papers = dict(papers)
        self._size = size

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, number: int) -> AnnotatedPaper: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[AnnotatedPaper]: ...
    def __getitem__(self, number: int | slice) -> AnnotatedPaper | Sequence[AnnotatedPaper]:
        try:
            return self.papers[cast(int, number)]
        except KeyError as error:
            raise PaperNeededError(number) from error


class SensesAtHand(Senses):
    """Senses of a corpus of which some papers are at hand; in how many papers each name stands is counted elsewhere."""

    def __init__(self, corpus: Corpus, spread: Mapping[str, int] | None = None) -> None:
        super().__init__(corpus)
        self._counted = spread

    @cached_property
    def _spread(self) -> Counter[str]:
        if self._counted is None:
            raise PaperNeededError
        return Counter(self._counted)

    def _features(self, paper: int) -> frozenset[str]:
        found = super()._features(paper)
        self._words.clear()  # a paper asks once or twice; profiles are kept anyway
        return found


def replay(senses: Senses, told: Sequence[Told]) -> dict[Statement, str]:
    """Tell `senses` all that papers state, in their order; the node that each statement ends at."""
    return {statement: _state(senses, number, statement) for number, statement in told}


def _state(senses: Senses, number: int, statement: Statement) -> str:
    return senses.state(statement.short, statement.block, statement.key, statement.long, number)


@dataclass(frozen=True, slots=True)
class Context:
    """What a worker must know to choose between meanings: the papers that state them, told short."""

    papers: int
    told: tuple[Told, ...]
    telling: Mapping[int, AnnotatedPaper]
    spread: Mapping[str, int]


def make_context(
    names: "DataFrame", annotated: "DataFrame", told: Sequence[Told], asked: Mapping[str, Name], papers: int
) -> Context:
    """The context for the names `asked`, by digest; `annotated` has all papers."""
    spark = names.sparkSession
    nodes = replay(Senses(()), told)
    shorts = {name.short for name in asked.values()}
    relevant = _relevant(told, nodes, shorts, {name.key for name in asked.values()})
    meanings: dict[tuple[str, str, str], dict[int, None]] = {}
    for number, statement in relevant:
        if statement.short in shorts:
            meaning = (statement.short, statement.block, nodes[statement])
            meanings.setdefault(meaning, {})[number] = None
    needed = {number for numbers in meanings.values() for number in list(numbers)[:_TELLING]}
    rows = annotated.join(to_frame(spark, ((n,) for n in needed), schema(number=pa.int64())), "number")
    telling = {number: slim(record) for number, record in collected(rows.select("number", "record"))}
    few = {number for numbers in meanings.values() if len(numbers) <= _FEW for number in numbers}
    wanted = {compact(entity.name) for number in few for entity in telling[number].entities}
    return Context(papers, relevant, telling, _count(names, wanted))


def _relevant(
    told: Sequence[Told], nodes: Mapping[Statement, str], shorts: set[str], own: set[str]
) -> tuple[Told, ...]:
    """What is stated of the acronyms asked, and the first statement of each node, which says how it is spelled out.

    `own` are the nodes that the acronyms have by themselves.
    """
    ends = own | {nodes[statement] for _, statement in told if statement.short in shorts}
    kept = []
    for number, statement in told:
        first = nodes[statement] in ends
        if first or statement.short in shorts:
            kept.append((number, statement))
            ends.discard(nodes[statement])
    return tuple(kept)


def slim(record: bytes) -> AnnotatedPaper:
    """An annotated paper with no more than its text and the names in it."""
    full = msgspec.msgpack.decode(record, type=AnnotatedPaper)
    entities = tuple(PaperEntity(e.type, e.name, (), "", 0.0, ()) for e in full.entities)
    return AnnotatedPaper(Paper("", full.paper.title, full.paper.abstract), (), (), entities, (), (), (), ())


def _count(names: "DataFrame", wanted: set[str]) -> dict[str, int]:
    """In how many papers each of some names stands, by ``=`` and its compact form."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    def compacted(rows: Iterator[Row]) -> Iterator[Row]:
        for name_id, text in rows:
            name = decoded(text)
            if (form := compact(name.said or name.name)) in wanted:
                yield name_id, f"={form}"

    forms = map_rows(
        names.where("name IS NOT NULL").select("name_id", "name").dropDuplicates(["name_id"]),
        compacted,
        schema(name_id=pa.string(), form=pa.string()),
    )
    counts = names.join(forms, "name_id").groupBy("form").agg(F.countDistinct("number"))
    return dict(cast("Iterator[tuple[str, int]]", collected(counts)))


def choose(
    names: "DataFrame", annotated: "DataFrame", asked: Mapping[str, Name], context: Context, job: "Broadcast[Job]"
) -> "DataFrame":
    """The meaning of every occurrence of the names `asked`, as `VARIANTS`."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    spark = names.sparkSession
    sent = spark.sparkContext.broadcast((dict(asked), context))
    ids = to_frame(spark, ((name_id,) for name_id in asked), schema(name_id=pa.string()))
    places = F.collect_list(F.struct("place", "name_id")).alias("places")
    asking = names.join(ids, "name_id").groupBy("number").agg(places).join(annotated, "number")

    def chosen(rows: Iterator[Row]) -> Iterator[Row]:
        questions, known = sent.value
        reader = reader_of(job.value)
        corpus = Corpus(known.papers, known.telling)
        senses = SensesAtHand(corpus, known.spread)
        replay(senses, known.told)
        for number, found, record in rows:
            corpus.papers[number] = slim(record)
            for row in found:
                name = questions[row["name_id"]]
                item = with_meaning(name.occurrence((number, row["place"]), reader), senses, reader)
                yield number, row["place"], row["name_id"], encoded(meant(item, name))
            if number not in known.telling:
                del corpus.papers[number]

    return map_rows(asking.select("number", "places", "record"), chosen, VARIANTS)
