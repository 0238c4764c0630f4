"""Model card and data card as pages: the first as it lies beside the model, the second with counts of the files."""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODEL_CARD = ROOT / "kg" / "extract" / "model" / "data" / "MODEL_CARD.md"
TEMPLATE = ROOT / "scripts" / "docs_data_card.md"
ANNOTATIONS = ROOT / "scripts" / "annotations"
ONTOLOGY = ROOT / "ontology"
EXAMPLES = ROOT / "examples" / "papers.gold.jsonl"


def model_card() -> str:
    """The card beside the model; the path is named so that nobody edits the page."""
    text = MODEL_CARD.read_text(encoding="utf-8").rstrip()
    return f"{text}\n\nThis page is `{MODEL_CARD.relative_to(ROOT).as_posix()}`.\n"


def data_card() -> str:
    """The data card with its counts."""
    extra = list(_records(sorted(ANNOTATIONS.glob("*.gold.jsonl"))))
    examples = list(_records([EXAMPLES]))
    return TEMPLATE.read_text(encoding="utf-8").format(
        shipped="\n".join(_shipped()),
        extra_papers=f"{len(extra):,}",
        example_papers=len(examples),
        types="\n".join(_types(extra, examples)),
    )


def _shipped() -> Iterable[str]:
    for file in sorted((ONTOLOGY / "lexicon").glob("*.tsv")):
        rows = _rows(file)
        aliases = sum(len(row["aliases"].split("|")) for row in rows if row["aliases"])
        yield f"| `ontology/lexicon/{file.name}` | {len(rows):,} | names, with {aliases:,} aliases |"
    acronyms = len(_rows(ONTOLOGY / "acronyms.tsv"))
    yield f"| `ontology/acronyms.tsv` | {acronyms:,} | short forms with what papers write them out as |"
    words = len(_rows(ONTOLOGY / "words.tsv"))
    yield f"| `ontology/words.tsv` | {words:,} | stems of common words, with how many of 10,000 papers have them |"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def _records(files: Iterable[Path]) -> Iterable[dict[str, list[dict[str, str]]]]:
    for file in files:
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def _types(*sets: list[dict[str, list[dict[str, str]]]]) -> Iterable[str]:
    counted = [Counter(entity["type"] for record in records for entity in record["entities"]) for records in sets]
    for type_ in sorted(set().union(*counted), key=lambda name: (-counted[0][name], name)):
        yield f"| {type_} | {' | '.join(f'{counts[type_]:,}' for counts in counted)} |"
