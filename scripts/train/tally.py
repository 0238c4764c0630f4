"""Count, over annotated papers, how often each phrase is written and how often it is an entity of which type."""

import gzip
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.extract.model.known import LEAST_WRITTEN, Known
from kg.files import atomic_binary
from scripts.train.examples import Prepared
from scripts.train.gold import TYPES, GoldPaper
from scripts.train.score import gold_of


def own_types(paper: GoldPaper) -> dict[str, int]:
    """Key → type number of the paper's own entities."""
    return {key: TYPES.index(kind) for key, (kind, _, _) in gold_of(paper).items()}


def tally(papers: Sequence[GoldPaper], prepared: Sequence[Prepared]) -> Known:
    """Counts of phrases that `LEAST_WRITTEN` papers write and at least one takes for an entity."""
    entities: dict[str, Counter[int]] = {}
    for paper in papers:
        for key, kind in own_types(paper).items():
            entities.setdefault(key, Counter())[kind] += 1
    written: Counter[str] = Counter()
    for ready in prepared:
        written.update(entities.keys() & set(ready.spans.keys))
    return Known(
        {
            key: (written[key], *(kinds[number] for number in range(1, len(TYPES))))
            for key, kinds in sorted(entities.items())
            if written[key] >= LEAST_WRITTEN
        }
    )


def write_known(known: Known, path: Path) -> None:
    """Write the table that `kg.extract.model.known.read_known` reads."""
    lines = "".join("\t".join([key, *map(str, counts)]) + "\n" for key, counts in sorted(known.counts.items()))
    with atomic_binary(path) as stream:
        stream.write(gzip.compress(lines.encode("utf-8"), compresslevel=9, mtime=0))
