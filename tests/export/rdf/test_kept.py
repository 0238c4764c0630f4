"""What is copied from the files of the build before is what would be written anew, whatever the two graphs are."""

import gzip
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import Kept, kept, pieces, write_rdf
from tests.export.hostile import GRAPHS, ONTOLOGY

FILES = {"nt": "graph.nt.gz", "ttl": "graph.ttl", "jsonld": "graph.jsonld"}
ONE, TWO = Run("run/1", "0.1", "a", "b"), Run("run/2", "0.1", "a", "b")
SAID = Evidence("paper/a", 0, 5, "PS-KD.", "title", 0.9)
PAPER, METHOD = Node("paper/a", "Paper", "A"), Node("method/ps-kd", "Method", "PS-KD")
CLAIM = Assertion("paper/a", "introduces", "method/ps-kd", (SAID,), 0.9, 1)
SMALL = Graph((METHOD, PAPER), (CLAIM,), run=ONE)
QUOTES = {  # sentences that say what we write of runs
    "nt": "<http://www.w3.org/ns/prov#wasGeneratedBy> <https://w3id.org/papergraph/run/1>",
    "ttl": "prov:wasGeneratedBy run:1",
    "jsonld": '"prov:wasGeneratedBy": [{"@id": "run:1"}]',
}
NEXT = [
    (SMALL, replace(SMALL, nodes=(replace(METHOD, papers=2), PAPER))),
    (SMALL, replace(SMALL, assertions=(replace(CLAIM, confidence=0.5),))),
    (SMALL, replace(SMALL, nodes=(METHOD,), assertions=())),
    (replace(SMALL, nodes=(METHOD,), assertions=()), SMALL),
    *(
        (again, again)
        for quote in QUOTES.values()
        for again in [replace(SMALL, assertions=(replace(CLAIM, evidence=(replace(SAID, sentence=quote),)),))]
    ),
    *pairwise([*GRAPHS.values(), next(iter(GRAPHS.values()))]),
    *((graph, graph) for graph in GRAPHS.values()),
]


def write(graph: Graph, folder: Path, context: str = "one") -> dict[str, bytes]:
    """Write all syntaxes over what is in the folder; returns the bytes of each."""
    paths = {name: folder / file for name, file in FILES.items()}
    write_rdf(graph, ONTOLOGY, paths, "compact", Kept(folder / "cache", context))
    return {name: path.read_bytes() for name, path in paths.items()}


def lines(data: bytes) -> set[bytes]:
    """Lines of N-Triples, but for sentences, which may quote the run."""
    return {line for line in data.splitlines(keepends=True) if b"sentence>" not in line}


@pytest.mark.parametrize("pair", NEXT)
@pytest.mark.parametrize("context", ["one", "two"])
def test_a_file_over_an_older_one_is_as_a_fresh_one(pair: tuple[Graph, Graph], context: str, tmp_path: Path) -> None:
    first, second = replace(pair[0], run=ONE), replace(pair[1], run=TWO)
    fresh = write(second, tmp_path / "fresh")
    write(first, tmp_path / "out")
    assert write(second, tmp_path / "out", context) == fresh


@pytest.mark.parametrize("pair", NEXT)
@pytest.mark.parametrize("context", ["one", "two"])
def test_it_is_told_what_went_and_what_came(pair: tuple[Graph, Graph], context: str, tmp_path: Path) -> None:
    first, second = replace(pair[0], run=ONE), replace(pair[1], run=TWO)
    before = lines(gzip.decompress(write(first, tmp_path)["nt"]).replace(b"run/1>", b"run/2>"))
    paths = {"nt": tmp_path / FILES["nt"]}
    written = write_rdf(second, ONTOLOGY, paths, "compact", Kept(tmp_path / "cache", context))
    after = lines(gzip.decompress(paths["nt"].read_bytes()))
    assert written.differences
    gone, came = (lines(b"".join(part)) for part in (written.differences.gone, written.differences.came))
    assert (before - gone) | came == after
    assert gone >= before - after


def test_what_did_not_change_is_not_put_into_words_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(SMALL, tmp_path)
    worded: list[str] = []

    def text(piece: pieces._OfNode, *_: object) -> str:
        worded.append(piece.key)
        return ""

    monkeypatch.setattr(pieces._OfNode, "text", text)
    write(replace(SMALL, nodes=(METHOD, replace(PAPER, name="B")), run=TWO), tmp_path)
    assert set(worded) == {"1 paper/a"}


@pytest.mark.parametrize("name", ["graph.ttl", "cache/graph.ttl.pieces", "cache/graph.ttl.json"])
@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data.replace(b"9", b"8"), lambda _: b"{}"])
def test_what_was_altered_since_is_not_copied(name: str, damage: object, tmp_path: Path) -> None:
    fresh = write(replace(SMALL, run=TWO), tmp_path / "fresh")
    write(SMALL, tmp_path / "out")
    file = tmp_path / "out" / name
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert write(replace(SMALL, run=TWO), tmp_path / "out") == fresh


def test_of_a_graph_that_is_all_new_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 3)
    write(SMALL, tmp_path)
    new = replace(SMALL, nodes=(replace(METHOD, name="B"), replace(PAPER, name="B", papers=7)), run=TWO)
    paths = {"nt": tmp_path / FILES["nt"]}
    assert write_rdf(new, ONTOLOGY, paths, "compact", Kept(tmp_path / "cache", "one")).differences is None
