import pytest

from kg.extract.model.acronyms import find_acronyms
from kg.extract.model.words import split_words


def pairs(text: str) -> list[tuple[str, str]]:
    words = split_words("", text)
    return [
        tuple(words.text[words.starts[a] : words.ends[b]] for a, b in pair)  # type: ignore[misc]
        for pair in find_acronyms(words)
    ]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("A Mixture of Experts (MoE) grows.", "MoE", "Mixture of Experts"),
        ("many large language models (LLMs) fail", "LLMs", "large language models"),
        ("chain-of-thought (CoT) prompts", "CoT", "chain-of-thought"),
        ("MoE (Mixture of Experts) grows.", "MoE", "Mixture of Experts"),
        ("we propose Flow-based Adaptive Net (FAN, for short)", "FAN", "Flow-based Adaptive Net"),
    ],
)
def test_finds_the_expansion(text: str, short: str, long: str) -> None:
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize("text", ["it works (see below) well", "in 2020 (December) we", "a model (7B) runs", "x ("])
def test_finds_none(text: str) -> None:
    assert pairs(text) == []
