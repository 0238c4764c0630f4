import numpy as np
import pytest

from kg.extract.model.phrases import Phrases
from kg.extract.model.spans import FEATURE_SIZES, MOST_WORDS, candidate_spans
from kg.extract.model.words import split_words

NOTHING = Phrases({})


def texts(title: str, abstract: str) -> set[str]:
    words = split_words(title, abstract)
    spans = candidate_spans(words, NOTHING)
    return {words.text[words.starts[a] : words.ends[b]] for a, b in zip(spans.first, spans.last, strict=True)}


@pytest.mark.parametrize("name", ["PS-KD", "chain-of-thought prompting", "in-context learning", "R(2+1)D", "U-Net++"])
def test_names_are_candidates(name: str) -> None:
    assert name in texts("A Title", f"We compare {name} with others.")


@pytest.mark.parametrize("text", ["the model", "of words", "model of", "here. There", "model,", "Title\nWe"])
def test_fragments_are_not(text: str) -> None:
    assert text not in texts("A Title", "We show the model of words, here. There it ends.")


def test_features_stay_within_their_tables() -> None:
    words = split_words("Deep Nets (DN)", "Deep nets (DN) " * 10 + "are 3D-U-Nets " * 20)
    spans = candidate_spans(words, Phrases({"deep net": (90, 100), "dn": (1, 3)}))
    assert (spans.features >= 0).all()
    assert (spans.features < np.array(FEATURE_SIZES)).all()
    assert (spans.last - spans.first < MOST_WORDS).all()


def test_own_keyword_is_taken_off_the_counts() -> None:
    phrases = Phrases({"deep net": (1, 4)})
    assert phrases.buckets("deep net") != (0, 0)
    assert phrases.buckets("deep net", frozenset({"deep net"})) == (0, 0)
