"""Word pieces of single words, as the network learned them: BERT's uncased WordPiece.

The normal form (no accents, lower case), then the longest piece of the vocabulary that the rest begins with, again and
again (Schuster and Nakajima 2012; Wu et al. 2016, section 4.1). Words come one by one, so nothing else of a tokenizer
is needed, and nothing of the libraries for downloads that tokenizers bring along.
"""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 100  # characters; a longer part of a word is unknown, as it was in training
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_CHINESE = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_NEVER = frozenset("\0\ufffd")


class WordPieces:
    """The vocabulary of ``tokenizer.json``: pieces and their numbers, pieces within a word with ``##`` before them."""

    def __init__(self, vocabulary: dict[str, int]) -> None:
        self._ids = vocabulary
        self._unknown = (vocabulary["[UNK]"],)

    @classmethod
    def from_file(cls, file: Path) -> "WordPieces":
        """Read ``tokenizer.json``. Raises `OSError`, and `ValueError` or `KeyError` if it is no such file."""
        return cls(json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"])

    def ids(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces of a word; none for a word of blanks and control characters."""
        if word in _SPECIAL:
            return (self._ids[word],)
        return tuple(number for part in _parts(word) for number in self._split(part))

    def _split(self, part: str) -> tuple[int, ...]:
        if len(part) > _LONGEST:
            return self._unknown
        found = list[int]()
        start, before = 0, ""
        while start < len(part):
            for end in range(len(part), start, -1):
                number = self._ids.get(before + part[start:end])
                if number is not None:
                    break
            else:
                return self._unknown
            found.append(number)
            start, before = end, "##"
        return tuple(found)


def _parts(word: str) -> list[str]:
    """The normal form, parted at blanks and around every punctuation mark and Chinese character."""
    if word.isascii() and word.isalnum():
        return [word.lower()]
    return "".join(_normal(word)).split()


def _normal(word: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFD", "".join(_clean(word))):
        if unicodedata.category(char) != "Mn":
            for low in char.lower():
                yield f" {low} " if low in _MARKS or unicodedata.category(low)[0] == "P" else low


def _clean(word: str) -> Iterator[str]:
    for char in word:
        if char in "\t\n\r":
            yield " "
        elif char in _NEVER or unicodedata.category(char) in ("Cc", "Cf", "Co"):
            continue
        elif char.isspace():
            yield " "
        else:
            yield f" {char} " if any(first <= ord(char) <= last for first, last in _CHINESE) else char
