"""The group of commands. A command's module is imported only when it runs, so that ``kg --help`` stays quick."""

import difflib
import importlib
import io
import os
import sys

import click

from kg.errors import KgError

# name → (module, one line for the list of commands)
COMMANDS = {
    "build": ("kg.cli.build", "Build the graph of listings of papers."),
    "extract": ("kg.cli.extract", "Write what each paper names, as JSON Lines."),
    "query": ("kg.cli.query", "Ask a built graph in SPARQL."),
    "find": ("kg.cli.find", "Find nodes by name, and papers by words."),
    "export": ("kg.cli.export", "Write a built graph, or a part of it, in another format."),
    "serve": ("kg.cli.serve", "Serve a built graph: explorer, SPARQL endpoint, editor."),
    "mcp": ("kg.cli.mcp", "Answer an agent over the Model Context Protocol."),
    "info": ("kg.cli.info", "Show counts, merges, rejections and versions of a build."),
    "diff": ("kg.cli.diff", "Show what a newer build adds, drops and changes."),
    "ontology": ("kg.cli.ontology", "Show, check, begin and write ontologies."),
    "validate": ("kg.cli.validate", "Check a built graph against the shapes of its ontology."),
    "eval": ("kg.cli.evaluate", "Score the extractor against annotated papers."),
    "doctor": ("kg.cli.doctor", "Say what is installed, what is missing, and how to get it."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, and which turns `KgError` into exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of the table."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for; one that is not there is answered with those that are called alike."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            alike = difflib.get_close_matches(args[0], COMMANDS)
            hint = f"did you mean {' or '.join(alike)}?" if alike else f"there are: {', '.join(COMMANDS)}"
            ctx.fail(f"no command is named {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _say_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from kg.cli.versions import version_line

        click.echo(version_line())
        context.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the versions of kg, of its ontology and of its model.",
)
def cli() -> None:
    """Build your own Papers with Code: from listings of papers to a knowledge graph.

    Example: kg build papers.txt, then open output/graph.html.
    """


def main() -> None:
    """Run the command line; exit code 1 with one message for a `KgError`, 130 after Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of another encoding shows \u6728 rather than an error
            stream.reconfigure(errors="backslashreplace")
    try:
        if code := cli(standalone_mode=False):  # what a command ended with by `Exit`
            sys.exit(code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: stopped; run the same command again to go on from here", err=True)
        sys.exit(130)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away (`kg extract … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
