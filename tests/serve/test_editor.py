"""The editor in a real browser: completion, examples, results, download, and no request to anywhere else."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.running import Running

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, server: Running) -> Iterator[Any]:
    """The editor in a fresh profile; requests elsewhere, errors and refused content fail the test."""
    context = browser.new_context(accept_downloads=True)
    opened = context.new_page()
    faults: list[str] = []
    opened.on(
        "request", lambda one: None if one.url.startswith((server.url, "data:", "blob:")) else faults.append(one.url)
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    opened.goto(f"{server.url}/editor")
    opened.wait_for_selector("#examples li")
    yield opened
    context.close()
    assert faults == []


def test_a_query_is_run_and_its_rows_are_shown(page: Any) -> None:
    page.fill("#query", "SELECT ?x ?name { ?x a kg:Dataset ; skos:prefLabel ?name }")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#result table")
    assert page.inner_text("#result tbody tr") == "dataset:imagenet\tImageNet"
    assert page.get_attribute("#result tbody a", "href") == "/dataset/imagenet"
    assert re.match(r"1 row in \d+ ms", page.inner_text("#status"))


def test_names_are_completed_from_the_ontology_and_the_graph(page: Any) -> None:
    page.fill("#query", "")
    page.type("#query", "SELECT ?x { ?x a kg:Data")
    page.wait_for_selector("#completions li")
    assert page.inner_text("#completions li[aria-selected=true]").startswith("kg:Dataset")
    page.press("#query", "Tab")
    page.type("#query", "; skos:altL")
    page.wait_for_selector("#completions li")
    page.press("#query", "Tab")
    page.type("#query", "?al . ?y kg:uses method:thin")
    page.wait_for_selector("#completions li:has-text('method:thingclr')")
    page.press("#query", "Tab")
    page.type("#query", "} #")
    page.press("#query", "Escape")
    written = page.input_value("#query")
    assert written == "SELECT ?x { ?x a kg:Dataset ; skos:altLabel ?al . ?y kg:uses method:thingclr } #"


def test_a_mistake_is_told_in_words(page: Any) -> None:
    page.fill("#query", "SELECT * { ?s a kg:Methd")
    page.click("#run")
    page.wait_for_selector("#problem:not(:empty)")
    assert "did you mean kg:Method?" in page.inner_text("#problem")


def test_an_example_runs_with_its_parameters(page: Any) -> None:
    page.fill("#filter", "who introduced")
    page.click("#examples li:not([hidden]) button")
    page.wait_for_selector("#result table, #problem:not(:empty)")
    assert "VALUES ?thing {" in page.input_value("#query")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("ASK { ?s ?p ?o }", "yes"), ("DESCRIBE dataset:imagenet", 'skos:prefLabel "ImageNet"')],
)
def test_other_kinds_of_answers(page: Any, query: str, expected: str) -> None:
    page.fill("#query", query)
    page.click("#run")
    page.wait_for_selector("#result p, #result pre")
    assert expected in page.inner_text("#result")


def test_the_answer_can_be_saved_as_csv(page: Any, tmp_path: Path) -> None:
    page.fill("#query", "SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name }")
    with page.expect_download() as waiting:
        page.click("#csv")
    waiting.value.save_as(tmp_path / "result.csv")
    assert (tmp_path / "result.csv").read_bytes() == b"name\r\nImageNet\r\n"


def test_a_link_brings_the_query_back(page: Any) -> None:
    page.fill("#query", "ASK { ?s a kg:Paper } # umlaut: ü")
    page.click("#link")
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("#examples li")
    assert page.input_value("#query") == "ASK { ?s a kg:Paper } # umlaut: ü"


def test_a_long_query_can_be_stopped(page: Any) -> None:
    page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    page.click("#run")
    page.click("#stop")
    page.wait_for_selector("#problem:not(:empty)")
    assert page.inner_text("#problem") == "Stopped."


def test_names_from_papers_are_text(page: Any) -> None:
    page.fill("#query", "SELECT ?n { model:thing-7b skos:prefLabel ?n }")
    page.click("#run")
    page.wait_for_selector("#result td")
    assert page.inner_text("#result td") == "Thing-7B <b>&\"'"
