"""Words of a text."""

import pytest

from kg.data import Paper
from kg.extract.reading import READ_LIMIT, cut_words, read
from kg.extract.shapes import names


@pytest.mark.parametrize(
    "name",
    [
        "GPT-4o",
        "ScanNet++",
        "pass@k",
        "LLaVA-1.5-7B",
        "C++",
        "S3DIS",
        "Q16.16",
        "τ-bench",
        "F1",
        "3,000",
        "state-of-the-art",
    ],
)
def test_keeps_names_whole(name: str) -> None:
    assert cut_words(f"({name}), and") == ["(", name, ")", ",", "and"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TarFlow's use", ["TarFlow", "'s", "use"]),
        ("x--y", ["x", "-", "-", "y"]),
        ("A/B", ["A", "/", "B"]),
        ("training.Our method", ["training", "Our", "method"]),
        ("end.", ["end"]),
        ("see https://a.io/b(c) now", ["see", "https://a.io/b(c)", "now"]),
        ("", []),
    ],
)
def test_cuts(text: str, words: list[str]) -> None:
    assert [word for word in cut_words(text) if word != "."] == words


def test_positions_and_sentences_run_parallel() -> None:
    reading = read(Paper("p", "One title", "It works. So it does."))
    assert [reading.text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)] == reading.words
    assert reading.title_words == 2
    assert reading.sentence_of[reading.word_at(reading.text.index("So"))] == 2
    assert reading.quote(reading.text.index("does")) == "So it does."


def test_reads_a_bounded_part_and_takes_lone_surrogates() -> None:
    assert len(read(Paper("p", "t", "word " * 300_000)).text) == READ_LIMIT
    assert read(Paper("p", "a\ud800b", "")).text == "a\ufffdb\n"


def test_units_after_a_number_are_no_names() -> None:
    reading = read(Paper("p", "", "It gives 198 mAh/g or 2 kWh; we call ours mAhNet, or MW, after M. Wu."))
    assert [reading.words[first] for first, _ in names(reading)] == ["mAhNet", "MW"]
