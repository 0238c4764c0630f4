"""Whether two phrases of one paper name one thing although one says more: learned from annotated papers.

"Real-world image restoration" beside "image restoration" is most likely the same task, "text-to-image generation"
beside "image generation" is not, and "X framework" is X. Which words part was counted: `scripts/learn_alike.py` fits a
logistic regression to the pairs of annotated spellings and writes ``data/alike.tsv``.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.extract.lexicon import Lexicon
from kg.extract.shapes import is_name
from kg.normalize import SMALL_WORDS, american, clean_markup, is_short_for, singular

_FILE = Path(__file__).parent / "data" / "alike.tsv"
_BRACKETED = re.compile(r"(?<!\s)\s*+[(\[][A-Za-z][\w+-]*[)\]]")
_SPLIT = re.compile(r"[\s\-‐‑–_/]+")
_EDGES = " .,;:!?\"'()[]"
_MANY = 3

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name as its words, lower-case, singular, with acronyms spelled out; whether the lexicon has it, as what.

    ``named`` are the words written like a proper name, ``start`` is where the text first has the name.
    """

    words: Words
    term: str
    named: frozenset[str]
    start: int


class Speller:
    """Turns the names of one paper into phrases. ``explained``: long forms by short form, as the paper has them."""

    def __init__(self, lexicon: Lexicon, explained: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._explained = {_plain_acronym(short): long for short, long in explained.items()}

    def phrase(self, name: str, start: int = 0) -> Phrase:
        """The phrase that a name is, which stands first at a position of the text."""
        plain = _BRACKETED.sub("", clean_markup(name)) or name
        words = tuple(word for part in _SPLIT.split(plain) for word in self._spelled(part.strip(_EDGES)))
        named = frozenset(_word(part) for whole in plain.split() if is_name(whole) for part in _SPLIT.split(whole))
        term = self._lexicon.get(name)
        return Phrase(words, term.name if term else "", named, start)

    def explains(self, one: str, other: str) -> bool:
        """Whether the paper explains one of two names, a short form, by something else than the other."""
        for short, long in ((one, other), (other, one)):
            known = self._explained.get(_plain_acronym(short))
            if known and self.phrase(known).words != self.phrase(long).words:
                return True
        return False

    def _spelled(self, part: str) -> Iterator[str]:
        short = _plain_acronym(part)
        long = self._explained.get(short) or (_known_long(self._lexicon, short) if _is_acronym(short) else "")
        if long:
            yield from (_word(word) for word in _SPLIT.split(_BRACKETED.sub("", long)) if word)
        elif part:
            yield _word(part)


def _plain_acronym(part: str) -> str:
    return part[:-1] if part.endswith("s") and len(part) > 2 and part[-2].isupper() else part


def _is_acronym(part: str) -> bool:
    return sum(map(str.isupper, part)) > 1


@lru_cache(maxsize=1 << 12)
def _known_long(lexicon: Lexicon, short: str) -> str:
    """The lexicon's long form of an acronym, or empty."""
    term = lexicon.get(short)
    forms = (term.name, *term.aliases) if term else ()
    return next((form for form in forms if " " in form.strip() and is_short_for(short, form)), "")


@lru_cache(maxsize=1 << 15)
def _word(word: str) -> str:
    lower = word.strip(_EDGES).lower().removesuffix("'s").removesuffix("’s")
    return singular(american(lower))


def features(one: Phrase, other: Phrase, kind: str) -> list[str]:
    """What parts two phrases of a type, as names of features; nothing where they share neither first nor last word.

    What they share at both ends is taken off; the rest of the shorter one is replaced by, or lacks, that of the longer.
    """
    short, long = sorted((one, other), key=lambda phrase: (len(phrase.words), phrase.words))
    before = _shared(short.words, long.words)
    after = _shared(short.words[before:][::-1], long.words[before:][::-1])
    if not before + after:
        return []
    gone = short.words[before : len(short.words) - after]
    come = long.words[before : len(long.words) - after]
    place = "end" if not after else "start" if not before else "mid"
    shape = f"{'swap' if gone else 'more'}-{place}"
    found = [
        shape,
        f"{shape} {kind}",
        f"{shape} of {min(len(short.words), _MANY)}",
        f"{shape} by {min(len(come), _MANY)}",
        *(f"{shape}:{word}" for word in come),
        *(f"{shape}!{word}" for word in gone),
    ]
    if len(come) > 1:
        found.append(f"{shape}={' '.join(come)}")
    if len(gone) == len(come) == 1:
        found.append(f"swap={'|'.join(sorted((*gone, *come)))}")
    if len(short.words) == 1:
        found.append(f"alone:{short.words[0]}")
    found.append(f"{shape} {'short' if short.start < long.start else 'long'} first")
    if not short.named.isdisjoint(short.words):
        found.append(f"{shape} of a name")
    if not long.named.isdisjoint(come):
        found.append(f"{shape} by a name")
    return [*found, *_known(short, long, shape)]


def _known(short: Phrase, long: Phrase, shape: str) -> Iterator[str]:
    if long.term:
        yield f"{shape} long known"
    if short.term:
        yield f"{shape} short known"
    if short.term and long.term:
        yield "one term" if short.term == long.term else "two terms"


def _shared(one: Words, other: Words) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def likeness(one: Phrase, other: Phrase, kind: str) -> float:
    """Probability that two phrases of a type that stand in one paper name one thing."""
    if one.words == other.words:
        return 1.0
    if set(one.words) - SMALL_WORDS == set(other.words) - SMALL_WORDS and len(one.words) == len(other.words):
        return 0.0  # "text to image", "image to text"
    if numbers(one.words) != numbers(other.words):
        return 0.0
    found = features(one, other, kind)
    if not found:
        return 0.0
    weights = _weights()
    total = weights.get("", 0.0) + sum(weights.get(name, 0.0) for name in found)
    return 1.0 / (1.0 + math.exp(-total))


def numbers(words: Iterable[str]) -> list[str]:
    """Versions, sizes and signs, which always part; "3d" and "2d" are words like others."""
    return sorted(
        word
        for word in words
        if (any(char.isdigit() for char in word) and word not in _DIMENSIONS) or not word.isalnum()
    )


_DIMENSIONS = frozenset(("2d", "3d", "4d", "1d"))


@cache
def _weights() -> dict[str, float]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit("\t", 1) for line in lines if "\t" in line)
    return {name: float(weight) for name, weight in pairs}
