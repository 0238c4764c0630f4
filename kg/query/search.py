"""Full-text search over names, aliases, titles and sentences: SQLite FTS5 beside the store, tolerant of typing errors.

Names are found by shared trigrams and then ordered by edit similarity, so that "contrastve lerning" finds contrastive
learning; titles and sentences are found by words with Porter stemming.
"""

import difflib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import QueryError, StoreError
from kg.files import written
from kg.normalize import compact, is_short_for
from kg.ontology import Ontology
from kg.query.tokens import OPAQUE, SHORT_STRINGS

_CANDIDATES = 200
_ALIKE = 0.5  # similarity from which a name is told
_MEANT = 0.6  # similarity from which a name is what a query means
_SHORT = 5  # characters
_NEAR = 100  # forms of one node that are read, before and after one of them
_LONGEST = 200  # characters of a search that count; the trigrams of more would cost more than they tell
_SEARCH = re.compile(
    rf"""(?P<variable>[?$]\w++)\s++kg:search\s++(?P<words>{"|".join(SHORT_STRINGS)})\s*+(?P<more>;?)
    | {OPAQUE}
    | (?P<stray>\bkg:search\b)""",
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"\w+")
_CONTROL = re.compile(r"[\x00-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a search found: id (IRI path), type, display name, the words that matched, similarity 0 to 1.

    Where names are asked for, ``papers`` is the number of papers that speak of it, and ``meaning`` tells it from other
    hits of the same name: what the letters stand for, or else a longer name.
    """

    id: str
    type: str
    name: str
    matched: str
    score: float
    papers: int = 0
    meaning: str = ""


NameRow = tuple[str, str, str, tuple[str, ...], int]  # id, type, name, aliases, papers
TextRow = tuple[str, str]  # id of the node, sentence or title


def build_index(rows: Iterable[NameRow], texts: Iterable[TextRow], file: Path) -> None:
    """Write the index of names and of texts; it replaces `file` when it is complete.

    A row has id, type, name, other names and number of papers; a text the id of its paper, and a title or sentence.
    Raises `StoreError` if that cannot be written.
    """
    try:
        with written(file) as fresh, closing(sqlite3.connect(fresh)) as connection:
            _fill(connection, rows, texts)
    except (sqlite3.Error, OSError) as error:
        told = f"the search index cannot be written ({error}); make room for it and run again"
        raise StoreError(f"{file}: {told}") from error


def _fill(connection: sqlite3.Connection, rows: Iterable[NameRow], texts: Iterable[TextRow]) -> None:
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE node (id TEXT PRIMARY KEY, type TEXT, name TEXT, papers INTEGER, base TEXT) WITHOUT ROWID;"
        "CREATE VIRTUAL TABLE names USING fts5(form, id UNINDEXED, tokenize='trigram');"
        "CREATE VIRTUAL TABLE texts USING fts5(body, id UNINDEXED, tokenize='porter unicode61');"
    )
    with connection:
        for id_, type_, name, aliases, papers in rows:
            node = (id_, type_, _whole(name), papers)
            connection.execute("INSERT OR IGNORE INTO node VALUES (?, ?, ?, ?, '')", node)
            forms = [(_whole(form), id_) for form in (name, *aliases)]
            connection.executemany("INSERT INTO names VALUES (?, ?)", forms)
        bodies = ((_whole(body), id_) for id_, body in texts)
        connection.executemany("INSERT INTO texts (body, id) VALUES (?, ?)", bodies)


def _whole(text: str) -> str:
    """Text that SQLite can hold: halves of characters become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class SearchIndex:
    """An open index. Close it, or use it as a context manager."""

    def __init__(self, file: Path, base: str) -> None:
        """Open `file` for reading; `base` is the IRI below which ids stand. Raises `StoreError` if there is none."""
        if not file.exists():
            raise StoreError(f"{file}: no search index there; build first: kg build INPUT -o {file.parent}")
        self._connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._connection.execute("PRAGMA temp_store = MEMORY")  # a worker of the server may open no more files
        self.base = base

    def __enter__(self) -> "SearchIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def names(self, text: str, *, types: tuple[str, ...] = (), limit: int = 20) -> list[Hit]:
        """Nodes whose name or alias is like `text`, best first; texts of one or two letters must begin a name."""
        text = _CONTROL.sub(" ", text)[:_LONGEST].strip()
        best: dict[str, Hit] = {}
        places: dict[str, int] = {}
        for place_, form, id_, type_, name, papers in self._like(text, types) if text else ():
            score = round(similarity(text, form) + min(papers, 1000) * 1e-7, 7)
            places[id_] = place_
            if id_ not in best or score > best[id_].score:
                best[id_] = Hit(id_, type_, name, form, score, papers)
        hits = sorted(best.values(), key=lambda hit: (-hit.score, hit.id))[:limit]
        shared = Counter(hit.name.casefold() for hit in hits)
        return [
            replace(hit, meaning=telling(hit.name, self._forms_at(places[hit.id], hit.id)))
            if shared[hit.name.casefold()] > 1
            else hit
            for hit in hits
        ]

    def _forms_at(self, place_: int, id_: str) -> list[str]:
        """Names of a node, of which the one at `place_` is one: they stand in a row, as they were written."""
        rows = self._select(
            "SELECT form, id FROM names WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (place_ - _NEAR, place_ + _NEAR)
        )
        return [form for form, owner in rows if owner == id_]

    def find(self, text: str, *, types: tuple[str, ...] = (), limit: int = 20) -> tuple[list[Hit], list[Hit]]:
        """Nodes that are called like `text`, at most `limit`; and as many of `texts`, unless `types` are asked for."""
        names = [hit for hit in self.names(text, types=types, limit=limit) if hit.score >= _ALIKE]
        return names, [] if types else self.texts(text, limit=limit)

    def texts(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Papers and entities of which a title or sentence holds all `words`."""
        terms = " ".join(f'"{word}"' for word in _WORD.findall(words[:_LONGEST]))
        if not terms:
            return []
        rows = self._select(
            "SELECT t.id, n.type, n.name, t.body, bm25(texts) FROM texts t JOIN node n ON n.id = t.id "
            "WHERE texts MATCH ? ORDER BY bm25(texts), t.id LIMIT ?",
            (terms, limit),
        )
        return [Hit(id_, type_, name, body, round(-rank, 4)) for id_, type_, name, body, rank in rows]

    def ids(self, words: str, *, limit: int = 50) -> list[str]:
        """Ids of nodes that a query means by `words`: names like them, and papers of which a sentence holds them."""
        named = {hit.id for hit in self.names(words, limit=limit) if hit.score >= _MEANT}
        return sorted(named | {hit.id for hit in self.texts(words, limit=limit)})

    def _like(self, text: str, types: tuple[str, ...]) -> Iterator[tuple[int, str, str, str, str, int]]:
        """Forms that may be meant: place and words, id, type and name of their node, and its papers."""
        key = text.casefold()
        grams = sorted({key[start : start + 3] for start in range(len(key) - 2)})
        if grams:
            wanted = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
            yield from self._forms("names MATCH ?", "bm25(names)", (wanted,), types)
        if len(key) <= _SHORT:  # too few trigrams to survive a typing error
            start = key[: 1 if grams else 2].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            most = len(key) + 2 if grams else _LONGEST
            condition = "f.form LIKE ? ESCAPE '\\' AND length(f.form) <= ?"
            yield from self._forms(condition, "n.papers DESC, length(f.form)", (f"{start}%", most), types)

    def _forms(
        self, condition: str, order: str, values: tuple[str | int, ...], types: tuple[str, ...]
    ) -> Iterator[tuple[int, str, str, str, str, int]]:
        if types:
            condition += f" AND n.type IN ({', '.join('?' * len(types))})"
        query = (
            "SELECT f.rowid, f.form, f.id, n.type, n.name, n.papers FROM names f JOIN node n ON n.id = f.id "  # noqa: S608
            f"WHERE {condition} ORDER BY {order}, n.papers DESC, f.id LIMIT ?"  # built of constants only
        )
        return self._select(query, (*values, *types, _CANDIDATES))

    def _select(self, query: str, values: tuple[str | int, ...]) -> Iterator[Any]:
        try:
            return iter(self._connection.execute(query, values).fetchall())
        except sqlite3.Error as error:
            raise StoreError(f"the search index cannot be read ({error}); build again") from error


def similarity(asked: str, form: str) -> float:
    """How alike two names are, 0 to 1: Ratcliff-Obershelp, and a bonus where the one begins the other."""
    a, b = asked.casefold(), form.casefold()
    if a == b:
        return 1.0
    ratio = difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
    return max(ratio, 0.9 + 0.09 * len(a) / len(b)) if b.startswith(a) else ratio


def telling(name: str, forms: Iterable[str]) -> str:
    """The one of `forms` that says most about a name: what its letters stand for, else the longest that is no variant.

    >>> telling("SFT", ["SFT method", "advanced sparse fine-tuning", "sparse fine-tuning"]), telling("SFT", ["SFT"])
    ('sparse fine-tuning', '')
    """
    key = compact(name)
    longs = [form for form in forms if " " in form and key not in compact(form)]
    return max(longs, key=lambda form: (is_short_for(name, form), len(form)), default="")


def with_subtypes(ontology: Ontology, wanted: Sequence[str]) -> tuple[str, ...]:
    """Names of the types in `wanted` and of those under them. Raises `QueryError` for one that the ontology has not."""
    known = [type_.name for type_ in ontology.types]
    for name in wanted:
        if name not in known:
            raise QueryError(f"no type is named {name!r}; there are {', '.join(known)}")
    return tuple(name for name in known if wanted and ontology.is_a(name, *wanted))


def bind_search(query: str, index: SearchIndex | None) -> str:
    """Replace each ``?x kg:search "words"`` by the nodes that the index finds, as a VALUES block.

    Raises `QueryError` where the words are not a string, or where there is no index to search.
    """
    if "kg:search" not in query:
        return query

    def values(match: re.Match[str]) -> str:
        if match["stray"]:
            raise QueryError('kg:search is written as ?x kg:search "words", with a variable before it')
        if not match["variable"]:
            return match[0]
        if index is None:
            raise QueryError("kg:search needs the search index of a build folder")
        variable = match["variable"]
        ids = index.ids(re.sub(r"\\(.)", r"\1", match["words"][1:-1]))
        nodes = " ".join(f"<{index.base}{id_}>" for id_ in ids)
        return f"VALUES {variable} {{ {nodes} }}" + (f" {variable} " if match["more"] else "")

    return _SEARCH.sub(values, query)
