"""Aliases that are no mentions of their own."""

import numpy as np
import pytest

from kg.data import Paper, PaperEntity
from kg.extract.decide import Variant
from kg.extract.model.clusters import Cluster, Scores, cluster_spans, rivals
from kg.extract.model.phrases import Phrases
from kg.extract.model.spans import Spans, candidate_spans
from kg.extract.model.words import split_words
from kg.extract.reading import read
from kg.extract.variants import VariantReader
from kg.ontology import Ontology


def aliases(ontology: Ontology, text: str, names: list[str], offered: list[Variant]) -> list[tuple[str, ...]]:
    """Aliases of the tasks with these names."""
    entities = [PaperEntity("Task", name, (), "addresses", 0.9, ()) for name in names]
    found = VariantReader(ontology).with_variants(read(Paper("p", "", text)), entities, offered)
    return [entity.aliases for entity in found]


def test_what_the_network_offers_is_an_alias_if_alike(ontology: Ontology) -> None:
    text = "We study real-world haze removal from text-to-image generation."
    offered = [Variant("haze removal", "real-world haze removal"), Variant("haze removal", "study real-world")]
    assert aliases(ontology, text, ["haze removal"], offered) == [("real-world haze removal",)]
    assert aliases(ontology, text, ["image generation"], [Variant("image generation", "text-to-image generation")]) == [
        ()
    ]


def test_other_number_is_no_variant(ontology: Ontology) -> None:
    assert aliases(ontology, "plank tracing 2", ["plank tracing"], [Variant("plank tracing", "plank tracing 2")]) == [
        ()
    ]


def test_name_of_another_thing_is_no_variant(ontology: Ontology) -> None:
    offered = [Variant("haze removal", "real-world haze removal")]
    found = aliases(ontology, "real-world haze removal", ["haze removal", "real-world haze removal"], offered)
    assert found == [(), ()]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Plan-of-thought (PoT) quoxing. PoT quoxing.", "PoT quoxing", ("Plan-of-thought (PoT) quoxing",)),
        ("Plan-of-thought (PoT) wins.", "PoT", ("Plan-of-thought",)),
        ("Plan-of-thought (PoT) wins.", "Plan-of-thought", ("PoT",)),
        ("Plan-of-thought (PoT) wins.", "quoxing", ()),
        ("Plan-of-thought (PoT) and aPoT quoxing.", "PoT quoxing", ()),
    ],
)
def test_acronym_in_a_name_is_written_otherwise(
    ontology: Ontology, text: str, name: str, expected: tuple[str, ...]
) -> None:
    assert aliases(ontology, text, [name], []) == [expected]


def spans_of(text: str) -> tuple[Spans, dict[str, int]]:
    words = split_words("", text)
    spans = candidate_spans(words, Phrases({}))
    ends = zip(spans.first.tolist(), spans.last.tolist(), strict=True)
    return spans, {words.text[words.starts[a] : words.ends[b]]: row for row, (a, b) in enumerate(ends)}


def test_rivals_overlap_and_are_likely() -> None:
    spans, row = spans_of("real haze removal beside plank tracing")
    types = np.zeros((len(spans.keys), 6))
    types[:, 0] = 1.0
    for form, chance in (("haze removal", 0.9), ("real haze removal", 0.4), ("haze", 0.01), ("plank tracing", 0.8)):
        types[row[form], :2] = 1.0 - chance, chance
    found = rivals(spans, Scores(types, np.zeros((len(types), 8))), Cluster((row["haze removal"],), ("haze removal",)))
    assert found == [row["real haze removal"]]


def test_explained_acronym_joins_no_span_that_another_overlaps() -> None:
    text = "Sparse plank tracing (SPT) and SPT"
    words = split_words("", text)
    spans, row = spans_of(text)
    assert len(cluster_spans(words, spans, [row["Sparse plank tracing"]])) == 1
    clusters = cluster_spans(words, spans, [row["plank tracing"], row["SPT"]])
    assert [cluster.keys for cluster in clusters] == [("plank tracing",), ("spt",)]
