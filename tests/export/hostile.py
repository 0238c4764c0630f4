"""Graphs that break careless writers: what must survive in every format is asserted against this one table."""

from kg.data import Assertion, Evidence, Graph, Node, Rejection, Run
from kg.export import view_ontology
from kg.ontology import load_ontology

ONTOLOGY = view_ontology(load_ontology())

NAMES = (
    '<script>alert("x")</script>', "]]> & <![CDATA[ 'both' \"quotes\"", "INFOCOM with REINFORCE and INF",
    "=1+1", "+1", "-1", "@SUM(A1)", "\tindented", "line\nbreak\r\nand more", " spaced  out ", "", "   ",
    "nan", "Infinity", "null", "None", "true", "2020", "emoji 🤗 and 𝔐ath", "עברית و العربية", "e\u0301 combining",
    "\x00nul\x07bell\x1bescape\x7f\x85", "lone \ud800 surrogate", "\ufffe\uffff no characters",
    "zero\u200bwidth\u200djoiner", "next\u2028line\u2029paragraph", r"$\alpha$-\textbf{Net}", "back\\slash",
    "pipe|pipe", "semi;colon,comma", "[[wiki]] #tag ^block", "{{mustache}}", "x" * 20_000, "a: b", "- list",
    "`code` ${js}", "&amp;", "&#0;", "%00", "../../etc/passwd", "'; DROP TABLE nodes; --",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", '" onmouseover="alert(1)', "</title></style>",
    '=HYPERLINK("https://x.org","click")', "@import 'x'", "\u202egnp.exe\u202c", "!!!", "???", "C", "C++", "C#", "c",
    "中文 名前 이름", "👩\u200d🔬", "a" * 100_000, "(a+)+$" * 200,
    "https://x.org/a b\"c[d]%", "<!--", "-->", "<![CDATA[",
)  # fmt: skip


def said(sentence: str, paper: str = "paper/one", score: float = 0.9) -> Evidence:
    """Evidence of ten characters."""
    return Evidence(paper, 0, 10, sentence, "cue", score)


def edge(
    subject: str, predicate: str, object_: str, *evidence: Evidence, years: tuple[int, int] = (2020, 2021)
) -> Assertion:
    """An assertion with a confidence of 0.5 and as many papers as the evidence names."""
    papers = len({item.paper for item in evidence if item.paper})
    return Assertion(subject, predicate, object_, evidence, 0.5, papers, *years)


def paper(slug: str, year: int = 2020) -> Node:
    """A paper of a year."""
    date = str(year) if year else ""
    return Node(f"paper/{slug}", "Paper", f"Paper {slug}", (), (), 1, year, year, 1.0, date, abstract="Some words.")


def _sorted(nodes: list[Node], assertions: list[Assertion]) -> Graph:
    return Graph(
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(assertions, key=lambda one: (one.subject, one.predicate, one.object))),
        (Rejection("graph", "paper/one", "x < y", "outside \ud800 the range"),),
        Run("run/1", "kg 0", "0" * 64, "1" * 64, (("a \udc80.txt", "2" * 64),)),
    )


def _names() -> Graph:
    nodes = [paper("one")]
    edges = []
    for number, name in enumerate(NAMES):
        key = f"method/name-{number:02}"
        nodes.append(Node(key, "Method", name, (name, f"{name}!"), ("arxiv:1706.03762",), 1, 2020, 2020, 0.5))
        edges.append(edge("paper/one", "introduces", key, said(f"We propose {name}.")))
    return _sorted(nodes, edges)


def _parallel() -> Graph:
    nodes = [Node("method/a", "Method", "A"), Node("model/b", "Model", "B"), Node("task/c", "Task", "C")]
    pairs = [("method/a", "model/b"), ("model/b", "method/a"), ("method/a", "method/a")]
    edges = [
        edge(one, predicate, other, said("A is based on B."), said("And B on A.", "paper/two"))
        for one, other in pairs
        for predicate in ("basedOn", "outperforms", "partOf")
    ]
    edges += [edge("method/a", "solves", "task/c"), edge("method/a", "broader", "model/b", years=(0, 0))]
    return _sorted([*nodes, paper("one"), paper("two", 2021)], edges)


def _numbers() -> Graph:
    values = (0.0, 1.0, 1e-12, 0.123456789, float("nan"), float("inf"), float("-inf"))
    nodes = [
        Node(f"dataset/{number}", "Dataset", f"D{number}", (), (), 0, 0, 0, value)
        for number, value in enumerate(values)
    ]
    edges = [
        Assertion("paper/one", "trainsOn", node.id, (), value, 0) for node, value in zip(nodes, values, strict=True)
    ]
    many = Node("dataset/many", "Dataset", "Many", (), (), 10**9, 1, 9999, 1.0)
    return _sorted(
        [*nodes, many, paper("one", 0)], [*edges, Assertion("paper/one", "mentions", many.id, (), 1.0, 10**9, 1, 9999)]
    )


def _every_type() -> Graph:
    nodes = [
        Node(
            f"{type_.iri}/x", type_.name, f"A {type_.name}", url="https://example.org/?a=1&b=<2>" if type_.link else ""
        )
        for type_ in ONTOLOGY.types
        if not type_.abstract
    ]
    return _sorted(
        [node if node.type != "Result" else Node("result/x", "Result", "88.1%", value="88.1%") for node in nodes], []
    )


def _undirected() -> Graph:
    nodes = [Node("method/a", "Method", "A"), Node("method/b", "Method", "B"), Node("method/c", "Method", "C")]
    return _sorted(
        nodes,
        [edge("method/a", "occursWith", "method/b", said("")), edge("method/b", "occursWith", "method/c", said(""))],
    )


GRAPHS: dict[str, Graph] = {
    "empty": Graph((), ()),
    "lone node": _sorted([Node("task/t", "Task", "T")], []),
    "names": _names(),
    "parallel edges": _parallel(),
    "numbers": _numbers(),
    "every type": _every_type(),
    "undirected": _undirected(),
}
