"""Write the reference from what the program itself says: commands from click, types and relations from ``kg.yaml``.

MkDocs calls it as a hook, so that the pages are never older than the program; ``python scripts/docs_reference.py DIR``
writes them as files.
"""

import html
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

sys.path.insert(0, str(Path(__file__).parents[1]))  # MkDocs runs this file, not the package

from kg.cli.main import COMMANDS, cli
from kg.ontology import Ontology, Predicate, load_ontology
from scripts.docs_cards import data_card, model_card

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
OFFERED = ("KnowledgeGraph", "open")  # names of kg.api that kg itself has
SECTIONS = {"tutorials": "Tutorials", "how-to": "How to", "reference": "Reference", "explanation": "Explanation"}
# where pages go that lie in docs/ itself, and which the table of contents lists if they are there
LOOSE = {"queries.md": "Reference", "scorecard.md": "Explanation", "most-frequent-nodes.md": "Explanation"}


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command with its full name; commands whose module is not in this version are passed over."""
    top = click.Context(cli, info_name="kg")
    for name in COMMANDS:
        try:
            command = cli.get_command(top, name)
        except ModuleNotFoundError:
            continue
        if command is not None:
            yield from _with_subcommands(command, click.Context(command, info_name=name, parent=top))


def _with_subcommands(
    command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _with_subcommands(child, click.Context(child, info_name=name, parent=context))


def commands_page() -> str:
    """Every command with its arguments, options and example."""
    lines = ["# Commands", "", "Written by `scripts/docs_reference.py` from the commands themselves.", ""]
    for name, command, context in commands():
        pieces = " ".join(command.collect_usage_pieces(context))
        lines += [f"## {name}", "", f"    {name} {pieces}", ""]
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            lines += [_paragraph(paragraph), ""]
        lines += _options(command, context)
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    one_line = " ".join(text.split())
    if one_line.startswith("Example: "):
        return f"Example:\n\n    {one_line.removeprefix('Example: ')}"
    return _escape(one_line)


def _options(command: click.Command, context: click.Context) -> list[str]:
    records = [option.get_help_record(context) for option in command.get_params(context)]
    rows = [record for record in records if record and record[1]]  # arguments are in the usage line
    if not rows:
        return []
    cells = [f"| {_code(names)} | {_cell(_escape(about))} |" for names, about in rows]
    return ["| option | does |", "| --- | --- |", *cells, ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _code(text: str) -> str:
    """Code in a cell: a bar would end it, and between backticks its escape would be seen."""
    return f"<code>{html.escape(text).replace('|', '&#124;')}</code>"


def _escape(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[")


def ontology_page() -> str:
    """Types, relations and literal properties."""
    known = load_ontology()
    prefixes = dict(known.prefixes)
    lines = [
        "# Ontology", "",
        f"Version {known.version}, namespace `{known.namespace}`, data under `{known.base}`. Written by "
        "`scripts/docs_reference.py` from `ontology/kg.yaml`, which also holds the phrases (cues) of each relation.",
        "",
        "## Types", "", "| type | under | is | roles | IRI begins with |", "| --- | --- | --- | --- | --- |",
        *(_type_row(known, name) for name in known.type_by_name), "",
        "Roles are the words of the [extraction record](files.md#papersjsonl). A type without roles of its own "
        "has those of the type above it.", "",
    ]  # fmt: skip
    for title, chosen in _grouped(known):
        lines += [f"## {title}", "", "| relation | from | to | says |", "| --- | --- | --- | --- |"]
        lines += [_predicate_row(predicate) for predicate in chosen] + [""]
    lines += ["## Properties of nodes and statements", "", "| property | value | says |", "| --- | --- | --- |"]
    lines += [f"| `kg:{item.name}` | {item.range} | {_cell(item.description)} |" for item in known.properties]
    lines += ["", "## Prefixes", "", "| prefix | IRI |", "| --- | --- |"]
    lines += [f"| `{prefix}:` | `{iri}` |" for prefix, iri in sorted(prefixes.items())]
    lines += ["", "`kg query` declares these, and `rdf`, `rdfs`, `xsd`, `prov`, `dcterms` and one for each type.", ""]
    return "\n".join(lines)


def _type_row(known: Ontology, name: str) -> str:
    type_ = known.type_by_name[name]
    iri = "none of its own" if type_.abstract else f"`{type_.iri}/`"
    return f"| {name} | {type_.parent} | {_cell(type_.description)} | {', '.join(type_.roles)} | {iri} |"


def _grouped(known: Ontology) -> Iterator[tuple[str, list[Predicate]]]:
    paper = [predicate for predicate in known.predicates if predicate.domain == ("Paper",)]
    result = [predicate for predicate in known.predicates if "Result" in predicate.domain]
    rest = [predicate for predicate in known.predicates if predicate not in paper and predicate not in result]
    yield "What a paper does with an entity", [p for p in paper if p.role]
    yield "What a paper points to, who wrote it, where it appeared", [p for p in paper if not p.role]
    yield "Entity to entity", rest
    yield "Results", result


def _predicate_row(predicate: Predicate) -> str:
    role = f" Role: `{predicate.role}`." if predicate.role else ""
    about = _cell(predicate.description) + role
    return f"| `kg:{predicate.name}` | {', '.join(predicate.domain)} | {', '.join(predicate.range)} | {about} |"


def formats_page() -> str:
    """Input formats and the columns that tables may have."""
    from kg.read import READERS
    from kg.read.columns import COLUMNS, URL_COLUMNS

    lines = ["# Input formats", "", "Tried in this order; `--format NAME` chooses one.", "", "| name | is |"]
    lines += ["| --- | --- |", *(f"| `{name}` | {_cell(reader.about)} |" for name, reader in READERS.items()), ""]
    lines += [
        "## Columns and keys",
        "",
        "Compared without case and punctuation: `Article Title` is `articletitle`.",
        "",
    ]
    lines += ["| field | columns, the first that is not empty counts |", "| --- | --- |"]
    lines += [f"| {field} | {', '.join(names)} |" for field, names in COLUMNS.items()]
    lines += [f"| links | {', '.join(URL_COLUMNS)} |", ""]
    return "\n".join(lines)


def api_page() -> str:
    """What ``import kg`` offers, from docstrings; empty where there is no ``kg.api``."""
    try:
        from kg import api
    except ImportError:
        return ""
    lines = ["# Python", "", inspect.cleandoc(api.__doc__ or ""), ""]
    own = {name: thing for name, thing in vars(api).items() if getattr(thing, "__module__", "") == api.__name__}
    for name, thing in own.items():
        if not name.startswith("_"):
            lines += _documented(f"kg.{name}" if name in OFFERED else name, thing, 2)
    return "\n".join(lines)


def _documented(name: str, thing: Any, depth: int, attribute: bool = False) -> list[str]:
    if not callable(thing):
        return []
    lines = ["#" * depth + f" {name}", "", *_docstring(thing), ""]
    lines[2:2] = [] if inspect.isclass(thing) else [f"    {_signature(name, thing, attribute)}", ""]
    if inspect.isclass(thing):
        for member, value in vars(thing).items():
            function = getattr(value, "fget", None) or getattr(value, "func", value)
            if not member.startswith("_") and inspect.isfunction(function) and function.__doc__:
                lines += _documented(member, function, depth + 1, function is not value)
    return lines


def _signature(name: str, thing: Any, attribute: bool = False) -> str:
    """As one writes it: without `self`, the names of types without their modules, an attribute without brackets.

    >>> def half(self, number: int, *, of: "Any" = 2) -> Path: ...
    >>> _signature("half", half), _signature("half", half, attribute=True)
    ('half(number: int, *, of: Any = 2) -> Path', 'half: Path')
    """
    try:
        signature = inspect.signature(thing)
    except (TypeError, ValueError):
        return f"{name}(...)"
    told = re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", str(signature).replace("'output'", '"output"'))
    told = re.sub(r"'([A-Za-z][\w.\[\]]*)'", r"\1", told).replace("(self, ", "(").replace("(self)", "()")
    return f"{name}: {told.rpartition(' -> ')[2]}" if attribute else f"{name}{told}"


def _docstring(thing: Any) -> list[str]:
    text, _, example = inspect.cleandoc(thing.__doc__ or "").partition("\n>>>")
    code = [f"    {line}" for line in f">>>{example}".splitlines()] if example else []
    return [_escape(text), "", *code]


def decisions_page() -> str:
    """A list of the decision records."""
    lines = ["# Decisions", "", "Why things are as they are, and what was rejected.", ""]
    for file in sorted((DOCS / "decisions").glob("*.md")):
        title = file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        lines.append(f"- [{title}](../decisions/{file.name})")
    return "\n".join([*lines, ""])


def pages() -> dict[str, str]:
    """Text of every generated page by its path below ``docs/``."""
    made = {
        "reference/commands.md": commands_page(),
        "reference/ontology.md": ontology_page(),
        "reference/formats.md": formats_page(),
        "reference/python.md": api_page(),
        "explanation/decisions.md": decisions_page(),
        "explanation/model-card.md": model_card(),
        "explanation/data-card.md": data_card(),
    }
    return {name: text for name, text in made.items() if text}


def on_config(config: Any) -> Any:
    """MkDocs: list whatever ``mkdocs.yml`` does not, under the title of the page: a new page needs no line there."""
    made = pages()
    listed = set(listed_pages(config["nav"]))
    sections = {title: own for item in config["nav"] for title, own in item.items() if isinstance(own, list)}
    written = {file.relative_to(DOCS).as_posix(): file.read_text(encoding="utf-8") for file in DOCS.rglob("*.md")}
    for page, text in sorted((written | made).items()):
        folder = page.partition("/")[0]
        if page not in listed and folder != "decisions":
            section = SECTIONS.get(folder) or LOOSE.get(page, "Reference")
            sections[section].append({title_of(text): page})
    config["nav"].append({"Decision records": sorted(page for page in written if page.startswith("decisions/"))})
    return config


def listed_pages(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from listed_pages(item)


def title_of(text: str) -> str:
    """The first heading, cut at a colon.

    >>> title_of("# Model card: the entity extractor")
    'Model card'
    """
    heading = next(line for line in text.splitlines() if line.startswith("# "))
    return heading.removeprefix("# ").partition(":")[0].replace("`", "")


def on_files(files: Any, config: Any) -> Any:
    """MkDocs: add the generated pages."""
    from mkdocs.structure.files import File

    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files


def main() -> None:
    """Write the pages below the folder that is named."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python scripts/docs_reference.py DIR")
    for name, text in pages().items():
        file = Path(sys.argv[1]) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(file)


if __name__ == "__main__":
    main()
