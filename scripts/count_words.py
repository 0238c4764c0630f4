"""Count in how many papers each common word stands, for ``ontology/words.tsv``.

    python scripts/count_words.py LISTING... > ontology/words.tsv

Words are counted by their stems, once a paper. What fewer than one paper in 200 has is rare, and no row.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.data import Paper
from kg.read import read_papers
from kg.resolve.likeness import RAREST, stems


def main() -> None:
    """Print the table."""
    counts, total = Counter[str](), 0
    for item in read_papers(sys.argv[1:]):
        if isinstance(item, Paper):
            counts.update(stems(item.text))
            total += 1
    print("stem\tof_10000")
    for stem, papers in sorted(counts.items()):
        if papers >= RAREST * total:
            print(f"{stem}\t{round(10_000 * papers / total)}")


if __name__ == "__main__":
    main()
