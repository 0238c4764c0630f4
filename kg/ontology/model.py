"""The ontology as records: types, predicates, terms and cues, with the questions that other stages ask of them."""

from dataclasses import dataclass
from functools import cached_property

from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class EntityType:
    """A class. ``iri`` is the path prefix of its instances (``method`` in ``…/method/ps-kd``).

    ``roles`` are the words that the extraction record may use for it, in order of precedence; ``heads`` are generic
    nouns that may follow a name of this type ("the X benchmark"); ``link`` is the kind of link it stands for, if any.
    """

    name: str
    parent: str
    description: str
    uri: str
    colour: str
    shape: str
    iri: str
    abstract: bool = False
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    link: str = ""
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that signals a predicate; see ``ontology/kg.yaml`` for the pattern language."""

    predicate: str
    pattern: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation. ``domain`` and ``range`` are type names, of which any may hold.

    ``role`` is set on paper-to-entity predicates, ``link`` on paper-to-resource ones.
    """

    name: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    description: str
    uri: str
    inverse: str = ""
    role: str = ""
    link: str = ""
    cues: tuple[Cue, ...] = ()
    examples: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property whose values are literals; ``range`` is ``string``, ``integer`` or ``decimal``."""

    name: str
    range: str
    description: str
    uri: str


@dataclass(frozen=True, slots=True)
class Term:
    """A known name: one row of a lexicon file. ``ambiguous`` terms need exact case or supporting context.

    ``pattern`` is a spaCy token pattern as JSON text for terms that are patterns rather than names, else empty.
    """

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    broader: str = ""
    identifiers: tuple[str, ...] = ()
    ambiguous: bool = False
    source: str = ""
    extension: bool = False
    pattern: str = ""


@dataclass(frozen=True)
class Ontology:
    """Everything that the files say, merged. Tuples keep file order; the lookups below are derived once."""

    namespace: str
    base: str
    version: str
    types: tuple[EntityType, ...]
    predicates: tuple[Predicate, ...]
    terms: tuple[Term, ...]
    properties: tuple[Property, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    digest: str = ""

    @cached_property
    def type_by_name(self) -> dict[str, EntityType]:
        """Types by name."""
        return {type_.name: type_ for type_ in self.types}

    @cached_property
    def predicate_by_name(self) -> dict[str, Predicate]:
        """Predicates by name."""
        return {predicate.name: predicate for predicate in self.predicates}

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        lines: dict[str, tuple[str, ...]] = {}
        for type_ in self.types:
            line = [type_.name]
            while (parent := self.type_by_name[line[-1]].parent) and parent not in line:
                line.append(parent)
            lines[type_.name] = tuple(line)
        return lines

    def ancestors(self, type_name: str) -> tuple[str, ...]:
        """The type itself and its parents, nearest first. Raises `OntologyError` for an unknown type."""
        if type_name not in self._ancestors:
            raise OntologyError(f"unknown type {type_name!r}; known: {', '.join(self._ancestors)}")
        return self._ancestors[type_name]

    def is_a(self, type_name: str, *parents: str) -> bool:
        """Whether a type is one of `parents` or stands under one of them."""
        return any(name in parents for name in self.ancestors(type_name))

    def allows(self, subject_type: str, predicate: str, object_type: str) -> bool:
        """Whether domain and range of `predicate` admit the two types."""
        known = self.predicate_by_name[predicate]
        return self.is_a(subject_type, *known.domain) and self.is_a(object_type, *known.range)

    def predicate_for_role(self, role: str) -> str:
        """Name of the paper-to-entity predicate for a role of the extraction record ("compares" → "comparesWith")."""
        return self._role_predicates[role]

    def predicate_for_link(self, kind: str) -> str:
        """Name of the paper-to-link predicate for a kind of link ("model" → "hasModel")."""
        return self._link_predicates[kind]

    def type_for_link(self, kind: str) -> str:
        """Name of the node type for a kind of link ("model" → "HostedModel")."""
        return next(type_.name for type_ in self.types if type_.link == kind)

    def roles(self, type_name: str) -> tuple[str, ...]:
        """Roles that an entity of a type may play, in order of precedence; a type without its own inherits them."""
        for name in self.ancestors(type_name):
            if self.type_by_name[name].roles:
                return self.type_by_name[name].roles
        return ()

    def top(self, type_name: str) -> str:
        """The broadest type above a type, or itself, that things can have: of Model, Method."""
        line = [name for name in self.ancestors(type_name) if not self.type_by_name[name].abstract]
        return line[-1] if line else type_name

    def record_type(self, type_name: str) -> str:
        """The type as the extraction record of the guideline names it: Model is written Method there."""
        return "Method" if type_name == "Model" else type_name

    @cached_property
    def _role_predicates(self) -> dict[str, str]:
        return {predicate.role: predicate.name for predicate in self.predicates if predicate.role}

    @cached_property
    def _link_predicates(self) -> dict[str, str]:
        return {predicate.link: predicate.name for predicate in self.predicates if predicate.link}
