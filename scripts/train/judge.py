"""Grow the judge (`kg.extract.judge`): trees over what rules, lexicon and network say of each thing of a paper.

The papers must be ones that neither the network nor the ranker behind the opinions learned from, else the trees would
trust them too much: `held_out_cases` uses for each fold of the papers a ranker that was grown on the others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.data import Paper
from kg.extract.assemble import Assembler
from kg.extract.decide import Proposal
from kg.extract.describe import ROLES, TYPES, Case, Describer
from kg.extract.extractor import EXTRACTORS
from kg.extract.group import Group
from kg.extract.judge import Verdict, allowed_roles, likeliest, role_rows, verdicts
from kg.extract.model.runtime import ModelMention
from kg.extract.model.words import phrase_key
from kg.extract.reading import Reading, read
from kg.extract.trained import proposals
from kg.ontology import Ontology
from scripts.train.forest import forest
from scripts.train.gold import GoldPaper
from scripts.train.score import gold_of
from scripts.train.tally import own_types

FOLDS = 5
Ensembles = tuple[Any, Any]
"""Two classifiers of scikit-learn: of types, and of roles."""


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of many papers as rows: features, type and role index (0 and -1: none), number of the paper."""

    features: np.ndarray
    types: np.ndarray
    roles: np.ndarray
    papers: np.ndarray

    def part(self, chosen: np.ndarray) -> "Table":
        return Table(self.features[chosen], self.types[chosen], self.roles[chosen], self.papers[chosen])


def cases(
    ontology: Ontology, papers: Sequence[GoldPaper], found: Callable[[int], Iterable[ModelMention]]
) -> list[Case]:
    """What the pipeline knows of each paper before it judges; ``found`` gives the model's mentions by number."""
    proposers = {name: make(ontology) for name, make in EXTRACTORS.items() if name not in ("model", "extension")}
    assembler = Assembler(ontology, with_model=True)
    known = []
    for number, paper in enumerate(papers):
        reading = read(Paper(paper.id, paper.title, paper.abstract))
        known.append(assembler.case(reading, list(_propose(proposers, reading, found(number), ontology))))
    return known


def _propose(
    proposers: dict[str, Any], reading: Reading, found: Iterable[ModelMention], ontology: Ontology
) -> Iterable[Proposal]:
    for name in EXTRACTORS:
        if name in proposers:
            yield from proposers[name].propose(reading)
        elif name == "model":
            yield from proposals(reading, found, ontology)


def table(describers: Sequence[Describer], gold: Sequence[GoldPaper], known: Sequence[Case]) -> Table:
    """Rows with the gold's answers, each paper by the describer of its fold.

    The papers are among those whose phrases the describers' corpus counts, but wordings are counted without the fold.
    """
    features, types, roles, numbers = [], [], [], []
    for number, (paper, case) in enumerate(zip(gold, known, strict=True)):
        features.append(describers[number % FOLDS].describe(case, own_types(paper)))
        for kind, role in answers(paper, case):
            types.append(kind)
            roles.append(role)
            numbers.append(number)
    return Table(np.concatenate(features), np.array(types), np.array(roles), np.array(numbers))


def answers(paper: GoldPaper, case: Case) -> list[tuple[int, int]]:
    """Type and role of each group: of several that match one gold entity the best-scored is right, as in the scorer."""
    gold = gold_of(paper)
    found = [(0, -1)] * len(case.groups)
    used: set[int] = set()
    best = [max(case.mentions[index].score for index in group.mentions) for group in case.groups]
    for place in sorted(range(len(best)), key=lambda place: (-best[place], place)):
        matching = [gold[key] for key in _keys(case.groups[place]) if key in gold and gold[key][2] not in used]
        if matching:
            kind, role, entity = max(matching, key=lambda answer: (matching.count(answer), -answer[2]))
            used.add(entity)
            found[place] = (TYPES.index(kind), ROLES.index(role))
    return found


def _keys(group: Group) -> list[str]:
    return list(dict.fromkeys(map(phrase_key, (group.name, *group.aliases))))


def grow_judge(rows: Table, rounds: int = 200, seed: int = 0) -> Ensembles:
    """The two ensembles: type, and role of the right ones with the gold type known (see `Judge`)."""
    right = rows.types > 0
    known = role_rows(rows.features[right], rows.types[right])
    return forest(seed, rounds).fit(rows.features, rows.types), forest(seed, rounds).fit(known, rows.roles[right])


def cross_judged(ontology: Ontology, rows: Table, known: Sequence[Case]) -> list[list[Verdict]]:
    """Verdicts on each paper by trees that did not see it, and by all the rules of the judge that is shipped."""
    grown = [grow_judge(rows.part(rows.papers % FOLDS != fold)) for fold in range(FOLDS)]
    return [
        _judged(ontology, case, rows.features[rows.papers == number], grown[number % FOLDS])
        for number, case in enumerate(known)
    ]


def _judged(ontology: Ontology, case: Case, features: np.ndarray, ensembles: Ensembles) -> list[Verdict]:
    if not len(features):
        return []
    types_of, roles_of = ensembles
    types, roles = np.zeros((len(features), len(TYPES))), np.zeros((len(features), len(ROLES)))
    types[:, types_of.classes_] = types_of.predict_proba(features)
    roles[:, roles_of.classes_] = roles_of.predict_proba(role_rows(features, likeliest(types)))
    return verdicts(case, features, types, roles, allowed_roles(ontology))


def reliability(rows: Table, judged: Sequence[Sequence[Verdict]]) -> list[tuple[float, int, float, float]]:
    """By tenths of the score: lower bound, things, mean score, share that is right."""
    scores = np.array([verdict.score for paper in judged for verdict in paper])
    right = rows.types > 0
    bins = [(scores >= low) & (scores < low + 0.1 + (low > 0.85) * 1e-6) for low in np.arange(0, 1, 0.1)]
    return [
        (round(place / 10, 1), int(inside.sum()), float(scores[inside].mean()), float(right[inside].mean()))
        for place, inside in enumerate(bins)
        if inside.any()
    ]
