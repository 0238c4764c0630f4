"""A build that is run again: changed, withdrawn and renamed papers, dates, breaks, and a store made beside."""

import gzip
import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli.tables import counted
from kg.errors import ExportError, InputError, KgError
from kg.pipeline import outputs, storing
from kg.query import open_store
from tests.cli.conftest import run

RULES = ("--jobs", 1, "--extractors", "acronym,cue,extension,lexicon,name,title")
FILES = (
    "graph.html", "graph.ttl", "graph.nt.gz", "graph.jsonld", "graph.graphml", "graph.gexf", "void.ttl",
    "tables/nodes.csv", "tables/edges.csv", "papers.jsonl", "cache/graph.msgpack.gz", "ontology.yaml",
)  # fmt: skip


def paper(number: int, **changed: str) -> dict[str, str]:
    return {
        "id": f"p{number}",
        "title": f"Net{number}Teach: Teaching Networks {number}",
        "abstract": f"We propose Net{number}Teach, evaluated on ImageNet. It outperforms BERT by {number}.5% accuracy.",
        "date": f"20{10 + number}-06-01",
        **changed,
    }


def build(folder: Path, *papers: dict[str, str], settings: tuple[object, ...] = RULES) -> str:
    """Build from the same listing every time; returns what was said."""
    listing = folder.parent / "papers.jsonl"
    listing.write_text("".join(json.dumps(one) + "\n" for one in papers), encoding="utf-8")
    done = run("build", listing, "-o", folder, *settings)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def report(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return loaded


NEXT = {
    "one more": ([paper(n) for n in range(5)], 1),
    "none less": ([paper(n) for n in range(4)], 0),
    "withdrawn": ([paper(n) for n in (0, 1, 3)], 0),
    "changed": ([paper(0), paper(1, abstract="We propose AnotherNet for image segmentation."), paper(2), paper(3)], 1),
    "renamed": ([paper(0), paper(1, title="SomethingElse: A New Title"), paper(2), paper(3)], 1),
    "dated anew": ([paper(0), paper(1, date="2024-01-01"), paper(2), paper(3)], 0),
    "in another order": ([paper(n) for n in (3, 2, 1, 0)], 0),
    "withdrawn, changed and new": ([paper(1), paper(2, abstract="We use GPT-4."), paper(7)], 2),
}


@pytest.mark.parametrize("case", NEXT)
def test_a_build_over_an_older_one_ends_as_a_fresh_one(case: str, tmp_path: Path) -> None:
    papers, new = NEXT[case]
    build(tmp_path / "out", *(paper(n) for n in range(4)))
    said = build(tmp_path / "out", *papers)
    assert (f"{counted(new, 'paper')} extracted" in said) == bool(new)
    build(tmp_path / "fresh", *papers)
    assert [name for name in FILES if contents(tmp_path / "out")[name] != contents(tmp_path / "fresh")[name]] == []


def test_a_run_with_nothing_new_writes_nothing(tmp_path: Path) -> None:
    build(tmp_path / "out", paper(0), paper(1))
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").rglob("*") if file.is_file()}
    assert "2 papers known from an earlier run" in build(tmp_path / "out", paper(0), paper(1))
    changed = [file for file, time in before.items() if file.stat().st_mtime_ns != time and file.name != "lock"]
    assert changed == []


def test_a_page_of_an_earlier_build_is_not_what_is_to_be_opened(tmp_path: Path) -> None:
    settings = (*RULES, "--formats", "html"), (*RULES, "--formats", "ttl"), (*RULES, "--formats", "ttl")
    said = [build(tmp_path / "out", paper(0), settings=one).splitlines()[-1] for one in settings]
    assert said == [f"Open {tmp_path / 'out' / 'graph.html'}", *2 * [f"Open {tmp_path / 'out'}"]]


def test_a_run_that_breaks_leaves_a_folder_that_the_next_one_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "out", paper(0), paper(1))
    expected = contents(tmp_path / "out")

    def no_room(*_: object, **__: object) -> None:
        raise ExportError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(outputs, "write_html", no_room)
        with pytest.raises(ExportError):
            build(tmp_path / "out", paper(0), paper(1), paper(2))
    assert "2 papers known" in build(tmp_path / "out", paper(0), paper(1))
    assert contents(tmp_path / "out") == expected


def test_the_store_made_in_a_process_of_its_own_holds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path / "one", *(paper(n) for n in range(3)))
    monkeypatch.setattr(storing, "_SMALL", 0)
    build(tmp_path / "two", *(paper(n) for n in range(3)), settings=("--jobs", 2, *RULES[2:]))
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert set(open_store(tmp_path / "two" / "store")) == set(open_store(tmp_path / "one" / "store"))
    assert list((tmp_path / "two").glob(".*")) == []
    assert {"store", "validate"} <= report(tmp_path / "two")["timings"].keys()


def test_a_store_that_cannot_be_made_is_an_error_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "out", paper(0))
    before = set(open_store(tmp_path / "out" / "store"))
    monkeypatch.setattr(storing, "_SMALL", 0)

    def damaged(*arguments: Any) -> tuple[int, None]:
        with gzip.open(arguments[2] / "graph.nt.gz", "wb") as stream:
            stream.write(b"<not triples\n")
        return 0, None

    monkeypatch.setattr(importlib.import_module("kg.pipeline.build"), "write_ntriples_of", damaged)
    with pytest.raises(KgError):
        build(tmp_path / "out", paper(0), paper(1), settings=("--jobs", 2, *RULES[2:]))
    assert set(open_store(tmp_path / "out" / "store")) == before


def test_papers_before_a_date_are_left_out_and_counted(tmp_path: Path) -> None:
    build(tmp_path / "out", *(paper(n) for n in range(4)), settings=(*RULES, "--since", "2012-06"))
    told = report(tmp_path / "out")
    assert told["counts"]["papers"] == 2
    assert [item["reason"] for item in told["rejections"] if item["stage"] == "read"] == ["dated before 2012-06"]


def test_no_paper_since_a_date_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2031"):
        build(tmp_path / "out", paper(0), settings=(*RULES, "--since", "2031"))


@pytest.mark.parametrize("value", ["yesterday", "2025-13", "06/2025"])
def test_what_is_no_date_is_refused(value: str, tmp_path: Path) -> None:
    assert "no date" in str(run("build", tmp_path, "--since", value).output)


def test_no_input_at_all_is_refused() -> None:
    assert "INPUT" in run("build").output


def test_a_build_folder_within_the_watched_one_is_refused(tmp_path: Path) -> None:
    assert "choose another -o" in run("build", "--watch", tmp_path, "-o", tmp_path / "out").output
