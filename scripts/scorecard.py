"""Write docs/scorecard.md: how accurate the extractor is on annotated papers, and how fast.

    scripts/scorecard.py GOLD_FOLDER [--out docs/scorecard.md]

GOLD_FOLDER holds pairs NAME.gold.jsonl and NAME.papers.jsonl; they are scored as one set, with the rules alone, the
model alone and both together. Figures are those of `kg eval`, with bootstrap intervals over papers.
"""

import argparse
import platform
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from kg.data import Paper
from kg.extract import EXTRACTORS, load_extractor, to_record
from kg.files import atomic_text
from kg.ontology import load_ontology
from kg.read import read_papers
from kg.scorecard import TYPES, Ratio, count_paper, figures, intervals

ROWS = ("entities", *TYPES, "untyped", "links", "results", "role accuracy", "surface form recall", "introduced recall",
        "introduced with role")  # fmt: skip
CHOICES = "[a few choices](explanation/limits.md#how-clean-the-figures-are)"
EMPTY = {"entities": [], "links": [], "results": []}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/scorecard.md"))
    arguments = parser.parse_args()
    pairs = sorted(arguments.gold.glob("*.gold.jsonl"))
    papers, gold = [], {}
    for file in pairs:
        found = read_papers([str(file).replace(".gold.", ".papers.")])
        papers += [paper for paper in found if isinstance(paper, Paper)]
        gold |= {record["id"]: record for record in read_records(file)}
    rules = [name for name in EXTRACTORS if name != "model"]
    engines = {"rules and lexicon": rules}
    if "model" in EXTRACTORS:
        engines |= {"model": ["model"], "both (the default)": list(EXTRACTORS)}
    columns = {name: measure(names, papers, gold) for name, names in engines.items()}
    with atomic_text(arguments.out) as stream:
        stream.write(page(columns, [file.name.removesuffix(".gold.jsonl") for file in pairs], len(gold)))


def read_records(file: Path) -> list[dict[str, object]]:
    import json

    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(names: list[str], papers: list[Paper], gold: dict[str, object]) -> tuple[dict, dict, float]:
    """Figures, intervals and papers per second of one set of extractors, in one process."""
    extractor = load_extractor(load_ontology(), extractors=names)
    list(extractor.annotate(papers[:8]))
    start = time.perf_counter()
    predicted = {annotated.paper.id: to_record(annotated) for annotated in extractor.annotate(papers)}
    rate = len(papers) / (time.perf_counter() - start)
    counts = [count_paper(predicted.get(key, EMPTY), record)[0] for key, record in gold.items()]
    return figures(sum(counts, Counter())), intervals(counts), rate


def page(columns: dict[str, tuple[dict, dict, float]], sets: list[str], papers: int) -> str:
    names = list(columns)
    lines = [
        "# Scorecard",
        "",
        f"{papers} annotated papers ({', '.join(sets)}) that nothing was trained on; {CHOICES} were made after looking "
        "at figures on them. F1 where a thing has precision and recall, with 95 % bootstrap intervals over papers; "
        "precision and recall in brackets.",
        "",
        f"| | {' | '.join(names)} |",
        f"|---|{'---|' * len(names)}",
    ]
    for row in ROWS:
        cells = [cell(columns[name][0][row], columns[name][1][row]) for name in names]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    lines.append(f"| papers per second, one process | {' | '.join(f'{columns[name][2]:.0f}' for name in names)} |")
    versions = ", ".join(f"{name} {version(name)}" for name in ("spacy", "onnxruntime", "numpy"))
    machine = f"{platform.machine()}, Python {platform.python_version()}, {versions}"
    lines += ["", f"Made by `scripts/scorecard.py` on {machine}.", ""]
    return "\n".join(lines)


def cell(value: Ratio | float, bounds: tuple[float, float]) -> str:
    interval = f"{bounds[0]:.3f}-{bounds[1]:.3f}"
    if isinstance(value, Ratio):
        return f"**{value.f1:.3f}** {interval} ({value.precision:.2f}, {value.recall:.2f})"
    return f"**{value:.3f}** {interval}"


if __name__ == "__main__":
    main()
