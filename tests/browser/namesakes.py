"""Three methods that share a name: one has a long form, one was introduced by a paper, one is only used."""

from kg.data import Assertion, Evidence, Graph, Node

LONG_FORM = "Sorted Average Gradient Estimate"
INTRODUCED_BY = "Sagel: gates for looped encoders"
USED_BY = "A study of looped encoders"


def namesakes_graph() -> Graph:
    """The three methods, and two papers."""
    papers = [Node(f"paper/{place}", "Paper", title) for place, title in enumerate((INTRODUCED_BY, USED_BY))]
    methods = [
        Node("method/sagel", "Method", "Sagel", aliases=("Sagels", LONG_FORM)),
        Node("method/sagel-2", "Method", "Sagel"),
        Node("method/sagel-3", "Method", "Sagel"),
    ]
    claims = [
        ("paper/0", "introduces", "method/sagel-2"), ("paper/1", "uses", "method/sagel-2"),
        ("paper/1", "uses", "method/sagel"), ("paper/1", "uses", "method/sagel-3"),
    ]  # fmt: skip
    known = [
        Assertion(*claim, (Evidence(claim[0], 0, 5, "Sagel", "title", 0.6),), 0.6, 1, 2025, 2025)
        for claim in sorted(claims)
    ]
    return Graph(tuple(sorted((*papers, *methods), key=lambda node: node.id)), tuple(known))
