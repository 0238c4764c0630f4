"""Machines that are set up in other ways: locale, clock, folders that cannot be read or written."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.data import Paper, Rejection
from kg.errors import KgError
from kg.read import read_papers
from tests.faults.conftest import RULES, build, built, contents, is_clear, kg_here

NOBODY = 65534
LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"},
    {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
]


_COMMANDS = """
import json, sys
from kg.cli import main
named = sys.argv[1]
for command in json.load(sys.stdin):
    sys.argv = ["kg", *(word or named for word in command)]
    main()
"""


@pytest.mark.parametrize("env", LOCALES, ids=["C", "Windows-1252", "ASCII"])
def test_files_are_the_same_and_commands_speak_in_any_locale(
    env: dict[str, str], listing: Path, new: Path, tmp_path: Path
) -> None:
    named = tmp_path / "naïve – 木.jsonl"
    named.write_bytes(listing.read_bytes())
    commands: list[list[object]] = [
        ["build", listing, "-o", tmp_path / "out", "--extractors", RULES, "--jobs", 1, "--verbose"],
        ["find", "leaf counting", "-o", new],
        ["query", "SELECT ?t { ?p a kg:Paper ; dcterms:title ?t }", "-o", new],
        ["extract", "", "--extractors", "title"],
    ]
    given = json.dumps([list(map(str, one)) for one in commands]).encode("ascii")
    done = subprocess.run(
        [sys.executable, "-c", _COMMANDS, named], input=given, check=False, capture_output=True, timeout=300,
        env={**os.environ, **env},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "out") == contents(new)
    assert b"Net1" in done.stdout
    assert done.stdout.count(b'"mentions"') == 6, "the last command has answered"


@pytest.mark.parametrize("name", ["木.jsonl", "naïve – name.jsonl"])
def test_names_of_files_may_be_of_any_script(name: str, listing: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(listing.read_bytes())
    assert built(tmp_path / name, tmp_path / "out").extracted == 6


@pytest.mark.parametrize("jump", [-10 * 365 * 86_400, 10 * 365 * 86_400])
def test_a_clock_that_jumps_changes_nothing(
    jump: int, folder: Path, listing: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = time.time
    calls = iter(range(1_000_000))
    monkeypatch.setattr(time, "time", lambda: genuine() + jump * (next(calls) % 2))
    for file in folder.rglob("*"):
        os.utime(file, (genuine() + jump, genuine() + jump))
    built(listing, folder)
    assert contents(folder) == contents(new)


def test_a_folder_that_cannot_be_written_is_named_and_stays_as_it_is(
    small_disk: Path, folder: Path, listing: Path
) -> None:
    subprocess.run(["cp", "-r", str(folder), str(small_disk / "out")], check=True)
    before = contents(small_disk / "out")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = build(listing, small_disk / "out")
    assert is_clear(done), done.stderr
    assert "cannot be written" in done.stderr
    assert contents(small_disk / "out") == before
    asked = kg_here("query", "SELECT * { ?s ?p ?o } LIMIT 1", "-o", small_disk / "out")
    assert asked.returncode == 0, asked.stderr


_AS_NOBODY = """
import os, sys
import kg.read, kg.files, kg.export.exporters, encodings.idna
from pathlib import Path
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
from kg.errors import KgError
from kg.files import atomic_text
for found in kg.read.read_papers([sys.argv[1]]):
    print(type(found).__name__, getattr(found, "reason", ""))
try:
    with atomic_text(Path(sys.argv[1]) / "closed" / "x") as stream:
        stream.write("x")
except KgError as error:
    print("KgError", error)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_what_may_not_be_read_or_written_is_named_and_the_rest_is_read(listing: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)  # pytest closes its folders to others
    papers = tmp_path / "listings"
    (papers / "closed").mkdir(parents=True)
    (papers / "secret.jsonl").write_bytes(listing.read_bytes())
    (papers / "open.jsonl").write_bytes(listing.read_bytes())
    (papers / "open.jsonl").chmod(0o644)
    (papers / "secret.jsonl").chmod(0)
    (papers / "closed").chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(papers)], check=False, capture_output=True, text=True, timeout=120
    )
    lines = done.stdout.splitlines()
    assert lines.count("Paper ") == 6, (done.stdout, done.stderr)
    assert "Rejection the folder cannot be listed (Permission denied)" in lines
    assert "Rejection cannot be opened (Permission denied)" in lines
    assert lines[-1].startswith("KgError")
    assert "Permission denied" in lines[-1]


def test_links_that_go_in_circles_are_walked_once(listing: Path, tmp_path: Path) -> None:
    folder = tmp_path / "listings"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(listing.read_bytes())
    (folder / "round").symlink_to(folder)
    (folder / "self.jsonl").symlink_to(folder / "self.jsonl")
    (folder / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    found = list(read_papers([str(folder)]))
    assert sum(isinstance(one, Paper) for one in found) == 6
    with pytest.raises(KgError, match="link"):
        list(read_papers([str(folder / "self.jsonl")]))


def test_a_file_that_changes_while_it_is_read_gives_papers_and_reasons(listing: Path, tmp_path: Path) -> None:
    lines = listing.read_text(encoding="utf-8").splitlines(keepends=True) * 2000
    growing = tmp_path / "growing.jsonl"
    growing.write_text("".join(lines), encoding="utf-8")
    found: list[Paper | Rejection] = []
    for one in read_papers([str(growing)]):
        found.append(one)
        if len(found) == 10:
            growing.write_text(json.dumps({"title": "Cut", "abstract": "Short."})[:-5], encoding="utf-8")
    papers = [one for one in found if isinstance(one, Paper)]
    assert 10 <= len(papers) <= len(lines)
    assert all(isinstance(one, Paper) or one.reason for one in found)


def test_a_folder_in_the_place_of_a_file_is_named(folder: Path, listing: Path) -> None:
    (folder / "graph.ttl").unlink()
    (folder / "graph.ttl").mkdir()
    with pytest.raises(KgError, match=r"graph\.ttl"):
        built(listing, folder)
