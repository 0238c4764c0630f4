import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ExportError, InputError
from tests.cli.conftest import EXAMPLES, ROOT, run

FILES = (
    "graph.html", "graph.ttl", "graph.nt.gz", "graph.jsonld", "graph.graphml", "graph.gexf",
    "tables/nodes.csv", "tables/edges.csv", "papers.jsonl", "report.json",
)  # fmt: skip
PAPER = {"id": "a", "title": "TinyTeach: Teaching Networks", "abstract": "We propose TinyTeach, evaluated on ImageNet."}
OTHER = {"id": "b", "title": "BigTeach", "abstract": "We propose BigTeach for image classification on CIFAR-10."}


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def report(folder: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return loaded


def test_a_build_writes_every_file_of_the_contract(built: Path) -> None:
    assert [name for name in FILES if not (built / name).is_file()] == []
    assert (built / "store").is_dir()
    assert not [file for file in built.rglob("*") if file.name.endswith(".tmp")]


def test_all_example_papers_are_in_the_graph(built: Path) -> None:
    counts = report(built)["counts"]
    assert isinstance(counts, dict)
    assert counts["papers"] == counts["nodes.Paper"] == len(EXAMPLES.read_text(encoding="utf-8").splitlines())
    for type_ in ("Method", "Model", "Task", "Dataset", "Benchmark", "Metric", "Repository", "Author", "Venue"):
        assert counts[f"nodes.{type_}"] > 0


def test_papers_jsonl_points_into_the_graph(built: Path) -> None:
    with gzip.open(built / "graph.nt.gz", "rt", encoding="utf-8") as stream:
        subjects = {line.split(" ", 1)[0] for line in stream}
    for line in (built / "papers.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = f"{record['title']}\n"
        assert f"<https://w3id.org/papergraph/{record['node']}>" in subjects
        assert {f"<https://w3id.org/papergraph/{e['entity']}>" for e in record["entities"]} <= subjects
        assert all(mention["end"] > mention["start"] >= 0 for mention in record["mentions"])
        assert text


def build_files(folder: Path, jobs: int, seed: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "kg", "build", str(EXAMPLES), "-o", str(folder), "--jobs", str(jobs), "--quiet"]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, timeout=300)
    return {name: (folder / name).read_bytes() for name in FILES if name != "report.json"}


def test_the_same_bytes_with_one_job_and_two_and_another_hash_seed(tmp_path: Path) -> None:
    one = build_files(tmp_path / "one", 1, "1")
    two = build_files(tmp_path / "two", 2, "77")
    assert [name for name in one if one[name] != two[name]] == []


def test_a_second_run_extracts_only_what_is_new(tmp_path: Path) -> None:
    listing = tmp_path / "papers.jsonl"
    listing.write_text(lines(PAPER), encoding="utf-8")
    assert run("build", listing, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    listing.write_text(lines(PAPER, OTHER), encoding="utf-8")
    again = run("build", listing, "-o", tmp_path / "out", "--jobs", 1)
    assert "1 paper extracted" in again.output
    assert "1 paper known from an earlier run" in again.output
    fresh = tmp_path / "fresh"
    assert run("build", listing, "-o", fresh, "--jobs", 1).exit_code == 0
    for name in FILES:
        if name != "report.json":
            assert (tmp_path / "out" / name).read_bytes() == (fresh / name).read_bytes(), name


def test_the_same_paper_in_two_listings_is_one_node(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(lines(PAPER), encoding="utf-8")
    second.write_text(lines({**PAPER, "id": "z", "title": "tinyteach:  teaching networks"}, OTHER), encoding="utf-8")
    assert run("build", first, second, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    counts = report(tmp_path / "out")["counts"]
    assert isinstance(counts, dict)
    assert counts["nodes.Paper"] == 2


BAD = {
    "empty file": ("papers.jsonl", b""),
    "binary file": ("papers.bin", bytes(range(256)) * 20),
    "list of strings": ("papers.json", b'["a", "b"]'),
    "no such column": ("papers.csv", b"name_of_it,words\nx,y\n"),
    "title without abstract": ("papers.jsonl", b'{"title": "Only a title"}\n'),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_of_which_nothing_can_be_read_is_an_error_that_names_it(case: str, tmp_path: Path) -> None:
    name, content = BAD[case]
    (tmp_path / name).write_bytes(content)
    result = run("build", tmp_path / name, "-o", tmp_path / "out", "--jobs", 1)
    assert isinstance(result.exception, InputError)
    assert name in str(result.exception)
    assert not (tmp_path / "out" / "graph.ttl").exists()


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_loses_no_paper_of_a_good_one(case: str, tmp_path: Path) -> None:
    name, content = BAD[case]
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.jsonl"
    good.write_text(lines(PAPER, OTHER), encoding="utf-8")
    result = run("build", tmp_path / name, good, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 0, result.output
    told = report(tmp_path / "out")
    counts, rejections = told["counts"], told["rejections"]
    assert isinstance(counts, dict)
    assert isinstance(rejections, list)
    assert counts["papers"] == 2
    assert any(name in item["where"] and item["reason"] for item in rejections if item["stage"] == "read")


def test_a_broken_line_is_refused_with_its_number_and_the_others_stay(tmp_path: Path) -> None:
    listing = tmp_path / "papers.jsonl"
    listing.write_text(lines(PAPER) + '{"title": "cut of\n' + lines(OTHER), encoding="utf-8")
    assert run("build", listing, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    told = report(tmp_path / "out")
    counts, rejections = told["counts"], told["rejections"]
    assert isinstance(counts, dict)
    assert isinstance(rejections, list)
    assert counts["papers"] == 2
    assert [item["where"].endswith("papers.jsonl:2") for item in rejections if item["stage"] == "read"] == [True]


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    result = run("build", tmp_path / "nowhere.txt", "-o", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert "nowhere.txt" in str(result.exception)


def test_a_page_about_one_thing_is_smaller_and_says_what_it_cannot_find(built: Path, tmp_path: Path) -> None:
    listing = ("build", EXAMPLES, "-o", tmp_path, "--jobs", 1, "--formats", "html")
    assert run(*listing, "--html-focus", "BERT", "--html-hops", 1).exit_code == 0
    assert (tmp_path / "graph.html").stat().st_size < (built / "graph.html").stat().st_size
    lost = run(*listing, "--html-focus", "No Such Thing Anywhere")
    assert isinstance(lost.exception, ExportError)
    assert "No Such Thing" in str(lost.exception)


def test_an_unknown_output_is_refused_with_the_list(tmp_path: Path) -> None:
    result = run("build", EXAMPLES, "-o", tmp_path, "--formats", "pdf")
    assert isinstance(result.exception, ExportError)
    assert "graphml" in str(result.exception)


def test_files_that_stay_from_an_earlier_build_are_named(tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(lines(PAPER), encoding="utf-8")
    build = ("build", tmp_path / "papers.jsonl", "-o", tmp_path / "out", "--jobs", "1", "--extractors", "title,lexicon")
    assert "earlier build" not in run(*build, "--formats", "ttl,html").output
    assert "so of an earlier build: graph.ttl\n" in run(*build, "--formats", "html").output
