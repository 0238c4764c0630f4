"""The leaderboard as a query: scores alone, high ones first whatever they are written like."""

from pathlib import Path

from kg.export.rdf import write_ntriples
from kg.ontology import load_ontology
from kg.query import Questions, build_store, named_query, open_store
from tests.export.boards import boards_graph


def test_scores_stand_in_order_and_nothing_else_does(tmp_path: Path) -> None:
    ontology = load_ontology()
    write_ntriples(boards_graph(), ontology, tmp_path / "graph.nt.gz")
    build_store(tmp_path / "graph.nt.gz", tmp_path / "store")
    questions = Questions(open_store(tmp_path / "store"), ontology)
    rows = questions.ask(named_query("leaderboard").text, {"data": f"<{ontology.base}benchmark/tallmark>"})
    said = [(row["metric"].value if row["metric"] else "", row["value"].value) for row in rows]
    assert said == [
        ("", "1,204"), ("", "45/50"),
        ("FID", "11.9"), ("FID", "9%"), ("FID", "2.4"), ("FID", "1.48"),
        ("accuracy", r"93\%"), ("accuracy", "0.95"), ("accuracy", "0.9"),
        ("latency", "31 ms"), ("latency", "20 ms"), ("latency", "0.9 GB"),
    ]  # fmt: skip
