"""What a paper does with each entity: told by cues, by where it stands, and by what is usual for its type."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.data import Mention
from kg.extract.cues import CueMatcher, Slots, plainest_out
from kg.extract.group import Group
from kg.extract.reading import Reading
from kg.extract.shapes import is_name
from kg.ontology import Ontology

_LINKS = frozenset((",", "and", "or", "&", "/", "as", "well", "(", ")", "both", "on", "the", "with"))
OURS = frozenset(("we", "our", "us"))
THIS = frozenset(("paper", "work", "study", "survey", "report", "article", "thesis"))
_COMPARING = frozenset(
    ("outperform", "outperforms", "outperforming", "outperformed", "surpass", "surpasses", "surpassing", "surpassed",
     "exceed", "exceeds", "exceeding", "beats", "beating", "unlike", "baseline", "baselines", "versus", "vs",
     "superior", "rivaling", "rivals", "matches", "matching", "competitive", "comparable")
)  # fmt: skip
_USUAL = {"Method": "uses", "Task": "addresses", "Dataset": "evaluates", "Benchmark": "evaluates", "Metric": "reports"}


@dataclass(frozen=True, slots=True)
class Signals:
    """What the text says of each mention: roles that are told, and whether a word of comparison stands before it.

    ``cued`` are those roles that a cue tells at that very mention; an extractor may have told another role besides.
    ``contribution`` is where the abstract begins to speak of its own work.
    """

    told: tuple[set[str], ...]
    compared: tuple[bool, ...]
    contribution: int
    cued: tuple[set[str], ...]


class RoleReader:
    """Gives one role to each group of mentions."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._role = {predicate.name: predicate.role for predicate in ontology.predicates}
        self._matcher = CueMatcher(cue for p in ontology.predicates if p.role for cue in p.cues)

    def signals(self, reading: Reading, mentions: Sequence[Mention]) -> Signals:
        """Signals parallel to ``mentions``."""
        compared = tuple(_compared(reading, mention.start) for mention in mentions)
        spans = [(reading.word_at(mention.start), reading.word_at(mention.end - 1)) for mention in mentions]
        cued: list[set[str]] = [set() for _ in mentions]
        for hit in plainest_out(self._matcher.find(reading, Slots.of(spans))):
            cued[hit.x].add(self._role[hit.predicate])
        told = [cues | ({mention.role} - {""}) for mention, cues in zip(mentions, cued, strict=True)]
        joined = _joined(reading, spans)
        return Signals(_handed_on(told, joined), compared, _contribution(reading), _handed_on(cued, joined))

    def roles(
        self, reading: Reading, mentions: Sequence[Mention], groups: Sequence[Group], signals: Signals
    ) -> list[str]:
        """Roles parallel to ``groups``; the first in the ontology's order among those that the text signals."""
        return [self._one(reading, mentions, group, signals) for group in groups]

    def _one(self, reading: Reading, mentions: Sequence[Mention], group: Group, signals: Signals) -> str:
        allowed = self._ontology.roles(group.type)
        told = {role for index in group.mentions for role in signals.told[index]}
        if "introduces" in told and not self._may_introduce(mentions, group):
            told.discard("introduces")
        trained = [mentions[i].role for i in group.mentions if "model" in mentions[i].extractors]
        if trained and trained[0] in allowed and not ("introduces" in told and _named_here(mentions, group)):
            return "uses" if trained[0] == "compares" and self._only_used(signals, group, told) else trained[0]
        first = min(mentions[index].start for index in group.mentions)
        last = max(mentions[index].start for index in group.mentions)
        for role in allowed:
            if role in told and role != "mentions":
                return role
        if group.type == "Method":
            if self._unknown_name(mentions, group):
                return "introduces"
            if all(signals.compared[index] for index in group.mentions):
                return "compares"
        if len(group.mentions) == 1 and first >= len(reading.paper.title) and last < signals.contribution:
            return "mentions" if "mentions" in allowed else allowed[-1]
        usual = next((_USUAL[name] for name in self._ontology.ancestors(group.type) if name in _USUAL), "")
        return usual if usual in allowed else (allowed[-1] if allowed else "mentions")

    @staticmethod
    def _only_used(signals: Signals, group: Group, told: set[str]) -> bool:
        """Whether a cue says "we use X" and no word of comparison stands before any mention."""
        return "uses" in told and not any(signals.compared[index] for index in group.mentions)

    @staticmethod
    def _unknown_name(mentions: Sequence[Mention], group: Group) -> bool:
        """A proper name that no lexicon holds is most often the paper's own."""
        known = any("lexicon" in mentions[index].extractors for index in group.mentions)
        words = group.name.split()
        return not known and (is_name(words[0]) or (len(words) > 1 and all(word[0].isupper() for word in words)))

    @staticmethod
    def _may_introduce(mentions: Sequence[Mention], group: Group) -> bool:
        """A known term is new only where the title or a naming cue says so of a proper name."""
        found = {source for index in group.mentions for source in mentions[index].extractors}
        return "title" in found or "lexicon" not in found or is_name(group.name.split()[0])


def _joined(reading: Reading, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The places of those spans that only a comma, "and" or the like parts from the one before."""
    found = []
    for index in range(1, len(spans)):
        between = reading.lower[spans[index - 1][1] + 1 : spans[index][0]]
        same = reading.sentence_of[spans[index][0]] == reading.sentence_of[spans[index - 1][0]]
        if same and between and len(between) <= 3 and all(word in _LINKS for word in between):
            found.append(index)
    return found


def _handed_on(roles: Sequence[set[str]], joined: Sequence[int]) -> tuple[set[str], ...]:
    """The roles of mentions with those of the mention before where they are joined; nothing is new by its company."""
    found = list(roles)
    for index in joined:
        found[index] = found[index] | (found[index - 1] - {"introduces"})
    return tuple(found)


def _named_here(mentions: Sequence[Mention], group: Group) -> bool:
    """Whether a title or a cue names it and no lexicon knows it: then it is new, whatever the model says."""
    found = {source for index in group.mentions for source in mentions[index].extractors}
    return bool(found & {"title", "cue"}) and "lexicon" not in found


def _compared(reading: Reading, position: int) -> bool:
    """Whether a word of comparison stands before a place in its sentence."""
    word = reading.word_at(position)
    sentence = reading.sentence_of[word]
    while word >= 0 and reading.sentence_of[word] == sentence:
        if reading.lower[word] in _COMPARING:
            return True
        word -= 1
    return False


def _contribution(reading: Reading) -> int:
    """Where the abstract begins to speak of its own work; the start if it never does."""
    for index in range(reading.title_words, len(reading.lower)):
        word = reading.lower[index]
        if word in OURS or (word == "this" and index + 1 < len(reading.lower) and reading.lower[index + 1] in THIS):
            return reading.sentences[reading.sentence_of[index]][0]
    return 0
