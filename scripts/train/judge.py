"""Grow the judge (`kg.extract.judge`): trees over what rules, lexicon and network say of each thing of a paper.

The papers must be ones that the network behind the opinions did not learn from, else the trees would trust it too much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.extract.group import Group
from kg.extract.judge import ROLES, TYPES, Case, Describer, Verdict
from kg.extract.model.words import phrase_key
from scripts.train.forest import forest
from scripts.train.gold import GoldPaper
from scripts.train.score import ALLOWED, gold_of
from scripts.train.tally import own_types


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of many papers as rows: features, type and role index (0 and -1: none), number of the paper."""

    features: np.ndarray
    types: np.ndarray
    roles: np.ndarray
    papers: np.ndarray


def table(describer: Describer, gold: Sequence[GoldPaper], cases: Sequence[Case], *, tallied: bool = True) -> Table:
    """Rows with the gold's answers. ``tallied``: the papers are among those that the describer's corpus counts."""
    features, types, roles, numbers = [], [], [], []
    for number, (paper, case) in enumerate(zip(gold, cases, strict=True)):
        features.append(describer.describe(case, own_types(paper) if tallied else None))
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
        keys = _keys(case.groups[place])
        matching = [gold[key] for key in keys if key in gold and gold[key][2] not in used]
        if matching:
            kind, role, entity = max(matching, key=lambda answer: (matching.count(answer), -answer[2]))
            used.add(entity)
            found[place] = (TYPES.index(kind), ROLES.index(role))
    return found


def _keys(group: Group) -> list[str]:
    return list(dict.fromkeys(map(phrase_key, (group.name, *group.aliases))))


def grow(rows: Table, rounds: int = 200, seed: int = 0) -> tuple[object, object]:
    """The two ensembles: type, and role of the right ones with the gold type known (see `Judge`)."""
    types = forest(seed, rounds).fit(rows.features, rows.types)
    right = rows.types > 0
    known = np.concatenate([rows.features[right], rows.types[right, None].astype(np.float32)], axis=1)
    return types, forest(seed, rounds).fit(known, rows.roles[right])


def verdicts(features: np.ndarray, ensembles: tuple) -> list[Verdict]:
    """What grown ensembles say of rows of features."""
    types_of, roles_of = ensembles
    types = np.zeros((len(features), len(TYPES)))
    types[:, types_of.classes_] = types_of.predict_proba(features)
    kinds = 1 + types[:, 1:].argmax(axis=1)
    known = np.concatenate([features, kinds[:, None].astype(np.float32)], axis=1)
    roles = np.zeros((len(features), len(ROLES)))
    roles[:, roles_of.classes_] = roles_of.predict_proba(known)
    found = []
    for place, number in enumerate(kinds):
        kind = TYPES[number]
        role = max(ALLOWED[kind], key=lambda role: roles[place, ROLES.index(role)])
        found.append(Verdict(float(1 - types[place, 0]), kind, role))
    return found
