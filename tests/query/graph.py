"""A small graph written by hand, as the pipeline would write it: RDF, store and search index."""

from functools import cache
from pathlib import Path

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import write_ntriples
from kg.ontology import Ontology, load_ontology
from kg.pipeline.search import search_rows
from kg.query import Questions, SearchIndex, build_index, build_store, open_store

LEARNING = "paper/contrastive-learning-of-things-11111111"
CODES = "paper/codes-for-things-22222222"
SENTENCE = "We propose ThingCLR, a method for contrastive learning."


@cache
def ontology() -> Ontology:
    """The built-in ontology, read once."""
    return load_ontology()


def evidence(paper: str, sentence: str, score: float = 0.9) -> Evidence:
    """Evidence that points at the whole sentence."""
    return Evidence(paper, 0, len(sentence), sentence, "cue", score)


def graph() -> Graph:
    """Two papers that share a dataset; one introduces what the other uses."""
    nodes = (
        Node("dataset/imagenet", "Dataset", "ImageNet", ("ILSVRC",), papers=2, first_year=2020, last_year=2021),
        Node("method/thingclr", "Method", "ThingCLR", papers=2, first_year=2020, last_year=2021),
        Node("model/thing-7b", "Model", "Thing-7B <b>&\"'", papers=1, first_year=2021, last_year=2021),
        Node(CODES, "Paper", "Codes for Things", first_year=2021, last_year=2021, date="2021-03", abstract="Codes."),
        Node(LEARNING, "Paper", "Contrastive Learning of Things", first_year=2020, last_year=2020, date="2020-02-03",
             arxiv="2002.00001", abstract=SENTENCE),
        Node("repository/a-b", "Repository", "a/b", url="https://github.com/a/b"),
        Node("task/contrastive-learning", "Task", "contrastive learning", ("RL-free learning",), papers=1),
    )  # fmt: skip
    claims = (
        ("method/thingclr", "trainedOn", "dataset/imagenet", LEARNING, "ThingCLR is trained on ImageNet."),
        (CODES, "evaluatesOn", "dataset/imagenet", CODES, "Evaluated on ImageNet."),
        (CODES, "introduces", "model/thing-7b", CODES, "We release Thing-7B."),
        (CODES, "uses", "method/thingclr", CODES, "We use ThingCLR."),
        (LEARNING, "addresses", "task/contrastive-learning", LEARNING, SENTENCE),
        (LEARNING, "evaluatesOn", "dataset/imagenet", LEARNING, "Tested on ImageNet."),
        (LEARNING, "hasRepository", "repository/a-b", LEARNING, ""),
        (LEARNING, "introduces", "method/thingclr", LEARNING, SENTENCE),
    )
    assertions = tuple(
        Assertion(subject, predicate, object_, (evidence(paper, sentence),), 0.9, 1)
        for subject, predicate, object_, paper, sentence in claims
    )
    run = Run("run/0123abcd", "0.1.0", "digest", "digest", (("papers.txt", "digest"),))
    return Graph(nodes, tuple(sorted(assertions, key=lambda one: (one.subject, one.predicate, one.object))), (), run)


def write(folder: Path, of: Graph | None = None, known: Ontology | None = None) -> Path:
    """Write a graph into `folder` as a build does: N-Triples, store and search index."""
    of = of or graph()
    write_ntriples(of, known or ontology(), folder / "graph.nt.gz")
    build_store(folder / "graph.nt.gz", folder / "store")
    build_index(*search_rows(of), folder / "search.sqlite")
    return folder


def questions(folder: Path) -> Questions:
    """The store and index of `folder`, ready to be asked."""
    index = SearchIndex(folder / "search.sqlite", ontology().base)
    return Questions(open_store(folder / "store"), ontology(), index)
