"""Short forms and their expansions."""

from time import process_time

import pytest

from kg.data import Paper
from kg.extract.acronyms import find_acronyms, find_pairs, spelled
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
        ("a graph (GNN, for short) of Graph Neural Nets (i.e., GNN) is", "GNN", "Graph Neural Nets"),
        ("SPD, short for sparse plan decoding, is fast", "SPD", "sparse plan decoding"),
        ("of sparse plan decoding, abbreviated as SPD, we", "SPD", "sparse plan decoding"),
        ("explainable planning (XP) helps", "XP", "explainable planning"),
        ("image to sketch (I2S) is hard", "I2S", "image to sketch"),
        ("Reason-Reflect-Refine Networks (RRRN)", "RRRN", "Reason-Reflect-Refine Networks"),
        ("QMS (Quilted Masked Search, our tool) wins", "QMS", "Quilted Masked Search"),
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


def test_time_grows_with_the_number_of_brackets_and_no_faster() -> None:
    few, many = (" and ".join(["sparse plan decoding nets (SPDN)"] * count) for count in (300, 3_000))
    before = process_time()
    assert len(find_pairs(few)) == 300
    between = process_time()
    assert len(find_pairs(many)) == 3_000
    assert process_time() - between < 40 * max(between - before, 0.005)


@pytest.mark.parametrize(
    ("letters", "parts", "idle", "expected"),
    [
        ("lora", ("low", "rank", "adapters"), 0, True),
        ("plm", ("large", "pretrained", "language", "models"), 0, False),
        ("plm", ("pretrained", "language", "models"), 0, True),
        ("ctm", ("chain", "of", "thought", "maps"), 0, True),
        ("ctm", ("chain", "long", "thought", "maps"), 0, False),
        ("ctm", ("chain", "long", "thought", "maps"), 1, True),
        ("t2v", ("text", "to", "video"), 0, True),
        ("gan", ("graph", "net", "work"), 0, False),
    ],
)
def test_letters_are_dealt_out_to_words(letters: str, parts: tuple[str, ...], idle: int, expected: bool) -> None:
    assert spelled(letters, parts, idle) is expected
