"""A disk that is full: a clear error, every old file whole, nothing half-written, and the next run goes on."""

import errno
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ExportError, KgError
from kg.export import EXPORTERS, read_graph
from kg.files import put, together
from kg.query import open_store
from tests.export.hostile import GRAPHS, ONTOLOGY
from tests.faults.conftest import build, built, contents, is_clear, write_listing

STREAMED = ["graph.nt.gz", "graph.ttl", "graph.html", "edges.csv", "papers.jsonl", "report.json", "manifest.json"]
OWN = {"sqlite"}  # SQLite writes by itself: see the small disk below


class FullDisk(io.FileIO):
    """A file that takes so many bytes and then says that no space is left."""

    left = 200

    def write(self, data: Any) -> int:
        if len(data) > self.left:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.left -= len(data)
        return super().write(data)


@pytest.fixture
def fill(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that lets the disk be full for all files of a name; "" frees it again."""
    genuine = Path.open
    full = ""

    def opening(self: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        if full and full in self.name and "w" in mode:
            return io.BufferedWriter(FullDisk(self, "wb"))
        return genuine(self, mode, *arguments, **options)

    def choose(name: str) -> None:
        nonlocal full
        full = name

    monkeypatch.setattr(Path, "open", opening)
    return choose


@pytest.mark.parametrize("name", STREAMED)
def test_a_build_ends_with_an_error_and_goes_on_when_there_is_space(
    name: str, old: Path, folder: Path, listing: Path, new: Path, fill: Callable[[str], None]
) -> None:
    before, after = contents(folder), contents(new)
    store, found = len(open_store(folder / "store")), (folder / "search.sqlite").read_bytes()
    fill(name)
    with pytest.raises(ExportError, match="No space left"):
        built(listing, folder)
    if name != "manifest.json":  # which is written when all other files have changed
        assert contents(folder) == before, "all files are of one build"
        assert (len(open_store(folder / "store")), (folder / "search.sqlite").read_bytes()) == (store, found)
        assert read_graph(folder) == read_graph(old)
    assert not [file for file in folder.rglob(".*") if file.name.endswith((".tmp", ".old"))]
    fill("")
    assert built(listing, folder).extracted == 0, "nothing is read twice"
    assert contents(folder) == after


@pytest.mark.parametrize("name", [name for name, one in EXPORTERS.items() if name not in OWN and one.file[-1] != "/"])
def test_every_format_leaves_its_old_file_whole(name: str, tmp_path: Path, fill: Callable[[str], None]) -> None:
    path = tmp_path / EXPORTERS[name].file
    EXPORTERS[name].write(GRAPHS["undirected"], ONTOLOGY, path)
    before = path.read_bytes()
    fill(path.name)
    with pytest.raises(ExportError, match="No space left"):
        EXPORTERS[name].write(GRAPHS["names"], ONTOLOGY, path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_disk_that_is_too_small_is_named_and_a_larger_one_is_enough(small_disk: Path, listing: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 2_700_000)
    done = build(listing, small_disk / "out")
    assert is_clear(done), done.stderr
    assert "out" in done.stderr
    ballast.unlink()
    again = build(listing, small_disk / "out")
    assert again.returncode == 0, again.stderr
    assert not list((small_disk / "out").rglob(".*.tmp"))


@pytest.mark.parametrize("free", [40_000, 150_000, 400_000, 560_000, 700_000])
def test_wherever_the_disk_runs_full_the_error_is_clear(small_disk: Path, tmp_path: Path, free: int) -> None:
    (small_disk / "ballast").write_bytes(b"\0" * (3 * 1024 * 1024 - free))
    with pytest.raises(KgError):
        built(write_listing(tmp_path / "few.jsonl", 2), small_disk / "out")


def test_notes_of_a_vault_take_their_places_together(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    EXPORTERS["obsidian"].write(GRAPHS["undirected"], ONTOLOGY, folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    def broken_off() -> None:
        with together(tmp_path):
            EXPORTERS["obsidian"].write(GRAPHS["names"], ONTOLOGY, folder)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_folder_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "store", tmp_path / ".store.new.tmp"
    old.mkdir()
    (old / "data").touch()
    new.mkdir()
    genuine = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == new:
            raise PermissionError("held open")
        return genuine(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(PermissionError):
        put(new, old)
    assert (old / "data").exists()
