"""What the page will cut out of a text is the sentence and the words that were planted there."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

from kg.data import Assertion, Evidence, Graph, Node
from kg.export.html.evidence import evidence_columns
from kg.export.html.tables import order

TITLE = "A title"


def shown(abstract: str, words: str, sentence: str, nth: int = 0, title: str = TITLE) -> tuple[str, str]:
    """The sentence and the marked words, cut as JavaScript cuts: by UTF-16 units."""
    text = f"{title}\n{abstract}"
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    paper = Node("paper/p", "Paper", title, abstract=abstract)
    said = Evidence("paper/p", start, start + len(words), " ".join(sentence.split()), "cue", 0.5)
    graph = Graph(
        (Node("method/m", "Method", "m"), paper), (Assertion("paper/p", "uses", "method/m", (said,), 0.5, 1),)
    )
    ordered = order(graph, graph)
    _, columns = evidence_columns(ordered, graph)
    numbers = {name: int(cast(np.ndarray, columns[name])[0]) for name in ("start", "length", "mark", "marked")}
    units = cast(Sequence[str], columns["text"])[ordered.index["paper/p"]].encode("utf-16-le")

    def cut(first: int, length: int) -> str:
        return units[2 * first : 2 * (first + length)].decode("utf-16-le")

    whole = cut(numbers["start"], numbers["length"])
    return whole, cut(numbers["start"] + numbers["mark"], numbers["marked"])


@pytest.mark.parametrize(
    ("abstract", "words", "sentence"),
    [
        ("We use LoRA. It works.", "LoRA", "We use LoRA."),
        ("😀 first. We 𝐮𝐬𝐞 LoRA here.", "LoRA", "We 𝐮𝐬𝐞 LoRA here."),
        ("Broken\nlines   and LoRA\n\nhere.", "LoRA", "Broken lines and LoRA here."),
        ("  Led by blanks, LoRA stands.", "LoRA", "Led by blanks, LoRA stands."),
        ("Graph\n neural nets are used.", "Graph\n neural", "Graph neural nets are used."),
    ],
)
def test_the_words_are_marked_in_their_sentence(abstract: str, words: str, sentence: str) -> None:
    assert shown(abstract, words, sentence) == (" ".join(sentence.split()), " ".join(words.split()))


def test_of_two_equal_sentences_the_one_around_the_words_is_taken() -> None:
    assert shown("We use LoRA. Then we use LoRA.", "LoRA", "We use LoRA.")[1] == "LoRA"


def test_a_title_is_evidence_too() -> None:
    assert shown("Nothing.", "LoRA", "On LoRA at work", title="On  LoRA at\twork") == ("On LoRA at work", "LoRA")


def test_a_sentence_from_elsewhere_travels_by_itself() -> None:
    said = Evidence("", 0, 0, "broader by the lexicon", "hierarchy", 1.0)
    nodes = (Node("method/a", "Method", "a"), Node("method/b", "Method", "b"))
    graph = Graph(nodes, (Assertion("method/a", "broader", "method/b", (said,), 1.0, 0),))
    names, columns = evidence_columns(order(graph, graph), graph)
    assert names == ["hierarchy"]
    assert columns["loose"] == ["broader by the lexicon"]


def test_evidence_of_a_paper_that_the_page_leaves_out_keeps_title_and_sentence() -> None:
    said = Evidence("paper/p", 8, 9, "a uses b.", "cue", 1.0)
    nodes = (
        Node("method/a", "Method", "a"),
        Node("method/b", "Method", "b"),
        Node("paper/p", "Paper", TITLE, abstract="a uses b."),
    )
    edge = Assertion("method/a", "basedOn", "method/b", (said,), 1.0, 1)
    part = Graph(nodes[:2], (edge,))
    _, columns = evidence_columns(order(part, Graph(nodes, (edge,))), Graph(nodes, (edge,)))
    assert columns["outsideName"] == [TITLE]
    assert columns["outsideText"] == [f"{TITLE} a uses b."]
