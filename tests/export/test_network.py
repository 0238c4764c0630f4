import networkx as nx
import pytest

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS
from kg.export.network import to_networkx
from kg.graph import assemble
from kg.ontology import Ontology, load_ontology
from tests.graph import papers


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def graph(ontology: Ontology) -> Graph:
    return assemble(papers.resolution(papers.annotated()), ontology)


def test_the_network_has_the_nodes_and_edges_of_the_graph(graph: Graph, ontology: Ontology) -> None:
    net = to_networkx(graph, ontology)
    assert set(net.nodes) == {node.id for node in graph.nodes}
    assert {(s, p, o) for s, o, p in net.edges(keys=True)} == {
        (a.subject, a.predicate, a.object) for a in graph.assertions
    }


def test_its_attributes_are_those_of_the_files(graph: Graph, ontology: Ontology) -> None:
    net = to_networkx(graph, ontology)
    node = net.nodes["method/tinyteach"]
    assert (node["label"], node["type"], node["degree"]) == ("TinyTeach", "Method", net.degree("method/tinyteach"))
    assert set(node) <= {column.name for column in NODE_COLUMNS}
    own = next(edge for edge in net.edges(keys=True, data=True) if edge[2] == "introduces")[3]
    assert own["sentence"] == "We propose TinyTeach."
    assert set(own) <= {column.name for column in EDGE_COLUMNS} | {"id"}


def test_algorithms_of_networkx_work_on_it(graph: Graph, ontology: Ontology) -> None:
    net = to_networkx(graph, ontology)
    central = nx.degree_centrality(net)
    assert max(central, key=central.__getitem__).startswith("paper/")
    assert nx.number_weakly_connected_components(net) == 1
    assert nx.shortest_path(net.to_undirected(), "method/bigteach", "dataset/imagenet")
