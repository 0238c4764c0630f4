"""``kg build``."""

from collections import Counter
from pathlib import Path

import click

from kg.cli.options import EXTRACTORS, FORMAT, INPUTS, MIN_SCORE, ONTOLOGY, OUTPUT, names, verbosity
from kg.cli.progress import ProgressReport
from kg.pipeline import BuildOptions, BuildReport, OutputOptions, build


@click.command("build")
@INPUTS
@OUTPUT
@ONTOLOGY
@FORMAT
@click.option("--jobs", type=click.IntRange(min=0), default=0, help="Worker processes; 0 takes one a core.")
@MIN_SCORE
@EXTRACTORS
@click.option(
    "--overrides",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of names to join or to keep apart; it always wins.",
)
@click.option("--formats", default="", metavar="NAMES", help="Write only these outputs (comma-separated).")
@click.option(
    "--provenance",
    type=click.Choice(["none", "compact", "full"]),
    default="compact",
    show_default=True,
    help="Evidence in RDF: none, a statement each, or with Web Annotation selectors too. The store has what RDF has.",
)
@click.option(
    "--html-top", type=click.IntRange(min=0), default=0, help="Only the strongest N nodes on the page; 0: all."
)
@click.option("--html-focus", default="", metavar="NAME", help="A page about one thing and what is near it.")
@click.option("--html-hops", type=click.IntRange(min=1), default=2, show_default=True, help="How near, in steps.")
@verbosity
def command(
    inputs: tuple[str, ...],
    folder: Path,
    ontology: tuple[Path, ...],
    overrides: tuple[Path, ...],
    extractors: str,
    formats: str,
    provenance: str,
    html_top: int,
    html_focus: str,
    html_hops: int,
    quiet: bool,
    verbose: bool,
    **settings: object,
) -> None:
    """Build the graph of the papers in INPUT (files, folders, globs, or - for standard input).

    Example: kg build papers.txt more/*.jsonl.gz -o output
    """
    options = BuildOptions(
        ontology=ontology,
        overrides=overrides,
        extractors=names(extractors),
        output=OutputOptions(names(formats), provenance, html_top, html_focus, html_hops),
        **settings,  # type: ignore[arg-type]
    )
    with ProgressReport(quiet=quiet) as progress:
        report = build(inputs, folder, options, progress)
    if not quiet:
        _say(report)
    if verbose:
        for item in report.rejections:
            click.echo(f"{item.where}: {item.stage}: {item.reason}: {item.value}", err=True)


def _say(report: BuildReport) -> None:
    numbers = report.counts
    kinds = [f"{numbers[key]:,} {key.removeprefix('nodes.')}" for key in numbers if key.startswith("nodes.")]
    click.echo(f"{numbers['papers']:,} papers, {numbers['nodes']:,} nodes, {numbers['assertions']:,} assertions")
    click.echo("  " + ", ".join(kinds))
    seconds = report.timings["extract"]
    if report.extracted:
        rate = report.extracted / max(seconds, 1e-9)
        click.echo(f"  {report.extracted:,} papers extracted in {seconds:.1f} s ({rate:.0f} papers per second)")
    kept = numbers["papers"] - report.extracted
    if kept > 0:
        click.echo(f"  {kept:,} papers known from an earlier run")
    stages = Counter(item.stage for item in report.rejections)
    if stages:
        left_out = ", ".join(f"{count:,} in {stage}" for stage, count in sorted(stages.items()))
        click.echo(f"  left out: {left_out} (reasons in {report.folder / 'report.json'})")
    page = "graph.html" if "graph.html" in report.written else report.written[0]
    click.echo(f"Open {report.folder / page}")
