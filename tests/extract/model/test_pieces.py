"""Word pieces, held against the tokenizer that the network was trained with."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kg.extract.model.pieces import WordPieces
from kg.extract.model.runtime import DATA

FILE = DATA / "tokenizer.json"
# Latin, Greek, Cyrillic, Hebrew, signs and arrows; of rarer scripts Python's tables know more than the tokenizer's.
_LATER = ["Cn", "Cs"]
WORDS = st.text(
    st.characters(max_codepoint=0x5FF, exclude_categories=_LATER)
    | st.characters(min_codepoint=0x1E00, max_codepoint=0x2B5F, exclude_categories=_LATER),
    max_size=30,
)


@cache
def theirs() -> Tokenizer:
    """The tokenizer of the library that wrote the file."""
    return Tokenizer.from_file(str(FILE))


@cache
def ours() -> WordPieces:
    return WordPieces.from_file(FILE)


def expected(word: str) -> tuple[int, ...]:
    return tuple(theirs().encode([word], is_pretokenized=True, add_special_tokens=False).ids)


@pytest.mark.parametrize(
    "word",
    ["GPT-4o", "fine-tuning", "Élan", "naïve", "ΑΒΓ", "İstanbul", "木々", "pass@k", "$\\tau$-bench", "…", "“quoted”",
     "a" * 100, "a" * 101, "[UNK]", "[sep]", "ﬁne", "x\u200by", "\u00ad", "A\u0301", "", " ", "🙂", "3.5", "V*",
     "한국어", "\ufffd"],
)  # fmt: skip
def test_a_word_has_the_pieces_it_was_trained_with(word: str) -> None:
    assert ours().ids(word) == expected(word)


@given(WORDS)
def test_any_word_has_the_pieces_it_was_trained_with(word: str) -> None:
    assert ours().ids(word) == expected(word)
