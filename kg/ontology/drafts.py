"""What one file says, before it is merged with the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.ontology.model import EntityType, Predicate, Property, Term
from kg.ontology.problems import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one file. Empty fields of its records mean "not said": the merge fills them.

    ``places`` gives ``file:line`` of single keys, as ``("Robot", "is_a")``; ``files`` are all files that were read.
    """

    files: tuple[Path, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)
    types: tuple[EntityType, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    properties: tuple[Property, ...] = ()
    terms: tuple[Term, ...] = ()
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def where(self, name: str, key: str, otherwise: str) -> str:
        """Where a file says `key` of `name`, or else where it speaks of the name."""
        return self.places.get((name, key), otherwise)
