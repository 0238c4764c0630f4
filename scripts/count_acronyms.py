"""Count what acronyms stand for in listings of papers, for ``ontology/acronyms.tsv``.

    python scripts/count_acronyms.py LISTING... > ontology/acronyms.tsv

A pair counts once a paper, where a long form with these initials stands before the bracketed short form. Long forms
that differ in spelling only are one row under their most frequent spelling; rows of one paper are left out.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.data import Paper
from kg.normalize import SMALL_WORDS, compact, is_short_for
from kg.read import read_papers

_PAIR = re.compile(r"((?:[\w'/+-]+ ){1,8})\(([A-Za-z][\w+-]{1,9}?)s?\)")
_LEAST = 2


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Short and long forms that a text states: the fewest words that spell the short form."""
    for match in _PAIR.finditer(text):
        words, short = match[1].split(), match[2]
        if sum(map(str.isupper, short)) > 1:
            longs = (" ".join(words[-count:]) for count in range(1, len(words) + 1))
            long = next((long for long in longs if is_short_for(short, long) and _begins_well(long)), "")
            if long:
                yield short, long


def _begins_well(long: str) -> bool:
    return long.split(maxsplit=1)[0].casefold() not in SMALL_WORDS


def count(papers: Iterable[Paper]) -> dict[tuple[str, str], Counter[str]]:
    """Spellings of the long forms by short form and compact long form."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for short, long in sorted(set(pairs(" ".join(paper.text.split())))):
            counts[short, compact(long)][long] += 1
    return counts


def main() -> None:
    """Print the table."""
    found = count(item for item in read_papers(sys.argv[1:]) if isinstance(item, Paper))
    print("short\tlong\tpapers")
    for (short, _), spellings in sorted(found.items(), key=lambda item: (item[0][0], -item[1].total(), item[0][1])):
        if spellings.total() >= _LEAST:
            best = max(spellings, key=lambda spelling: (spellings[spelling], spelling))
            print(f"{short}\t{best}\t{spellings.total()}")


if __name__ == "__main__":
    main()
