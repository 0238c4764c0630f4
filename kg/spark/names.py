"""What resolution asks of the papers, as tables: how often each name occurs in which way, what acronyms stand for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from kg.data import AnnotatedPaper, PaperEntity
from kg.resolve.forms import Reader
from kg.resolve.occurrences import Occurrence, occurrences
from kg.resolve.senses import Senses
from kg.spark.job import Job, reader_of
from kg.spark.rows import Row, map_rows, schema

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import DataFrame

_NAMES = schema(number=pa.int64(), place=pa.int64(), name_id=pa.string(), name=pa.string(), stated=pa.string())

Position = tuple[int, int]  # number of a paper, and place in it


@dataclass(frozen=True, slots=True)
class Name:
    """An occurrence but for its place: everything else that decides what it means and how it is counted.

    ``statement`` is the acronym that its paper explains, with the block of its type; empty where it explains none, and
    where the node of the name is not the one that it states. ``said`` is the name that extraction chose, where
    resolution took another form.
    """

    type: str
    name: str
    aliases: tuple[str, ...]
    role: str
    key: str
    known: bool
    reason: str
    short: str
    long: str
    coined: bool
    statement: tuple[str, ...]
    said: str = ""
    titled: bool = False

    def occurrence(self, at: Position, reader: Reader) -> Occurrence:
        """The occurrence at a place."""
        entity = PaperEntity(self.type, self.name, self.aliases, self.role, 1.0, ())
        term = reader.terms[self.key] if self.known else None
        paper, place = at
        return Occurrence(
            paper, place, entity, self.key, term, self.reason, self.short, self.long, self.coined, self.titled
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """A paper says what an acronym stands for."""

    short: str
    block: str
    key: str
    long: str


class _Noted(Senses):
    """Notes what papers state, and leaves every name the node that its own paper gives it."""

    def __init__(self) -> None:
        super().__init__(())
        self.noted: list[Statement] = []

    def state(self, short: str, block: str, key: str, long: str, paper: int) -> str:
        del paper  # one at a time
        self.noted.append(Statement(short, block, key, long))
        return key


def read_names(annotated: "DataFrame", job: "Broadcast[Job]") -> "DataFrame":
    """A row for every entity of every paper, and one for every statement.

    An entity's row has its place among the entities of the paper, and the digest of its `Name` besides.
    """

    def read(rows: Iterator[Row]) -> Iterator[Row]:
        reader = reader_of(job.value)
        for number, record in rows:
            yield from _of_paper(number, msgspec.msgpack.decode(record, type=AnnotatedPaper), reader)

    return map_rows(annotated.select("number", "record"), read, _NAMES)


def _of_paper(number: int, annotated: AnnotatedPaper, reader: Reader) -> Iterator[Row]:
    noted = _Noted()
    before = 0
    for item in occurrences((annotated,), reader, noted):
        own = noted.noted[before:]
        name = encoded(name_of(item, own[0] if own else None, annotated.entities[item.place].name))
        yield number, item.place, hashlib.sha256(name.encode()).hexdigest()[:24], name, None
        for place, statement in enumerate(own, before):
            yield number, place, None, None, msgspec.json.encode(statement).decode()
        before = len(noted.noted)


def name_of(item: Occurrence, stated: Statement | None = None, said: str = "") -> Name:
    """What is sent of an occurrence: with the acronym that its paper `stated`, and the name that extraction `said`."""
    entity = item.entity
    return Name(
        type=entity.type,
        name=entity.name,
        aliases=entity.aliases,
        role=entity.role,
        key=item.key,
        known=item.term is not None,
        reason=item.reason,
        short=item.short,
        long=item.long,
        coined=item.coined,
        statement=(stated.short, stated.block) if stated and stated.key == item.key else (),
        said="" if said == entity.name else said,
        titled=item.titled,
    )


def encoded(name: Name) -> str:
    """A name as text, equal for equal names."""
    return msgspec.json.encode(name).decode()


def decoded(text: str) -> Name:
    """The name of a text."""
    return msgspec.json.decode(text, type=Name)


def meant(item: Occurrence, name: Name) -> Name:
    """The name with the meaning that was found for an occurrence of it."""
    return replace(name, key=item.key, known=item.term is not None, reason=item.reason)
