"""Words of a text, with their shapes.

The model counts in words, not in the tokens of any pipeline: the same few lines make them when it is trained and when
it runs, so that no upgrade of a tokenizer moves a span.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"https?://\S+|[^\W_]+|\S")
_SENTENCE_END = frozenset(".!?:")

SHAPES = (
    "lower", "title", "title-first", "upper", "letter", "mixed", "digits", "upper-digits", "lower-digits",
    "hyphen", "open", "close", "stop", "comma", "colon", "quote", "other", "url",
)  # fmt: skip
_PUNCTUATION = {
    **dict.fromkeys("-‐‑–—", "hyphen"), **dict.fromkeys("([{", "open"), **dict.fromkeys(")]}", "close"),
    **dict.fromkeys(".!?", "stop"), ",": "comma", ";": "comma", ":": "colon", **dict.fromkeys("'\"`’‘“”", "quote"),
}  # fmt: skip
_SHAPE_INDEX = {shape: index for index, shape in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. All tuples run in parallel.

    ``lower`` holds the lower-case word, empty for punctuation and URLs; ``singular`` the same without a plural -s.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    surface: tuple[str, ...]
    lower: tuple[str, ...]
    singular: tuple[str, ...]
    shapes: tuple[int, ...]
    title_words: int

    def __len__(self) -> int:
        return len(self.starts)

    def key(self, first: int, last: int) -> str:
        """Comparable form of the words ``first`` to ``last`` (inclusive): no case, no punctuation, no plural.

        The same rule as the normal form of the scorer: two spans with one key name one thing.
        """
        parts = [word for word in self.lower[first:last] if word]
        parts.append(self.singular[last])
        return " ".join(parts).rstrip()


def phrase_key(phrase: str) -> str:
    """Key of a phrase that stands alone, equal to `Words.key` of its span in a text.

    >>> phrase_key("Chain-of-Thought prompts")
    'chain of thought prompt'
    """
    lowered = [word.lower() for word in _WORD.findall(phrase) if word[0].isalnum()]
    return " ".join([*lowered[:-1], _singular(lowered[-1])]) if lowered else ""


def split_words(title: str, abstract: str) -> Words:
    """Words of ``title + newline + abstract``, spans in code points of that text.

    >>> split_words("GPT-4o", "It is new.").surface
    ('GPT', '-', '4o', 'It', 'is', 'new', '.')
    """
    text = f"{title}\n{abstract}"
    matches = list(_WORD.finditer(text))
    surface = tuple(match.group() for match in matches)
    starts = tuple(match.start() for match in matches)
    lower = tuple(word.lower() if word[0].isalnum() and "://" not in word else "" for word in surface)
    return Words(
        text=text,
        starts=starts,
        ends=tuple(match.end() for match in matches),
        surface=surface,
        lower=lower,
        singular=tuple(_singular(word) for word in lower),
        shapes=_shapes(surface, starts, len(title)),
        title_words=sum(start <= len(title) for start in starts),
    )


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _shapes(surface: tuple[str, ...], starts: tuple[int, ...], title_length: int) -> tuple[int, ...]:
    shapes: list[int] = []
    first = True
    for word, start in zip(surface, starts, strict=True):
        first = first or (bool(shapes) and start > title_length >= starts[len(shapes) - 1])
        shapes.append(_SHAPE_INDEX[_shape(word, first=first)])
        first = word in _SENTENCE_END
    return tuple(shapes)


@lru_cache(maxsize=1 << 15)
def _shape(word: str, *, first: bool) -> str:
    if not word[0].isalnum():
        return _PUNCTUATION.get(word, "other")
    if "://" in word:
        return "url"
    if any(character.isdigit() for character in word):
        return "digits" if word.isdigit() else "lower-digits" if word == word.lower() else "upper-digits"
    return _letter_shape(word, first=first)


def _letter_shape(word: str, *, first: bool) -> str:
    if word == word.lower():
        return "lower"
    if len(word) == 1:
        return "letter"
    if word.isupper():
        return "upper"
    if word[1:] != word[1:].lower():
        return "mixed"
    return "title-first" if first else "title"
