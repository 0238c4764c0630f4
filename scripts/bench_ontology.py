"""How long an ontology of 50,000 names takes to load, and how much it slows extraction.

    python scripts/bench_ontology.py PAPERS [COUNT]

PAPERS is a listing; its first COUNT papers (default 1,000) are extracted with and without the names, in turn, and the
best of three runs of each counts. The names are made up, so that both runs find the same things.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from kg.data import Paper
from kg.extract import load_extractor
from kg.ontology import Ontology, load_ontology
from kg.read import read_papers

_NAMES = 50_000
_SYLLABLES = "ba cor dex fir gan hel ix jor kal lum mor nex or pra qui ros".split()


def write_names(file: Path) -> None:
    """A table of made-up names of one to three words, a third of them with an alias."""
    chance = random.Random(7)
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("name,aliases,type\n")
        for number in range(_NAMES):
            words = ["".join(chance.choices(_SYLLABLES, k=3)).capitalize() for _ in range(1 + number % 3)]
            alias = f"{words[0][:2].upper()}{number}" if number % 3 == 0 else ""
            stream.write(f"{' '.join(words)} {number},{alias},{('Method', 'Dataset', 'Task')[number % 7 % 3]}\n")


def seconds(papers: list[Paper], extractor: object) -> float:
    """Processor time to extract all papers, which other work on the machine disturbs less."""
    start = time.process_time()
    for _ in extractor.annotate(papers):
        pass
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    papers = [found for found in read_papers([sys.argv[1]]) if isinstance(found, Paper)][:count]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "names.csv"
        write_names(file)
        load_ontology()  # the built-in part is kept by the process
        start = time.perf_counter()
        large: Ontology = load_ontology([file])
        print(f"loaded {sum(term.extension for term in large.terms):,} names in {time.perf_counter() - start:.2f} s")
    extractors = {"built-in": load_extractor(load_ontology()), "with 50,000 names": load_extractor(large)}
    best = dict.fromkeys(extractors, float("inf"))
    for _ in range(3):
        for name, extractor in extractors.items():
            best[name] = min(best[name], seconds(papers, extractor))
    for name, least in best.items():
        print(f"{name}: {len(papers) / least:.0f} papers per second of processor time")
    plain, slowed = best.values()
    print(f"slower by {100 * (slowed / plain - 1):.1f} %")


if __name__ == "__main__":
    main()
