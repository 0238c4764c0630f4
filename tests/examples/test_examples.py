"""The three example files describe the same papers, and the gold record of each stands in its text."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
HEADER = [
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "byAK and the research community",
    "Mar 14",
]
ROLES = {
    "Method": {"introduces", "uses", "compares", "mentions"},
    "Task": {"addresses", "mentions"},
    "Dataset": {"introduces", "evaluates", "trains", "mentions"},
    "Benchmark": {"introduces", "evaluates", "trains", "mentions"},
    "Metric": {"introduces", "reports", "mentions"},
}
# What copying a published abstract off a page or out of a PDF leaves behind.
COPY_TRACES = re.compile(r"[\u00ad\ufb00-\ufb04]|\$|\\[a-z]+|arXiv:|^Abstract|©|et al\.|in this (paper|work)", re.I)

Record = dict[str, Any]


def records(name: str) -> list[Record]:
    """The JSON Lines of one example file."""
    lines = (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


PAPERS = records("papers.jsonl")
GOLD = {record["id"]: record for record in records("papers.gold.jsonl")}
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["id"])


def test_listing_and_json_lines_hold_the_same_text() -> None:
    blocks = (EXAMPLES / "papers.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n\n")
    assert blocks == HEADER + [text for paper in PAPERS for text in (paper["title"], paper["abstract"])]


def test_there_are_enough_papers_and_none_twice() -> None:
    assert len(PAPERS) >= 60
    for key in ("id", "title", "abstract", "arxiv"):
        values = [paper[key] for paper in PAPERS if key in paper]
        assert len(set(values)) == len(values), key


def test_gold_covers_every_paper() -> None:
    assert list(GOLD) == [paper["id"] for paper in PAPERS]


@each_paper
def test_abstract_is_one_paragraph_of_our_own(paper: Record) -> None:
    assert 80 <= len(paper["abstract"].split()) <= 160
    assert "\n" not in paper["abstract"]
    assert not COPY_TRACES.search(paper["abstract"])


@each_paper
def test_metadata_agree_with_each_other(paper: Record) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", paper["id"])
    if "date" in paper:
        assert re.fullmatch(rf"{paper['year']}-\d\d-\d\d", paper["date"])
    if "arxiv" in paper:
        assert re.fullmatch(r"\d{4}\.\d{4,5}", paper["arxiv"])
        assert paper["arxiv"][:2] == str(paper["year"])[2:]


@each_paper
def test_gold_names_stand_in_the_text(paper: Record) -> None:
    gold, text = GOLD[paper["id"]], f"{paper['title']}\n{paper['abstract']}"
    forms = [form for entity in gold["entities"] for form in (entity["name"], *entity["aliases"])]
    assert [form for form in forms if form not in text] == []
    assert len({form.lower() for form in forms}) == len(forms)
    for entity in gold["entities"]:
        assert entity["role"] in ROLES[entity["type"]], entity["name"]


@each_paper
def test_gold_links_are_those_of_the_text(paper: Record) -> None:
    hosts = len(re.findall(r"https?://|(?<![\w/.])github\.com/", paper["abstract"]))
    links = GOLD[paper["id"]]["links"]
    assert len(links) == hosts
    assert all(link["url"].removeprefix("https://") in paper["abstract"] for link in links)


@each_paper
def test_gold_results_refer_to_gold_entities(paper: Record) -> None:
    gold, text = GOLD[paper["id"]], f"{paper['title']}\n{paper['abstract']}"
    names = {form.lower() for entity in gold["entities"] for form in (entity["name"], *entity["aliases"])}
    for result in gold["results"]:
        assert result["value"] in text
        referred = {result[key].lower() for key in ("metric", "on", "by") if result[key]}
        assert referred <= names


def test_papers_are_tied_together() -> None:
    """Shared entities lead from every paper to every other: one graph to look at, not islands."""
    parts: list[tuple[set[str], int]] = []
    for record in GOLD.values():
        names = {entity["name"].lower() for entity in record["entities"]}
        size = 1
        for part in [part for part in parts if part[0] & names]:
            parts.remove(part)
            names, size = names | part[0], size + part[1]
        parts.append((names, size))
    assert [size for _, size in parts] == [len(PAPERS)]
