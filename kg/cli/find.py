"""``kg find``."""

from pathlib import Path

import click

from kg.cli.options import OUTPUT
from kg.cli.tables import render
from kg.ontology import load_ontology
from kg.query import SearchIndex


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@OUTPUT
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Only nodes of this type. May be given several times."
)
@click.option("--limit", type=click.IntRange(min=1), default=15, show_default=True, help="Hits of each kind.")
def command(words: tuple[str, ...], folder: Path, types: tuple[str, ...], limit: int) -> None:
    """Find nodes by name or alias, typing errors forgiven, and papers by words of their title or sentences.

    Example: kg find contrastve lerning
    """
    text = " ".join(words)
    with SearchIndex(folder / "search.sqlite", load_ontology().base) as index:
        hits = [hit for hit in index.names(text, types=types, limit=limit) if hit.score >= 0.5]
        quoted = index.texts(text, limit=limit) if not types else []
    if hits:
        click.echo(render(("name", "type", "matched", "id"), [(h.name, h.type, h.matched, h.id) for h in hits]))
    if quoted:
        click.echo("" if not hits else "\nIn titles and sentences")
        click.echo(render(("of", "words"), [(hit.name, hit.matched) for hit in quoted]))
    if not hits and not quoted:
        click.echo(f"nothing like {text!r}")
