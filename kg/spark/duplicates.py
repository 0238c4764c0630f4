"""One paper in several listings is one paper, on a cluster as locally.

Papers that share an arXiv id, a DOI or a title are brought together and `kg.read.unify` decides among them, as it would
among all: it never joins papers that share none of these. All other papers pass untouched.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import Paper, Rejection, Source
from kg.graph import paper_id, paper_ids
from kg.pipeline.dates import dated_from
from kg.read import unify
from kg.read.unify import arxiv_key, distinct_ids, doi_key, title_key
from kg.spark.read import FOUND
from kg.spark.rows import Row, RowFunction, collected, map_rows, schema, to_frame

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PAPER = schema(number=pa.int64(), paper=pa.binary())
"""A paper with its number."""

PAPERS = schema(number=pa.int64(), paper=pa.binary(), node=pa.string())
"""A paper with its number and its id in the graph."""

_KEYS = schema(number=pa.int64(), key=pa.string())
_KNOWN = schema(number=pa.int64(), paper=pa.binary(), family=pa.string())
_JUDGED = schema(number=pa.int64(), paper=pa.binary(), reason=pa.string())
_GIVEN = schema(number=pa.int64(), given=pa.string())


def unified(spark: "SparkSession", found: "DataFrame") -> "DataFrame":
    """The papers of `found`, each once, and a rejection for every further listing of one; as `FOUND`."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    papers = found.where("paper IS NOT NULL").select("number", "paper")
    keys = map_rows(papers, _keys, _KEYS)
    shared = keys.groupBy("key").agg(F.collect_list("number").alias("numbers")).where("size(numbers) > 1")
    groups = _components(numbers for (numbers,) in collected(shared.select("numbers")))
    if not groups:
        return found
    suspects = to_frame(spark, groups.items(), schema(number=pa.int64(), group=pa.int64()))
    together = papers.join(suspects, "number").groupBy("group")
    listed = together.agg(F.collect_list(F.struct("number", "paper")).alias("papers")).select("papers")
    return found.join(suspects, "number", "left_anti").unionByName(map_rows(listed, _unify_groups, FOUND))


def _keys(rows: Iterator[Row]) -> Iterator[Row]:
    """What `unify` may join papers by. A key that is shared too often costs time, one that is missing a join."""
    for number, record in rows:
        paper = msgspec.msgpack.decode(record, type=Paper)
        yield number, f"title {title_key(paper.title)}"
        if arxiv := arxiv_key(paper):
            yield number, f"arxiv {arxiv}"
        if doi := doi_key(paper):
            yield number, f"doi {doi}"


def _components(groups: Iterable[Sequence[int]]) -> dict[int, int]:
    """The first of all papers that each paper is connected with, for papers that are connected with any."""
    parent: dict[int, int] = {}

    def find(number: int) -> int:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for numbers in groups:
        first = reduce(min, map(find, numbers))
        for number in numbers:
            parent[find(number)] = first
    return {number: find(number) for number in parent}


def _unify_groups(rows: Iterator[Row]) -> Iterator[Row]:
    for (members,) in rows:
        listed = sorted((member["number"], member["paper"]) for member in members)
        numbers = [number for number, _ in listed]
        yield from _unify(numbers, [msgspec.msgpack.decode(record, type=Paper) for _, record in listed])


def _unify(numbers: Sequence[int], papers: Sequence[Paper]) -> Iterator[Row]:
    """Joined papers under the number of the first listing, rejections under that of their own.

    Ids and sources give way to place numbers for the joining, which tell afterwards who joined whom.
    """
    marked = [replace(paper, id=str(place), sources=(Source("", place),)) for place, paper in enumerate(papers)]
    leaders = set()
    for joined in unify(marked).papers:
        places = [source.line for source in joined.sources]
        leaders.add(places[0])
        sources = dict.fromkeys(source for place in places for source in papers[place].sources)
        paper = replace(joined, id=papers[places[0]].id, sources=tuple(sources))
        yield numbers[places[0]], msgspec.msgpack.encode(paper), None
    others = [number for place, number in enumerate(numbers) if place not in leaders]
    for number, rejection in zip(others, unify(papers).rejections, strict=True):
        yield number, None, msgspec.msgpack.encode(rejection)


def distinct(found: "DataFrame") -> "DataFrame":
    """Number and record of the papers of `found`, with ids that no other has."""
    papers = found.where("paper IS NOT NULL").select("number", "paper")
    known = map_rows(papers, _families, _KNOWN)
    return map_rows(_with_given(known, _distinct).select("number", "paper", "given"), _renamed, PAPER)


def _families(rows: Iterator[Row]) -> Iterator[Row]:
    """Papers by the family of their id: an id that is taken gets a suffix after ``~``."""
    for number, record in rows:
        paper = msgspec.msgpack.decode(record, type=Paper)
        yield number, record, paper.id.partition("~")[0]


def _distinct(rows: Iterator[Row]) -> Iterator[Row]:
    for members in rows:
        numbers, papers = _in_order(members)
        yield from zip(numbers, (paper.id for paper in distinct_ids(papers)), strict=True)


def _renamed(rows: Iterator[Row]) -> Iterator[Row]:
    for number, record, given in rows:
        if given:
            paper = replace(msgspec.msgpack.decode(record, type=Paper), id=given)
            yield number, msgspec.msgpack.encode(paper)
        else:
            yield number, record


def named(papers: "DataFrame") -> "DataFrame":
    """Papers with their ids in the graph, as `PAPERS`."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    known = map_rows(papers, _nodes, _KNOWN)
    given = _with_given(known, _distinct_nodes)
    return given.select("number", "paper", F.coalesce("given", "family").alias("node"))


def _nodes(rows: Iterator[Row]) -> Iterator[Row]:
    for number, record in rows:
        yield number, record, paper_id(msgspec.msgpack.decode(record, type=Paper))


def _distinct_nodes(rows: Iterator[Row]) -> Iterator[Row]:
    for members in rows:
        numbers, papers = _in_order(members)
        yield from zip(numbers, paper_ids(papers), strict=True)


def _with_given(known: "DataFrame", give: RowFunction) -> "DataFrame":
    """The papers with the names that `give` gives to those of one family; null for all that are alone in theirs."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    families = known.groupBy("family").agg(F.collect_list(F.struct("number", "paper")).alias("papers"))
    given = map_rows(families.where("size(papers) > 1").select("papers"), give, _GIVEN)
    return known.join(given, "number", "left")


def dated(papers: "DataFrame", since: str) -> "tuple[DataFrame, list[Rejection]]":
    """The papers dated `since` or later, and what is told of the others."""
    from pyspark.sql import functions as F  # noqa: N812, PLC0415 - its usual name; slow to import

    def judge(rows: Iterator[Row]) -> Iterator[Row]:
        for number, record in rows:
            _, told = dated_from((msgspec.msgpack.decode(record, type=Paper),), since)
            yield number, record, told[0].reason if told else None

    judged = map_rows(papers, judge, _JUDGED)
    counts = judged.where("reason IS NOT NULL").groupBy("reason").agg(F.count(F.lit(1)))
    told = [Rejection("read", f"{count} paper(s)", "", reason) for reason, count in sorted(collected(counts))]
    return judged.where("reason IS NULL").select("number", "paper"), told


def _in_order(row: Row) -> tuple[list[int], list[Paper]]:
    listed = sorted((member["number"], member["paper"]) for member in row[0])
    return [number for number, _ in listed], [msgspec.msgpack.decode(record, type=Paper) for _, record in listed]


def rejections(found: "DataFrame") -> list[Rejection]:
    """What reading and joining left out, in the order of the listings."""
    rows = sorted(collected(found.where("rejection IS NOT NULL").select("number", "rejection")))
    return [msgspec.msgpack.decode(record, type=Rejection) for _, record in rows]
