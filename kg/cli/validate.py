"""``kg validate``."""

from collections import Counter
from pathlib import Path

import click

from kg.cli.options import ONTOLOGY, OUTPUT
from kg.cli.tables import counted


@click.command("validate")
@OUTPUT
@ONTOLOGY
@click.option("--shacl", is_flag=True, help="Check with pySHACL instead: slower, and a package more.")
@click.option("--most", default=50, show_default=True, metavar="N", help="Tell at most so many violations; 0: all.")
def command(folder: Path, ontology: tuple[Path, ...], shacl: bool, most: int) -> None:
    """Check a built graph against the shapes of its ontology; exit code 1 if anything violates them.

    The ontology is the one that the graph was built with; --ontology replaces its extensions.

    Example: kg validate -o output
    """
    from kg.ontology import built_ontology, load_ontology, shacl_report
    from kg.query import open_store, violations

    known = load_ontology(ontology) if ontology else built_ontology(folder)
    if shacl:
        report = shacl_report(folder / "graph.nt.gz", known)
        click.echo(report or "no violations")
        raise click.exceptions.Exit(1 if report else 0)
    found = violations(open_store(folder / "store"), known)
    for item in found[: most or None]:
        value = f" ({item.value[:80]!r})" if item.value else ""
        about = f"  in {item.paper}" if item.paper and item.paper != item.node else ""
        click.echo(f"{item.shape}: <{item.node}>: {item.message}{value}{about}")
    if found:
        counts = ", ".join(f"{count:,} of {shape}" for shape, count in sorted(Counter(v.shape for v in found).items()))
        click.echo(f"{counted(len(found), 'violation')}: {counts}", err=True)
        raise click.exceptions.Exit(1)
    click.echo("no violations")
