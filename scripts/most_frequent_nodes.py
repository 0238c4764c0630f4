"""List the most frequent entities of a build with the spellings that were joined in each, for review by eye.

python scripts/most_frequent_nodes.py BUILD_FOLDER [--count 200] > docs/most-frequent-nodes.md
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

_NOT_ENTITIES = frozenset(
    ("Paper", "Author", "Venue", "Repository", "HostedModel", "HostedDataset", "Demo", "Page", "Archive", "Result")
)
_SPELLINGS = 6
_INTRODUCTION = """# The most frequent nodes

The {count} entities that most of the {papers:,} papers of a build name, with the spellings joined in each and in how
many papers they stand (spellings that differ in case only are counted as one). Made by
`scripts/most_frequent_nodes.py`; read by eye for two nodes that are one thing and for nodes that mix two. What is left
of both is listed at the end.

| papers | node | type | name | joined spellings |
| ---: | --- | --- | --- | --- |"""
_REVIEW = Path(__file__).with_name("most_frequent_nodes.review.md")


def spellings(folder: Path) -> dict[str, list[tuple[str, int]]]:
    """Spellings by node, most frequent first."""
    merges = json.loads((folder / "report.json").read_text(encoding="utf-8"))["merges"]
    counts: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for merge in merges:
        form = " ".join(merge["name"].split())
        counts[merge["entity"]][form.casefold()][form] += merge["papers"]
    return {
        node: sorted(
            ((max(forms, key=lambda form: (forms[form], form)), forms.total()) for forms in folded.values()),
            key=lambda item: (-item[1], item[0]),
        )
        for node, folded in counts.items()
    }


def main() -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    args = parser.parse_args()
    with (args.folder / "tables" / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        nodes = list(csv.DictReader(stream))
    entities = [node for node in nodes if node["type"] not in _NOT_ENTITIES]
    entities.sort(key=lambda node: (-int(node["papers"] or 0), node["id"]))
    forms = spellings(args.folder)
    papers = sum(node["type"] == "Paper" for node in nodes)
    print(_INTRODUCTION.format(count=args.count, papers=papers))
    for node in entities[: args.count]:
        joined = [f"{form} ({number})" for form, number in forms.get(node["id"], ()) if form != node["label"]]
        more = [f"and {len(joined) - _SPELLINGS} more"] if len(joined) > _SPELLINGS else []
        cells = (
            node["papers"],
            f"`{node['id']}`",
            node["type"],
            node["label"],
            ", ".join([*joined[:_SPELLINGS], *more]),
        )
        print("| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |")
    if _REVIEW.exists():
        print(f"\n{_REVIEW.read_text(encoding='utf-8').strip()}")


if __name__ == "__main__":
    main()
