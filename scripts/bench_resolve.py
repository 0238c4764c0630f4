"""Measure the resolver on names that no lexicon knows: time and memory against the number of distinct names.

    python scripts/bench_resolve.py [--names 12500 25000 50000 100000] [--seed 7]

Each size runs in a process of its own, so that memory is that of one run. Names are made up from syllables and real
modifiers and heads, eight to a paper; a third are acronyms, of which some papers state one of several meanings.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wu za che dri plo stra".split()
_MODIFIERS = "adaptive sparse neural causal robust latent visual graph temporal online hybrid fast".split()
_HEADS = "learning distillation network segmentation model generation alignment retrieval pruning detection".split()
_TYPES = ("Method", "Method", "Method", "Model", "Task", "Dataset", "Benchmark", "Metric")
_PER_PAPER = 8


def names(count: int, chance: random.Random) -> Iterator[str]:
    """Distinct names: coined words, phrases, acronyms, versions."""
    seen: set[str] = set()
    while len(seen) < count:
        word = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3)))
        phrase = f"{chance.choice(_MODIFIERS)} {word} {chance.choice(_HEADS)}"
        letters = "".join(chance.choices("ABCDEFGHIKLMNOPRSTUVW", k=chance.randint(3, 6)))
        name = chance.choice([word.title() + "Net", phrase, letters, f"{word.title()}-{chance.randint(1, 70)}B"])
        if name not in seen:
            seen.add(name)
            yield name


def measure(count: int, seed: int) -> dict[str, float]:
    """Seconds and peak memory of one run over `count` distinct names, each in one to three papers."""
    from kg.data import Acronym, AnnotatedPaper, Paper, PaperEntity
    from kg.ontology import load_ontology
    from kg.resolve import resolve

    chance = random.Random(seed)
    pool = list(names(count, chance))
    used = [name for name in pool for _ in range(chance.randint(1, 3))]
    chance.shuffle(used)
    papers = []
    for start in range(0, len(used), _PER_PAPER):
        own = used[start : start + _PER_PAPER]
        entities = tuple(PaperEntity(chance.choice(_TYPES), name, (), "uses", 1.0, ()) for name in own)
        pairs = tuple(
            Acronym(name, _expanded(name, chance)) for name in own if name.isupper() and chance.random() < 0.3
        )
        text = " ".join(chance.choices(pool, k=25))
        papers.append(AnnotatedPaper(Paper(str(start), "A paper", text), (), (), entities, pairs, (), (), ()))
    ontology = load_ontology()
    before, started = _peak(), time.process_time()
    resolution = resolve(papers, ontology)
    seconds = time.process_time() - started
    return {
        "names": count, "papers": len(papers), "entities": len(resolution.entities),
        "cpu_seconds": round(seconds, 2), "peak_mb": _peak(), "mb_before": before,
    }  # fmt: skip


def _expanded(short: str, chance: random.Random) -> str:
    return " ".join(letter.lower() + chance.choice(_SYLLABLES) for letter in short)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the curve: what each doubling costs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, nargs="+", default=[12_500, 25_000, 50_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one, args.seed)))
        return
    print(f"{'names':>8} {'papers':>8} {'nodes':>8} {'CPU s':>8} {'peak MB':>8} {'µs/name':>8}")
    for count in args.names:
        command = [sys.executable, __file__, "--one", str(count), "--seed", str(args.seed)]
        row = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        each = row["cpu_seconds"] / count * 1e6
        cells = (row["papers"], row["entities"])
        print(f"{count:8d} {cells[0]:8d} {cells[1]:8d} {row['cpu_seconds']:8.2f} {row['peak_mb']:8d} {each:8.0f}")


if __name__ == "__main__":
    main()
