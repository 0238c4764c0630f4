"""Extractions that need not be made twice, kept in the build folder by the content that they depend on."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from sys import intern

import msgspec

from kg.data import Acronym, AnnotatedPaper, Paper, PaperEntity
from kg.pipeline.kept import opened
from kg.shelf import Lazy

_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Named:
    """The part of an annotated paper that resolution reads."""

    entities: tuple[PaperEntity, ...]
    acronyms: tuple[Acronym, ...]


class NamedPapers(Lazy[AnnotatedPaper]):
    """Papers with their entities and acronyms; the rest of a `Paper` is there where one is asked for by its number.

    All go by without their abstracts, which may lie on disk; resolution asks for a tenth of them, for one acronym or
    another.
    """

    def __init__(self, papers: Sequence[Paper], named: Sequence[AnnotatedPaper]) -> None:
        self._papers, self._named = papers, named

    def __len__(self) -> int:
        return len(self._named)

    def __iter__(self) -> Iterator[AnnotatedPaper]:
        return iter(self._named)

    def at(self, place: int) -> AnnotatedPaper:
        """A paper with title and abstract."""
        return replace(self._named[place], paper=self._papers[place])


class ExtractionCache:
    """A SQLite file of annotated papers by key. Rows are committed as they come, so a break loses at most one batch."""

    def __init__(self, file: Path, fingerprint: str) -> None:
        """Open or create `file`; `fingerprint` stands for the extractors and the ontology."""
        self._fingerprint = fingerprint
        self._connection = sqlite3.connect(file)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS annotated (key TEXT PRIMARY KEY, record BLOB NOT NULL)")

    def key(self, paper: Paper) -> str:
        """What the extraction of a paper depends on, as hexadecimal SHA-256."""
        parts = (self._fingerprint, paper.title, paper.abstract, *paper.urls)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that are kept."""
        found: set[str] = set()
        for start in range(0, len(keys), _BATCH):
            part = keys[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(f"SELECT key FROM annotated WHERE key IN ({marks})", part)  # noqa: S608
            found.update(row[0] for row in rows)
        return found

    def missing(self, papers: Iterable[Paper]) -> list[int]:
        """Places of those papers that are not kept, and of equal ones the first."""
        found: dict[str, int] = {}
        keys = enumerate(map(self.key, papers))
        while part := list(islice(keys, _BATCH)):
            known = self.known([key for _, key in part])
            for place, key in part:
                if key not in known:
                    found.setdefault(key, place)
        return list(found.values())

    def store(self, annotated: Iterable[AnnotatedPaper]) -> None:
        """Keep a batch of annotated papers, at once or not at all."""
        rows = [(self.key(item.paper), msgspec.json.encode(item)) for item in annotated]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO annotated VALUES (?, ?)", rows)

    def load(self, papers: Iterable[Paper]) -> Iterator[AnnotatedPaper]:
        """The annotated papers in the order asked, each with the record of the paper as it is now."""
        for paper in papers:
            row = self._connection.execute("SELECT record FROM annotated WHERE key = ?", (self.key(paper),)).fetchone()
            yield replace(msgspec.json.decode(row[0], type=AnnotatedPaper), paper=paper)

    def load_named(self, papers: Sequence[Paper]) -> "NamedPapers":
        """As `load`, with entities and acronyms only: all that resolution asks of nearly all papers."""
        return NamedPapers(papers, [self._named(paper) for paper in papers])

    def _named(self, paper: Paper) -> AnnotatedPaper:
        row = self._connection.execute("SELECT record FROM annotated WHERE key = ?", (self.key(paper),)).fetchone()
        named = msgspec.json.decode(row[0], type=_Named)
        entities = tuple(
            [
                PaperEntity(intern(one.type), one.name, one.aliases, intern(one.role), one.score, ())
                for one in named.entities
            ]
        )
        return AnnotatedPaper(Paper("", paper.title, ""), (), (), entities, named.acronyms, (), (), ())

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def open_cache(folder: Path, fingerprint: str) -> AbstractContextManager[ExtractionCache]:
    """The cache of a build folder; a damaged one is set aside and begun anew. Raises `StoreError`."""
    return opened(
        folder / "extractions.sqlite",
        lambda file: ExtractionCache(file, fingerprint),
        lambda file: file.replace(file.with_suffix(".damaged")),
        (sqlite3.DatabaseError, msgspec.MsgspecError),
    )
