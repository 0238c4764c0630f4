"""``kg query``."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

import click

from kg.cli.options import OUTPUT
from kg.cli.tables import render
from kg.errors import QueryError
from kg.ontology import built_ontology, load_ontology
from kg.query import (
    Questions,
    SearchIndex,
    bind,
    gives_triples,
    load_file,
    named_queries,
    named_query,
    open_store,
    serialize,
    table,
)

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")
_NO_TERMINAL = 1000  # columns


@click.command("query")
@click.argument("query", required=False)
@click.option(
    "--file", "file", type=click.File(encoding="utf-8"), help="Read the query from a file; - for standard input."
)
@click.option("--name", help="Ask a named query; see --list.")
@click.option("--param", "parameters", multiple=True, metavar="NAME=VALUE", help="Value of a variable.")
@click.option("--list", "list_all", is_flag=True, help="List the named queries.")
@click.option("--show", is_flag=True, help="Print the text of the named query instead of asking it.")
@OUTPUT
@click.option(
    "--on", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Ask an RDF file instead of a build."
)
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="Default: table, or ttl for CONSTRUCT.")
@click.option("--limit", type=click.IntRange(min=0), default=1000, show_default=True, help="Rows in a table; 0: all.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    help="Seconds until the query is given up; 0: none.",
)
def command(
    query: str | None,
    file: TextIO | None,
    name: str | None,
    parameters: tuple[str, ...],
    list_all: bool,
    show: bool,
    folder: Path,
    on: Path | None,
    format_name: str | None,
    limit: int,
    timeout: float,
) -> None:
    """Ask a built graph in SPARQL 1.1. The prefixes of the ontology are declared already.

    Example: kg query "SELECT ?name WHERE { ?m a kg:Method ; skos:prefLabel ?name } LIMIT 10"
    """
    if list_all:
        _list()
        return
    if sum(source is not None for source in (query, file, name)) != 1:
        raise QueryError("give one query: as an argument, with --file or with --name (--list shows the names)")
    text = named_query(name).text if name else file.read() if file is not None else (query or "")
    if show:
        click.echo(text.strip())
        return
    if name and on:
        raise QueryError("a named query looks its parameters up in a build folder; --on takes query text only")
    with _deadline(timeout), ExitStack() as opened:
        ontology = load_ontology() if on else built_ontology(folder)
        store = load_file(on) if on else open_store(folder / "store")
        index = None if on else opened.enter_context(SearchIndex(folder / "search.sqlite", ontology.base))
        values = _pairs(parameters)
        if name and index:
            values = bind(named_query(name), values, index, ontology)
        _answer(Questions(store, ontology, index), text, values, format_name, limit)


def _answer(questions: Questions, text: str, values: dict[str, str], format_name: str | None, limit: int) -> None:
    results = questions.ask(text, values)
    for hint in questions.hints(text):
        click.echo(f"kg: note: {hint}", err=True)
    if format_name is None:
        format_name = "ttl" if gives_triples(results) else "table"
    if format_name != "table":
        sys.stdout.buffer.write(serialize(results, format_name, questions.prefixes))
        sys.stdout.buffer.flush()
        return
    found = table(results, questions, limit)
    click.echo(render(found.columns, found.rows))
    if found.more:
        click.echo(f"first {limit:,} rows; --limit 0 shows all", err=True)


def _list() -> None:
    """Name, question and parameters of each named query, as wide as the terminal; on one line where there is none."""
    width = shutil.get_terminal_size((_NO_TERMINAL, 24)).columns
    for query in named_queries().values():
        shown = " ".join(f"--param {parameter.name}={parameter.default!r}" for parameter in query.parameters)
        about = f"{query.title}. {query.description}"
        click.echo(f"{query.name}\n{click.wrap_text(about, width, initial_indent='    ', subsequent_indent='    ')}")
        if shown:
            click.echo(f"    {shown}")


def _pairs(parameters: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise QueryError(f"--param takes NAME=VALUE, not {parameter!r}")
        pairs[name] = value
    return pairs


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End the process at the deadline: nothing else stops a running query, and nothing here needs to be put away."""

    def stop() -> None:
        click.echo(f"kg: no answer within {seconds:g} s; --timeout gives it longer", err=True)
        sys.stderr.flush()
        os._exit(1)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    if seconds:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
