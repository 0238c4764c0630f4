"""Short forms that a text explains: "Mixture of Experts (MoE)" or "MoE (Mixture of Experts)".

The matching goes from right to left over the long form, after Schwartz and Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text" (2003), on words instead of characters.
"""

from kg.extract.model.words import Words

_MOST_WORDS = 12
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "with", "a", "an", "to", "by", "via"))
Span = tuple[int, int]


def find_acronyms(words: Words) -> list[tuple[Span, Span]]:
    """Pairs (short, long) of inclusive word spans, in reading order."""
    pairs = []
    for opening, word in enumerate(words.surface):
        if word not in "([" or opening == 0:
            continue
        closing = _closing(words, opening)
        if closing is None:
            continue
        pair = _short_inside(words, opening, closing) or _short_before(words, opening, closing)
        if pair:
            pairs.append(pair)
    return pairs


def _closing(words: Words, opening: int) -> int | None:
    for index in range(opening + 2, min(opening + _MOST_WORDS + 4, len(words))):
        if words.surface[index] in ")]":
            return index
        if words.surface[index] in "([":
            return None
    return None


def _short_inside(words: Words, opening: int, closing: int) -> tuple[Span, Span] | None:
    last = next((i - 1 for i in range(opening + 1, closing) if words.surface[i] in ",;"), closing - 1)
    if last <= opening:
        return None
    short = "".join(words.surface[opening + 1 : last + 1])
    if not _looks_short(short) or last - opening > 5:
        return None
    first = _long_start(words, short, opening - 1)
    return None if first is None else ((opening + 1, last), (first, opening - 1))


def _short_before(words: Words, opening: int, closing: int) -> tuple[Span, Span] | None:
    short = words.surface[opening - 1]
    if not _looks_short(short) or closing - opening < 3:
        return None
    first = _long_start(words, short, closing - 1)
    return ((opening - 1, opening - 1), (opening + 1, closing - 1)) if first == opening + 1 else None


def _looks_short(short: str) -> bool:
    return 2 <= len(short) <= 16 and any(c.isupper() for c in short) and short[0].isalnum()


def _long_start(words: Words, short: str, last: int) -> int | None:
    """First word of the long form that ends at ``last``: by initials if possible, else letter by letter."""
    letters = [c for c in short.lower().removesuffix("s") if c.isalnum()]
    furthest = max(0, last + 1 - min(_MOST_WORDS, len(letters) * 2 + 2))
    for first in range(last, furthest - 1, -1):
        if words.surface[first] in ".;:()[]":
            furthest = first + 1
            break
    for first in range(last, furthest - 1, -1):
        if _initials(words, first, last) == letters:
            return first
    return _spelled_from(words, letters, last, furthest)


def _initials(words: Words, first: int, last: int) -> list[str]:
    spelled = [word for word in words.lower[first : last + 1] if word]
    return [word[0] for index, word in enumerate(spelled) if word not in _SMALL or index == 0]


def _spelled_from(words: Words, letters: list[str], last: int, furthest: int) -> int | None:
    """Schwartz and Hearst: consume the letters from the right; the first one must begin a word."""
    left = len(letters) - 1
    for index in range(last, furthest - 1, -1):
        word = words.lower[index]
        for position in range(len(word) - 1, -1, -1):
            if left == 0 and position > 0:
                continue
            if left >= 0 and word[position] == letters[left]:
                left -= 1
        if left < 0:
            return index
    return None
