"""``kg info``."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from kg.cli.options import OUTPUT
from kg.cli.tables import counted
from kg.errors import StoreError
from kg.normalize import normalize


@click.command("info")
@OUTPUT
@click.option("--merges", metavar="NAME", help="Show what was joined under a name, and why.")
@click.option("--rejections", is_flag=True, help="List everything that was left out, with reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def command(folder: Path, merges: str | None, rejections: bool, as_json: bool) -> None:
    """Show counts, merges, rejections and versions of a build.

    Example: kg info -o output --merges "large language models"
    """
    report = _read(folder / "report.json")
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    elif merges:
        _say_merges(report, merges)
    elif rejections:
        for item in report["rejections"]:
            click.echo(f"{item['where']}: {item['stage']}: {item['reason']}: {item['value']}")
    else:
        _say_counts(report)


def _read(file: Path) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise StoreError(f"{file} does not exist; build first: kg build INPUT -o {file.parent}") from error
    except ValueError as error:
        raise StoreError(f"{file} is damaged ({error}); build again") from error
    return report


def _say_counts(report: dict[str, Any]) -> None:
    for name, count in report["counts"].items():
        click.echo(f"{name:32} {count:>12,}")
    reasons = Counter(f"{item['stage']}: {item['reason']}" for item in report["rejections"])
    if reasons:
        click.echo("\nLeft out")
        for reason, count in reasons.most_common(10):
            click.echo(f"{count:>8,}  {reason}")
    click.echo("\nVersions")
    for name, value in report["versions"].items():
        click.echo(f"{name:32} {value:>12}")
    click.echo("\nSeconds")
    for stage, seconds in report["timings"].items():
        click.echo(f"{stage:32} {seconds:>12.2f}")


def _say_merges(report: dict[str, Any], name: str) -> None:
    key = normalize(name)
    ids = {item["entity"] for item in report["merges"] if normalize(item["name"]) == key}
    ids |= {item["entity"] for item in report["merges"] if item["entity"] == name}
    if not ids:
        raise StoreError(f"no merge concerns {name!r}")
    for entity in sorted(ids):
        click.echo(entity)
        for item in report["merges"]:
            if item["entity"] == entity:
                click.echo(f"  {item['name']}  ({counted(item['papers'], 'paper')}): {item['reason']}")
