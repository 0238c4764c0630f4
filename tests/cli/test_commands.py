import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli.main import COMMANDS, cli
from kg.errors import InputError, OntologyError, StoreError
from tests.cli.conftest import EXAMPLES, ROOT, run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output or isinstance(cli.get_command(click.Context(cli), name), click.Group)


def test_extract_writes_a_record_a_paper_in_input_order() -> None:
    result = run("extract", EXAMPLES, "--quiet")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    papers = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records] == [paper["id"] for paper in papers]
    for record, paper in zip(records, papers, strict=True):
        text = f"{paper['title']}\n{paper['abstract']}"
        for mention in record["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
            assert 0 <= mention["score"] <= 1
            assert mention["extractor"]
        for entity in record["entities"]:
            assert all(form in text for form in (entity["name"], *entity["aliases"]))


def test_info_shows_counts_and_versions(built: Path) -> None:
    result = run("info", "-o", built)
    assert result.exit_code == 0
    assert "nodes.Method" in result.output
    assert "ontology" in result.output


def test_info_without_a_build_says_what_to_do(tmp_path: Path) -> None:
    result = run("info", "-o", tmp_path)
    assert isinstance(result.exception, StoreError)
    assert "kg build" in str(result.exception)


def test_eval_prints_the_scorecard() -> None:
    result = run("eval", ROOT / "examples" / "papers.gold.jsonl", EXAMPLES, "--bootstrap", 50, "--errors", 3)
    assert result.exit_code == 0, result.output
    for row in ("entities", "Benchmark", "links", "role accuracy", "found in error", "missed"):
        assert row in result.output


def test_eval_as_json_has_figures_and_intervals() -> None:
    result = run("eval", ROOT / "examples" / "papers.gold.jsonl", EXAMPLES, "--bootstrap", 20, "--json")
    card = json.loads(result.stdout)
    low, high = card["intervals"]["entities"]
    assert low <= card["entities"]["f1"] <= high


def test_the_program_ends_with_one_line_and_exit_code_1_on_an_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "info", "-o", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("kg: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [("bild", "did you mean build?"), ("serv", "did you mean serve?"), ("frobnicate", "there are: build, extract, ")],
)
def test_a_misspelt_command_is_answered_with_what_there_is(word: str, said: str) -> None:
    result = run(word)
    assert result.exit_code == 2
    assert f"no command is named {word!r}; {said}" in result.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["ontology", "check"], 0), (["ontology", "check", "broken.yaml"], 1), (["--version"], 0), (["bild"], 2)],
)
def test_the_program_ends_with_the_exit_code_of_its_command(arguments: list[str], code: int, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("types: 7\n", encoding="utf-8")
    command = [sys.executable, "-m", "kg", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == code, done.stdout + done.stderr


@pytest.mark.parametrize("command", ["build", "extract"])
def test_an_address_is_no_listing(command: str) -> None:
    result = run(command, "https://example.org/papers.jsonl")
    assert isinstance(result.exception, InputError)
    assert "fetches nothing" in str(result.exception)


def test_extract_tells_once_why_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = run("extract", tmp_path / "empty.txt")
    assert isinstance(result.exception, InputError)
    assert "no paper could be read" in str(result.exception)
    assert result.output == ""


def test_extractors_that_are_not_there_are_named_whatever_the_jobs(tmp_path: Path) -> None:
    result = run("build", EXAMPLES, "-o", tmp_path, "--jobs", 2, "--extractors", "frobnicator")
    assert isinstance(result.exception, OntologyError)
    assert "no extractor named frobnicator; there are: acronym, " in str(result.exception)


def test_a_paper_that_names_nothing_is_a_graph_too(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("title,abstract\nA walk,It was a fine day.\n", encoding="utf-8")
    result = run("build", tmp_path / "one.csv", "-o", tmp_path / "out", "--extractors", "lexicon")
    assert result.exit_code == 0, result.output
    assert "1 paper, 1 node, 0 assertions" in result.output


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        ('{"id": "adam"}', "one.jsonl:1: not an annotation record (it has no 'entities')"),
        ('{"id": "adam", "entities": 7}', "one.jsonl:1: not an annotation record ("),
        ("hello", "one.jsonl:1: not an annotation record ("),
        ("", "one.jsonl: no annotation record in it"),
        ('{"id": "nowhere", "entities": []}', "no paper in it has the id of an annotated one, such as 'nowhere'"),
    ],
)
def test_eval_says_what_is_wrong_with_its_files(gold: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(gold, encoding="utf-8")
    result = run("eval", tmp_path / "one.jsonl", EXAMPLES, "--extractors", "title")
    assert isinstance(result.exception, InputError)
    assert said in str(result.exception)


def test_eval_takes_a_line_separator_in_a_name_for_no_end_of_a_line(tmp_path: Path) -> None:
    entity = {"type": "Method", "name": "Tiny\u2028Teach\x85", "aliases": [], "role": "introduces"}
    paper = {"id": "a", "title": "TinyTeach: Teaching Networks", "abstract": "We propose TinyTeach."}
    for name, record in (("gold", {"id": "a", "entities": [entity]}), ("papers", paper)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    files = tmp_path / "gold.jsonl", tmp_path / "papers.jsonl"
    result = run("eval", *files, "--extractors", "title", "--bootstrap", 0)
    assert result.exit_code == 0, result.output
    assert "1 papers" in result.stdout


def test_eval_tells_of_annotated_papers_that_are_not_there(tmp_path: Path) -> None:
    gold = [{"id": one, "entities": []} for one in ("adam", "nowhere")]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    result = run("eval", tmp_path / "two.jsonl", EXAMPLES, "--extractors", "title", "--bootstrap", 0)
    assert result.exit_code == 0
    assert "1 of 2 annotated papers are not in" in result.stderr
