"""Short forms and their expansions."""

import pytest

from kg.data import Paper
from kg.extract.acronyms import find_acronyms
from kg.extract.reading import read


def pairs(text: str) -> list[tuple[str, str]]:
    reading = read(Paper("p", "", text))
    return [
        (reading.text[reading.starts[a] : reading.ends[b]], reading.text[reading.starts[c] : reading.ends[d]])
        for (a, b), (c, d) in find_acronyms(reading)
    ]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("use Mixture of Experts (MoE) here", "MoE", "Mixture of Experts"),
        ("MoE (Mixture of Experts) here", "MoE", "Mixture of Experts"),
        ("of large language models (LLMs), which", "LLMs", "large language models"),
        ("with chain-of-thought (CoT) prompts", "CoT", "chain-of-thought"),
        ("a vision-language model (VLM)", "VLM", "vision-language model"),
        ("we use a key-value (KV) cache", "KV", "key-value"),
        ("low-rank adapters (LoRA)", "LoRA", "low-rank adapters"),
        ("the 3D Morphable Model (3DMM)", "3DMM", "3D Morphable Model"),
        ("Retrieval-Augmented Generation (RAG; see below)", "RAG", "Retrieval-Augmented Generation"),
        ("Low-Rank Adaptation [LRA]", "LRA", "Low-Rank Adaptation"),
        ("of Sentence-wise Speech Summarization (Sen-SSum)", "Sen-SSum", "Sentence-wise Speech Summarization"),
    ],
)
def test_finds_pair(text: str, short: str, long: str) -> None:
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    ["we win (CVPR)", "three models (see Fig. 2)", "it works (we think)", "GPT-4 (OpenAI)", "(A) first", "accuracy (%)",
     "in the end. Deep Nets (XYZ)", "()", "a (", "the United Kingdom (2020)"],
)  # fmt: skip
def test_finds_none(text: str) -> None:
    assert pairs(text) == []


def test_hostile_brackets_are_bounded() -> None:
    assert pairs("(" * 20_000 + "A" * 20_000) == []
