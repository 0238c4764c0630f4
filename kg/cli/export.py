"""``kg export``."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import ONTOLOGY, OUTPUT, names
from kg.errors import ExportError

if TYPE_CHECKING:
    from kg.export import View

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@click.command("export")
@click.argument("format_name", metavar="FORMAT")
@OUTPUT
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="FILE", help="Write here instead of into DIR.")
@click.option(
    "--graph",
    type=click.Choice(["full", "entities", "papers", "cooccurrence", "bipartite"]),
    default="full",
    show_default=True,
    help="entities: entities and claims between them. cooccurrence: entities joined by shared papers. "
    "papers: papers joined by shared entities. bipartite: papers, entities and edges between the two.",
)
@click.option("--types", default="", metavar="NAMES", help="Only these types and those under them (comma-separated).")
@click.option("--years", default="", metavar="FIRST-LAST", help="Only what papers of these years say: 2020-2024, 2023.")
@click.option("--min-weight", type=click.IntRange(min=0), default=0, help="Only edges of at least so many papers.")
@click.option("--min-degree", type=click.IntRange(min=0), default=0, help="Only nodes with at least so many edges.")
@click.option("--top", type=click.IntRange(min=0), default=0, metavar="N", help="Only the N best connected nodes.")
@click.option("--strict", is_flag=True, help="GraphML and GEXF without concessions to Gephi: valid by their schemas.")
@ONTOLOGY
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(
    format_name: str,
    folder: Path,
    target: Path | None,
    graph: str,
    types: str,
    years: str,
    strict: bool,
    ontology: tuple[Path, ...],
    quiet: bool,
    **limits: int,
) -> None:
    """Write a built graph, or a part of it, in another format, without reading the papers again.

    FORMAT is one of graphml, gexf, csv, html, ttl, nt, jsonld, void, archive, and tinkerpop, parquet, neo4j, cypher,
    sqlite, node-link, cyjs, cx2, obsidian, which builds do not write by themselves.

    Example: kg export gexf --graph cooccurrence --min-weight 3 --to methods.gexf
    """
    from kg.export import EXPORTERS, View, read_graph, small_room, view, view_ontology
    from kg.ontology import built_ontology, load_ontology

    if format_name not in EXPORTERS:
        raise click.BadParameter(f"{format_name!r} is none of {', '.join(EXPORTERS)}", param_hint="FORMAT")
    exporter = EXPORTERS[format_name]
    write = exporter.strict if strict else exporter.write
    if write is None:
        raise click.BadParameter(f"{format_name} has one flavour only", param_hint="--strict")
    known = view_ontology(load_ontology(ontology) if ontology else built_ontology(folder))
    asked = View(graph, names(types), _years(years), **limits)
    part = view(read_graph(folder, small_room(folder)), known, asked)
    if not part.nodes:
        raise ExportError("nothing is left of the graph with these options; nothing was written")
    path = target or folder / _file(exporter.file, asked, strict=strict)
    write(part, known, path)
    if not quiet:
        click.echo(f"{path}: {len(part.nodes):,} nodes, {len(part.assertions):,} edges")
    if not part.assertions and graph == "bipartite" and types and "Paper" not in names(types):
        click.echo(
            "kg: note: no edge is left: --graph bipartite joins papers to things, so add Paper to --types", err=True
        )


def _years(value: str) -> tuple[int, int] | None:
    if not value:
        return None
    match = _YEARS.fullmatch(value)
    if match is None:
        raise click.BadParameter(f"{value!r} is neither a year nor FIRST-LAST", param_hint="--years")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise click.BadParameter(f"{value!r} ends before it begins", param_hint="--years")
    return first, last


def _file(name: str, asked: "View", *, strict: bool) -> str:
    """The build's own file for all of the graph; ``graph-entities.gexf`` beside it for a part.

    >>> from kg.export import View
    >>> _file("graph.gexf", View("entities"), strict=False), _file("tables/", View(top=9), strict=False)
    ('graph-entities.gexf', 'tables-part/')
    """
    from kg.export import View

    part = "" if asked == View() else f"-{asked.graph if asked.graph != 'full' else 'part'}"
    folder, slash, file = name.rpartition("/")
    if slash and not file:
        return f"{folder}{part}/"
    stem, dot, suffix = file.partition(".")
    return f"{folder}{slash}{stem}{part}{'-strict' if strict else ''}{dot}{suffix}"
