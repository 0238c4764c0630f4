"""``kg find``."""

from pathlib import Path

import click

from kg.cli.options import OUTPUT
from kg.cli.tables import render
from kg.ontology import built_ontology
from kg.query import Hit, SearchIndex, with_subtypes


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@OUTPUT
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="Only nodes of this type or under it. May repeat.",
)
@click.option("--limit", type=click.IntRange(min=1), default=15, show_default=True, help="Hits of each kind.")
def command(words: tuple[str, ...], folder: Path, types: tuple[str, ...], limit: int) -> None:
    """Find nodes by name or alias, typing errors forgiven, and papers by words of their title or sentences.

    Example: kg find contrastve lerning
    """
    text = " ".join(words)
    ontology = built_ontology(folder)
    with SearchIndex(folder / "search.sqlite", ontology.base) as index:
        hits, quoted = index.find(text, types=with_subtypes(ontology, types), limit=limit)
    if hits:
        click.echo(render(("name", "type", "papers", "id", "also called"), [_row(hit) for hit in hits]))
    if quoted:
        click.echo(("\n" if hits else "") + "In titles and sentences:")
        click.echo(render(("of", "words"), [(hit.name, hit.matched) for hit in quoted]))
    if not hits and not quoted:
        click.echo(f"nothing like {text!r}")


def _row(hit: Hit) -> tuple[str, str, str, str, str]:
    """Name, type, papers and id, and what fitted if it is another name, or what tells it from others of its name."""
    also = hit.meaning if hit.matched.casefold() == hit.name.casefold() else hit.matched
    return hit.name, hit.type, f"{hit.papers:,}", hit.id, also
