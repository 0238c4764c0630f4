import pytest

from kg.extract.model.words import phrase_key, split_words


def test_spans_index_code_points_of_title_newline_abstract() -> None:
    words = split_words("Émile 𝔸: GPT-4o", "We read https://a.b/c?d=1, twice.")
    assert [words.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == list(words.surface)
    assert "https://a.b/c?d=1," in words.surface
    assert words.title_words == 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Large Language Models", "large language model"),
        ("chain-of-thought", "Chain of Thought"),
        ("GPT-4", "gpt 4"),
    ],
)
def test_spellings_of_one_thing_share_a_key(one: str, other: str) -> None:
    assert phrase_key(one) == phrase_key(other)


@pytest.mark.parametrize(("one", "other"), [("GPT-4", "GPT-4o"), ("CIFAR-10", "CIFAR-100"), ("loss", "los")])
def test_different_things_keep_different_keys(one: str, other: str) -> None:
    assert phrase_key(one) != phrase_key(other)


def test_key_of_a_span_equals_the_key_of_its_text() -> None:
    words = split_words("T", "We use Mixture-of-Experts layers.")
    first = words.surface.index("Mixture")
    assert words.key(first, first + 5) == phrase_key("Mixture-of-Experts layers")
