"""``kg query`` and ``kg find`` as they are typed."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import rdflib

from kg.cli.tables import render
from tests.query import graph

ROOT = Path(__file__).parents[2]
NAMES = "SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph.write(tmp_path_factory.mktemp("small"))


def kg(*arguments: str, given: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command line."""
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(
        command, check=False, input=given, capture_output=True, text=True, cwd=ROOT, timeout=60,
        env=os.environ | environment,
    )  # fmt: skip


def test_a_query_as_argument_file_and_standard_input(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "names.rq"
    file.write_text(NAMES, encoding="utf-8")
    for arguments, given in (([NAMES], ""), (["--file", str(file)], ""), (["--file", "-"], NAMES)):
        done = kg("query", *arguments, "-o", str(folder), "--format", "csv", given=given)
        assert (done.returncode, done.stdout) == (0, "name\nImageNet\n"), done.stderr


def test_formats(folder: Path) -> None:
    def ask(query: str, format_name: str) -> str:
        return kg("query", query, "-o", str(folder), "--format", format_name).stdout

    assert json.loads(ask(NAMES, "json"))["results"]["bindings"][0]["name"]["value"] == "ImageNet"
    assert "<literal>ImageNet</literal>" in ask(NAMES, "xml")
    assert ask(NAMES, "tsv") == '?name\n"ImageNet"\n'
    assert ask("ASK { ?s ?p ?o }", "csv") == "true\n"
    assert ask("ASK { ?s a kg:Metric }", "table") == "answer\n──────\nno\n1 row\n"
    for format_name, parser in (("ttl", "turtle"), ("nt", "nt")):
        body = ask("CONSTRUCT { ?s skos:prefLabel ?n } { ?s skos:prefLabel ?n }", format_name)
        assert len(rdflib.Graph().parse(data=body, format=parser)) == 5
    assert "skos:prefLabel" in kg("query", "DESCRIBE dataset:imagenet", "-o", str(folder)).stdout


def test_named_queries(folder: Path) -> None:
    listed = kg("query", "--list").stdout
    assert "who-introduced\n    Who introduced it." in listed
    assert "--param thing='BERT'" in listed
    assert "SELECT ?title" in kg("query", "--name", "who-introduced", "--show").stdout
    done = kg("query", "--name", "who-introduced", "--param", "thing=ThingCLR", "-o", str(folder))
    assert "Contrastive Learning of Things" in done.stdout


def test_values_for_the_variables_of_a_query(folder: Path) -> None:
    done = kg("query", "SELECT ?x { ?x skos:prefLabel ?n }", "--param", "n=ImageNet", "-o", str(folder))
    assert "dataset:imagenet" in done.stdout


def test_an_rdf_file_can_be_asked_instead(folder: Path) -> None:
    done = kg("query", NAMES, "--on", str(folder / "graph.nt.gz"), "--format", "csv")
    assert done.stdout == "name\nImageNet\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELECT * { ?s a kg:Methd"], "did you mean kg:Method?"),
        (["SELECT * { ?s skso:x ?o }"], "prefix skso: is not declared; did you mean prefix skos:?"),
        (["INSERT DATA { <a:a> <a:b> <a:c> }"], "INSERT is refused: the graph is read-only"),
        (["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "SERVICE is refused"),
        ([], "give one query"),
        ([NAMES, "--name", "counts"], "give one query"),
        (["--name", "count"], "did you mean counts?"),
        (["--name", "new-since", "--param", "since"], "--param takes NAME=VALUE"),
        ([NAMES, "--format", "ttl"], "SELECT and ASK give rows"),
    ],
)
def test_mistakes_are_one_message(folder: Path, arguments: list[str], message: str) -> None:
    done = kg("query", *arguments, "-o", str(folder))
    assert done.returncode == 1
    assert done.stderr.startswith("kg: ")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_class_in_a_good_query_is_noted(folder: Path) -> None:
    done = kg("query", "SELECT * { ?s a kg:Methd }", "-o", str(folder))
    assert done.returncode == 0
    assert "kg: note: kg:Methd is not in the ontology; did you mean kg:Method?" in done.stderr


def test_a_folder_without_a_build_says_how_to_get_one(tmp_path: Path) -> None:
    done = kg("query", NAMES, "-o", str(tmp_path))
    assert (done.returncode, "build first: kg build INPUT" in done.stderr) == (1, True)


def test_a_query_without_end_ends_at_the_timeout(folder: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
    start = time.monotonic()
    done = kg("query", endless, "-o", str(folder), "--timeout", "1")
    assert (done.returncode, done.stderr) == (1, "kg: no answer within 1 s; --timeout gives it longer\n")
    assert time.monotonic() - start < 50  # it would run for days


def test_tables_fit_80_columns_and_cut_visibly(folder: Path) -> None:
    done = kg("query", "--name", "evidence", "--param", "thing=ImageNet", "-o", str(folder), COLUMNS="80")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    done = kg("query", "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d a kg:Paper }", "-o", str(folder), COLUMNS="80", LINES="24")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "…" in done.stdout


def test_a_cap_on_rows_is_said_aloud(folder: Path) -> None:
    done = kg("query", "SELECT * { ?s ?p ?o }", "-o", str(folder), "--limit", "2")
    assert "2 rows" in done.stdout
    assert "first 2 rows; --limit 0 shows all" in done.stderr


def test_find(folder: Path) -> None:
    done = kg("find", "contrastve", "lerning", "-o", str(folder))
    assert "task/contrastive-learning" in done.stdout.splitlines()[2]
    assert done.stdout.splitlines()[0].split() == ["name", "type", "papers", "id", "also", "called"]
    assert "In titles and sentences" in kg("find", "evaluated", "-o", str(folder)).stdout
    assert "nothing like 'zzzzzz'" in kg("find", "zzzzzz", "-o", str(folder)).stdout
    typed = kg("find", "thing", "--type", "Method", "-o", str(folder)).stdout
    assert "method/thingclr" in typed
    assert "paper/" not in typed
    assert "no type is named 'Methud'" in kg("find", "x", "--type", "Methud", "-o", str(folder)).stderr


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_wide_letters_and_control_characters_do_not_break_a_table(width: int) -> None:
    from rich.cells import cell_len

    rows = [("语言模型" * 10, "a\nb\tc\x1b[31m", "x" * 200), ("e\u0301" * 30, "", "1")]
    shown = render(("name", "value", "text"), rows, width).splitlines()
    assert all(cell_len(line) <= max(width, 3 * 8 + 4) for line in shown)
    assert "\x1b" not in "".join(shown)
