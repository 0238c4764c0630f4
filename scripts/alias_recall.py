"""Measure how well the spellings of one thing are joined where the spellings themselves are given.

    python scripts/alias_recall.py GOLD.jsonl PAPERS.jsonl [GOLD PAPERS ...] [--rules] [--errors N]

Every surface form that the gold has for a paper is a mention, with the gold's type, wherever it stands in the text;
which of them are one thing is for the package to say: explained acronyms, lexicon, the trees of the trained model that
judge pairs (not with ``--rules``), then `kg.extract.group`. The groups are scored as extracted entities would be:
"surface form recall" is that of `kg eval`. Joins are counted in pairs of forms too, as joining everything would please
the recall: right where the gold has both in one entity, wrong where it has them apart.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.data import Mention, Paper
from kg.extract.decide import Same
from kg.extract.group import Group, Grouper
from kg.extract.lexicon import LexiconExtractor
from kg.extract.mentions import AcronymExtractor
from kg.extract.model.clusters import Cluster, cluster_spans
from kg.extract.model.merge import merge_clusters
from kg.extract.model.runtime import SpanModel, load_model
from kg.extract.model.spans import Spans, candidate_spans
from kg.extract.model.words import Words, split_words
from kg.extract.reading import Reading, read
from kg.ontology import load_ontology
from kg.scorecard import count_paper, surface_key

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Joins:
    """Pairs of forms joined rightly and wrongly, and those that should have been."""

    right: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]


def gold_mentions(reading: Reading, record: Record) -> list[Mention]:
    """Where the gold's forms stand: all places of the longer ones first; one that only stands inside another, there."""
    forms = {form: entity for entity in record["entities"] for form in (entity["name"], *entity["aliases"])}
    taken: set[int] = set()
    mentions = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        places = list(_places(reading.text, form))
        free = [place for place in places if taken.isdisjoint(range(*place))] or places[:1]
        for start, end in free:
            taken.update(range(start, end))
            entity = forms[form]
            mentions.append(Mention(start, end, form, entity["type"], entity["role"], 1.0, ("model",)))
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _places(text: str, form: str) -> Iterator[tuple[int, int]]:
    whole = re.compile(r"(?<![^\W_])" + re.escape(form) + r"(?![^\W_])")
    found = [match.span() for match in whole.finditer(text)] or [
        match.span() for match in re.finditer(re.escape(form), text)
    ]
    yield from found


class Joiner:
    """The package's way from mentions to things."""

    def __init__(self, model: SpanModel | None) -> None:
        ontology = load_ontology()
        self._explained = (AcronymExtractor(ontology), LexiconExtractor(ontology))
        self._grouper = Grouper(ontology)
        self._model = model

    def groups(self, reading: Reading, mentions: Sequence[Mention]) -> list[Group]:
        """The things that the mentions name."""
        proposed = [proposal for extractor in self._explained for proposal in extractor.propose(reading)]
        same = [proposal for proposal in proposed if isinstance(proposal, Same)]
        known = {
            (proposal.start, proposal.end)
            for proposal in proposed
            if isinstance(proposal, Mention) and "lexicon" in proposal.extractors
        }
        if self._model:
            same += model_pairs(self._model, reading, mentions)
        told = [
            replace(mention, extractors=("lexicon", "model")) if (mention.start, mention.end) in known else mention
            for mention in mentions
        ]
        return self._grouper.group(reading, told, same)


def model_pairs(model: SpanModel, reading: Reading, mentions: Sequence[Mention]) -> list[Same]:
    """Which forms the model joins, among the mentions alone."""
    title = reading.paper.title
    words = split_words(title, reading.text[len(title) + 1 :])
    spans = candidate_spans(words, model.corpus.phrases)
    row_of = {
        (words.starts[first], words.ends[last]): row
        for row, (first, last) in enumerate(zip(spans.first.tolist(), spans.last.tolist(), strict=True))
    }
    chosen = sorted({row_of[span] for mention in mentions if (span := (mention.start, mention.end)) in row_of})
    if not chosen:
        return []
    scores = model.score(words, spans)
    clusters = cluster_spans(words, spans, chosen)
    merged = merge_clusters(words, spans, scores, clusters, model.corpus, model.pair_trees)
    return [pair for cluster in merged for pair in _pairs(words, spans, cluster)]


def _pairs(words: Words, spans: Spans, cluster: Cluster) -> Iterator[Same]:
    forms = [words.text[words.starts[int(spans.first[row])] : words.ends[int(spans.last[row])]] for row in cluster.rows]
    yield from (Same(forms[0], form) for form in dict.fromkeys(forms[1:]) if form != forms[0])


def joins(record: Record, groups: Sequence[Group]) -> Joins:
    """Pairs of the gold's forms, by what the groups and the gold say of them."""
    wanted = _numbered((entity["name"], *entity["aliases"]) for entity in record["entities"])
    found = _numbered((group.name, *group.aliases) for group in groups)
    pairs: dict[tuple[bool, bool], list[tuple[str, str]]] = {}
    for one, other in combinations(wanted, 2):
        ours = bool(found.get(one, set()) & found.get(other, set()))
        pairs.setdefault((ours, bool(wanted[one] & wanted[other])), []).append((one, other))
    return Joins(*(tuple(pairs.get(which, ())) for which in ((True, True), (True, False), (False, True))))


def _numbered(things: Iterator[tuple[str, ...]]) -> dict[str, set[int]]:
    numbers: dict[str, set[int]] = {}
    for number, forms in enumerate(things):
        for form in forms:
            numbers.setdefault(surface_key(form), set()).add(number)
    return numbers


def records(path: Path) -> list[Record]:
    """Records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="gold and papers, in turn")
    parser.add_argument("--rules", action="store_true", help="leave out the trained model")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="list the first N pairs of each kind of error"
    )
    arguments = parser.parse_args()
    if len(arguments.files) % 2:
        parser.error("each gold file needs its file of papers")
    joiner = Joiner(None if arguments.rules else load_model())
    total: Counter[str] = Counter()
    errors: dict[str, list[str]] = {"joined wrongly": [], "left apart": []}
    for gold, papers in zip(arguments.files[::2], arguments.files[1::2], strict=True):
        texts = {record["id"]: record for record in records(papers)}
        for record in records(gold):
            reading = read(Paper(record["id"], texts[record["id"]]["title"], texts[record["id"]]["abstract"]))
            groups = joiner.groups(reading, gold_mentions(reading, record))
            total += paper_counts(record, groups)
            pairs = joins(record, groups)
            total += Counter(right=len(pairs.right), wrong=len(pairs.wrong), missed=len(pairs.missed))
            for kind, listed in (("joined wrongly", pairs.wrong), ("left apart", pairs.missed)):
                errors[kind] += [f"{record['id']}\t{one}\t{other}" for one, other in listed]
    report(total, {kind: listed[: arguments.errors] for kind, listed in errors.items()})


def paper_counts(record: Record, groups: Sequence[Group]) -> Counter[str]:
    """The scorecard's counts of one paper."""
    found = [{"type": g.type, "name": g.name, "aliases": list(g.aliases), "role": ""} for g in groups]
    return count_paper({"entities": found, "links": [], "results": []}, record)[0]


def report(total: Counter[str], errors: dict[str, list[str]]) -> None:
    """Print the sums and the listed errors."""
    joined = total["right"] + total["wrong"]
    print(f"papers\t{total['papers']}")
    print(f"surface form recall\t{total['forms found'] / max(1, total['forms']):.4f}")
    print(f"entities found\t{total['hit'] / max(1, total['gold']):.4f}")
    print(f"pairs joined rightly\t{total['right']}")
    print(f"pairs joined wrongly\t{total['wrong']}\tprecision {total['right'] / max(1, joined):.4f}")
    print(
        f"pairs left apart\t{total['missed']}\trecall {total['right'] / max(1, total['right'] + total['missed']):.4f}"
    )
    for kind, listed in errors.items():
        for line in listed:
            print(f"{kind}\t{line}")


if __name__ == "__main__":
    main()
