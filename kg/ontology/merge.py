"""Drafts laid on one another: what an extension adds, and what it leaves to be filled in."""

import colorsys
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.ontology.drafts import Draft
from kg.ontology.model import EntityType, Ontology, Predicate, Term

ROOT = "Entity"
"""The class under which an extension's classes stand if it does not say otherwise."""


def merge(base: Ontology, drafts: Sequence[Draft]) -> Ontology:
    """`base` with all drafts; to be checked by `kg.ontology.check` before anyone sees it.

    A class or slot that is known already gets the draft's aliases, heads, cues, ranges and mappings on top of its own.
    """
    types = dict(base.type_by_name)
    predicates = dict(base.predicate_by_name)
    for draft in drafts:
        for type_ in draft.types:
            known = types.get(type_.name)
            types[type_.name] = _more_of_type(known, type_) if known else type_
        for predicate in draft.predicates:
            old = predicates.get(predicate.name)
            predicates[predicate.name] = _more_of_predicate(old, predicate) if old else predicate
    types = {name: type_ if name in base.type_by_name else _complete(type_, types) for name, type_ in types.items()}
    slots = tuple(_with_ends(predicate, types) for predicate in predicates.values())
    terms = _typed((term for draft in drafts for term in draft.terms), types)
    return replace(
        base,
        types=_with_roles(tuple(types.values()), slots, base),
        predicates=slots,
        properties=(*base.properties, *(item for draft in drafts for item in draft.properties)),
        terms=(*base.terms, *terms),
        prefixes=tuple((dict(base.prefixes) | {k: v for draft in drafts for k, v in draft.prefixes.items()}).items()),
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _more_of_type(known: EntityType, new: EntityType) -> EntityType:
    return replace(
        known,
        aliases=_both(known.aliases, new.aliases),
        heads=_both(known.heads, new.heads),
        roles=new.roles or known.roles,
        colour=new.colour or known.colour,
        shape=new.shape or known.shape,
        exact=_both(known.exact, new.exact),
        close=_both(known.close, new.close),
    )


def _more_of_predicate(known: Predicate, new: Predicate) -> Predicate:
    return replace(
        known,
        domain=_both(known.domain, new.domain),
        range=_both(known.range, new.range),
        cues=tuple(dict.fromkeys((*known.cues, *new.cues))),
        examples=_both(known.examples, new.examples),
        exact=_both(known.exact, new.exact),
        close=_both(known.close, new.close),
    )


def _complete(type_: EntityType, types: Mapping[str, EntityType]) -> EntityType:
    """A class with a parent, colour, shape, IRI prefix and head nouns."""
    words = " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", type_.name)).lower()
    parent = type_.parent or ROOT
    return replace(
        type_,
        parent=parent,
        description=type_.description or f"{words[:1].upper()}{words[1:]}.",
        colour=type_.colour or colour_of(type_.name),
        shape=type_.shape or (types[parent].shape if parent in types else "") or "dot",
        iri=type_.iri or words.replace(" ", "-"),
        heads=type_.heads or _both((words,), tuple(a.lower() for a in type_.aliases if a.isascii())),
    )


def colour_of(name: str) -> str:
    """A colour of middling lightness that depends on the name alone, so that a type keeps it from build to build.

    >>> colour_of("Robot") == colour_of("Robot"), len(colour_of("Robot"))
    (True, 7)
    """
    digest = hashlib.sha256(name.encode()).digest()
    hue = int.from_bytes(digest[:2], "big") / 65536
    red, green, blue = colorsys.hls_to_rgb(hue, 0.42 + digest[2] / 255 * 0.12, 0.45 + digest[3] / 255 * 0.25)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def _with_ends(predicate: Predicate, types: Mapping[str, EntityType]) -> Predicate:
    """Domain and range where none is given; what a paper does with entities is a role of that name."""
    domain, range_ = predicate.domain or (ROOT,), predicate.range or (ROOT,)
    is_role = domain == ("Paper",) and all(_under(name, ROOT, types) for name in range_)
    description = predicate.description or f"{predicate.name}."
    role = predicate.role or (predicate.name if is_role else "")
    return replace(predicate, domain=domain, range=range_, role=role, description=description)


def _under(name: str, root: str, types: Mapping[str, EntityType]) -> bool:
    seen: set[str] = set()
    while name in types and name not in seen and name != root:
        seen.add(name)
        name = types[name].parent
    return name == root


def _with_roles(types: tuple[EntityType, ...], slots: tuple[Predicate, ...], base: Ontology) -> tuple[EntityType, ...]:
    """Every class under `ROOT` with the roles that its parent has, and those that slots of extensions offer it."""
    by_name = {type_.name: type_ for type_ in types}
    known = {predicate.name for predicate in base.predicates}

    def line(name: str) -> list[str]:
        found: list[str] = []
        while name in by_name and name not in found:
            found.append(name)
            name = by_name[name].parent
        return found

    def roles(type_: EntityType) -> tuple[str, ...]:
        above = line(type_.name)
        if ROOT not in above or type_.name == ROOT or type_.abstract:
            return type_.roles
        own = next((by_name[name].roles for name in above if by_name[name].roles), ())
        offered = [p for p in slots if p.role and any(name in p.range for name in above)]
        if not own:
            own = tuple(p.role for p in offered)
        elif not type_.roles or type_.name in base.type_by_name:
            own = _both(own, tuple(p.role for p in offered if p.name not in known))
        return (*(role for role in own if role != "mentions"), *(role for role in own if role == "mentions"))

    return tuple(replace(type_, roles=roles(type_)) for type_ in types)


def _typed(terms: Iterable[Term], types: Mapping[str, EntityType]) -> tuple[Term, ...]:
    """Terms whose type is written as in the ontology, where ROBOT or an alias stands for Robot."""
    spellings = {alias.casefold(): type_.name for type_ in types.values() for alias in type_.aliases}
    spellings |= {name.casefold(): name for name in types}

    def typed(term: Term) -> Term:
        if term.type in types or term.type.casefold() not in spellings:
            return term
        return replace(term, type=spellings[term.type.casefold()])

    return tuple(typed(term) for term in terms)
