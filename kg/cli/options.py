"""Options that several commands share."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.read import Limits

Function = TypeVar("Function", bound=Callable[..., Any])

INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")


def _with_configured(_context: click.Context, _option: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    """Files that the working directory sets (``kg.toml``), then those of the command line."""
    from kg.ontology import configured_extensions

    return tuple(dict.fromkeys((*configured_extensions(Path()), *value)))


ONTOLOGY = click.option(
    "--ontology",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_with_configured,
    help="An ontology file of your own, on top of the built-in one. May be given several times.",
)
FORMAT = click.option(
    "--format",
    "format_name",
    default="",
    metavar="NAME",
    help="Input format, if not to be detected: csv, jsonl, hf-text, …; any other word lists all.",
)
EXTRACTORS = click.option(
    "--extractors",
    default="",
    metavar="NAMES",
    help="Use only these extractors, such as lexicon,name (comma-separated); any other word lists all.",
)
MIN_SCORE = click.option(
    "--min-score", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out mentions below it."
)
DEVICE = click.option(
    "--device",
    type=click.Choice(["cpu", "cuda"]),
    default="cpu",
    show_default=True,
    help="Where the trained model runs; cuda is a graphics card of NVIDIA's, and needs the extra 'gpu'.",
)


def _limits(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> "Limits":
    """The limits with those changed that are given as NAME=NUMBER."""
    from kg.read import DEFAULT_LIMITS

    known = {field.name: getattr(DEFAULT_LIMITS, field.name) for field in fields(DEFAULT_LIMITS)}
    given = {}
    for setting in value:
        name, _, number = setting.partition("=")
        if name not in known:
            raise click.BadParameter(f"{name!r} is no limit; there are: {', '.join(known)}")
        try:
            given[name] = type(known[name])(number)
        except ValueError as error:
            raise click.BadParameter(f"{setting!r}: a number must stand after {name}=") from error
    return replace(DEFAULT_LIMITS, **given)


LIMITS = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    callback=_limits,
    help="Read more or less than usual: file_bytes, line_bytes, title_chars, abstract_chars, mentions, seconds, …",
)
OUTPUT = click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Folder of the build.",
)


def names(value: str) -> tuple[str, ...]:
    """The parts of a comma-separated option."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def verbosity(function: Function) -> Function:
    """Add ``--quiet`` and ``--verbose``."""
    function = click.option("-v", "--verbose", is_flag=True, help="Also say what was left out, and why.")(function)
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")(function)
