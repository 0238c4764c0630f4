"""Who a claim speaks of: appositions, participles, second verbs, and pronouns of papers with several methods."""

from collections.abc import Callable

import pytest

from kg.data import AnnotatedPaper

Annotate = Callable[..., AnnotatedPaper]
INTRO = "We propose Zorblax. "


def triples(annotated: AnnotatedPaper) -> set[tuple[str, str, str]]:
    names = [entity.name for entity in annotated.entities]
    return {(names[r.subject], r.predicate, names[r.object]) for r in annotated.relations}


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        # an apposition, and what is said with "is a"
        ("Zorblax, a small diffusion model built on LLaMA, is fast.", ("Zorblax", "basedOn", "LLaMA")),
        (
            "Zorblax (see the code), the first CLIP variant that extends LLaMA, is fast.",
            ("Zorblax", "basedOn", "LLaMA"),
        ),
        ("Zorblax is a new LoRA adapter for question answering.", ("Zorblax", "solves", "question answering")),
        ("Zorblax: a quick, light LoRA for question answering.", ("Zorblax", "solves", "question answering")),
        ("It is a LoRA adapter for question answering.", ("Zorblax", "solves", "question answering")),
        # a participle
        ("Zorblax improves on LoRA, outperforming GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("Zorblax runs as fast as LoRA while surpassing GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("It adds depth to LoRA, clearly surpassing GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        # a second verb
        ("Zorblax halves the cost of LoRA and outperforms GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("Zorblax gains on LoRA, employs LLaMA and is small.", ("Zorblax", "basedOn", "LLaMA")),
        ("We show that Zorblax shrinks LoRA and beats GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        # a preposition governs the mention before the verb
        ("Zorblax trained with LoRA surpasses GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
        ("Zorblax, which speeds up LoRA decoding, beats GPT-4.", ("Zorblax", "outperforms", "GPT-4")),
    ],
)
def test_a_claim_is_of_the_sentences_subject(sentence: str, triple: tuple[str, str, str], annotate: Annotate) -> None:
    found = triples(annotate("Title", INTRO + sentence))
    assert triple in found
    assert not {one for one in found if one[0] != "Zorblax" and one[1:] == triple[1:]}


@pytest.mark.parametrize(
    ("sentence", "triple"),
    [
        ("We show that LoRA outperforms GPT-4.", ("LoRA", "outperforms", "GPT-4")),
        ("We find that, unlike Zorblax, LoRA surpasses GPT-4.", ("LoRA", "outperforms", "GPT-4")),
        ("Zorblax is slow, but LoRA, once tuned, beats GPT-4.", ("LoRA", "outperforms", "GPT-4")),
        ("Zorblax has merits: LoRA generally outperforms GPT-4.", ("LoRA", "outperforms", "GPT-4")),
        ("We show that LoRA often matches or even surpasses GPT-4.", ("LoRA", "outperforms", "GPT-4")),
        ("LoRA, outperforming GPT-4, is popular.", ("LoRA", "outperforms", "GPT-4")),
        ("Zorblax is smaller than earlier LoRA methods based on LLaMA.", ("LoRA", "basedOn", "LLaMA")),
        ("Zorblax speeds up LoRA variants that use LLaMA or LoRA that extends CLIP.", ("LoRA", "basedOn", "CLIP")),
        ("LoRA is a method for question answering.", ("LoRA", "solves", "question answering")),
        ("Zorblax, LLaMA, and a LoRA base for question answering win.", ("LoRA", "solves", "question answering")),
    ],
)  # fmt: skip
def test_a_claim_of_the_nearest_mention_stays_its_own(
    sentence: str, triple: tuple[str, str, str], annotate: Annotate
) -> None:
    assert triple in triples(annotate("Title", INTRO + sentence))


@pytest.mark.parametrize(
    ("title", "triple"),
    [
        ("Zorblax: Training LoRA for Question Answering", ("Zorblax", "solves", "Question Answering")),
        ("Zorblax - Efficient LoRA for Question Answering", ("Zorblax", "solves", "Question Answering")),
        ("Zorblax: LoRA outperforms GPT-4", ("LoRA", "outperforms", "GPT-4")),
    ],
)
def test_a_title_speaks_of_the_name_before_its_colon(
    title: str, triple: tuple[str, str, str], annotate: Annotate
) -> None:
    assert triple in triples(annotate(title, INTRO))


def test_a_baseline_wins_only_where_the_verb_follows_it(annotate: Annotate) -> None:
    compared = "Zorblax is compared with LoRA. "
    away = annotate("Title", INTRO + compared + "Kernels are faster than those of LoRA, surpassing GPT-4.")
    assert not [one for one in triples(away) if one[1] == "outperforms"]
    near = annotate("Title", INTRO + compared + "LoRA outperforms GPT-4.")
    assert ("LoRA", "outperforms", "GPT-4") in triples(near)


SEVERAL = "We propose Zorblax and a decoder called QuuxNet. "


@pytest.mark.parametrize(
    ("title", "sentence", "subject"),
    [
        ("Zorblax: Fast Decoding", "Speed is high. Our method outperforms GPT-4.", "Zorblax"),
        ("Fast Decoding with QuuxNet", "Speed is high. Our method outperforms GPT-4.", "QuuxNet"),
        ("Zorblax: Fast Decoding with QuuxNet", "Speed is high. It outperforms GPT-4.", "Zorblax"),
        ("Zorblax: Fast Decoding", "QuuxNet is small. It outperforms GPT-4.", "QuuxNet"),
        ("Zorblax: Fast Decoding", "Our method is small. It outperforms GPT-4.", "Zorblax"),
        ("Zorblax: Fast Decoding", "Once QuuxNet is trained, it outperforms GPT-4.", "QuuxNet"),
    ],
)
def test_the_method_in_the_title_owns_the_pronouns(title: str, sentence: str, subject: str, annotate: Annotate) -> None:
    found = triples(annotate(title, SEVERAL + sentence))
    assert [one for one in found if one[1] == "outperforms"] == [(subject, "outperforms", "GPT-4")]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Zorblax and QuuxNet: Fast Decoding", "Our method outperforms GPT-4."),
        ("Fast Decoding", "Our method outperforms GPT-4."),
        ("Zorblax: Fast Decoding", "We exceed GPT-4."),
        ("Fast Decoding", "Our method adds depth to LoRA, outperforming GPT-4."),
        ("Fast Decoding with a Gated Decoder", "We propose a gated decoder. Our method outperforms GPT-4."),
    ],
)
def test_where_no_method_plainly_leads_pronouns_say_nothing(title: str, sentence: str, annotate: Annotate) -> None:
    assert not [one for one in triples(annotate(title, SEVERAL + sentence)) if one[1] == "outperforms"]


def test_it_behind_a_verb_is_nobody(annotate: Annotate) -> None:
    assert triples(annotate("Title", INTRO + "LLaMA is old, and LoRA extends it.")) == set()


def test_a_claim_without_a_named_subject_is_rejected_with_a_reason(annotate: Annotate) -> None:
    annotated = annotate("Fast Decoding", SEVERAL + "Our method adds depth to LoRA, outperforming GPT-4.")
    assert ("LoRA outperforms GPT-4", "its subject is not named") in [(r.value, r.reason) for r in annotated.rejections]


def test_hostile_texts_take_little_time(annotate: Annotate) -> None:
    text = INTRO + "Zorblax, it and LoRA, outperforming GPT-4, while our method " * 700
    assert len(annotate("Zorblax: LoRA", text).relations) <= 60
