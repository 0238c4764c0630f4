"""A build of which memory holds but a few records leaves the same files as one that is in memory whole."""

import base64
import gzip
import json
import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg import shelf
from kg.errors import KgError
from kg.export import EXPORTERS, read_graph
from kg.graph import assemble
from kg.pipeline import BuildOptions, OutputOptions
from kg.pipeline import build as build_all
from kg.pipeline.folder import locked
from kg.shelf import Shelf

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
RULES = ("acronym", "cue", "lexicon", "name", "title")
FORMATS = tuple(name for name in EXPORTERS if name not in ("archive", "nt"))
NAMES = ("木Net", "<b>Net</b>", "=1+Net", "Net🤗X", "Élan-Net", "A & B Net", "[[Net]]", "Net|Pipe", "../Net")


def listing() -> list[dict[str, object]]:
    """Sixty-odd papers with people and places, some of them twice, some of one title, some of one id."""
    lines = (ROOT / "examples" / "papers.jsonl").read_text(encoding="utf-8").splitlines()
    papers: list[dict[str, object]] = [json.loads(line) for line in lines[:40]]
    papers += [{**paper, "venue": "A Place", "authors": ["Ann Öst", "Bo"]} for paper in papers[3:30:5]]
    papers += [{"title": "Editorial", "abstract": f"We propose {name} for ImageNet."} for name in NAMES]
    papers += [{"id": "same", "title": f"{name}: Networks", "abstract": f"{name} is based on BERT."} for name in NAMES]
    return papers


def build(source: Path, folder: Path, room: int, shown: int = 300_000) -> dict[str, bytes]:
    """All files of a build but those of the store, without times."""
    output = OutputOptions(formats=FORMATS, shown=shown)
    options = BuildOptions(extractors=RULES, jobs=1, room=room, output=output)
    build_all([str(source)], folder, options, lambda *_: None)
    assert not [path for path in folder.rglob("*") if path.name.endswith(".tmp")]
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    own = ("store/", "cache/extractions", "cache/lock", "cache/manifest")
    files = {name: path.read_bytes() for name, path in sorted(found.items()) if not name.startswith(own)}
    report = json.loads(files["report.json"])
    files["report.json"] = json.dumps({**report, "timings": 0, "cpu": 0}).encode()
    return files


def table_head(page: bytes) -> dict[str, Any]:
    """What a page knows before any row."""
    found = re.search(rb'id="data-graph">([^<]*)<', page)
    assert found is not None
    table = gzip.decompress(base64.b64decode(found[1]))
    head: dict[str, Any] = json.loads(table[4 : 4 + int.from_bytes(table[:4], "little")])
    return head


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The listing as a file."""
    path = tmp_path_factory.mktemp("source") / "papers.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in listing()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(source: Path) -> dict[str, bytes]:
    """The files of a build in memory."""
    return build(source, source.parent / "out", 200_000)


@pytest.fixture
def folder(whole: dict[str, bytes], source: Path, tmp_path: Path) -> Path:
    """A folder for a build that need not extract anew."""
    (tmp_path / "out" / "cache").mkdir(parents=True)
    (cache,) = (source.parent / "out" / "cache").glob("extractions*.sqlite")
    shutil.copy(cache, tmp_path / "out" / "cache")
    return tmp_path / "out"


@pytest.mark.parametrize("room", [1, 50])
def test_what_memory_holds_changes_no_file(
    room: int, whole: dict[str, bytes], source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "_BLOCK", 16)
    seen = []

    def watched(*arguments: object) -> object:
        seen.append(assemble(*arguments))  # type: ignore[arg-type]
        return seen[-1]

    monkeypatch.setattr(import_module("kg.pipeline.build"), "assemble", watched)
    assert build(source, folder, room) == whole
    assert isinstance(seen[0].nodes, Shelf)
    assert isinstance(seen[0].assertions, Shelf)


def test_what_draws_shows_the_strongest_part_and_says_so_and_all_else_has_all(
    whole: dict[str, bytes], source: Path, folder: Path
) -> None:
    found = build(source, folder, 50, shown=40)
    placed = ("cache/graph", "graph.", "tables/", "neo4j/")  # where a node stands, and what draws it
    everything = ("graph.ttl", "graph.nt.gz", "graph.jsonld")
    same = [name for name in whole if not name.startswith(placed) or name in everything]
    assert {name: found[name] for name in same if name != "report.json"} == {
        name: whole[name] for name in same if name != "report.json"
    }
    counts = json.loads(found["report.json"])["counts"]
    assert counts == {**json.loads(whole["report.json"])["counts"], "shown": 40}
    assert found["tables/nodes.csv"].count(b"\n") == whole["tables/nodes.csv"].count(b"\n") == counts["nodes"] + 1
    for name, element in (("graph.graphml", "node"), ("graph.gexf", "node")):
        root = ElementTree.fromstring(found[name])
        assert len(list(root.iter(f"{{{root.tag[1:].partition('}')[0]}}}{element}"))) == 40
        assert f"The strongest 40 of {counts['nodes']} nodes".encode() in found[name]
    head = table_head(found["graph.html"])
    assert (head["allNodes"], head["allEdges"]) == (counts["nodes"], counts["assertions"])
    assert next(count for name, _, _, count in head["columns"] if name == "x") == 40
    assert read_graph(folder).nodes == read_graph(source.parent / "out").nodes


def test_a_file_of_a_killed_build_where_files_must_have_names_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "cache" / ".shelf.abc.tmp"
    left.parent.mkdir()
    left.touch()
    with locked(tmp_path):
        assert not left.exists()


@pytest.mark.skipif(not FULL.exists(), reason="no such device on this system")
def test_a_disk_without_room_ends_a_build_and_the_next_one_goes_on(
    whole: dict[str, bytes], source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "TemporaryFile", lambda **_: FULL.open("wb", buffering=0))
        with pytest.raises(KgError, match="No space left"):
            build(source, folder, 50)
    left = {path.name for path in folder.rglob("*")}
    assert {name.partition("-")[0] for name in left} <= {"cache", "extractions", "lock"}
    assert build(source, folder, 50) == whole
