"""Count, over annotated papers, how often things that begin or end in the same words are entities."""

import gzip
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.extract.describe import TYPES, Case
from kg.extract.model.wording import LEAST_THINGS, Wording, wordings
from kg.extract.model.words import phrase_key
from kg.files import atomic_binary
from scripts.train.gold import GoldPaper
from scripts.train.judge import FOLDS, answers

Tally = Counter[tuple[tuple[str, str], int]]
"""Things by wording and number of the type, 0 for none."""


def tallies(papers: Sequence[GoldPaper], known: Sequence[Case]) -> list[Tally]:
    """One tally for each fold of the papers."""
    counted: list[Tally] = [Counter() for _ in range(FOLDS)]
    for number, (paper, case) in enumerate(zip(papers, known, strict=True)):
        for group, (kind, _) in zip(case.groups, answers(paper, case), strict=True):
            for wording in wordings(phrase_key(group.name)):
                counted[number % FOLDS][wording, kind] += 1
    return counted


def wording_of(parts: Iterable[Tally]) -> Wording:
    """The table of some folds: to judge a paper from its own fold would tell the trees what they are to find."""
    total: Tally = sum(parts, Counter())
    found: dict[tuple[str, str], list[int]] = {}
    for (wording, kind), count in total.items():
        row = found.setdefault(wording, [0] * len(TYPES))
        row[kind] += count
    return Wording(
        {
            wording: (sum(row), sum(row[1:]), row[TYPES.index("Method")], row[TYPES.index("Task")])
            for wording, row in sorted(found.items())
            if sum(row) >= LEAST_THINGS and wording[1]
        }
    )


def held_out(counted: Sequence[Tally]) -> list[Wording]:
    """For each fold the table of the others."""
    return [wording_of(part for number, part in enumerate(counted) if number != fold) for fold in range(FOLDS)]


def write_wording(wording: Wording, path: Path) -> None:
    """Write the table that `kg.extract.model.wording.read_wording` reads."""
    lines = "".join(
        "\t".join([place, words, *map(str, counts)]) + "\n" for (place, words), counts in sorted(wording.counts.items())
    )
    with atomic_binary(path) as stream:
        stream.write(gzip.compress(lines.encode("utf-8"), compresslevel=9, mtime=0))
