"""Extractions that need not be made twice, kept in the build folder by the content that they depend on."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from sys import intern
from typing import TypeVar

import msgspec

from kg.data import Acronym, AnnotatedPaper, Paper, PaperEntity
from kg.normalize import digest, sha256
from kg.pipeline.kept import KeptFile, opened
from kg.shelf import Lazy

_BATCH = 500
_TABLE = "CREATE TABLE IF NOT EXISTS annotated (key TEXT PRIMARY KEY, record BLOB NOT NULL)"
_KEPT = 3  # files: whoever goes to and fro between two ontologies, say, waits for neither


@dataclass(frozen=True, slots=True)
class _Named:
    """The part of an annotated paper that resolution reads."""

    entities: tuple[PaperEntity, ...]
    acronyms: tuple[Acronym, ...]


Record = TypeVar("Record", AnnotatedPaper, _Named)


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


def extraction_key(fingerprint: str, paper: Paper) -> str:
    """What the extraction of a paper depends on, as hexadecimal SHA-256.

    `fingerprint` stands for the extractors and the ontology.
    """
    return sha256(fingerprint, paper.title, paper.abstract, *paper.urls)


class ExtractionCache(KeptFile):
    """A SQLite file of annotated papers by key. Rows are committed as they come, so a break loses at most one batch."""

    def __init__(self, file: Path, fingerprint: str) -> None:
        """Open or create `file`; `fingerprint`: see `extraction_key`."""
        super().__init__(file, _TABLE)
        self._fingerprint = fingerprint

    def key(self, paper: Paper) -> str:
        """The key of a paper."""
        return extraction_key(self._fingerprint, paper)

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that are kept."""
        found: set[str] = set()
        for start in range(0, len(keys), _BATCH):
            part = keys[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            query = f"SELECT key FROM annotated WHERE key IN ({marks})"  # noqa: S608
            with self._guarded():
                found.update(row[0] for row in self._connection.execute(query, part))
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
        with self._guarded(), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO annotated VALUES (?, ?)", rows)

    def load(self, papers: Iterable[Paper]) -> Iterator[AnnotatedPaper]:
        """The annotated papers in the order asked, each with the record of the paper as it is now."""
        for paper in papers:
            yield replace(self._read(paper, AnnotatedPaper), paper=paper)

    def load_named(self, papers: Sequence[Paper]) -> NamedPapers:
        """As `load`, with entities and acronyms only: all that resolution asks of nearly all papers."""
        return NamedPapers(papers, [self._named(paper) for paper in papers])

    def _named(self, paper: Paper) -> AnnotatedPaper:
        named = self._read(paper, _Named)
        entities = tuple(
            [
                PaperEntity(intern(one.type), one.name, one.aliases, intern(one.role), one.score, ())
                for one in named.entities
            ]
        )
        return AnnotatedPaper(Paper("", paper.title, "", paper.arxiv), (), (), entities, named.acronyms, (), (), ())

    def _read(self, paper: Paper, kind: type[Record]) -> Record:
        query = "SELECT record FROM annotated WHERE key = ?"
        with self._guarded():
            (record,) = self._connection.execute(query, (self.key(paper),)).fetchone()
            return msgspec.json.decode(record, type=kind)


@contextmanager
def open_cache(folder: Path, fingerprint: str) -> Iterator[ExtractionCache]:
    """What a build folder keeps for one fingerprint; a damaged file is set aside and begun anew. Raises `StoreError`.

    Each fingerprint has a file of its own, for SQLite gives no room back to the disk: those of others go, but for the
    two used last. The folder must be held by this process alone.
    """
    file = folder / f"extractions-{digest(fingerprint)}.sqlite"
    with opened(
        file,
        lambda file: ExtractionCache(file, fingerprint),
        lambda file: file.replace(file.with_suffix(".damaged")),
    ) as cache:
        _forget_others(file)
        yield cache


def _forget_others(used: Path) -> None:
    """Note that the file is `used` now, and remove those that were not for longest, with all that lies beside them.

    What cannot be removed, because another program holds it say, is tried again by the next build.
    """
    with suppress(OSError):
        os.utime(used)
    files: defaultdict[str, list[Path]] = defaultdict(list)
    for file in sorted(used.parent.glob("extractions*")):
        files[file.name.partition(".")[0]].append(file)
    files.pop(used.stem, None)
    for name in sorted(files, key=lambda name: (-max(map(_changed, files[name])), name))[_KEPT - 1 :]:
        for file in files[name]:
            with suppress(OSError):
                file.unlink()


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
