"""What the trained model said, kept in the build folder, so that another ontology need not wait for it again."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from kg.data import Paper
from kg.normalize import sha256
from kg.pipeline.kept import KeptFile, opened

_TABLE = "CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, model TEXT NOT NULL, packed BLOB NOT NULL)"


class Answers(KeptFile):
    """A SQLite file of packed answers (`kg.extract.Memory`) by paper; those of other models are dropped."""

    def __init__(self, file: Path, model: str) -> None:
        """Open or create `file`; `model` stands for all that an answer depends on but the paper."""
        super().__init__(file, _TABLE, "DELETE FROM answer WHERE model <> :model", model=model)
        self._model = model

    def recall(self, papers: Sequence[Paper]) -> list[bytes]:
        """The answer for each of a few hundred papers at most; empty where there is none."""
        keys = [self._key(paper) for paper in papers]
        marks = ",".join("?" * len(keys))
        with self._guarded():
            rows = self._connection.execute(f"SELECT key, packed FROM answer WHERE key IN ({marks})", keys)  # noqa: S608
            known = dict(rows.fetchall())
        return [known.get(key, b"") for key in keys]

    def keep(self, answers: Iterable[tuple[Paper, bytes]]) -> None:
        """Keep those that are not empty, all at once or none."""
        rows = [(self._key(paper), self._model, packed) for paper, packed in answers if packed]
        with self._guarded(), self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", rows)

    def _key(self, paper: Paper) -> str:
        return sha256(self._model, paper.title, paper.abstract)


def open_answers(folder: Path, model: str) -> AbstractContextManager[Answers]:
    """The answers of a build folder; a damaged file is begun anew: it only saves time. Raises `StoreError`."""
    return opened(folder / "answers.sqlite", lambda file: Answers(file, model), _removed)


def _removed(file: Path) -> None:
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
