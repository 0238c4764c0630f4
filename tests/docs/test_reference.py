"""Whatever the program has is documented."""

import inspect
import re

import click
import pytest
from click.testing import CliRunner

import kg
from kg.cli.main import COMMANDS, cli
from kg.ontology import load_ontology
from kg.read import READERS
from scripts.docs_reference import OFFERED, api_page, commands, commands_page, formats_page, ontology_page
from tests.docs.pages import PAGES

TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_a_page_written_by_hand(name: str) -> None:
    assert re.search(rf"\bkg {name}\b", TEXT), f"no page shows kg {name}"


def test_the_reference_has_every_command_with_every_option() -> None:
    page = commands_page()
    for name, command, _ in commands():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.opts[-1] in section, f"{name} {option.opts[-1]}"
        assert command.help, f"kg {name} has no help"


def test_the_reference_has_every_type_relation_and_format() -> None:
    known, page = load_ontology(), ontology_page()
    for type_ in known.types:
        assert f"\n| {type_.name} |" in page
    for item in (*known.predicates, *known.properties):
        assert f"\n| `kg:{item.name}` |" in page
    for name in READERS:
        assert f"\n| `{name}` |" in formats_page()


def test_the_reference_has_what_python_offers() -> None:
    page = api_page()
    for name in OFFERED:
        assert getattr(kg, name).__doc__
        assert f"\n## kg.{name}\n" in page
    for name, member in vars(kg.KnowledgeGraph).items():
        assert name.startswith("_") or f"\n### {name}\n" in page, member


def test_what_python_offers_explains_every_argument() -> None:
    functions = {"open": kg.open} | {
        name: member
        for name, member in vars(kg.KnowledgeGraph).items()
        if inspect.isfunction(member) and name[0] != "_"
    }
    for name, function in functions.items():
        untold = {
            parameter
            for parameter in inspect.signature(function).parameters
            if parameter != "self" and f"`{parameter}`" not in (function.__doc__ or "")
        }
        assert not untold, name


def test_options_that_pages_name_exist() -> None:
    known = {option for _, command, _ in commands() for parameter in command.params for option in parameter.opts}
    for line in re.findall(r"^kg [^\n]*", TEXT, re.MULTILINE):
        for option in re.findall(r" (--[a-z][a-z-]*)", line.split("|")[0]):
            assert option in known | {"--version", "--help"}, line


@pytest.mark.parametrize(("columns", "widest"), [("80", 80), ("", 1000)])
def test_the_list_of_ready_questions_fits_the_terminal(columns: str, widest: int) -> None:
    listed = CliRunner().invoke(cli, ["query", "--list"], env={"COLUMNS": columns}).output.splitlines()
    assert max(map(len, listed)) <= widest
    assert max(map(len, listed)) > 60
    assert {"about-paper", "leaderboard"} <= set(listed)
