"""Names that several things share: each is divided by one worker, which has all papers that speak of it at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import Paper
from kg.resolve.homonyms import divide
from kg.resolve.occurrences import Occurrence
from kg.spark.job import Job, reader_of
from kg.spark.names import decoded, encoded, name_of
from kg.spark.rows import Row, map_rows, schema, to_frame

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

Asked = tuple[str, str, Occurrence]  # digest and variant of a name, and where it stands first
DIVIDED = schema(number=pa.int64(), place=pa.int64(), name_id=pa.string(), variant=pa.string())
"""An occurrence of a name that several things share; ``variant`` is the `Meant` of it."""

_ASKED = schema(name_id=pa.string(), variant=pa.string(), key=pa.string(), name=pa.string())


@dataclass(frozen=True, slots=True)
class Meant:
    """The thing that an occurrence means by a name. ``variant`` is that of the name, ``of`` the node that it had."""

    variant: str
    of: str
    key: str
    reason: str
    named: tuple[str, str]
    subtitle: str

    def occurrence(self, item: Occurrence, paper: int, place: int) -> Occurrence:
        """The occurrence `item` with this meaning, at a place."""
        named, key = self.named, self.key
        return replace(item, paper=paper, place=place, key=key, reason=self.reason, named=named, subtitle=self.subtitle)


def divided(asked: Iterable[Asked], places: "DataFrame", papers: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """The occurrences among `places` of those names that turn out to be of several things, as `DIVIDED`."""
    decided = ((name_id, variant, replace(item, term=None)) for name_id, variant, item in asked)  # no term is asked for
    rows = ((name_id, variant, item.key, encoded(name_of(item))) for name_id, variant, item in decided)
    names = to_frame(places.sparkSession, rows, _ASKED)
    speaking = places.join(names, ["name_id", "variant"]).join(papers.select("number", "paper"), "number")
    gathered = speaking.repartition("key").sortWithinPartitions("key", "number", "place")

    def divide_each(rows: Iterator[Row]) -> Iterator[Row]:
        reader = reader_of(job.value)
        for key, own in groupby(rows, itemgetter(0)):
            group = list(own)
            speaks = {number: msgspec.msgpack.decode(paper, type=Paper) for _, number, *_, paper in group}
            items = [decoded(name).occurrence((number, place), reader) for _, number, place, *_, name, _ in group]
            for (_, number, place, name_id, variant, *_), item in zip(
                group, divide(items, speaks.__getitem__, reader), strict=True
            ):
                if item.named:
                    meant = Meant(variant, key, item.key, item.reason, item.named, item.subtitle)
                    yield number, place, name_id, told(meant)

    columns = ("key", "number", "place", "name_id", "variant", "name", "paper")
    return map_rows(gathered.select(*columns), divide_each, DIVIDED)


def told(meant: Meant) -> str:
    """A meaning as text, equal for equal ones."""
    return msgspec.json.encode(meant).decode()


def understood(text: str) -> Meant:
    """The meaning of a text."""
    return msgspec.json.decode(text, type=Meant)
