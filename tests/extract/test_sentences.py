"""Sentences of abstracts."""

import pytest

from kg.extract.sentences import split_sentences


def cut(text: str, title: int = 0) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, title)]


@pytest.mark.parametrize(
    "text",
    [
        "Methods such as e.g. BERT fail.",
        "As Smith et al. (2020) show, it works.",
        "See Fig. 3 and Eq. 4 for this.",
        "We reach 3.5 points more than v1.2 did.",
        "Code is at https://a.io/b.html and more.",
        "Tools, i.e. CLIP, help.",
        "We compare A vs. B.",
        "J. Smith wrote it.",
        "It runs on Node.js today.",
    ],
)
def test_is_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("It works. We show why.", "We show why."),
        ("Does it work? Yes.", "Yes."),
        ("It reaches 83.2%. Ours is better.", "Ours is better."),
        ("We use PP. In this paper we ask.", "In this paper we ask."),
        ('It works (a lot). "So what" follows.', '"So what" follows.'),
        ("It is at https://a.io/b. Models too.", "Models too."),
        ("First paragraph\n\nsecond paragraph.", "second paragraph."),
        ("It works. 3D scenes follow.", "3D scenes follow."),
        ("It works. vLLM follows.", "vLLM follows."),
        ("It costs little, work by Li et al. We go on.", "We go on."),
        ("It fails above 4.3 V. Here we ask why.", "Here we ask why."),
        ("We cycle at 0.5 C. Cells with it last.", "Cells with it last."),
        ("It needs vitamin C. However, we have none.", "However, we have none."),
    ],
)
def test_is_two_sentences(text: str, second: str) -> None:
    assert len(cut(text)) == 2
    assert cut(text)[1] == second


def test_title_is_a_sentence_of_its_own() -> None:
    assert cut("A title: without stop\nThe abstract.", 21) == ["A title: without stop", "The abstract."]


@pytest.mark.parametrize("text", ["", " ", "\n", "x", "...", "A. B. C. D."])
def test_spans_are_in_order_and_hold_all_but_space(text: str) -> None:
    spans = split_sentences(text)
    assert list(spans) == sorted(spans)
    held = {index for start, end in spans for index in range(start, end)}
    assert all(text[index].isspace() or index in held for index in range(len(text)))
