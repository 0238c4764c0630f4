"""Files of a build, and of the program, that are damaged or gone: a clear error, or another one is made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import KgError, ModelError, StoreError
from kg.export import read_graph
from kg.extract.model import runtime
from kg.query import open_store
from tests.faults.conftest import built, contents, is_clear, kg_here


def _spoil(file: Path, place: float = 0.5) -> None:
    """Overwrite a part of the file."""
    data = bytearray(file.read_bytes())
    start = int(len(data) * place)
    data[start : start + 2000] = b"\xa5" * len(data[start : start + 2000])
    file.write_bytes(data)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("damage", [_spoil, _cut, lambda file: file.write_bytes(b""), lambda file: file.unlink()])
def test_a_damaged_cache_is_made_anew_or_named(damage, folder: Path, listing: Path, new: Path) -> None:
    (cache,) = (folder / "cache").glob("extractions*.sqlite")
    damage(cache)
    told = ""
    try:
        built(listing, folder)
    except StoreError as error:
        told = str(error)
    if told:
        assert f"{cache.name}: damaged" in told
        assert "delete it and run again" in told
        cache.unlink()
        built(listing, folder)
    assert contents(folder) == contents(new)


def test_a_record_of_the_cache_that_cannot_be_read_is_named(folder: Path, listing: Path) -> None:
    (cache,) = (folder / "cache").glob("extractions*.sqlite")
    with closing(sqlite3.connect(cache)) as base, base:
        base.execute("UPDATE annotated SET record = x'7b22'")
    with pytest.raises(StoreError, match=r"extractions\S*\.sqlite: damaged.*delete it and run again"):
        built(listing, folder)


@pytest.mark.parametrize("name", ["manifest.json", "graph.msgpack.gz"])
@pytest.mark.parametrize("damage", [_spoil, _cut, lambda file: file.write_bytes(b"")])
def test_what_else_the_cache_holds_is_made_anew(damage, name: str, folder: Path, listing: Path, new: Path) -> None:
    damage(folder / "cache" / name)
    built(listing, folder)
    assert contents(folder) == contents(new)
    assert read_graph(folder) == read_graph(new)


@pytest.mark.parametrize("damage", [_spoil, _cut, lambda file: file.write_bytes(b"")])
def test_a_damaged_archive_is_named(damage, folder: Path) -> None:
    damage(folder / "cache" / "graph.msgpack.gz")
    with pytest.raises(StoreError, match=r"build again"):
        read_graph(folder)


def test_a_report_that_cannot_be_read_is_made_anew(old: Path, folder: Path) -> None:
    listing = old.parent / "papers.jsonl"
    (folder / "report.json").write_bytes(b"x" * (folder / "report.json").stat().st_size)
    built(listing, folder)
    assert (folder / "report.json").read_bytes().startswith(b"{")


@pytest.mark.parametrize("pattern", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_damaged_store_is_named_by_the_command_and_replaced_by_a_build(
    pattern: str, folder: Path, listing: Path
) -> None:
    for file in (folder / "store").glob(pattern):
        file.write_bytes(b"\xa5" * 50)
    done = kg_here("query", "SELECT * { ?s ?p ?o }", "-o", folder)
    assert is_clear(done), (done.stdout, done.stderr)
    assert "build again" in done.stderr
    built(listing, folder)
    assert len(open_store(folder / "store")) > 100


@pytest.mark.parametrize("damage", [_spoil, _cut, lambda file: file.write_bytes(b""), lambda file: file.unlink()])
def test_a_damaged_search_index_is_a_clear_error(damage, folder: Path) -> None:
    damage(folder / "search.sqlite")
    done = kg_here("find", "Net1", "-o", folder)
    assert done.returncode == 0 or is_clear(done), done.stderr


@pytest.mark.parametrize("name", runtime.FILES)
@pytest.mark.parametrize("damage", [_cut, lambda file: file.unlink()])
def test_a_model_file_that_is_cut_or_missing_is_named(damage, name: str, tmp_path: Path) -> None:
    for file in runtime.DATA.iterdir():
        (tmp_path / file.name).symlink_to(file)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(content)
    damage(tmp_path / name)
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        runtime.load_model(tmp_path)


def test_errors_of_damage_are_for_people() -> None:
    assert issubclass(StoreError, KgError)
    assert issubclass(ModelError, KgError)
