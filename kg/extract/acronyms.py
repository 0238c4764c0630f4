"""Short forms that a text explains: "Mixture of Experts (MoE)", "MoE (Mixture of Experts)", "MoE, short for …".

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
text", Pacific Symposium on Biocomputing 2003. Where they walk over characters from the right, here the letters of the
short form are dealt out to the words of the long form: a word that lends any lends its first. Plain initials win, then
a long form all of whose words lend a letter, then one with a single idle word.

It reads plain text, so that the rules and the model, which cut words differently, read the same pairs. Brackets are
bounded in length and each is looked at once: time grows with the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.reading import Reading

Span = tuple[int, int]
Pair = tuple[Span, Span]

_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{2,160})[)\]]")
_REST = re.compile(r"[,;:]|(?<!\s)\s++(?:for|in|hereafter|henceforth)\b")
_LEAD = re.compile(
    r"\s*(?:(?:i\.e\.|e\.g\.|a\.k\.a\.|aka|viz\.|or|abbreviated(?: as)?|abbrev\.|short for|dubbed|termed|called|named"
    r"|denoted(?: as| by)?|hereafter|henceforth),?\s+)?[\"'“‘*]*"
)
_SPOKEN = re.compile(
    r"(?<![^\s(\"“])([A-Za-z0-9][\w+.-]{1,15}),? (?:\(?which )?(?:is )?"
    r"(?:short for|stands for|standing for|an? (?:abbreviation|acronym) (?:of|for)) [\"“']?([^()\[\],;:.\n]{4,120})"
)
_AFTER = re.compile(
    r",? (?:abbreviated(?: as| to)?|denoted as|known as|or|dubbed|termed) [\"“']?([A-Za-z0-9][\w+-]{1,15})"
    r"(?=[\"”']?[\s,.;:)])"
)
_WORD = re.compile(r"[^\s\"“”'‘’*]+(?:['’][^\s\"“”'‘’*]+)*")
_PARTS = re.compile(r"[\s\-‐‑–/&+]+")
_BREAK = re.compile(r"[.;:!?()\[\]\n](?=\s|$|[()\[\]])|[()\[\]]")
_SMALL = frozenset("of the and for in on with a an to by via from as at based wise".split())
_NOT_FIRST = frozenset("the a an of and our this these for in with via using by to or".split())
_SOUNDS = {"2": ("to", "two"), "4": ("for", "four"), "3": ("three", "tri"), "x": ("ex", "cross")}
_LONGEST_SHORT = 16
_MOST_LETTERS = 12
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class _Word:
    """A word before a bracket or in it: its span and its lower-case parts between hyphens."""

    start: int
    end: int
    parts: tuple[str, ...]


@lru_cache(maxsize=4)
def find_pairs(text: str) -> tuple[Pair, ...]:
    """Spans of short and long forms, half-open, in the order of the text."""
    pairs: dict[Span, Span] = {}
    for match in _BRACKET.finditer(text):
        pair = _short_inside(text, match) or _short_before(text, match)
        if pair:
            pairs.setdefault(*pair)
    for pair in _spoken(text):
        pairs.setdefault(*pair)
    return tuple(sorted(pairs.items()))


def explained(text: str) -> dict[str, str]:
    """Long forms by short form, the first that the text gives of each."""
    found: dict[str, str] = {}
    for short, long in find_pairs(text):
        found.setdefault(text[slice(*short)], text[slice(*long)])
    return found


def find_acronyms(reading: Reading) -> Iterator[Pair]:
    """Pairs of word spans (first, last), short form then long form, in reading order."""
    yield from aligned(find_pairs(reading.text), reading.starts, reading.ends)


def aligned(pairs: Sequence[Pair], starts: Sequence[int], ends: Sequence[int]) -> Iterator[Pair]:
    """Pairs as inclusive word spans; those that begin or end inside a word are left out."""
    for pair in pairs:
        words = [_words_of(span, starts, ends) for span in pair]
        if words[0] and words[1]:
            yield words[0], words[1]


def _words_of(span: Span, starts: Sequence[int], ends: Sequence[int]) -> Span | None:
    first, last = bisect_left(starts, span[0]), bisect_left(ends, span[1])
    if first < len(starts) and last < len(ends) and starts[first] == span[0] and ends[last] == span[1]:
        return first, last
    return None


def _short_inside(text: str, match: re.Match[str]) -> Pair | None:
    """The short form stands in brackets after the long one; what follows a comma or semicolon is left out."""
    lead = _LEAD.match(text, match.start(1), match.end(1))
    start = lead.end() if lead else match.start(1)
    short = _REST.split(text[start : match.end(1)], maxsplit=1)[0].rstrip(" \"'”’*.")
    if not _is_short(short):
        return None
    long = _long_before(text, short, match.start())
    return ((start, start + len(short)), long) if long else None


def _short_before(text: str, match: re.Match[str]) -> Pair | None:
    """The long form stands in brackets after the short one and fills them, or what of them goes before a comma."""
    before = _words(text, max(0, match.start() - 40), match.start())
    if not before or text[before[-1].end : match.start()].strip(" \"'”’*"):
        return None
    short = text[before[-1].start : before[-1].end]
    lead = _LEAD.match(text, match.start(1), match.end(1))
    start = lead.end() if lead else match.start(1)
    for end in (match.end(1), start + len(re.split(r"[,;:]", text[start : match.end(1)])[0])):
        words = _words(text, start, end)
        if len(words) > 1 and _is_short(short) and _fits(_letters(short), words, idle=1):
            return (before[-1].start, before[-1].end), (words[0].start, words[-1].end)
    return None


def _spoken(text: str) -> Iterator[Pair]:
    """Pairs that a phrase joins: "X, short for Y", "Y, abbreviated as X"."""
    for match in _SPOKEN.finditer(text):
        if _is_short(match[1]):
            words = _words(text, *match.span(2))
            for count in range(len(words), 1, -1):
                if _fits(_letters(match[1]), words[:count], idle=0):
                    yield match.span(1), (words[0].start, words[count - 1].end)
                    break
    for match in _AFTER.finditer(text):
        if _is_short(match[1]) and (long := _long_before(text, match[1], match.start())):
            yield match.span(1), long


def _is_short(short: str) -> bool:
    letters = [char for char in short if char.isalpha()]
    return (
        2 <= len(short) <= _LONGEST_SHORT
        and short[0].isalnum()
        and len(letters) >= 2
        and " " not in short.strip()
        and sum(map(str.isupper, letters)) * 3 >= len(letters)
    )


def _letters(short: str) -> str:
    """What the words of a long form must lend; a plural -s is no letter of it."""
    if short.endswith("s") and len(short) > 2 and short[-2].isupper():
        short = short[:-1]
    return "".join(char for char in short.lower() if char.isalnum())


def _long_before(text: str, short: str, end: int) -> Span | None:
    """The long form that ends before a position: by initials if possible, the shortest that fits."""
    letters = _letters(short)
    begin = max(0, end - _MOST_CHARACTERS)
    for broken in _BREAK.finditer(text, begin, end):
        begin = broken.end()
    words = _words(text, begin, end)[-min(len(letters) + 5, 2 * len(letters)) :]
    if not words or text[words[-1].end : end].strip(" \"'”’*,") or len(letters) > _MOST_LETTERS:
        return None
    for idle in (-1, 0, 1):
        for first in range(len(words) - 1, -1, -1):
            long = words[first:]
            named = long[0].parts[0] not in _NOT_FIRST and long[-1].end - long[0].start > len(letters) + 1
            if named and _fits(letters, long, idle=idle):
                return long[0].start, long[-1].end
    return None


def _words(text: str, begin: int, end: int) -> list[_Word]:
    found = []
    for match in _WORD.finditer(text, begin, end):
        word = match.group().rstrip(".,;:!?")
        start = match.start()
        parts = tuple(part for part in _PARTS.split(word.lower()) if part and part[0].isalnum())
        if parts:
            found.append(_Word(start, start + len(word), parts))
    return found


def _fits(letters: str, words: Sequence[_Word], *, idle: int) -> bool:
    """Whether the words lend the letters: ``idle`` says how many may lend none, -1 asks for initials alone."""
    parts = tuple(part for word in words for part in word.parts)
    if len(parts) > 2 * _LONGEST_SHORT or len(letters) > _MOST_LETTERS:
        return False
    if idle < 0:
        return letters in ("".join(part[0] for part in parts), "".join(p[0] for p in parts if p not in _SMALL))
    if len(letters) < 3 and idle:
        return False
    return spelled(letters, parts, idle)


@lru_cache(maxsize=1 << 12)
def spelled(letters: str, parts: tuple[str, ...], idle: int) -> bool:
    """Whether the letters can be dealt out to the parts in order, all but small words and ``idle`` others lending.

    >>> spelled("lora", ("low", "rank", "adapters"), 0), spelled("gan", ("graph", "net", "work"), 0)
    (True, False)
    """
    reached = {(0, 0)}  # letters dealt out, words that lent none
    for index, part in enumerate(parts):
        following = set()
        for done, unused in reached:
            free = 0 if part in _SMALL and index else 1
            if index and unused + free <= idle:
                following.add((done, unused + free))
            for taken in _lent(letters, done, part):
                following.add((done + taken, unused))
        reached = following
    return any(done == len(letters) for done, _ in reached)


def _lent(letters: str, done: int, part: str) -> range:
    """How many letters a part can lend from a place on: its first, then any that follow in it."""
    if done >= len(letters):
        return range(0)
    if letters[done] == part[0]:
        position = 1
    else:
        sound = next((sound for sound in _SOUNDS.get(letters[done], ()) if part.startswith(sound)), "")
        if not sound:
            return range(0)
        position = len(sound)
    most = 1
    while done + most < len(letters):
        position = part.find(letters[done + most], position) + 1
        if not position:
            break
        most += 1
    return range(1, most + 1)
