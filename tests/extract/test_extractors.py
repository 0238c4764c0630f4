"""What every extractor promises, and what each of them finds."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.data import AnnotatedPaper, Mention, Paper
from kg.errors import ModelError, OntologyError
from kg.extract import EXTRACTORS, Extractor, load_extractor, to_record
from kg.extract import extractor as extractor_module
from kg.extract.decide import WEIGHTS, Same
from kg.extract.reading import Reading, read
from kg.extract.shapes import UNTYPED
from kg.ontology import Ontology, Term, load_ontology
from tests.extract.conftest import RULES

ABSTRACT = (
    "Large language models (LLMs) are costly. We propose Zorblax, a novel framework for question answering. "
    "Zorblax outperforms GPT-4 by 5.2% on MMLU and ImageNet-R. Code: https://github.com/a/zorblax."
)
ODD = {
    "empty": ("", ""),
    "title only": ("Zorblax: A Framework", ""),
    "abstract only": ("", ABSTRACT),
    "control characters": ("a\x00b\x07", "\x1b[31m We propose \u202eZorblax\u200b. \x0c"),
    "lone surrogate": ("a\ud800", "We propose \udfffX."),
    "emoji": ("🚀 Zorblax 🚀", "We propose 🧠Zorblax, 模型 a new benchmark."),
    "long words": ("A" * 5_000, "a-" * 10_000),
    "brackets": ("((((", ")" * 3_000 + "(" * 3_000),
    "one sentence": ("t", "we propose " * 4_000),
    "names": ("t", "GPT-4 " * 4_000),
    "numbers": ("t", "5.5% " * 4_000),
    "commas": ("t", "," * 20_000),
    "newlines": ("t", "\n" * 20_000 + "x"),
    "markup": (r"\textsc{Zorblax}: $\alpha$-foo", r"We propose \textbf{Zorblax}, a \emph{novel} $O(n^2)$ method."),
}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("odd", ODD)
def test_proposals_are_exact_spans(name: str, odd: str, ontology: Ontology) -> None:
    reading = read(Paper("p", *ODD[odd]))
    for proposal in EXTRACTORS[name](ontology).propose(reading):
        if isinstance(proposal, Same):
            assert proposal.one in reading.text
            assert proposal.other in reading.text
        else:
            assert reading.text[proposal.start : proposal.end] == proposal.text != ""
            assert proposal.type in {*ontology.type_by_name, UNTYPED}
            assert proposal.role in {
                "",
                *ontology.roles(proposal.type),
                "introduces",
                "compares",
                "uses",
                "evaluates",
                "trains",
            }
            assert 0 < proposal.score <= 1
            assert proposal.extractors == (name,)


@pytest.mark.parametrize("odd", ODD)
def test_annotated_papers_hold_together(odd: str, ontology: Ontology, annotate: Callable[..., AnnotatedPaper]) -> None:
    annotated = annotate(*ODD[odd])
    text = annotated.paper.text.encode("utf-8", "replace").decode() if "surrogate" not in odd else None
    starts = [mention.start for mention in annotated.mentions]
    assert starts == sorted(starts)
    assert all(one.end <= other.start for one, other in zip(annotated.mentions, annotated.mentions[1:], strict=False))
    owned = sorted(index for entity in annotated.entities for index in entity.mentions)
    assert owned == list(range(len(annotated.mentions)))
    for entity in annotated.entities:
        assert entity.role in ontology.roles(entity.type)
        if text is not None:
            assert all(form in text for form in (entity.name, *entity.aliases))
            assert all(text[m.start : m.end] == m.text for m in annotated.mentions)
    for relation in annotated.relations:
        one, two = annotated.entities[relation.subject], annotated.entities[relation.object]
        assert ontology.allows(one.type, relation.predicate, two.type)
    json.dumps(to_record(annotated))


def test_weights_and_extractors_name_the_same() -> None:
    assert set(WEIGHTS) == set(EXTRACTORS)


@pytest.mark.parametrize("name", [name for name in RULES if name != "extension"])
def test_each_rule_alone_finds_something(name: str, ontology: Ontology) -> None:
    reading = read(Paper("p", "Zorblax: A Framework", ABSTRACT))
    assert [p for p in EXTRACTORS[name](ontology).propose(reading) if isinstance(p, Mention)]


@pytest.mark.parametrize(
    ("title", "name", "type_name"),
    [
        ("PS-KD: Progressive Self-Knowledge Distillation", "PS-KD", "Method"),
        ("FooBench: A Benchmark for Cats", "FooBench", "Benchmark"),
        ("Foo-Set: A Large Dataset of Cats", "Foo-Set", "Dataset"),
        ("The ZORB Dataset: Modelling Transcripts", "ZORB", "Dataset"),
        ("Zorblax – A Framework for Cats", "Zorblax", "Method"),
    ],
)
def test_title_names_what_is_new(
    title: str, name: str, type_name: str, annotate: Callable[..., AnnotatedPaper]
) -> None:
    entities = annotate(title, f"We introduce {name}. {name} is good.").entities
    assert [(e.type, e.role) for e in entities if e.name == name] == [(type_name, "introduces")]


@pytest.mark.parametrize(
    "title", ["On Cats: A Survey", "Is it true: We ask", "Cats and dogs", "Why: because", ": x", "A:"]
)
def test_title_without_a_name(title: str, annotate: Callable[..., AnnotatedPaper]) -> None:
    assert not [entity for entity in annotate(title).entities if entity.role == "introduces"]


@pytest.mark.parametrize(
    ("sentence", "name", "type_name", "role"),
    [
        ("We propose Zorblax.", "Zorblax", "Method", "introduces"),
        ("We introduce the ZorbSet dataset.", "ZorbSet", "Dataset", "introduces"),
        ("We present ZorbBench, a new benchmark for cats.", "ZorbBench", "Benchmark", "introduces"),
        ("We build a method called Zorblax.", "Zorblax", "Method", "introduces"),
        ("We propose a novel adaptive fusion scheme.", "adaptive fusion", "Method", "introduces"),
        ("We release Ragged Paging.", "Ragged Paging", "Method", "introduces"),
        ("Our method beats ZorbNet-7B.", "ZorbNet-7B", "Method", "compares"),
        ("We evaluate it on ZorbQA-2.", "ZorbQA-2", "Benchmark", "evaluates"),
        ("We train on ZorbText-1M.", "ZorbText-1M", "Dataset", "trains"),
        ("We fine-tune ZorbLM-7B.", "ZorbLM-7B", "Method", "uses"),
    ],
)
def test_cue_gives_name_type_and_role(
    sentence: str, name: str, type_name: str, role: str, annotate: Callable[..., AnnotatedPaper]
) -> None:
    entities = annotate("A title", f"Nobody did this before. {sentence}").entities
    assert [(e.type, e.role) for e in entities if e.name == name] == [(type_name, role)]


@pytest.mark.parametrize(
    "sentence",
    ["We propose a novel method.", "We propose a framework that works.", "We use GPUs and 3D data.",
     "It runs on an NVIDIA H100.",
     "We present results.", "In 2024, AI is used in the US.", "We introduce a new dataset."],
)  # fmt: skip
def test_generic_words_are_no_entities(sentence: str, annotate: Callable[..., AnnotatedPaper]) -> None:
    assert annotate("A title", sentence).entities == ()


def test_forms_of_one_thing_are_one_entity(annotate: Callable[..., AnnotatedPaper]) -> None:
    text = (
        "We train large language models (LLMs). Large Language Models are LLMs, and each LLM is a large-language model."
    )
    entities = annotate("Title", text).entities
    assert [entity.name for entity in entities] == ["LLM"]
    assert {form.casefold() for form in entities[0].aliases} == {
        "large language models", "llms", "large-language model"
    }  # fmt: skip


def test_size_of_the_papers_own_model_is_an_alias(annotate: Callable[..., AnnotatedPaper]) -> None:
    entities = annotate("ZorbLM: A Model", "We propose ZorbLM. ZorbLM-7B wins.").entities
    assert [(e.name, e.aliases) for e in entities] == [("ZorbLM", ("ZorbLM-7B",))]


def test_planted_name_has_exact_offsets(annotate: Callable[..., AnnotatedPaper]) -> None:
    annotated = annotate("🚀 Titel", "Größe — we propose Zorblax.")
    assert [(m.start, m.end, m.text) for m in annotated.mentions] == [(27, 34, "Zorblax")]


def test_order_batches_and_company_change_nothing(extractor: Extractor) -> None:
    papers = [Paper(str(n), f"Zorb{n}Net: A Framework", ABSTRACT * (n % 4)) for n in range(70)]
    together = list(extractor.annotate(papers))
    assert [annotated.paper.id for annotated in together] == [paper.id for paper in papers]
    assert together == [next(extractor.annotate([paper])) for paper in papers]
    assert list(extractor.annotate(iter([]))) == []


def test_least_score_is_kept_to(ontology: Ontology) -> None:
    strict = load_extractor(ontology, extractors=RULES, min_score=0.9)
    entities = next(strict.annotate([Paper("p", "Zorblax: A Framework", ABSTRACT)])).entities
    assert entities
    assert all(entity.score >= 0.9 for entity in entities)


def test_unknown_extractor_is_an_error(ontology: Ontology) -> None:
    with pytest.raises(OntologyError, match=r"gpt.*lexicon"):
        load_extractor(ontology, extractors=["gpt"])


def test_a_megabyte_is_read_in_part_and_said(annotate: Callable[..., AnnotatedPaper]) -> None:
    annotated = annotate("Zorblax: A Framework", ABSTRACT * 5_000)
    assert annotated.rejections[0].stage == "extract"
    assert "characters were searched" in annotated.rejections[0].reason
    assert annotated.sentences[-1][1] == len(annotated.paper.text)
    assert "Zorblax" in [entity.name for entity in annotated.entities]


def test_links_of_the_listing_come_after_those_of_the_text(extractor: Extractor) -> None:
    urls = ("https://github.com/A/zorblax.git", "https://a.io/page")
    annotated = next(extractor.annotate([Paper("p", "t", ABSTRACT, urls=urls)]))
    assert [(link.url, link.start == link.end) for link in annotated.links] == [
        ("https://github.com/a/zorblax", False), ("https://a.io/page", True)
    ]  # fmt: skip


class TestExtension:
    """The user's own terms."""

    def extended(self, ontology: Ontology, *terms: Term) -> Extractor:
        return load_extractor(replace(ontology, terms=(*ontology.terms, *terms)), extractors=RULES)

    def test_name_wins_over_the_lexicon(self, ontology: Ontology) -> None:
        own = Term("large language model", "Task", extension=True)
        annotated = next(self.extended(ontology, own).annotate([Paper("p", "t", "We use large language models.")]))
        assert [(e.type, e.name) for e in annotated.entities] == [("Task", "large language models")]
        assert "extension" in annotated.mentions[0].extractors

    def test_aliases_in_one_paper_are_one_thing(self, ontology: Ontology) -> None:
        own = Term("hematite", "Method", aliases=("α-Fe2O3",), extension=True)
        paper = Paper("p", "On hematite", "We coat α-Fe₂O₃ here.")
        annotated = next(self.extended(ontology, own).annotate([paper]))
        assert [(e.name, e.aliases) for e in annotated.entities] == [("α-Fe₂O₃", ("hematite",))]

    def test_ambiguous_name_needs_company(self, ontology: Ontology) -> None:
        own = Term("lead", "Method", extension=True, ambiguous=True)
        texts = ("These defects lead to fade.", "We add a lead method.", "Lead is cheap.")
        papers = [Paper(text[:5], "On cells", text) for text in texts]
        found = self.extended(ontology, own).annotate(papers)
        assert [["extension" in m.extractors for m in one.mentions] for one in found] == [[], [True], [True]]

    def test_pattern_finds_its_span_and_wins(self, ontology: Ontology) -> None:
        pattern = json.dumps([{"LOWER": "room"}, {"LOWER": "temperature"}, {"LOWER": {"IN": ["superconductor"]}}])
        own = Term("room temperature superconductor", "Method", extension=True, pattern=pattern)
        annotated = next(self.extended(ontology, own).annotate([Paper("p", "t", "A Room temperature superconductor.")]))
        assert [m.text for m in annotated.mentions] == ["Room temperature superconductor"]

    def test_last_word_of_a_name_tells_a_type_of_ones_own(self, tmp_path: Path) -> None:
        file = tmp_path / "lab.yaml"
        text = "classes:\n  Instrument:\n    is_a: Method\n    annotations: {heads: [diffraction]}\n  Binder: {}\n"
        file.write_text(text, encoding="utf-8")
        paper = Paper("p", "Title", "We propose ion beam diffraction (IBD), outperforming XYZ-Net.")
        annotated = next(load_extractor(load_ontology([file]), extractors=RULES).annotate([paper]))
        found = {entity.name: (entity.type, entity.role) for entity in annotated.entities}
        assert found["IBD"] == ("Instrument", "introduces")
        assert found["XYZ-Net"][0] == "Method"

    def test_bad_pattern_is_an_error_with_its_place(self, ontology: Ontology) -> None:
        own = Term("bad", "Method", extension=True, pattern='[{"NOPE": 1}]', source="mine.yaml:7")
        with pytest.raises(OntologyError, match=r"mine\.yaml:7"):
            self.extended(ontology, own)


class FakeModel:
    """Finds the word Quux as a Dataset, with a second form."""

    name = "model"

    def __init__(self, ontology: Ontology) -> None:
        del ontology

    def propose(self, reading: Reading) -> list[Mention | Same]:
        start = reading.text.index("Quux")
        return [
            Mention(start, start + 4, "Quux", "Dataset", "trains", 0.9, ("model",)),
            Same("Quux", "the big set"),
        ]


class TestModel:
    """The trained model as one extractor among others."""

    @pytest.mark.parametrize(
        ("text", "role"),
        [
            ("We train on Quux for a week. It is the big set.", "trains"),
            ("We propose Quux, a new framework. It is the big set.", "introduces"),  # named in so many words
        ],
    )
    def test_its_type_wins_and_its_role_unless_the_text_names_it(
        self, text: str, role: str, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(extractor_module.EXTRACTORS, "model", FakeModel)
        entity = next(load_extractor(ontology).annotate([Paper("p", "Title", text)])).entities[0]
        assert (entity.type, entity.name, entity.aliases) == ("Dataset", "Quux", ("the big set",))
        assert entity.role == role

    @pytest.mark.parametrize(
        ("score", "text", "found"),
        [
            (0.3, "There is some Quux here.", []),
            (0.7, "There is some Quux here.", ["Quux"]),
            (0.3, "We propose Quux.", ["Quux"]),  # a rule agrees
        ],
    )
    def test_a_doubtful_find_needs_a_rule_that_agrees(
        self, score: float, text: str, found: list[str], ontology: Ontology, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Unsure(FakeModel):
            def propose(self, reading: Reading) -> list[Mention | Same]:
                return [replace(super().propose(reading)[0], score=score)]  # type: ignore[type-var]

        monkeypatch.setitem(extractor_module.EXTRACTORS, "model", Unsure)
        annotated = next(load_extractor(ontology).annotate([Paper("p", "Title", text)]))
        assert [entity.name for entity in annotated.entities] == found

    def test_missing_is_said_and_survived(
        self, ontology: Ontology, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def missing(ontology: Ontology) -> FakeModel:
            raise ModelError("config.json: cannot be read")

        monkeypatch.setitem(extractor_module.EXTRACTORS, "model", missing)
        assert load_extractor(ontology).extractors == RULES
        assert "without the trained model" in caplog.text
        with pytest.raises(ModelError, match="asked for"):
            load_extractor(ontology, extractors=["model"])


def test_signs_and_digits_part_names_that_else_read_the_same(annotate: Callable[..., AnnotatedPaper]) -> None:
    annotated = annotate("Zorblax", "We evaluate on QuuxBench, QuuxBench++ and QuuxBench2, three new benchmarks.")
    names = {entity.name for entity in annotated.entities}
    assert {"QuuxBench", "QuuxBench++", "QuuxBench2"} <= names
