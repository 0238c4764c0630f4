"""Count, over the unlabelled papers, how often each keyword is a keyword and how often it is written."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extract.model.acronyms import find_acronyms
from kg.extract.model.words import phrase_key, split_words
from kg.files import atomic_binary

_MOST_KEY_WORDS = 8


@dataclass(frozen=True, slots=True)
class RawPaper:
    """An unlabelled paper; ``keywords`` as their authors or a summariser wrote them."""

    id: str
    title: str
    abstract: str
    keywords: tuple[str, ...]
    machine_keywords: bool


def read_corpora(folder: Path) -> Iterator[RawPaper]:
    """All papers of the gzipped listings in ``folder``, files in name order."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                listed = record.get("ai_keywords") or record.get("keywords") or ()
                words = listed.split(";") if isinstance(listed, str) else listed
                yield RawPaper(
                    id=str(record["id"]),
                    title=" ".join(record["title"].split()),
                    abstract=" ".join((record.get("summary") or record.get("abstract") or "").split()),
                    keywords=tuple(word.strip() for word in words if word.strip()),
                    machine_keywords=bool(record.get("ai_keywords")),
                )


def keyword_keys(paper: RawPaper) -> frozenset[str]:
    """Keys of the keywords that could be phrases of a text (no subject-class strings with colons)."""
    keys = set()
    for keyword in paper.keywords:
        head, _, rest = keyword.partition("(")
        for form in (head, rest.rstrip(") ")):
            key = phrase_key(form) if ":" not in form else ""
            if len(key) > 1 and key.count(" ") < _MOST_KEY_WORDS:
                keys.add(key)
    return frozenset(keys)


def count_phrases(papers: Iterable[RawPaper], excluded: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Counts by key. The keywords of ``excluded`` titles (as `title_key`) are not counted, their texts are."""
    keywords: Counter[str] = Counter()
    kept = list(papers)
    for paper in kept:
        if title_key(paper.title) not in excluded:
            keywords.update(keyword_keys(paper))
    written: Counter[str] = Counter()
    starts = _starts(keywords)
    for paper in kept:
        written.update(_phrases_in(paper, keywords, starts))
    return {key: (count, written[key]) for key, count in keywords.items() if written[key] >= 2}


def title_key(title: str) -> str:
    """Comparable form of a title, to tell that two listings hold the same paper."""
    return phrase_key(title)


def _starts(keys: Iterable[str]) -> dict[str, int]:
    """First word → the most words of a key that begins with it."""
    longest: dict[str, int] = {}
    for key in keys:
        parts = key.split(" ")
        longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return longest


def _phrases_in(paper: RawPaper, keys: Counter[str], starts: dict[str, int]) -> set[str]:
    words = split_words(paper.title, paper.abstract)
    lower = [word for word in words.lower if word]
    singular = [word for word in words.singular if word]
    found = set()
    for first, word in enumerate(lower):
        longest = max(starts.get(word, 0), starts.get(singular[first], 0))
        for last in range(first, min(first + longest, len(lower))):
            key = " ".join([*lower[first:last], singular[last]])
            if key in keys:
                found.add(key)
    return found


def count_acronyms(papers: Iterable[RawPaper], least: int = 2) -> dict[tuple[str, str], int]:
    """(short, long) keys → papers that explain the one by the other, at least ``least`` of them."""
    counts: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        words = split_words(paper.title, paper.abstract)
        counts.update({(words.key(*short), words.key(*long)) for short, long in find_acronyms(words)})
    return {pair: count for pair, count in counts.items() if count >= least}


def write_acronyms(counts: dict[tuple[str, str], int], path: Path) -> None:
    """Write the table that `kg.extract.model.known.read_acronyms` reads."""
    _write_lines((f"{short}\t{long}\t{papers}\n" for (short, long), papers in sorted(counts.items())), path)


def write_phrases(counts: dict[str, tuple[int, int]], path: Path) -> None:
    """Write the table that `kg.extract.model.phrases.read_phrases` reads, sorted, without a clock in its bytes."""
    _write_lines((f"{key}\t{keyword}\t{papers}\n" for key, (keyword, papers) in sorted(counts.items())), path)


def _write_lines(lines: Iterable[str], path: Path) -> None:
    with atomic_binary(path) as stream:
        stream.write(gzip.compress("".join(lines).encode("utf-8"), compresslevel=9, mtime=0))
