"""Turn annotations in shorthand into gold records and check them.

Shorthand is what an annotator writes while reading; a paper is a line with its id and one line for each thing::

    # 2401.01234
    M i | SAM 2 | Segment Anything Model 2      type, role | name | aliases
    L repository | https://github.com/owner/name
    R 93% | accuracy | CIFAR-10 | SAM 2          value | metric | on | by; ``-`` where the text does not say

Types: Method, Task, Dataset, Benchmark and X for a metric. Roles: introduces, uses, compares, mentions, evaluates,
trains, addresses, reports. Each by its first letter.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

_TYPES = {"M": "Method", "T": "Task", "D": "Dataset", "B": "Benchmark", "X": "Metric"}
_ROLES = {
    "Method": ("introduces", "uses", "compares", "mentions"),
    "Task": ("addresses", "mentions"),
    "Dataset": ("introduces", "evaluates", "trains", "mentions"),
    "Benchmark": ("introduces", "evaluates", "trains", "mentions"),
    "Metric": ("introduces", "reports", "mentions"),
}
_KINDS = ("repository", "model", "dataset", "demo", "page", "archive")

Record = dict[str, Any]


class ShorthandError(ValueError):
    """A line that cannot be read, or that says what its paper does not."""


@click.command(help=__doc__.splitlines()[0] if __doc__ else None)
@click.argument("shorthand", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("papers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("gold", type=click.Path(dir_okay=False, path_type=Path))
def main(shorthand: Path, papers: Path, gold: Path) -> None:
    """Write GOLD if SHORTHAND has no fault; else list its faults."""
    lines = papers.read_text(encoding="utf-8").splitlines()
    texts = {paper["id"]: f"{paper['title']}\n{paper['abstract']}" for paper in map(json.loads, lines)}
    faults: list[str] = []
    records = list(read_records(shorthand.read_text(encoding="utf-8").splitlines(), texts, faults))
    missing = sorted(texts.keys() - {record["id"] for record in records})
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    click.echo(f"{len(records)} papers, {len(faults)} faults, {len(missing)} papers missing: {' '.join(missing[:5])}")
    if faults:
        sys.exit(1)
    gold.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")


def read_records(lines: Iterable[str], texts: dict[str, str], faults: list[str]) -> Iterator[Record]:
    """Records in the order of the lines; what is wrong with a line is added to ``faults`` and the line left out."""
    record: Record | None = None
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line:
            continue
        try:
            if line.startswith("# "):
                if record:
                    yield record
                record = _new(line[2:].strip(), texts)
            elif record is None:
                raise ShorthandError("no paper yet")
            else:
                _add(line, record, texts[record["id"]])
        except ShorthandError as error:
            faults.append(f"line {number}: {error}: {line}")
    if record:
        yield record


def _new(paper_id: str, texts: dict[str, str]) -> Record:
    if paper_id not in texts:
        raise ShorthandError("unknown paper")
    return {"id": paper_id, "entities": [], "links": [], "results": []}


def _add(line: str, record: Record, text: str) -> None:
    head, *fields = (field.strip() for field in line.split("|"))
    letter, _, rest = head.partition(" ")
    if letter == "L":
        _add_link(rest, fields, record)
    elif letter == "R":
        _add_result([rest, *fields], record, text)
    elif letter in _TYPES and fields:
        _add_entity(_TYPES[letter], rest, fields, record, text)
    else:
        raise ShorthandError("not a line of shorthand")


def _add_entity(kind: str, letter: str, forms: list[str], record: Record, text: str) -> None:
    role = next((role for role in _ROLES[kind] if role[0] == letter), None)
    if role is None:
        raise ShorthandError(f"a {kind} has no role {letter!r}")
    known = {form.lower() for entity in record["entities"] for form in (entity["name"], *entity["aliases"])}
    for form in forms:
        if form not in text:
            raise ShorthandError(f"not in the text, letter for letter: {form!r}")
        if form.lower() in known:
            raise ShorthandError(f"twice: {form!r}")
        known.add(form.lower())
    record["entities"].append({"type": kind, "name": forms[0], "aliases": forms[1:], "role": role})


def _add_link(kind: str, fields: list[str], record: Record) -> None:
    if kind not in _KINDS or len(fields) != 1:
        raise ShorthandError("a link is: L kind | URL")
    record["links"].append({"url": fields[0], "kind": kind})


def _add_result(fields: list[str], record: Record, text: str) -> None:
    values = [None if field in ("", "-") else field for field in fields]
    if len(values) != len(("value", "metric", "on", "by")) or not values[0]:
        raise ShorthandError("a result is: R value | metric | on | by")
    for value in values:
        if value and value not in text:
            raise ShorthandError(f"not in the text, letter for letter: {value!r}")
    record["results"].append(dict(zip(("value", "metric", "on", "by"), values, strict=True)))


if __name__ == "__main__":
    main()
