"""Short forms that a text explains: "Mixture of Experts (MoE)", "MoE (Mixture of Experts)".

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
text", Pacific Symposium on Biocomputing 2003: from the right, each letter of the short form is sought in the long
form, and the first letter must begin a word. Ours also takes plural short forms and prefers plain initials.
"""

from collections.abc import Iterator

from kg.extract.reading import Reading

Pair = tuple[tuple[int, int], tuple[int, int]]

_OPEN, _CLOSE = "([", ")]"
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "with", "a", "an", "to", "by", "via", "from", "as", "&"))
_NOT_FIRST = frozenset(("the", "a", "an", "of", "and", "our", "this", "these", "for", "in", "with", "via", "using"))
_LONGEST_SHORT = 14


def find_acronyms(reading: Reading) -> Iterator[Pair]:
    """Pairs of word spans (first, last), short form then long form, in reading order."""
    for opening, mark in enumerate(reading.words):
        if mark in _OPEN and opening:
            closing = _closing(reading, opening)
            if closing:
                pair = _inside(reading, opening, closing) or _before(reading, opening, closing)
                if pair:
                    yield pair


def _closing(reading: Reading, opening: int) -> int:
    for index in range(opening + 2, min(opening + 18, len(reading.words))):
        if reading.words[index] in _CLOSE:
            return index
        if reading.words[index] in _OPEN:
            return 0
    return 0


def _inside(reading: Reading, opening: int, closing: int) -> Pair | None:
    """The short form stands in brackets after the long one; what follows a comma or semicolon is left out."""
    last = next((i - 1 for i in range(opening + 1, closing) if reading.words[i] in ",;:"), closing - 1)
    if last < opening + 1 or last - opening > 3:
        return None
    short = reading.text[reading.starts[opening + 1] : reading.ends[last]]
    if not _is_short(short):
        return None
    first = _long_start(reading, short, opening - 1)
    return None if first is None else ((opening + 1, last), (first, opening - 1))


def _before(reading: Reading, opening: int, closing: int) -> Pair | None:
    short = reading.words[opening - 1]
    if not _is_short(short) or closing - opening < 3:
        return None
    first = _long_start(reading, short, closing - 1)
    return ((opening - 1, opening - 1), (opening + 1, closing - 1)) if first == opening + 1 else None


def _is_short(short: str) -> bool:
    letters = [char for char in short if char.isalpha()]
    return (
        2 <= len(short) <= _LONGEST_SHORT
        and short[0].isalnum()
        and len(letters) >= 2
        and sum(char.isupper() for char in letters) * 3 >= len(letters)
    )


def _long_start(reading: Reading, short: str, last: int) -> int | None:
    """First word of the long form that ends at ``last``, or None."""
    letters = [char for char in short.lower() if char.isalnum()]
    if short.endswith("s") and any(char.isupper() for char in short) and len(letters) > 2:
        plain = letters[:-1]
        found = _search(reading, plain, last)
        if found is not None:
            return found
    return _search(reading, letters, last)


def _search(reading: Reading, letters: list[str], last: int) -> int | None:
    furthest = max(0, last + 1 - min(len(letters) + 5, 2 * len(letters)))
    sentence = reading.sentence_of[last]
    candidates = []
    for first in range(last, furthest - 1, -1):
        if reading.words[first] in ".;:()[]," or reading.sentence_of[first] != sentence:
            break
        candidates.append(first)
    for first in candidates:
        if letters in _initials(reading, first, last):
            return first
    for first in candidates:
        if reading.lower[first] not in _NOT_FIRST and _spelled(reading, letters, first, last):
            return first
    return None


def _initials(reading: Reading, first: int, last: int) -> tuple[list[str], ...]:
    """Initials of the long form without its small words, and with them ("chain of thought" is CT and CoT)."""
    parts = [part for index in range(first, last + 1) for part in reading.lower[index].split("-") if part]
    if parts[0] in _NOT_FIRST:
        return ()
    spoken = [part for part in parts if part[0].isalnum()]
    return [part[0] for part in spoken if part not in _SMALL], [part[0] for part in spoken]


def _spelled(reading: Reading, letters: list[str], first: int, last: int) -> bool:
    """Schwartz and Hearst's walk from the right; the first letter must begin the first word."""
    text = reading.text[reading.starts[first] : reading.ends[last]].lower()
    if text[0] != letters[0] or len(text) <= len(letters) + 1:
        return False
    position = len(text) - 1
    for letter in reversed(letters[1:]):
        while position > 0 and text[position] != letter:
            position -= 1
        if position <= 0:
            return False
        position -= 1
    return _starts_used(text, letters)


def _starts_used(text: str, letters: list[str]) -> bool:
    """Whether each word of the long form lends a letter: keeps "large pretrained language models (PLM)" short."""
    words = [word for word in text.replace("-", " ").split() if word not in _SMALL]
    position = 0
    for word in words:
        if position < len(letters) and word[0] == letters[position]:
            position += 1
            while (
                position < len(letters)
                and letters[position] in word[1:]
                and not _next_starts(words, word, letters[position])
            ):
                position += 1
        elif word is words[0]:
            return False
    return position >= len(letters)


def _next_starts(words: list[str], word: str, letter: str) -> bool:
    index = words.index(word)
    return index + 1 < len(words) and words[index + 1][0] == letter
