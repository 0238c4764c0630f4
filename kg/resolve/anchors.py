"""The lexicon as anchors: which known thing a name of a type means."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.normalize import compact
from kg.ontology import Ontology, Term


@dataclass(frozen=True)
class Anchors:
    """Terms by compact form of name and aliases; a form may belong to several terms of different types."""

    by_form: Mapping[str, tuple[Term, ...]]

    def find(self, name: str, type_name: str) -> Term | None:
        """The term that `name` means: one of the same type first, else the only one there is."""
        terms = self.by_form.get(compact(name), ())
        fitting = [term for term in terms if not term.ambiguous or name in (term.name, *term.aliases)]
        same = [term for term in fitting if term.type == type_name]
        if same:
            return same[0]
        return fitting[0] if fitting else None


def index_anchors(ontology: Ontology) -> Anchors:
    """Anchors of all terms; a term's own name goes before another's alias."""
    by_form: defaultdict[str, list[Term]] = defaultdict(list)
    named = [term for term in ontology.terms if not term.pattern]
    for term in named:
        _add(by_form, (term.name,), term)
    for term in named:
        _add(by_form, term.aliases, term)
    return Anchors({form: tuple(terms) for form, terms in by_form.items()})


def _add(by_form: defaultdict[str, list[Term]], names: Iterable[str], term: Term) -> None:
    for name in names:
        known = by_form[compact(name)]
        if term not in known:
            known.append(term)
