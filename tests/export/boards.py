"""A benchmark with figures of every sort, as papers write them."""

from kg.data import Assertion, Evidence, Graph, Node

_FIGURES = (
    ("93\\%", "accuracy", "score"), ("0.95", "accuracy", "score"), ("0.9", "accuracy", "score"),
    ("+2.5%", "accuracy", "gain"), ("88.1%", "accuracy", "baseline"),
    ("1.48", "FID", "score"), ("11.9", "FID", "score"), ("2.4", "FID", "score"), ("9%", "FID", "score"),
    ("31 ms", "latency", "score"), ("20 ms", "latency", "score"), ("0.9 GB", "latency", "score"),
    ("1,204", "", "score"), ("45/50", "", "score"), ("2x", "", "factor"),
)  # fmt: skip


def boards_graph() -> Graph:
    """One paper that reports `_FIGURES` on one benchmark."""
    paper = Node("paper/quox", "Paper", "Quox", papers=1, first_year=2025, last_year=2025)
    nodes = [paper, Node("benchmark/tallmark", "Benchmark", "Tallmark", papers=1, first_year=2025, last_year=2025)]
    evidence = (Evidence(paper.id, 0, 4, "Quox", "results", 0.6),)
    claims = []
    for name in ("accuracy", "FID", "latency"):
        nodes.append(Node(f"metric/{name.lower()}", "Metric", name, papers=1, first_year=2025, last_year=2025))
    for number, (value, metric, measure) in enumerate(_FIGURES):
        key = f"result/{number:02}"
        nodes.append(
            Node(key, "Result", value, value=value, measure=measure, papers=1, first_year=2025, last_year=2025)
        )
        claims += [(key, "onBenchmark", "benchmark/tallmark"), (key, "resultOf", paper.id)]
        claims += [(key, "metric", f"metric/{metric.lower()}")] if metric else []
    assertions = tuple(Assertion(*claim, evidence, 0.6, 1, 2025, 2025) for claim in sorted(claims))
    return Graph(tuple(sorted(nodes, key=lambda node: node.id)), assertions)
