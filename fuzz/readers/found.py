"""What a reader finds."""

from collections.abc import Callable
from pathlib import Path

from kg.ontology import Ontology

Names = dict[str, str]  # id → name as it is shown
Edges = set[tuple[str, str, str]]  # subject, predicate, object
Found = tuple[Names, Edges]
Reader = Callable[[Path, Ontology], Found]
