"""What is not doubted holds: asking the store for the doubted constraints alone finds all that breaks any."""

import random
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import doubtful, write_ntriples
from kg.ontology import constraints
from kg.query import build_store, open_store, violations
from tests.export.hostile import GRAPHS, ONTOLOGY

_SAID = Evidence("paper/tiny", 0, 5, "PS-KD.", "title", 0.9)
SOUND = Graph(
    (
        Node("dataset/imagenet", "Dataset", "ImageNet", papers=1, first_year=2020, last_year=2020),
        Node("hosted-model/a-b", "HostedModel", "a/b", url="https://huggingface.co/a/b", papers=1),
        Node("method/ps-kd", "Method", "PS-KD", ("PSKD",), papers=1),
        Node("paper/tiny", "Paper", "PS-KD", abstract="We propose.", arxiv="2006.12000", date="2020-06", papers=1),
        Node("repository/a-b", "Repository", "github.com/a/b", url="https://github.com/a/b", papers=1),
        Node("result/1", "Result", "9 %", value="9 %", papers=1),
    ),
    (
        Assertion("paper/tiny", "evaluatesOn", "dataset/imagenet", (_SAID,), 0.9, 1),
        Assertion("paper/tiny", "hasRepository", "repository/a-b", (_SAID,), 1.0, 1),
        Assertion("paper/tiny", "introduces", "method/ps-kd", (_SAID, replace(_SAID, start=6, end=9)), 0.9, 1),
        Assertion("result/1", "resultOf", "method/ps-kd", (replace(_SAID, paper="", start=0, end=0),), 0.9, 1),
    ),
    run=Run("run/1", "0.1", "a", "b"),
)


def _node(place, **changed):
    nodes = list(SOUND.nodes)
    nodes[place] = replace(nodes[place], **changed)
    return replace(SOUND, nodes=tuple(sorted(nodes, key=lambda node: node.id)))


def _claim(place, **changed):
    claims = list(SOUND.assertions)
    claims[place] = replace(claims[place], **changed)
    return replace(SOUND, assertions=tuple(sorted(claims, key=lambda one: (one.subject, one.predicate, one.object))))


FAULTS = {
    "confidence above 1": _node(2, confidence=1.5),
    "confidence below 0": _node(0, confidence=-0.5),
    "negative papers": _node(2, papers=-1),
    "early year": _node(0, first_year=20),
    "no last year": _node(0, last_year=0),
    "arXiv id": _node(3, arxiv="arXiv 12"),
    "no address": _node(4, url=""),
    "no address of a model": _node(1, url=""),
    "no value": _node(5, value=""),
    "a result of nobody": replace(SOUND, assertions=SOUND.assertions[:-1]),
    "domain": _claim(0, subject="dataset/imagenet"),
    "range": _claim(0, object="method/ps-kd"),
    "range of an introduction": _claim(2, object="paper/tiny"),
    "confidence of a claim": _claim(0, confidence=7.0),
    "score": _claim(0, evidence=(replace(_SAID, score=-0.5),)),
    "two scores of one statement": _claim(0, evidence=(_SAID, replace(_SAID, score=0.5))),
    "place before the text": _claim(0, evidence=(replace(_SAID, start=-3),)),
    "evidence from a method": _claim(0, evidence=(replace(_SAID, paper="method/ps-kd"),)),
    "evidence from nowhere": _claim(0, evidence=(replace(_SAID, paper="paper/lost"),)),
    "two nodes of one IRI": replace(SOUND, nodes=(SOUND.nodes[0], replace(SOUND.nodes[0], name="x"), *SOUND.nodes[1:])),
    "a node called as a statement": _node(2, id="statement/1"),
}


def _both(graph, folder, provenance="compact"):
    write_ntriples(graph, ONTOLOGY, folder / "graph.nt.gz", provenance)
    build_store(folder / "graph.nt.gz", folder / "store")
    store: ox.Store = open_store(folder / "store")
    return violations(store, ONTOLOGY), violations(store, ONTOLOGY, doubtful(graph, ONTOLOGY, provenance))


@pytest.mark.parametrize("provenance", ["none", "compact", "full"])
def test_nothing_is_doubted_in_a_sound_graph(tmp_path, provenance):
    assert doubtful(SOUND, ONTOLOGY, provenance) == ()
    assert _both(SOUND, tmp_path, provenance) == ((), ())


@pytest.mark.parametrize("name", FAULTS)
def test_what_breaks_a_constraint_is_doubted(tmp_path, name):
    every, doubted = _both(FAULTS[name], tmp_path)
    assert every
    assert doubted == every


def test_doubts_are_few(tmp_path):
    doubted = doubtful(FAULTS["arXiv id"], ONTOLOGY)
    assert {(row.shape, row.kind) for row in doubted} == {("PaperShape", "pattern")}
    assert set(doubtful(FAULTS["two nodes of one IRI"], ONTOLOGY)) == set(constraints(ONTOLOGY))


@pytest.mark.parametrize("name", GRAPHS)
def test_hostile_graphs_are_judged_alike(tmp_path, name):
    every, doubted = _both(GRAPHS[name], tmp_path)
    assert doubted == every


@pytest.mark.parametrize("seed", range(25))
def test_several_faults_at_once_are_found_alike(tmp_path, seed):
    chance = random.Random(seed)
    graph = SOUND
    for name in chance.sample([name for name in FAULTS if "IRI" not in name and "called" not in name], 3):
        changes = zip(graph.nodes, FAULTS[name].nodes, SOUND.nodes, strict=True)
        nodes = [old if new == kept else new for old, new, kept in changes]
        claims = FAULTS[name].assertions if FAULTS[name].assertions != SOUND.assertions else graph.assertions
        graph = replace(graph, nodes=tuple(nodes), assertions=claims)
    every, doubted = _both(graph, tmp_path)
    assert every
    assert doubted == every
