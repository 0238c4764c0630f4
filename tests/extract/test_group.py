"""Which mentions of one paper become one thing, and which never do."""

import pytest

from kg.data import Mention, Paper
from kg.extract.acronyms import find_pairs
from kg.extract.alike import Speller, features, likeness
from kg.extract.decide import Same
from kg.extract.group import Grouper
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading, read
from kg.extract.wordplay import plays_on
from kg.ontology import Ontology


def mention(reading: Reading, form: str, kind: str, role: str = "") -> Mention:
    start = reading.text.index(form)
    return Mention(start, start + len(form), form, kind, role, 0.9, ("model",))


def things(
    ontology: Ontology, text: str, forms: list[str], kind: str = "Task", same: tuple[Same, ...] = (), role: str = ""
) -> list[set[str]]:
    """What becomes of the forms, in the order of their first mention."""
    reading = read(Paper("p", "", text))
    mentions = sorted((mention(reading, form, kind, role) for form in forms), key=lambda m: (m.start, m.end))
    return [{group.name, *group.aliases} for group in Grouper(ontology).group(reading, mentions, same)]


@pytest.mark.parametrize(
    ("text", "forms", "kind"),
    [
        ("On real-world haze removal, or haze removal.", ["real-world haze removal", "haze removal"], "Task"),
        ("Long-horizon plot tracing, or plot tracing.", ["Long-horizon plot tracing", "plot tracing"], "Task"),
        ("The Quoxel mechanism. With Quoxel we go.", ["Quoxel mechanism", "Quoxel"], "Method"),
        ("Quilt image synthesis, quilt image generation", ["Quilt image synthesis", "quilt image generation"], "Task"),
        ("Average tilt rate, or the tilt rate.", ["Average tilt rate", "tilt rate"], "Metric"),
        (
            "plan-of-thought (PoT) prompting, so PoT prompting; plan-of-thought prompting",
            ["plan-of-thought (PoT) prompting", "PoT prompting", "plan-of-thought prompting"],
            "Method",
        ),
        ("multi-turn RL and multi-turn reinforcement learning", ["multi-turn RL", "multi-turn reinforcement learning"],
         "Method"),
    ],
)  # fmt: skip
def test_says_the_same_with_more_words(ontology: Ontology, text: str, forms: list[str], kind: str) -> None:
    assert things(ontology, text, forms, kind) == [set(forms)]


@pytest.mark.parametrize(
    ("text", "forms", "kind"),
    [
        ("Quoxel-3 beats Quoxel-3.1 today.", ["Quoxel-3", "Quoxel-3.1"], "Method"),
        (
            "Text-to-image generation, image generation",
            ["Text-to-image generation", "image generation"],
            "Task",
        ),
        (
            "audio-to-text quoxing, text-to-audio quoxing",
            ["audio-to-text quoxing", "text-to-audio quoxing"],
            "Task",
        ),
        ("An LLM judge is an LLM that scores.", ["LLM judge", "LLM that"], "Method"),
        ("We use 4-bit quoxing and 8-bit quoxing.", ["4-bit quoxing", "8-bit quoxing"], "Method"),
        ("RAG made iterative is iterative RAG", ["RAG", "iterative RAG"], "Method"),
        ("QuoxSet-10K and QuoxSet-50K are out.", ["QuoxSet-10K", "QuoxSet-50K"], "Dataset"),
    ],
)
def test_stays_apart(ontology: Ontology, text: str, forms: list[str], kind: str) -> None:
    assert len(things(ontology, text, forms, kind)) == len(forms)


def test_what_an_extractor_joins_is_parted_where_words_usually_part(ontology: Ontology) -> None:
    same = (Same("image generation", "text-to-image generation"),)
    found = things(ontology, "text-to-image generation, image generation", ["text-to-image generation",
                   "image generation"], same=same)  # fmt: skip
    assert len(found) == 2


def test_what_an_extractor_joins_is_joined_else(ontology: Ontology) -> None:
    found = things(
        ontology, "Quoxel is a plank tracer", ["Quoxel", "plank tracer"], same=(Same("Quoxel", "plank tracer"),)
    )
    assert found == [{"Quoxel", "plank tracer"}]


def test_size_of_data_is_no_size_of_a_model(ontology: Ontology) -> None:
    found = things(ontology, "QuoxLM with QuoxLM-20K and QuoxLM-7B", ["QuoxLM", "QuoxLM-20K", "QuoxLM-7B"], "Method",
                   role="introduces")  # fmt: skip
    assert found == [{"QuoxLM", "QuoxLM-7B"}, {"QuoxLM-20K"}]


def test_two_narrower_tasks_do_not_draw_each_other_in(ontology: Ontology) -> None:
    forms = ["video inpainting", "text-to-video inpainting", "image-to-video inpainting"]
    assert len(things(ontology, ", ".join(forms), forms)) > 1


@pytest.mark.parametrize(
    ("text", "short", "long", "expected"),
    [
        ("Fold and Re-spin layers (Frrs) are new", "Frrs", "Fold and Re-spin layers", True),
        ("STITCHY: Slow Tinkering with Chunks", "STITCHY", "Slow Tinkering with Chunks", False),
        ("STITCH: Slow Tinkering and Talking in Chunks", "STITCH", "Slow Tinkering and Talking in Chunks", True),
        ("SegBrick (a long story about glass)", "SegBrick", "long story about glass", False),
        ("UniPlan is here. Far away, Unified Planning goes on.", "UniPlan", "Unified Planning", True),
        ("GAP is here. Far away, graph altering goes on.", "GAP", "graph altering", False),
        ("an Able SEG (SEG)", "SEG", "Able SEG", False),
    ],
)
def test_given_name_plays_on_what_it_stands_for(text: str, short: str, long: str, expected: bool) -> None:
    reading = read(Paper("p", "", text))
    assert plays_on(reading.text, mention(reading, short, "Method"), mention(reading, long, "Method")) is expected


@pytest.fixture(scope="module")
def speller(ontology: Ontology) -> Speller:
    text = "plan-of-thought (PoT) prompting"
    explained = {text[a:b]: text[c:d] for (a, b), (c, d) in find_pairs(text)}
    return Speller(Lexicon(ontology.terms), explained)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PoT prompts", ("plan", "of", "thought", "prompt")),
        ("plan-of-thought (PoT) prompts", ("plan", "of", "thought", "prompt")),
        ("optimisation of LLMs", ("optimization", "of", "large", "language", "model")),
        ("Quoxel-2", ("quoxel", "2")),
    ],
)
def test_phrase_spells_acronyms_out(speller: Speller, name: str, words: tuple[str, ...]) -> None:
    assert speller.phrase(name).words == words


def test_features_say_what_was_added_where(speller: Speller) -> None:
    found = features(speller.phrase("fast plank tracing"), speller.phrase("plank tracing"), "Task")
    assert {"more-start", "more-start:fast", "more-start Task", "more-start of 2", "more-start by 1"} <= set(found)
    assert features(speller.phrase("plank tracing"), speller.phrase("quilt making"), "Task") == []


@pytest.mark.parametrize(("one", "other"), [("Quox 2", "Quox 3"), ("plank tracing 2", "plank tracing"), ("a", "b")])
def test_numbers_always_part(speller: Speller, one: str, other: str) -> None:
    assert likeness(speller.phrase(one), speller.phrase(other), "Method") == 0.0


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("Pass@1", "Pass@10", True),
        ("Pass@1", "Pass@11", True),
        ("VBench", "VBench++", True),
        ("OSWorld-G", "OSWorld-GR", True),
        ("GPT-4", "GPT-4o", True),
        ("AIME'25", "AIME 2025", False),
        ("ImageNet-1K", "ImageNet-1k validation set", False),
        ("Qwen2.5", "Qwen2.5-7B", False),
    ],
)
def test_names_that_differ_in_a_number_a_sign_or_a_tail_are_no_aliases(
    ontology: Ontology, one: str, other: str, apart: bool
) -> None:
    found = things(ontology, f"We use {one} here and {other} there.", [one, other], "Benchmark", (Same(one, other),))
    assert (len(found) == 2) == apart
