"""What the page is told of types."""

from pathlib import Path

from kg.data import Node
from kg.export.html.tables import Ordered, header
from kg.ontology import load_ontology

OWN = """
default_prefix: lab
prefixes: {lab: https://example.org/lab#}
classes:
  Material: {is_a: Entity, description: A substance.}
  Anode: {is_a: Material, description: A material of an electrode.}
  Instrument: {is_a: Method, description: What measures.}
"""


def test_types_of_ones_own_stand_with_their_kind(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    names = ("Venue", "Anode", "Material", "Instrument", "Method", "Metric", "Result", "Paper")
    nodes = tuple(Node(f"x/{name}", name, name) for name in names)
    told = header(Ordered(nodes, (), {}, len(nodes), 0), load_ontology([file]), "")["types"]
    shown = [one["name"] for one in told]
    assert shown == ["Paper", "Method", "Instrument", "Metric", "Material", "Anode", "Result", "Venue"]
