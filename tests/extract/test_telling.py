"""Which sentence tells what a paper does with a thing."""

from collections.abc import Callable

import pytest

from kg.data import AnnotatedPaper

Annotate = Callable[..., AnnotatedPaper]

TITLE = "Zorblax: Teaching Small Networks"
CASES = {
    "a comparison before a background": (
        "Small networks learn with LoRA. We propose Zorblax. Zorblax outperforms LoRA.",
        "LoRA",
        ["Zorblax outperforms LoRA."],
    ),
    "a use before a background": (
        "Large networks rely on LoRA. In this paper we train them using LoRA and Zorblax.",
        "LoRA",
        ["In this paper we train them using LoRA and Zorblax."],
    ),
    "a comparison does not tell a use": (
        "We outperform LoRA on text. We propose Zorblax, built on LoRA.",
        "LoRA",
        ["We propose Zorblax, built on LoRA."],
    ),
    "we introduce it before the title": (
        "Networks are large. We introduce Zorblax, a new method. Zorblax wins.",
        "Zorblax",
        ["We introduce Zorblax, a new method."],
    ),
    "a word of naming far before the name": (
        "We propose a simple and yet very strong way of teaching small networks, Zorblax. Zorblax wins.",
        "Zorblax",
        ["We propose a simple and yet very strong way of teaching small networks, Zorblax."],
    ),
    "the title before what goes on to speak of it": (
        "Networks are large. Zorblax makes them small. With Zorblax all is well.",
        "Zorblax",
        [TITLE],
    ),
    "a comparison that begins with others": (
        "We build Zorblax. Existing work has LoRA. Unlike existing models such as LoRA it is fast.",
        "LoRA",
        ["Unlike existing models such as LoRA it is fast."],
    ),
    "our method before the title": (
        "Networks are large. Our method, Zorblax (small), is new. We show that Zorblax wins.",
        "Zorblax",
        ["Our method, Zorblax (small), is new."],
    ),
    "a figure on data before a background": (
        "ImageNet is the usual data. We reach 80% accuracy on ImageNet.",
        "ImageNet",
        ["We reach 80% accuracy on ImageNet."],
    ),
    "a task that the paper works on": (
        "Machine translation is hard. We improve machine translation with Zorblax.",
        "Machine translation",
        ["We improve machine translation with Zorblax."],
    ),
    "sentences of one worth": (
        "We study LoRA. We extend LoRA.",
        "LoRA",
        ["We study LoRA.", "We extend LoRA."],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_sentences_that_tell(case: tuple[str, str, list[str]], annotate: Annotate) -> None:
    abstract, name, expected = case
    found = annotate(TITLE, abstract)
    entity = next(entity for entity in found.entities if name.lower() in (entity.name.lower(), *entity.aliases))
    told = [found.mentions[index] for index in entity.mentions if found.mentions[index].telling]
    assert [_sentence(found, mention.start) for mention in told] == expected


def test_mentions_of_a_telling_sentence_tell_alike(annotate: Annotate) -> None:
    found = annotate("Networks", "They use low-rank adaptation. We compare it with Low-Rank Adaptation (LoRA).")
    assert {_sentence(found, mention.start) for mention in found.mentions if mention.telling} == {
        "We compare it with Low-Rank Adaptation (LoRA)."
    }


def test_a_thing_that_is_named_once_is_told_where_it_is_named(annotate: Annotate) -> None:
    found = annotate("Networks", "Earlier work used ImageNet. We do not.")
    assert [mention.telling for mention in found.mentions if mention.text == "ImageNet"] == [True]


def _sentence(found: AnnotatedPaper, position: int) -> str:
    start, end = next((start, end) for start, end in found.sentences if start <= position < end)
    return found.paper.text[start:end].strip()
