"""``kg build``."""

import shlex
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import click

from kg.cli.options import DEVICE, EXTRACTORS, FORMAT, LIMITS, MIN_SCORE, ONTOLOGY, OUTPUT, names, verbosity
from kg.cli.progress import ProgressReport
from kg.cli.tables import counted, fitted
from kg.errors import KgError
from kg.extras import how_to_install
from kg.pipeline import BuildOptions, BuildReport, OutputOptions, build
from kg.pipeline.outputs import left_over
from kg.pipeline.watch import watch

_MANY = 200  # papers; of fewer, the time is that of loading


def _date(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """A date to the precision given, in ISO 8601 with hyphens."""
    part = len(value) in (0, 4, 7)
    try:
        found = date.fromisoformat(value + "0001-01-01"[len(value) :] if part else value).isoformat()
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no date; write 2025, 2025-06 or 2025-06-30") from error
    return found[: len(value)] if part else found


@click.command("build")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@OUTPUT
@ONTOLOGY
@FORMAT
@click.option("--since", default="", metavar="DATE", callback=_date, help="Only papers of this date and later.")
@click.option(
    "--watch",
    "watched",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Read the files of this folder too, and build again whenever they have changed, until Ctrl-C.",
)
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="How often to look into the watched folder; it must look the same twice.",
)
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Worker processes; 0: as many as cores and memory carry."
)
@MIN_SCORE
@EXTRACTORS
@DEVICE
@LIMITS
@click.option(
    "--overrides",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of names to join or to keep apart; it always wins.",
)
@click.option(
    "--formats",
    default="",
    metavar="NAMES",
    help="Write only these outputs, such as html,ttl (comma-separated); any other word lists all.",
)
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
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a Spark cluster.",
)
@click.option("--master", default="", metavar="URL", help="The Spark cluster; empty: what Spark's own settings say.")
@verbosity
def command(
    inputs: tuple[str, ...],
    folder: Path,
    watched: Path | None,
    every: float,
    ontology: tuple[Path, ...],
    overrides: tuple[Path, ...],
    extractors: str,
    formats: str,
    provenance: str,
    html_top: int,
    html_focus: str,
    html_hops: int,
    engine: str,
    master: str,
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
    run = _on_spark(master) if engine == "spark" else build
    wanted = _wanted(inputs, watched, folder)

    def once() -> None:
        with ProgressReport(quiet=quiet) as progress:
            report = run(wanted, folder, options, progress)
        _tell(report, quiet=quiet, verbose=verbose)

    if watched is None:
        once()
    else:
        watch(watched, partial(_unless_refused, once), every=every)


def _wanted(inputs: tuple[str, ...], watched: Path | None, folder: Path) -> tuple[str, ...]:
    """All inputs, the watched folder among them."""
    if watched is None:
        if not inputs:
            raise click.UsageError("name at least one INPUT: a file, a folder, a glob or - (or --watch DIR)")
        return inputs
    if folder.resolve().is_relative_to(watched.resolve()):
        raise click.UsageError(f"{folder} lies in the watched folder {watched}; choose another -o")
    return (*inputs, str(watched))


def _unless_refused(once: Callable[[], None]) -> None:
    """A listing that cannot be read now may be whole the next time."""
    try:
        once()
    except KgError as error:
        click.echo(f"kg: {error}", err=True)


def _tell(report: BuildReport, *, quiet: bool, verbose: bool) -> None:
    if not quiet:
        _say(report)
    if verbose:
        for item in report.rejections:
            click.echo(f"{item.where}: {item.stage}: {item.reason}: {item.value}", err=True)


def _on_spark(master: str) -> Callable[..., BuildReport]:
    try:
        from kg.spark import build_on_spark
    except ImportError as error:
        raise KgError(f"the Spark engine needs more packages ({error}): {how_to_install('spark')}") from error
    return partial(build_on_spark, master=master)


def _say(report: BuildReport) -> None:
    numbers = report.counts
    kinds = [f"{numbers[key]:,} {key.removeprefix('nodes.')}" for key in numbers if key.startswith("nodes.")]
    click.echo(", ".join(counted(numbers[f"{one}s"], one) for one in ("paper", "node", "assertion")))
    click.echo(fitted(", ".join(kinds), "  ", "  "))
    if "shown" in numbers:
        of = f"{numbers['shown']:,} of {numbers['nodes']:,} nodes"
        click.echo(f"  page, GraphML and GEXF show the strongest {of}")
    seconds = report.timings["extract"]
    if report.extracted:
        rate = f" ({report.extracted / max(seconds, 1e-9):.0f} papers per second)" if report.extracted >= _MANY else ""
        click.echo(f"  {counted(report.extracted, 'paper')} extracted in {seconds:.1f} s{rate}")
    kept = numbers["papers"] - report.extracted
    if kept > 0:
        click.echo(f"  {counted(kept, 'paper')} known from an earlier run")
    stages = Counter(item.stage for item in report.rejections)
    if stages:
        left_out = ", ".join(f"{count:,} in {stage}" for stage, count in sorted(stages.items()))
        click.echo(f"  left out: {left_out}; why: kg info --rejections -o {shlex.quote(str(report.folder))}")
    if older := left_over(report.folder, report.written):
        click.echo(fitted(f"not written now, so of an earlier build: {', '.join(older)}", "  ", "  "))
    page = "graph.html" if "graph.html" in report.written else ""
    click.echo(f"Open {report.folder / page}")
