"""The last word on each thing found in a paper: whether it belongs in the graph, its type and its role.

Rules, lexicon and network each say something of a thing. What their words are worth together was learned from annotated
papers that the network had not seen: boosted trees over the rows of `kg.extract.describe` (`scripts/train/judge.py`
grows them).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kg.extract.decide import LEAST_JUDGED, LEAST_NEW_PHRASE
from kg.extract.describe import FEATURES, ROLES, TYPES, Case, Describer
from kg.extract.group import Group
from kg.extract.model import clusters
from kg.extract.model.known import KNOWN_FEATURES, Corpus
from kg.extract.model.trees import Trees
from kg.extract.shapes import is_name
from kg.ontology import Ontology

_FAME = [
    place
    for place, name in enumerate(FEATURES)
    if name == "score-lexicon" or name.startswith(("lexicon-", "keyword")) or name in ("written", *KNOWN_FEATURES)
]

_MET = [FEATURES.index(name) for name in ("known-papers", "score-lexicon")]
_PHRASES = [TYPES.index(name) for name in ("Method", "Task")]
_THINGS = ("Method", "Dataset", "Benchmark")
_LEAST_NEW = 0.05
"""Probability of `introduces` from which a name is taken for new where a paper has nothing new else."""

_FAVOUR = np.array([1.4 if role == "introduces" else 1.0 for role in ROLES])
"""An introduced thing that is missed costs a reader more than one too many: on held-out papers 1.3 points more of them
are found for 1.0 point less of precision, and the share of right roles stays as it is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Probability that the thing belongs in the graph, its likeliest type and role, and whether it stays there."""

    score: float
    type: str
    role: str
    stays: bool


def role_rows(features: npt.NDArray[np.float32], kinds: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """`kg.extract.model.clusters.role_rows` of the judge's own features."""
    return clusters.role_rows(features, kinds, _FAME)


class Judge:
    """Boosted trees over `FEATURES`: one ensemble for the type or none, one for the role given the type."""

    def __init__(self, ontology: Ontology, corpus: Corpus, types: Trees, roles: Trees) -> None:
        self._describer = Describer(ontology, corpus)
        self._types, self._roles = types, roles
        self._allowed = allowed_roles(ontology)

    def judge(self, case: Case) -> list[Verdict]:
        """Verdicts parallel to the groups."""
        rows = self._describer.describe(case)
        if not len(rows):
            return []
        types = self._types.probabilities(rows)
        roles = self._roles.probabilities(role_rows(rows, likeliest(types)))
        return verdicts(case, rows, types, roles, self._allowed)


def allowed_roles(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """The roles that things of each of the judge's types may have."""
    return {kind: ontology.roles(kind) for kind in TYPES[1:]}


def likeliest(types: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """The likeliest type of each row but none, as its index in `TYPES`."""
    likely: npt.NDArray[np.int64] = 1 + types[:, 1:].argmax(axis=1)
    return likely


def verdicts(
    case: Case,
    rows: npt.NDArray[np.float32],
    types: npt.NDArray[np.float64],
    roles: npt.NDArray[np.float64],
    allowed: Mapping[str, Sequence[str]],
) -> list[Verdict]:
    """Verdicts parallel to the groups of a case, from a row a group of `FEATURES` and of shares of types and roles."""
    found = []
    kept = _staying(rows, types)
    for place, number in enumerate(likeliest(types)):
        kind = TYPES[number]
        likely = dict(zip(ROLES, (roles[place] * _FAVOUR).tolist(), strict=True))
        role = max((role for role in allowed[kind] if role in likely), key=likely.__getitem__)
        if "introduces" in allowed[kind] and _said_to_be_new(case, case.groups[place]):
            role = "introduces"
        found.append(Verdict(round(1.0 - float(types[place, 0]), 4), kind, role, bool(kept[place])))
    return _with_one_new(case, found, roles[:, ROLES.index("introduces")])


def _staying(rows: npt.NDArray[np.float32], types: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether each thing stays.

    A Method or Task is asked twice, whether it belongs in the graph and whether it does with this type, and the mean
    counts: what is neither surely the one nor surely the other is mostly a phrase that names nothing. More is asked of
    one that neither lexicon nor annotators ever met.
    """
    kinds = likeliest(types)
    any_type = 1.0 - types[:, 0]
    both = (any_type + types[np.arange(len(types)), kinds]) / 2
    least = np.where((rows[:, _MET] == 0).all(axis=1), LEAST_NEW_PHRASE, LEAST_JUDGED)
    stays: npt.NDArray[np.bool_] = np.where(np.isin(kinds, _PHRASES), both >= least, any_type >= LEAST_JUDGED)
    return stays


def _with_one_new(case: Case, verdicts: list[Verdict], new: npt.NDArray[np.float64]) -> list[Verdict]:
    """The verdicts, with the likeliest proper name introduced where the paper seems to introduce nothing.

    The trees hardly met papers that introduce what is famous now, and take it for used; on held-out papers the rule
    changes the share of right roles by 0.1.
    """
    things = [place for place, verdict in enumerate(verdicts) if verdict.stays]
    if any(verdicts[place].role == "introduces" and verdicts[place].type != "Metric" for place in things):
        return verdicts
    named = [
        place for place in things if verdicts[place].type in _THINGS and is_name(case.groups[place].name.split()[0])
    ]
    best = max(named, key=lambda place: (round(float(new[place]), 6), -place), default=-1)
    if best < 0 or new[best] < _LEAST_NEW:
        return verdicts
    return [replace(verdict, role="introduces") if place == best else verdict for place, verdict in enumerate(verdicts)]


def _said_to_be_new(case: Case, group: Group) -> bool:
    """Whether somebody reads "we introduce X" of a name that no lexicon knows, or a title or cue does of a known one.

    It outweighs the trees, which prefer the commoner `uses` and hardly met papers that introduce what is famous now: on
    held-out papers the introduced things with their role rise by 1.7 points and the share of right roles falls by 0.2.
    """
    if not any("introduces" in case.signals.told[index] for index in group.mentions):
        return False
    sources = {source for index in group.mentions for source in case.mentions[index].extractors}
    return "lexicon" not in sources or (not sources.isdisjoint(("title", "cue")) and is_name(group.name.split()[0]))
