"""Normal forms: what meets, what stays apart, and that a normal form is its own normal form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.normalize import american, clean_markup, compact, digest, is_short_for, normalize, singular, slug

SAME = [
    ("large language models", "Large Language-Model"),
    ("LLMs", "LLM"),
    ("LLM's", "LLM"),
    ("LMs", "LM"),
    ("fine tuning", "finetuning"),
    ("CIFAR10", "CIFAR-10"),
    ("Llama 3.1 8B", "Llama-3.1-8B"),
    ("optimisation", "optimization"),
    ("normalised flows", "normalized flow"),
    ("sequence labelling", "sequence labeling"),
    ("degrees of freedom", "Degree of Freedom"),
    ("ﬁne–tuning", "fine-tuning"),
    (r"\textsc{PaLM}", "PaLM"),
    ("**CLIP**", "CLIP"),
    (r"$\tau$-bench", "τ-bench"),
    (r"$\pi_0$", "π0"),
    ("F$_1$", "F1"),
    ("AIME’25", "AIME'25"),
    ("THUMOS'14", "THUMOS14"),
    ("KV caches", "KV cache"),
    ("evaluation metrics", "evaluation metric"),
    ("Gemini 2.0", "Gemini 2"),
    ("The Pile", "Pile"),
    ("large language models (LLMs)", "large language model"),
    ("whole slide image (WSI) classification", "whole slide image classification"),
    ("MS COCO", "MS-COCO"),
]
APART = [
    ("CIFAR-10", "CIFAR-100"),
    ("GPT-4", "GPT-4o"),
    ("Llama 2", "Llama 3"),
    ("Llama 3 8B", "Llama 38B"),
    ("precision", "average precision"),
    ("F1", "macro-F1"),
    ("LMs", "LMS"),
    ("PAC", "PACS"),
    ("ScanNet", "ScanNet++"),
    ("GPT-4", "GPT-4.1"),
    ("supervised", "unsupervised"),
    ("RefCOCO", "RefCOCO+"),
    ("pass@1", "pass@10"),
    ("C", "C#"),
    ("PASCAL VOC (2012)", "PASCAL VOC"),
    ("MEMO", "MemOS"),
    ("R@1", "R1"),
    ("P@5", "P5"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert compact(one) == compact(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_of_different_things_stay_apart(one: str, other: str) -> None:
    assert compact(one) != compact(other)


@settings(max_examples=1000, deadline=None)
@given(st.text(st.sampled_from("abcisSsILMNotyz013ﬁπ’'-_./ $*{}\\+&ßİ"), max_size=24) | st.text(max_size=24))
def test_normal_form_is_its_own_normal_form(name: str) -> None:
    assert normalize(normalize(name)) == normalize(name)


@pytest.mark.parametrize("word", ["noise", "supervised", "precise", "exercise", "promise", "raised", "wise", "premise"])
def test_words_that_only_look_british_stay(word: str) -> None:
    assert american(word) == word


@pytest.mark.parametrize(("plural", "one"), [("biases", "bias"), ("caches", "cache"), ("patches", "patch")])
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
    assert singular(one) == one


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("GRPO", "Group Relative Policy Optimization", True),
        ("VLMs", "vision-language models", True),
        ("SAM", "sharpness aware minimisation", True),
        ("RLHF", "reinforcement learning", False),
        ("A", "attention", False),
    ],
)
def test_initials(short: str, long: str, expected: bool) -> None:
    assert is_short_for(short, long) is expected


def test_markup_of_nothing_is_nothing() -> None:
    assert clean_markup("$$") == normalize("**") == compact("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("τ-bench", "tau-bench"),
        ("$\\tau$-bench", "tau-bench"),
        ("π0.5", "pi0-5"),
        ("\N{MICRO SIGN}P", "mup"),
        ("Δ-memory", "delta-memory"),
        ("V*", "v-star"),
        ("A* search", "a-star-search"),
        ("*V* Bench", "v-bench"),
        ("5*", "5"),
    ],
)
def test_slug_spells_greek_letters_and_the_star_of_a_name(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_slug_does_not_spell_greek_words() -> None:
    assert slug("λόγος") == digest("λόγος")


def test_slug_is_never_empty() -> None:
    assert slug("数据")
    assert slug("数据") != slug("模型")
