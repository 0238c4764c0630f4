"""``kg mcp``."""

from pathlib import Path

import click

from kg.cli.options import OUTPUT
from kg.errors import KgError
from kg.extras import how_to_install


@click.command("mcp")
@OUTPUT
@click.option("--timeout", type=click.FloatRange(min=0.1), default=20.0, show_default=True, help="Seconds for a tool.")
def command(folder: Path, timeout: float) -> None:
    """Offer a built graph to an agent over the Model Context Protocol: search, describe, neighbours, sparql, evidence.

    An agent starts this command itself and speaks to it on standard input and output.

    Example: kg mcp -o output (as the command of a server in the settings of the agent)
    """
    try:
        from kg.serve.mcp import serve_tools
    except ImportError as error:
        raise KgError(f"kg mcp needs the MCP SDK: {how_to_install('mcp')}") from error
    serve_tools(folder, timeout)
