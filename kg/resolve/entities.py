"""Entities from the occurrences of each node: id, type, name, aliases, and the reasons for every join."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from kg.data import Entity, Merge
from kg.normalize import digest, slug, spell_greek
from kg.ontology import Term
from kg.resolve.forms import Reader
from kg.resolve.occurrences import Occurrence, may_be_short

_WEIGHT_OF_INTRODUCING = 3


class Ids:
    """Mints ids: those of the lexicon first, then each node's from its first name, so that later papers rename none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._of_terms = _ids_of_terms(reader)
        self._taken = set(self._of_terms.values())

    def mint(self, key: str, first: Occurrence) -> str:
        """Id of a node by its key and its first occurrence."""
        return self._of_terms.get(key) or self._mint(first.entity.type, first.entity.name, key)

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
    path = f"{reader.ontology.type_by_name[type_name].iri}/{slug(spell_greek(name))}"
    return path if path not in taken else f"{path}-{digest(type_name, key)}"


def make_entity(node_id: str, key: str, items: Sequence[Occurrence], reader: Reader) -> Entity:
    """The entity of a node. The lexicon decides type and name, else the papers vote: for the type an introducing paper
    counts three times, for the name the spelling of most papers is shown; whoever is first wins a tie."""
    names, types, term = _names(items), _types(items), reader.terms.get(key)
    name = term.name if term else _most(names)
    forms = {
        form
        for item in items
        for form in (item.entity.name, *item.entity.aliases)
        if form == item.entity.name or not _is_other_term(form, item, key, reader)
    }
    return Entity(
        id=node_id,
        type=term.type if term else _most(types),
        name=name,
        aliases=tuple(sorted((forms | set(term.aliases if term else ())) - {name})),
        identifiers=term.identifiers if term else (),
    )


def _names(items: Iterable[Occurrence]) -> Counter[str]:
    return Counter(item.entity.name for item in items)


def _types(items: Iterable[Occurrence]) -> Counter[str]:
    votes = Counter[str]()
    for item in items:
        votes[item.entity.type] += _WEIGHT_OF_INTRODUCING if item.entity.role == "introduces" else 1
    return votes


def _most(votes: Mapping[str, int]) -> str:
    return max(votes, key=lambda key: votes[key])


def _is_other_term(form: str, item: Occurrence, key: str, reader: Reader) -> bool:
    """Whether an alias that one paper gives is, to the lexicon, another thing ("LLM agents" beside "LLMs")."""
    return (
        reader.read(form, item.entity.type).key.startswith("=")
        and not may_be_short(form)
        and (reader.read(form, item.entity.type).key != key)
    )


def merges_of(entity: Entity, key: str, items: Sequence[Occurrence], reader: Reader) -> list[Merge]:
    """A merge for each spelling and type that differs from the entity's own, with the rule and the number of papers."""
    papers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    reasons: dict[tuple[str, str], str] = {}
    votes, term = _types(items), reader.terms.get(key)
    for item in items:
        for form in (item.entity.name, *item.entity.aliases):
            joined = (form, item.entity.type)
            papers[joined].add(item.paper)
            if form == item.entity.name:
                reasons[joined] = item.reason
            else:
                apart = ", elsewhere a thing of its own" if _is_other_term(form, item, key, reader) else ""
                reasons.setdefault(joined, f"alias of {item.entity.name!r} in the same paper{apart}")
    return [
        Merge(entity.id, form, kind, _reason(reasons[form, kind], kind, entity, votes, term), len(found))
        for (form, kind), found in papers.items()
        if form != entity.name or kind != entity.type
    ]


def _reason(reason: str, kind: str, entity: Entity, votes: Counter[str], term: Term | None) -> str:
    if kind == entity.type:
        return reason
    why = "the lexicon" if term else f"votes {votes[entity.type]} to {votes[kind]}"
    return f"{reason}; {entity.type} rather than {kind} by {why}"
