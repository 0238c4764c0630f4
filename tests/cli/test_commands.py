import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli.main import COMMANDS, cli
from kg.errors import StoreError
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
