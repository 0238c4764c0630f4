"""The explorer's page and data: from the present build, by its digest, without a restart when there is a new one."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.data import Graph, Node
from kg.export import live_tables
from kg.export.archive import ARCHIVE
from kg.export.html import TABLES
from kg.ontology import load_ontology
from tests.browser.synthetic import synthetic_graph
from tests.query import graph as small
from tests.serve.building import complete, keep, write_build
from tests.serve.running import ROOT, Running, serving

ONE, OTHER = synthetic_graph(60), synthetic_graph(70, seed=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A build of one graph."""
    return write_build(tmp_path / "build", ONE)


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Running]:
    """A server of that build, whose temporary files are in a folder of their own."""
    (tmp_path / "tmp").mkdir()
    with serving(folder, TMPDIR=str(tmp_path / "tmp")) as running:
        yield running


def version(server: Running) -> str:
    found: str = server.get("/api/version").json["version"]
    assert re.fullmatch("[0-9a-f]{16}", found)
    return found


def test_the_page_has_no_data_and_a_policy_for_it_alone(server: Running) -> None:
    reply = server.get("/")
    policy = reply.headers["content-security-policy"]
    assert (reply.status, reply.type) == (200, "text/html")
    assert "octet-stream" not in reply.text
    assert "unsafe" not in policy
    for part in ("default-src 'none'", "connect-src 'self'", "script-src 'sha256-", "frame-ancestors 'none'"):
        assert part in policy


def test_the_tables_are_those_of_the_build_and_may_be_kept_for_ever(server: Running) -> None:
    expected, digest = live_tables(ONE, small.ontology()), version(server)
    for name in TABLES:
        reply = server.get(f"/explorer/{digest}/{name}")
        assert (reply.status, reply.type) == (200, "application/gzip")
        assert reply.body == expected[name]
        assert "immutable" in reply.headers["cache-control"]
        assert "private" in reply.headers["cache-control"]


@pytest.mark.parametrize("path", ["0123456789abcdef/graph", "{}/secrets", "{}/..%2f..", "../graph", "x/graph"])
def test_other_versions_and_tables_are_not_there(server: Running, path: str) -> None:
    assert server.get(f"/explorer/{path.format(version(server))}").status == 404


def test_a_new_build_is_served_at_once_and_the_old_one_for_a_while(server: Running, folder: Path) -> None:
    before = version(server)
    old = server.get(f"/explorer/{before}/evidence").body
    write_build(folder, OTHER)
    after = version(server)
    assert after != before
    assert server.get(f"/explorer/{after}/graph").body == live_tables(OTHER, small.ontology())["graph"]
    assert server.get(f"/explorer/{before}/evidence").body == old
    write_build(folder, ONE)
    assert version(server) == before


def test_only_the_last_few_builds_are_kept(server: Running, folder: Path, tmp_path: Path) -> None:
    versions = []
    for seed in range(5):
        write_build(folder, synthetic_graph(20, seed=seed))
        versions.append(version(server))
        assert server.get(f"/explorer/{versions[-1]}/graph").status == 200
    (kept,) = (tmp_path / "tmp").glob("kg-explorer-*")
    assert {file.name for file in kept.iterdir()} == set(versions[-3:])
    assert server.get(f"/explorer/{versions[0]}/graph").status == 404


def test_a_build_counts_when_it_has_ended(server: Running, folder: Path) -> None:
    before = version(server)
    keep(folder, OTHER)
    assert version(server) == before
    complete(folder)
    assert version(server) != before


def test_a_build_that_changes_nothing_is_no_new_version(server: Running, folder: Path) -> None:
    before = version(server)
    write_build(folder, ONE)
    assert version(server) == before


def test_a_new_build_may_bring_types_of_its_own(server: Running, folder: Path) -> None:
    assert server.get("/robot/arm").status == 404
    ontology = load_ontology((ROOT / "examples" / "ontologies" / "robotics.yaml",))
    arm = Graph((Node("robot/arm", "Robot", "Arm 7", papers=1, first_year=2024, last_year=2024),), ())
    write_build(folder, arm, ontology)
    assert server.get("/robot/arm", Accept="text/html").status == 200
    assert server.get("/api/search?q=arm&type=Robot").json["names"][0]["type"] == "Robot"
    assert "kg:Robot" in {one["name"] for one in server.get("/api/vocabulary").json["classes"]}
    assert server.get(f"/explorer/{version(server)}/graph").body == live_tables(arm, ontology)["graph"]


def test_a_folder_without_manifest_goes_by_its_graph(server: Running, folder: Path) -> None:
    before = version(server)
    (folder / "cache" / "manifest.json").unlink()
    assert version(server) == before
    keep(folder, OTHER)
    assert version(server) != before


def test_a_damaged_graph_is_told_in_words_and_forgotten_when_mended(server: Running, folder: Path) -> None:
    good = (folder / ARCHIVE).read_bytes()
    (folder / ARCHIVE).write_bytes(good[: len(good) // 2])
    complete(folder)
    reply = server.get(f"/explorer/{version(server)}/graph")
    assert (reply.status, reply.json["error"]["code"]) == (503, "unavailable")
    assert "is damaged" in reply.message
    assert "build again" in reply.message
    (folder / ARCHIVE).write_bytes(good)
    complete(folder)
    assert server.get(f"/explorer/{version(server)}/graph").status == 200


def test_the_strongest_only(folder: Path) -> None:
    with serving(folder, "--top", "20") as server:
        body = server.get(f"/explorer/{version(server)}/graph").body
    assert body == live_tables(ONE, small.ontology(), 20)["graph"]


def test_the_file_of_the_build_can_be_had(server: Running, folder: Path) -> None:
    assert server.get("/graph.html").status == 404
    assert server.get("/api/version").json["offline"] == ""
    (folder / "graph.html").write_text("<!doctype html><title>File</title>", encoding="utf-8")
    reply = server.get("/graph.html")
    assert "<title>File</title>" in reply.text
    assert "connect-src" not in reply.headers["content-security-policy"]
    assert server.get("/api/version").json["offline"] == "graph.html"
    shutil.rmtree(folder / "cache")
    assert "<title>File</title>" in server.get("/").text
    assert server.get("/api/version").json["version"] == ""


def test_nothing_is_left_behind(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    with serving(folder, TMPDIR=str(tmp_path / "tmp")) as server:
        server.get("/")
        server.get(f"/explorer/{version(server)}/text")
        assert len(list((tmp_path / "tmp").glob("kg-explorer-*"))) == 1
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_token_guards_the_data_too(folder: Path) -> None:
    with serving(folder, KG_TOKEN="s3cret") as server:
        assert server.get("/api/version").status == 401
        digest = server.get("/api/version", Authorization="Bearer s3cret").json["version"]
        assert server.get(f"/explorer/{digest}/graph").status == 401
        assert server.get(f"/explorer/{digest}/graph", Authorization="Bearer s3cret").status == 200
