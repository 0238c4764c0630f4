"""``kg serve``."""

from functools import partial
from pathlib import Path

import click

from kg.cli.options import OUTPUT
from kg.serve.options import ServeOptions

_DEFAULT = ServeOptions(Path())


@click.command("serve")
@OUTPUT
@click.option(
    "--port", type=click.IntRange(1, 65535), default=_DEFAULT.port, show_default=True, help="Port to listen on."
)
@click.option("--host", default=_DEFAULT.host, show_default=True, help="Address to listen on.")
@click.option("--token", envvar="KG_TOKEN", default="", help="Answer only to who sends it. Better: set KG_TOKEN.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin ask; * for any. May repeat.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=_DEFAULT.timeout,
    show_default=True,
    help="Seconds that an answer may take.",
)
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=_DEFAULT.top,
    show_default=True,
    help="Explorer: so many of the strongest nodes; 0 for all.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=_DEFAULT.workers, help="Processes that answer.")
@click.option("-q", "--quiet", is_flag=True, help="Write no access log.")
def command(
    folder: Path,
    port: int,
    host: str,
    token: str,
    cors: tuple[str, ...],
    timeout: float,
    workers: int,
    top: int,
    quiet: bool,
) -> None:
    """Serve a built graph: explorer at /, SPARQL at /sparql, editor at /editor, a page for each node.

    Example: kg serve -o output --port 8765
    """
    from kg.serve.server import serve

    most = max(_DEFAULT.most_workers, 2 * workers)
    options = ServeOptions(folder, host, port, token, cors, timeout, workers, most, top=top)
    if not options.is_local:
        closed = "those who have the token" if token else "everyone who can reach this machine; --token restricts it"
        click.echo(f"kg: warning: {host} is open to {closed}", err=True)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/ (explorer), /editor, /sparql; Ctrl-C stops it"
    serve(options, quiet=quiet, ready=partial(click.echo, address, err=True))
