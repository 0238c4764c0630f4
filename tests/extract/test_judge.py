"""The judge of what was found, with trees made by hand."""

import numpy as np
import pytest

from kg.data import AnnotatedPaper, Mention, Paper
from kg.extract.assemble import Assembler
from kg.extract.decide import Opinion, Proposal
from kg.extract.describe import FEATURES, ROLES, TYPES, Case, Describer
from kg.extract.judge import Judge
from kg.extract.model.known import Corpus, Known
from kg.extract.model.phrases import Phrases
from kg.extract.model.trees import Trees
from kg.extract.model.wording import Wording
from kg.extract.reading import Reading, read
from kg.ontology import Ontology

TITLE = "Zorblax: Better Question Answering"
ABSTRACT = "Earlier work used CLIP. We compare with GPT-4 on MMLU. Zorblax is new."
CORPUS = Corpus(Phrases({"clip": (30, 60)}), Known({"clip": (4, 3, 0, 0, 0, 0)}), {}, Wording({}))


def stump(classes: int, feature: int, threshold: float, low: int, high: int) -> Trees:
    """One class where a feature is at most the threshold, another above it."""
    nodes = [(feature, threshold, 1, 2, 0.0), (0, 0.0, 1, 1, -4.0), (0, 0.0, 2, 2, 4.0)]
    nodes += [(feature, threshold, 4, 5, 0.0), (0, 0.0, 4, 4, 4.0), (0, 0.0, 5, 5, -4.0), (0, 0.0, 6, 6, 0.0)]
    columns = [np.array(column) for column in zip(*nodes, strict=True)]
    roots = np.full((1, classes), 6)
    roots[0, high], roots[0, low] = 0, 3
    return Trees(
        feature=columns[0].astype(np.int32),
        threshold=columns[1].astype(np.float32),
        left=columns[2].astype(np.int32),
        right=columns[3].astype(np.int32),
        value=columns[4].astype(np.float32),
        roots=roots.astype(np.int32),
        baseline=np.zeros(classes, dtype=np.float32),
        depth=1,
    )


@pytest.fixture
def reading() -> Reading:
    return read(Paper("p", TITLE, ABSTRACT))


def proposal(reading: Reading, form: str, kind: str, score: float, extractor: str) -> Mention:
    start = reading.text.index(form)
    return Mention(start, start + len(form), form, kind, "", score, (extractor,))


def case(ontology: Ontology, reading: Reading, proposals: list[Proposal]) -> Case:
    return Assembler(ontology, with_model=True).case(reading, proposals)


def test_a_row_for_each_thing_says_who_found_it(ontology: Ontology, reading: Reading) -> None:
    clip, other = proposal(reading, "CLIP", "Method", 0.9, "lexicon"), proposal(reading, "GPT-4", "Method", 0.8, "name")
    opinion = Opinion(clip.start, clip.end, (0.1, 0.8, 0.1, 0, 0, 0), (0.0, 0.7, 0.1, 0.2, 0, 0, 0, 0))
    rows = Describer(ontology, CORPUS).describe(case(ontology, reading, [clip, other, opinion]))
    assert rows.shape == (2, len(FEATURES))
    assert np.isfinite(rows).all()
    row = dict(zip(FEATURES, rows[0].tolist(), strict=True))
    assert row["score-lexicon"] == row["lexicon-Method"] == pytest.approx(0.9)
    assert row["trees-Method"] == pytest.approx(0.8)
    assert row["background-only"] == 1.0
    assert row["known-papers"] == 4
    beside = dict(zip(FEATURES, rows[1].tolist(), strict=True))
    assert beside["trees-none"] == -1
    assert beside["compared-always"] == 0.0
    assert beside["score-lexicon"] == 0.0


def test_no_things_no_verdicts(ontology: Ontology, reading: Reading) -> None:
    trees = stump(len(TYPES), 0, 0.5, 0, 1)
    judge = Judge(ontology, CORPUS, trees, stump(len(ROLES), 0, 0.5, 0, 1))
    assert judge.judge(case(ontology, reading, [])) == []


def assembled(ontology: Ontology, reading: Reading, proposals: list[Proposal]) -> AnnotatedPaper:
    """With a judge that believes the lexicon alone, and takes all it believes for used Methods."""
    column = FEATURES.index("score-lexicon")
    roles = stump(len(ROLES), column, -1.0, ROLES.index("addresses"), ROLES.index("uses"))
    judge = Judge(ontology, CORPUS, stump(len(TYPES), column, 0.5, 0, TYPES.index("Method")), roles)
    return Assembler(ontology, with_model=True, judge=judge).assemble(reading, proposals)


def test_the_judge_decides_what_stays_and_its_type_and_role(ontology: Ontology, reading: Reading) -> None:
    annotated = assembled(
        ontology,
        reading,
        [proposal(reading, "MMLU", "Task", 0.9, "lexicon"), proposal(reading, "GPT-4", "Method", 0.99, "name")],
    )
    assert [(thing.name, thing.type, thing.role) for thing in annotated.entities] == [("MMLU", "Method", "uses")]
    assert annotated.entities[0].score > 0.9


def test_a_narrower_type_than_the_verdict_stays(ontology: Ontology, reading: Reading) -> None:
    annotated = assembled(ontology, reading, [proposal(reading, "CLIP", "Model", 0.9, "lexicon")])
    assert [thing.type for thing in annotated.entities] == ["Model"]


def test_what_an_extension_found_is_not_for_the_judge(ontology: Ontology, reading: Reading) -> None:
    annotated = assembled(ontology, reading, [proposal(reading, "GPT-4", "Method", 0.9, "extension")])
    assert [thing.name for thing in annotated.entities] == ["GPT-4"]
