"""Relations and results."""

from collections.abc import Callable

import pytest

from kg.data import AnnotatedPaper
from kg.extract.figures import figures, may_be_figures

Annotate = Callable[..., AnnotatedPaper]
INTRO = "We propose Zorblax. "


def triples(annotated: AnnotatedPaper) -> list[tuple[str, str, str]]:
    names = [entity.name for entity in annotated.entities]
    return [(names[r.subject], r.predicate, names[r.object]) for r in annotated.relations]


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        ("Zorblax outperforms GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("Our method clearly surpasses GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("It outperforms GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("Zorblax is built on LLaMA.", ("Zorblax", "basedOn", "LLaMA")),
        ("Zorblax is trained on ImageNet.", ("Zorblax", "trainedOn", "ImageNet")),
        ("Zorblax achieves good results on MMLU.", ("Zorblax", "evaluatedOn", "MMLU")),
        ("Zorblax tackles question answering.", ("Zorblax", "solves", "question answering")),
        ("MMLU is a benchmark for question answering.", ("MMLU", "benchmarkFor", "question answering")),
    ],
)
def test_reads_relation(sentence: str, triple: tuple[str, str, str], annotate: Annotate) -> None:
    assert triple in triples(annotate("Title", INTRO + sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Zorblax does not outperform GPT-4.",
        "Zorblax. GPT-4 wins.",
        "Zorblax cannot be trained on ImageNet.",
        "GPT-4 is known.",
    ],
)
def test_reads_no_relation(sentence: str, annotate: Annotate) -> None:
    assert triples(annotate("Title", INTRO + sentence)) == []


def test_listed_objects_all_count_and_evidence_quotes_the_sentence(annotate: Annotate) -> None:
    annotated = annotate("Title", INTRO + "Zorblax outperforms GPT-4, LLaMA and CLIP.")
    assert [t[2] for t in triples(annotated)] == ["GPT-4", "LLaMA", "CLIP"]
    evidence = annotated.relations[0].evidence
    assert evidence.sentence == "Zorblax outperforms GPT-4, LLaMA and CLIP."
    assert annotated.paper.text[evidence.start : evidence.end] == "Zorblax outperforms GPT-4"
    assert 0 < evidence.score <= 1


def test_two_new_methods_leave_we_open(annotate: Annotate) -> None:
    assert triples(annotate("Title", "We propose Zorblax and Quuxnet. It outperforms GPT-4.")) == []


def test_claim_outside_domain_or_range_is_rejected(annotate: Annotate) -> None:
    annotated = annotate("Title", INTRO + "MMLU outperforms GPT-4.")
    assert triples(annotated) == []
    assert [(r.stage, r.where, r.value) for r in annotated.rejections] == [("extract", "p", "MMLU outperforms GPT-4")]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("It improves accuracy by 5.2%.", ["5.2%"]),
        ("It gains 3.5 points and +2.1 points.", ["3.5 points", "+2.1 points"]),
        ("a 2.5x speedup, 10-20x less memory", ["2.5x", "10-20x"]),
        ("improves from 46.1\\% to 51.2\\%", ["46.1\\%", "51.2\\%"]),
        ("an F1 of 0.86 and FID of 8.14", ["0.86", "8.14"]),
        ("by 14.2, 13.0, and 18.1 mIoU points", ["14.2", "13.0", "18.1 mIoU points"]),
        ("runs at 17 FPS", ["17 FPS"]),
        ("a speedup of 3-fold", ["3-fold"]),
        ("gains 5%-18% and 3x-4x, by 7.33~8.26 BLEU", ["5%-18%", "3x-4x", "7.33~8.26"]),
        ("from 0.12 to 1.07 points", ["0.12", "1.07 points"]),
        ("by 0.12 to 1.07 points", ["0.12 to 1.07 points"]),
        ("gives 11.74% gains, 25.0% improvements and an 11-point gain", ["11.74%", "25.0%", "11-point"]),
        ("a 60% pairwise win rate", ["60%"]),
    ],
)
def test_figures_of_a_sentence(sentence: str, values: list[str]) -> None:
    assert [figure.value for figure in figures(sentence, 0, len(sentence))] == values


@pytest.mark.parametrize(
    "sentence",
    ["with 7B parameters", "GPT-4 and Llama 3.1", "1,000 images of 20 classes", "in 2024",
     "using 10% of the training data",
     "Section 3.2", "version 2.5", "8 GPUs for 3 hours", "a 13-billion parameter model", "three of 5 tasks",
     "20 languages"],
)  # fmt: skip
def test_no_figures(sentence: str) -> None:
    assert figures(sentence, 0, len(sentence)) == []


def test_doubtful_numbers_are_kept_apart_from_figures() -> None:
    sentence = "It solves 5 out of 9, 42/50 and 11 of 12 in 20s on 10% of the data, with GPT-4 and 3 sets."
    found = may_be_figures(sentence, 0, len(sentence))
    assert [number.value for number in found] == ["5 out of 9", "42/50", "20s", "10%"]
    assert not any(number.sure for number in found)
    assert all(sentence[number.start : number.end] == number.value for number in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Zorblax reaches 83.2% accuracy on MMLU.", [("83.2%", "accuracy", "MMLU", "Zorblax")]),
        ("On MMLU, Zorblax reaches 83.2%.", [("83.2%", "", "MMLU", "Zorblax")]),
        (
            "It reaches 71.0% on MMLU and 42.5% on GSM8K.",
            [("71.0%", "", "MMLU", "Zorblax"), ("42.5%", "", "GSM8K", "Zorblax")],
        ),
        (
            "Gains are 5.5% and 2.2% on MMLU and GSM8K.",
            [("5.5%", "", "MMLU", "Zorblax"), ("2.2%", "", "GSM8K", "Zorblax")],
        ),
        (
            "It improves MMLU (+1.1%) and GSM8K (+2.4%).",
            [("+1.1%", "", "MMLU", "Zorblax"), ("+2.4%", "", "GSM8K", "Zorblax")],
        ),
        (
            "It improves on MMLU from 40.1% to 50.2%.",
            [("40.1%", "", "MMLU", ""), ("50.2%", "", "MMLU", "Zorblax")],
        ),
        ("It beats GPT-4 (13.9%).", [("13.9%", "", "", "GPT-4")]),
        ("It is 2.5x faster.", [("2.5x", "", "", "Zorblax")]),
        ("It reduces latency by 40%.", [("40%", "latency", "", "Zorblax")]),
    ],
)
def test_reads_results(sentence: str, expected: list[tuple[str, str, str, str]], annotate: Annotate) -> None:
    results = annotate("Title", INTRO + sentence).results
    assert [(r.value, r.metric, r.on, r.by) for r in results] == expected
    assert all(r.evidence.sentence == sentence for r in results)


def test_hostile_numbers_are_bounded(annotate: Annotate) -> None:
    assert len(annotate("t", "5.5%, " * 8_000).results) <= 40
    assert figures("1" * 50_000, 0, 50_000) == []
    assert figures("1" * 9_000 + "/" + "2" * 9_000, 0, 18_001) == []
    assert len(figures("1.1 to " * 5_000, 0, 35_000)) < 5_001
