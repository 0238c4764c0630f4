"""Given names that play on what they stand for: "Skrr" beside "Skip and Re-use layers".

Too free for `kg.extract.acronyms`, which has to find the long form: here both are names already. The closer they stand,
the less their letters must agree.
"""

import re

from kg.data import Mention
from kg.extract.acronyms import spelled
from kg.extract.shapes import is_name

_BESIDE = re.compile(
    r"[\"”’*]*(?:\s?[:–—]|\s-|,)\s?(?:(?:or|i\.e\.,?|short for|an?|the|our|named|called|dubbed|termed) ){0,2}[\"“‘*]*"
)
_BRACKET = re.compile(r"[\"”’*]*+\s?[(\[][\"“‘*]*+(?:(?:or|named|called|dubbed|briefly|i\.e\.),? [\"“‘*]*+)?")
_PARTS = re.compile(r"[^a-z0-9]+")
_FEW, _MANY = 3, 5
_MOST_LETTERS = 14


def plays_on(text: str, short: Mention, long: Mention) -> bool:
    """Whether a one-word name is made of letters of a phrase: of any beside it in brackets, of all words elsewhere."""
    if " " in short.text or len(short.text) > _MOST_LETTERS or short.text.islower():
        return False
    letters = "".join(char for char in short.text.lower() if char.isalnum())
    letters = letters.removesuffix("s") if short.text.endswith("s") else letters
    parts = tuple(part for part in _PARTS.split(long.text.lower()) if part)
    if len(letters) < _FEW or not 1 < len(parts) <= _MOST_LETTERS or letters in parts:
        return False
    between = text[min(short.end, long.end) : max(short.start, long.start)]
    if len(between) < 24 and _BRACKET.fullmatch(between):
        return spelled(letters, parts, len(parts) // 2) or _within(letters, parts)
    if not is_name(short.text):
        return False
    if len(between) < 24 and _BESIDE.fullmatch(between):
        return spelled(letters, parts, len(parts) // 2)
    return len(letters) >= _MANY and spelled(letters, parts, 0)


def _within(letters: str, parts: tuple[str, ...]) -> bool:
    """Whether the letters follow one another in the phrase, the first where a word begins."""
    for first, part in enumerate(parts):
        if part[0] == letters[0]:
            rest = iter("".join(parts[first:]))
            return all(letter in rest for letter in letters)
    return False
