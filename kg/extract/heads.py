"""Types of a user's own told by the last word of a name: "neutron diffraction" where a type has the head diffraction.

The model and the lexicon know nothing of such types, so that they would only be found by the names that a user lists.
"""

from collections.abc import Iterable

from kg.normalize import normalize
from kg.ontology import Ontology

_GIVEN = frozenset(("Entity", "Method", "Model", "Task", "Dataset", "Benchmark", "Metric"))


class OwnHeads:
    """The heads of the types that extensions add, the longest first."""

    def __init__(self, ontology: Ontology) -> None:
        own = [
            type_ for type_ in ontology.types if type_.name not in _GIVEN and "Entity" in ontology.ancestors(type_.name)
        ]
        heads = [(normalize(head), type_.name) for type_ in own if not type_.abstract for head in type_.heads]
        self._heads = sorted(heads, key=lambda pair: -len(pair[0].split()))
        self._ontology = ontology

    def type_of(self, forms: Iterable[str], type_name: str) -> str:
        """The type of a thing of which one form ends in a head, with a word before it; else the one that was found."""
        written = [normalize(form) for form in forms] if self._heads else []
        ends = (own for head, own in self._heads if any(form.endswith(f" {head}") for form in written))
        found = next(ends, type_name)
        return type_name if found in self._ontology.ancestors(type_name) else found
