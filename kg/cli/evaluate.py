"""``kg eval``."""

import json
import time
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from kg.cli.options import DEVICE, EXTRACTORS, MIN_SCORE, ONTOLOGY, names
from kg.errors import InputError
from kg.extract import load_extractor, to_record
from kg.ontology import load_ontology
from kg.read import read_into
from kg.scorecard import Ratio, count_paper, figures, intervals

_EMPTY: dict[str, Any] = {"entities": [], "links": [], "results": []}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("eval")
@click.argument("gold", type=_FILE)
@click.argument("papers", type=_FILE)
@ONTOLOGY
@MIN_SCORE
@EXTRACTORS
@DEVICE
@click.option("--errors", default=0, metavar="N", help="Also list the N most frequent errors of each kind.")
@click.option("--bootstrap", default=1000, show_default=True, metavar="N", help="Samples for intervals; 0: none.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    gold: Path,
    papers: Path,
    ontology: tuple[Path, ...],
    min_score: float,
    extractors: str,
    device: str,
    errors: int,
    bootstrap: int,
    as_json: bool,
) -> None:
    """Score the extractor on PAPERS, in any format that kg reads, against the annotations in GOLD (JSON Lines).

    They are joined by id; kg extract PAPERS shows the ids.

    Example: kg eval examples/papers.gold.jsonl examples/papers.jsonl --errors 10
    """
    wanted = _records(gold)
    known = load_ontology(ontology)
    extractor = load_extractor(known, extractors=names(extractors) or None, min_score=min_score, device=device)
    read = list(read_into([], [str(papers)]))  # of what is left out, the annotated papers are told
    _tell_unread(set(wanted) - {paper.id for paper in read}, wanted, papers)
    start = time.perf_counter()
    predicted = {annotated.paper.id: to_record(annotated) for annotated in extractor.annotate(read)}
    seconds = time.perf_counter() - start
    counted = [count_paper(predicted.get(key, _EMPTY), record) for key, record in wanted.items()]
    total: Counter[str] = Counter()
    for count, _ in counted:
        total.update(count)
    card = figures(total)
    bounds = intervals([count for count, _ in counted], samples=bootstrap) if bootstrap else {}
    rate = len(read) / max(seconds, 1e-9)
    if as_json:
        _say_json(card, bounds, len(wanted), rate)
    else:
        _say_table(card, bounds, len(wanted), rate)
        _say_errors([found for _, found in counted], errors)


def _records(file: Path) -> dict[str, dict[str, Any]]:
    records: dict[str, dict[str, Any]] = {}
    # not `splitlines`: a string of JSON may hold what that takes for a line break, U+2028 say
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
                records[record["id"]] = {"links": [], "results": []} | record
                count_paper(_EMPTY, records[record["id"]])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                reason = f"it has no {error}" if isinstance(error, KeyError) else str(error)
                raise InputError(f"{file}:{number}: not an annotation record ({reason})") from error
    if not records:
        raise InputError(f"{file}: no annotation record in it")
    return records


def _tell_unread(unread: Collection[str], wanted: Collection[str], papers: Path) -> None:
    """Say what is annotated and not there. Raises `InputError` if that is all."""
    if len(unread) == len(wanted):
        raise InputError(f"{papers}: no paper in it has the id of an annotated one, such as {min(unread)!r}")
    if unread:
        where = f"{len(unread):,} of {len(wanted):,} annotated papers are not in {papers}"
        click.echo(f"kg: warning: {where}; they count as if nothing were found", err=True)


def _say_json(card: Any, bounds: Any, papers: int, rate: float) -> None:
    shown: dict[str, Any] = {"papers": papers, "papers_per_second": round(rate, 1)}
    for name, value in card.items():
        key = name.replace(" ", "_")
        if isinstance(value, Ratio):
            shown[key] = {"p": round(value.precision, 4), "r": round(value.recall, 4), "f1": round(value.f1, 4)}
            shown[key]["gold"] = value.gold
        else:
            shown[key] = round(value, 4)
    shown["intervals"] = {name.replace(" ", "_"): [round(x, 4) for x in pair] for name, pair in bounds.items()}
    click.echo(json.dumps(shown, indent=1))


def _say_table(card: Any, bounds: Any, papers: int, rate: float) -> None:
    click.echo(f"{papers} papers, {rate:.0f} papers per second\n")
    click.echo(f"{'':22}{'precision':>10}{'recall':>9}{'F1':>8}   {'95 % interval':16}{'gold':>6}")
    for name, value in card.items():
        low, high = bounds.get(name, (None, None))
        interval = f"{low:.3f} - {high:.3f}" if low is not None else ""
        if isinstance(value, Ratio):
            cells = f"{value.precision:>10.3f}{value.recall:>9.3f}{value.f1:>8.3f}   {interval:16}{value.gold:>6}"
        else:
            cells = f"{value:>27.3f}   {interval}"
        click.echo(f"{name:22}{cells}".rstrip())


def _say_errors(errors: Any, most: int) -> None:
    for title, kind in (("found in error", "wrong"), ("missed", "missed")):
        total: Counter[tuple[str, str]] = Counter()
        for one in errors:
            total.update(getattr(one, kind))
        if most:
            click.echo(f"\n{title}")
        for (type_, name), times in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
            click.echo(f"{times:5d}  {type_:10}  {name}")
