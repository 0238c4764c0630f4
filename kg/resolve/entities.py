"""Entities from the occurrences of each node: id, type, name, aliases, and the reasons for every join."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from kg.data import Entity, Merge
from kg.normalize import digest, normalize, slug
from kg.ontology import Term
from kg.resolve.aliases import Called, Speech, asides
from kg.resolve.forms import Reader
from kg.resolve.occurrences import MARK, Occurrence

_WEIGHT_OF_INTRODUCING = 3
_ENOUGH = 4  # a fourth of those who use the commonest spelling
_PLAIN = re.compile(r"[A-Za-z][a-z]*(?:[ -][A-Za-z][a-z]*)*")


class Ids:
    """Mints ids: those of the lexicon first, then each node's from its first name, so that later papers rename none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._of_terms = _ids_of_terms(reader)
        self._taken = set(self._of_terms.values())

    def mint(self, key: str, first: Occurrence) -> str:
        """Id of a node by its key and its first occurrence."""
        type_name, name = first.named or (first.entity.type, first.entity.name)
        return self._of_terms.get(key) or self._mint(type_name, name, key)

    @property
    def of_terms(self) -> Mapping[str, str]:
        """Ids of all lexicon terms by their keys, whether or not a paper names them."""
        return self._of_terms

    def _mint(self, type_name: str, name: str, key: str) -> str:
        path = _path(self._reader, type_name, name, key, self._taken)
        self._taken.add(path)
        return path


@lru_cache(maxsize=2)
def _ids_of_terms(reader: Reader) -> dict[str, str]:
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for key, term in sorted(reader.terms.items()):
        ids[key] = _path(reader, term.type, term.name, key, taken)
        taken.add(ids[key])
    return ids


def _path(reader: Reader, type_name: str, name: str, key: str, taken: Container[str]) -> str:
    path = f"{reader.ontology.type_by_name[type_name].iri}/{slug(name)}"
    return path if path not in taken and MARK not in key else f"{path}-{digest(type_name, key)}"


def make_entity(node_id: str, key: str, items: Sequence[Occurrence], speech: Speech) -> Entity:
    """The entity of a node. The lexicon decides type and name, else the papers vote: for the type an introducing paper
    counts three times, for the name see `label`; whoever is first wins a tie."""
    term = speech.reader.terms.get(key)
    node = Called(key, term.name if term else label(items), term.type if term else _most(_types(items)))
    beside = (form for form, users in asides(items).items() if not speech.refused(form, node, users))
    known = *(term.aliases if term else ()), *(item.subtitle for item in items if item.subtitle)
    return Entity(
        id=node_id,
        type=node.type,
        name=node.name,
        aliases=tuple(sorted({item.entity.name for item in items}.union(beside, known) - {node.name})),
        identifiers=term.identifiers if term else (),
    )


def label(items: Sequence[Occurrence]) -> str:
    """The name that most papers use. Where that is plain words, their singular, and in small letters as in a sentence
    rather than in capitals as in a title, if enough papers write it so."""
    names = Counter(item.entity.name for item in items)
    most = _most(names)
    if not _PLAIN.fullmatch(most):
        return most
    forms = Counter(form for item in items for form in {item.entity.name, *item.entity.aliases})
    alike = [form for form in forms if form.casefold() == most.casefold() or _is_plural(most, form)]
    enough = [form for form in alike if _PLAIN.fullmatch(form) and _ENOUGH * forms[form] >= names[most]]
    return min(enough, key=lambda form: (form != form.lower(), len(form), -forms[form], form))


def _is_plural(name: str, form: str) -> bool:
    """Whether `name` is `form` with a plural ending."""
    one, many = form.casefold(), name.casefold()
    return many in (f"{one}s", f"{one}es", f"{one[:-1]}ies") and normalize(form) == normalize(name)


def _types(items: Iterable[Occurrence]) -> Counter[str]:
    votes = Counter[str]()
    for item in items:
        votes[item.entity.type] += _WEIGHT_OF_INTRODUCING if item.entity.role == "introduces" else 1
    return votes


def _most(votes: Mapping[str, int]) -> str:
    return max(votes, key=lambda key: votes[key])


def merges_of(entity: Entity, key: str, items: Sequence[Occurrence], speech: Speech) -> list[Merge]:
    """A merge for each spelling and type that differs from the entity's own, with the rule and the number of papers.

    Of a name that several things share, its own name and type too: the reason says why it is not another.
    """
    papers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    reasons: dict[tuple[str, str], str] = {}
    votes, term = _types(items), speech.reader.terms.get(key)
    node = Called(key, entity.name, entity.type)
    taken = set(entity.aliases).difference(term.aliases if term else ())  # the others are asked for their reasons
    beside = ((form, users) for form, users in asides(items).items() if form not in taken)
    refused = {form: speech.refused(form, node, users) for form, users in beside}
    for item in items:
        for form in filter(None, (item.entity.name, *item.entity.aliases, item.subtitle)):
            joined = (form, item.entity.type)
            papers[joined].add(item.paper)
            if form in (item.entity.name, item.subtitle):
                reasons[joined] = item.reason
            else:
                why = f", {refused[form]}" if refused.get(form) else ""
                reasons.setdefault(joined, f"alias of {item.entity.name!r} in the same paper{why}")
    reasons.update({(item.entity.name, item.entity.type): item.reason for item in items if item.subtitle})
    is_shared = any(item.named for item in items)
    return [
        Merge(entity.id, form, kind, _reason(reasons[form, kind], kind, entity, votes, term), len(found))
        for (form, kind), found in papers.items()
        if is_shared or form != entity.name or kind != entity.type
    ]


def _reason(reason: str, kind: str, entity: Entity, votes: Counter[str], term: Term | None) -> str:
    if kind == entity.type:
        return reason
    why = "the lexicon" if term else f"votes {votes[entity.type]} to {votes[kind]}"
    return f"{reason}; {entity.type} rather than {kind} by {why}"
