import pytest

from kg.data import Assertion, Graph, Node
from kg.errors import ExportError
from kg.export.html.select import importance, select


def chain() -> Graph:
    """paper 1 → a → b → c, where b is spoken of most; and z by itself."""
    names = {"method/a": "Alpha", "method/b": "Beta-Net", "method/c": "Gamma", "method/z": "Zeta"}
    papers = {"method/a": 2, "method/b": 9, "method/c": 1, "method/z": 0}
    nodes = [Node(key, "Method", name, aliases=(f"the {name}",), papers=papers[key]) for key, name in names.items()]
    nodes.append(Node("paper/1", "Paper", "One", papers=1))
    ends = [("method/a", "basedOn", "method/b"), ("method/b", "basedOn", "method/c"), ("paper/1", "uses", "method/a")]
    return Graph(tuple(nodes), tuple(Assertion(*end, (), 1.0, 1) for end in ends))


def ids(graph: Graph) -> list[str]:
    return [node.id for node in graph.nodes]


def test_everything_is_the_same_graph() -> None:
    graph = chain()
    assert select(graph, top=0, focus="", hops=2) is graph


@pytest.mark.parametrize(("top", "kept"), [(1, ["method/b"]), (2, ["method/a", "method/b"]), (99, ids(chain()))])
def test_the_strongest_are_kept(top: int, kept: list[str]) -> None:
    assert ids(select(chain(), top=top, focus="", hops=2)) == kept


def test_edges_end_in_what_is_kept() -> None:
    part = select(chain(), top=2, focus="", hops=2)
    assert [(edge.subject, edge.object) for edge in part.assertions] == [("method/a", "method/b")]


@pytest.mark.parametrize("name", ["Gamma", "method/c", "the Gamma", "gamma"])
def test_a_focus_is_found_by_name_id_alias_and_whatever_the_case(name: str) -> None:
    assert ids(select(chain(), top=0, focus=name, hops=1)) == ["method/b", "method/c"]


def test_hops_widen_the_view() -> None:
    assert ids(select(chain(), top=0, focus="Gamma", hops=2)) == ["method/a", "method/b", "method/c"]


def test_the_focus_itself_is_never_cut() -> None:
    assert "method/c" in ids(select(chain(), top=1, focus="Gamma", hops=3))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ExportError, match="--html-focus 'Delta'"):
        select(chain(), top=0, focus="Delta", hops=2)


def test_papers_count_by_connections_alone() -> None:
    assert importance(chain())["paper/1"] == pytest.approx(0.1)
