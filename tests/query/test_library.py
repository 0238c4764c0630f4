"""Every named query on the example graph, and the page that shows their answers."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.data import Assertion, Node
from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.query import Questions, SearchIndex, bind, named_queries, named_query, open_store, table
from tests.query import graph

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "queries.md"

OWN = """
id: https://example.org/bat
name: bat
default_prefix: bat
prefixes: {bat: https://example.org/bat#}
classes:
  Material: {is_a: Entity, description: A substance.}
  Anode: {is_a: Material, description: A material of an electrode.}
"""

# What the example papers say in so many words: by query, parameters and cells that must stand in one row.
EXPECTED: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    ("about-paper", {}, ("addresses", "constituency parsing", "Task")),
    ("about-paper", {"paper": "LoRA: Low-Rank Adaptation of Large Language Models"}, ("introduces", "LoRA")),
    ("adopted-methods", {"since": "2021"}, ("LoRA", "2021", "LoRA: Low-Rank Adaptation of Large Language Models")),
    ("authors-of-method", {}, ("Jacob Devlin",)),
    ("built-on", {}, ("dense passage retrieval",)),
    ("confident-assertions", {}, ("RoBERTa", "outperforms", "XLNet")),
    ("counts", {}, ("Paper", "70")),
    ("datasets-of-task", {}, ("TriviaQA",)),
    ("doubtful-assertions", {}, ("outperforms",)),
    ("evidence", {}, ("evaluatesOn", "Batch Normalization: Accelerating Deep Network Training")),
    ("family", {}, ("GPT-3",)),
    ("figures", {}, ("67.5%", "Chinchilla", "MMLU", "score")),
    ("leaderboard", {}, ("76.5%",)),
    ("methods-of-task", {}, ("vision transformer",)),
    ("metrics-of-task", {}, ("F1",)),
    ("new-since", {}, ("2023", "Benchmark", "SWE-bench")),
    ("outperforms", {}, ("Chinchilla", "GPT-3")),
    ("papers-with-code", {}, ("2021-11-11", "https://github.com/facebookresearch/mae")),
    ("replaced-on-benchmark", {}, ("Mistral-7B", "Llama-2-13B")),
    ("shared-repositories", {}, ("https://github.com/facebookresearch/llama", "2")),
    ("similar-papers", {}, ("End-to-End Object Detection with Transformers",)),
    ("top-methods", {}, ("GPT-3",)),
    ("trained-on", {}, ("method", "ResNet")),
    ("unused-datasets", {}, ("LAION-5B", "2022")),
    ("used-together", {}, ("wav2vec 2.0",)),
    ("who-introduced", {}, ("2018-10-11", "We propose BERT, a deep bidirectional Transformer encoder")),
    ("years", {}, ("2020", "11")),
]  # fmt: skip


def rows(folder: Path, name: str, parameters: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    """All rows of a named query."""
    query = named_query(name)
    with SearchIndex(folder / "search.sqlite", graph.ontology().base) as index:
        questions: Questions = graph.questions(folder)
        return table(questions.ask(query.text, bind(query, parameters, index, graph.ontology())), questions, 0).rows


@pytest.mark.parametrize(("name", "parameters", "cells"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_a_named_query_finds_what_the_examples_say(
    examples: Path, name: str, parameters: dict[str, str], cells: tuple[str, ...]
) -> None:
    found = rows(examples, name, parameters)
    assert [row for row in found if all(any(cell.startswith(want) for cell in row) for want in cells)], found[:20]


def test_every_named_query_is_expected_something_of() -> None:
    assert {row[0] for row in EXPECTED} == set(named_queries())
    assert len(named_queries()) >= 20


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_is_described_in_order_and_binds_no_selected_variable(name: str) -> None:
    query = named_query(name)
    assert query.title
    assert query.description.endswith(".")
    assert "ORDER BY" in query.text
    for parameter in query.parameters:
        assert f"?{parameter.name}" not in query.text.partition("{")[0]
        assert f"?{parameter.name}" in query.text


def test_answers_come_in_the_same_order_each_time(examples: Path) -> None:
    for name in named_queries():
        assert rows(examples, name, {}) == rows(examples, name, {})


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who-introduced", {"thing": "BRT"}, "nothing is named 'BRT' in this graph; did you mean: .*BERT"),
        ("who-introduced", {"thin": "BERT"}, "who-introduced has no parameter 'thin'; it has: thing"),
        ("new-since", {"since": "yesterday"}, "takes a number, not 'yesterday'"),
        ("leaderbord", {}, "no query is named 'leaderbord'; did you mean leaderboard?"),
    ],
)
def test_mistakes_are_named(examples: Path, name: str, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        rows(examples, name, parameters)


def test_types_of_an_ontology_of_ones_own_are_answers_too(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    own = load_ontology([file])
    nodes = (
        Node("anode/alpha-fe2o3", "Anode", "α-Fe₂O₃", ("hematite",), papers=1),
        Node("paper/rust", "Paper", "Rust in cells", first_year=2024, last_year=2024),
    )
    claim = Assertion(
        "paper/rust", "introduces", "anode/alpha-fe2o3", (graph.evidence("paper/rust", "We make it."),), 1, 1
    )
    graph.write(tmp_path, replace(graph.graph(), nodes=nodes, assertions=(claim,)), own)
    with SearchIndex(tmp_path / "search.sqlite", own.base) as index:
        questions = Questions(open_store(tmp_path / "store"), own, index)

        def ask(name: str, **given: str) -> list[str]:
            query = named_query(name)
            found = table(questions.ask(query.text, bind(query, given, index, own)), questions, 0).rows
            return sorted(" ".join(row) for row in found)

        assert ask("counts") == ["Anode 1", "Material 1", "Paper 1"]
        assert "introduces We make it." in ask("evidence", thing="hematite")[0]
        assert "Anode" in ask("about-paper", paper="Rust in cells")[0]
        assert "α-Fe₂O₃ Rust in cells" in ask("new-since")[0]


def test_the_page_of_answers_is_in_step(examples: Path) -> None:
    """Same queries, same text, nearly the same rows: a score may differ in its last digit elsewhere."""
    spec = importlib.util.spec_from_file_location("docs_queries", ROOT / "scripts" / "docs_queries.py")
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    fresh = script.page(examples)
    written = PAGE.read_text(encoding="utf-8")
    frame = re.compile(r"^(?!\| |… ).*$", re.MULTILINE)
    assert frame.findall(written) == frame.findall(fresh)
    shown = [line for line in written.splitlines() if line.startswith("| ")]
    missing = set(shown) - set(fresh.splitlines())
    assert len(missing) <= len(shown) * 0.1, sorted(missing)[:10]
