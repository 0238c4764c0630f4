"""``kg diff``."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.tables import counted
from kg.pipeline.compare import compare

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("diff")
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.option("--limit", type=click.IntRange(min=0), default=40, show_default=True, help="Lines of each kind; 0: all.")
@click.option("--json", "as_json", is_flag=True, help="Print every change as a line of JSON.")
def command(old: Path, new: Path, limit: int, as_json: bool) -> None:
    """Show what the build in NEW adds, drops and changes against the build in OLD.

    Example: kg diff output-march output-april
    """
    changes = compare(old, new)
    if as_json:
        for change in changes:
            click.echo(json.dumps(asdict(change), ensure_ascii=False))
        return
    counts = Counter((change.kind, change.what) for change in changes)
    if not changes:
        click.echo("no difference")
    for (kind, what), count in sorted(counts.items()):
        click.echo(f"{counted(count, kind)} {what}")
        shown = [change for change in changes if (change.kind, change.what) == (kind, what)]
        for change in shown[:limit] if limit else shown:
            click.echo(f"  {change.name}" + (f"  ({change.detail})" if change.detail else ""))
        if limit and count > limit:
            click.echo(f"  … and {count - limit:,} more; --limit 0 shows all")
