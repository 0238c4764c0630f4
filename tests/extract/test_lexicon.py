"""Known names, planted at known places."""

import time

import pytest

from kg.data import Paper
from kg.extract.lexicon import Lexicon
from kg.extract.reading import read
from kg.ontology import Term

TERMS = [
    Term("contrastive learning", "Method"),
    Term("large language model", "Method", aliases=("LLM",)),
    Term("language model", "Method"),
    Term("CIFAR-100", "Dataset", aliases=("CIFAR 100",)),
    Term("U-Net", "Method"),
    Term("SAM", "Model", aliases=("Segment Anything",)),
    Term("Phoenix", "Model", ambiguous=True),
    Term("ScanNet++", "Dataset"),
    Term("C++ parsing", "Task"),
    Term("α-Fe₂O₃", "Dataset"),
    Term("Li6PS5Cl", "Dataset"),
    Term("IFN-gamma", "Dataset"),
    Term("PixArt-Σ", "Model"),
]


def found(text: str, terms: list[Term] = TERMS) -> list[tuple[str, str]]:
    reading = read(Paper("p", "", text))
    return [(reading.text[start:end], term.name) for start, end, term in Lexicon(terms).find(reading)]


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("by Contrastive-learning only", "Contrastive-learning", "contrastive learning"),
        ("of large language models.", "large language models", "large language model"),
        ("LLMs win", "LLMs", "large language model"),
        ("LLM's cost", "LLM", "large language model"),
        ("an LLM-based agent", "LLM", "large language model"),
        ("pre-LLM days", "LLM", "large language model"),
        ("CIFAR‑100 and", "CIFAR‑100", "CIFAR-100"),
        ("on CIFAR100-like", None, None),
        ("a UNet or U-Net", "U-Net", "U-Net"),
        ("Segment-Anything masks", "Segment-Anything", "SAM"),
        ("on ScanNet++.", "ScanNet++", "ScanNet++"),
        ("with SAM we", "SAM", "SAM"),
        ("A Phoenix rose", "Phoenix", "Phoenix"),
        ("of α-Fe₂O₃ nanorods", "α-Fe₂O₃", "α-Fe₂O₃"),
        ("of alpha-Fe2O3/carbon", "alpha-Fe2O3", "α-Fe₂O₃"),
        ("in Li₆PS₅Cl.", "Li₆PS₅Cl", "Li6PS5Cl"),
        ("by IFN-γ's loss", "IFN-γ", "IFN-gamma"),
        ("with PixArt-Σ", "PixArt-Σ", "PixArt-Σ"),
        ("of γ-Fe₂O₃", None, None),
    ],
)
def test_finds(text: str, surface: str | None, name: str | None) -> None:
    assert found(text) == ([(surface, name)] if surface else [])


@pytest.mark.parametrize(
    "text",
    ["sam said so", "a phoenix rose", "contrastive. Learning", "contrastive (learning)", "Persona-SAM", "SAM-2",
     "LLaMA-LLM",
     "CIFAR-1000", "xSAM", ""],
)  # fmt: skip
def test_finds_none(text: str) -> None:
    assert found(text) == []


def test_longest_wins_and_extension_wins_over_built_in() -> None:
    assert found("a large language model") == [("large language model", "large language model")]
    own = Term("contrastive learning", "Trick", extension=True)
    reading = read(Paper("p", "", "contrastive learning"))
    assert [term.type for _, _, term in Lexicon([*TERMS, own]).find(reading)] == ["Trick"]


def test_fifty_thousand_terms_cost_little_more_than_fifty() -> None:
    text = "We study contrastive learning of large language models on CIFAR-100 with many other words around it. " * 200
    reading = read(Paper("p", "", text[:40_000]))
    small, large = Lexicon(TERMS), Lexicon([*TERMS, *(Term(f"made up name {n}", "Method") for n in range(50_000))])

    def seconds(lexicon: Lexicon) -> float:
        start = time.process_time()
        for _ in range(5):
            assert sum(1 for _ in lexicon.find(reading)) > 500
        return time.process_time() - start

    seconds(small)
    assert min(seconds(large) for _ in range(3)) < 1.5 * min(seconds(small) for _ in range(3)) + 0.02
