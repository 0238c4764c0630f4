"""What must hold of an ontology as a whole: nothing dangling, nothing twice, every cue of use."""

from collections.abc import Callable, Iterator, Sequence

from kg.ontology.cues import cue_fault, idle_cues, idle_examples, never_found
from kg.ontology.drafts import Draft
from kg.ontology.merge import ROOT
from kg.ontology.model import EntityType, Ontology, Predicate, Term
from kg.ontology.problems import Problem, did_you_mean
from kg.ontology.schema import value_fault

_FIXED = {"parent": "is_a", "uri": "class_uri", "iri": "iri", "link": "link"}


def _again(new: EntityType | Predicate, known: EntityType | Predicate, at: Callable[[str], str]) -> Iterator[Problem]:
    """A warning if something that is there already is described anew: its author may think that it is theirs."""
    if new.description and new.description != known.description:
        message = f"{new.name} is there already ({known.source}): this is added to it, its description stays"
        yield Problem(at("description"), message, warning=True)


class Checker:
    """Checks what `drafts` make of `base`; `merged` is what `kg.ontology.merge` gave.

    A base without types stands for the built-in ontology checking itself, which may have what an extension may not.
    """

    def __init__(self, base: Ontology, drafts: Sequence[Draft], merged: Ontology) -> None:
        self._base = base
        self._drafts = drafts
        self._merged = merged
        self._first_types = {item.name: item for draft in reversed(drafts) for item in reversed(draft.types)}
        self._first_slots = {item.name: item for draft in reversed(drafts) for item in reversed(draft.predicates)}
        self._paths = {file.name: str(file) for draft in drafts for file in draft.files}

    def problems(self) -> Iterator[Problem]:
        """All problems: of classes, then slots, then names, in the order of the files."""
        for draft in self._drafts:
            if not draft.problems and not (draft.types or draft.predicates or draft.properties or draft.terms):
                yield Problem(f"{draft.files[0]}:1", "there is nothing in it: no class, no slot, no name")
            for type_ in draft.types:
                yield from self._type(type_, draft)
            for predicate in draft.predicates:
                yield from self._predicate(predicate, draft)
        yield from self._clashes()
        yield from self._terms()

    def _place(self, source: str) -> str:
        name, _, line = source.rpartition(":")
        return f"{self._paths.get(name, name)}:{line}"

    def _type(self, type_: EntityType, draft: Draft) -> Iterator[Problem]:
        def at(key: str) -> str:
            return draft.where(type_.name, key, self._place(type_.source))

        known = self._base.type_by_name.get(type_.name, self._first_types[type_.name])
        if known is not type_:
            where = "built in" if type_.name in self._base.type_by_name else f"in {known.source} already"
            for field, key in _FIXED.items():
                said = getattr(type_, field)
                if said and said != getattr(known, field) and draft.places.get((type_.name, key)):
                    yield Problem(at(key), f"{type_.name} is {where}; its {key} cannot be changed")
            yield from _again(type_, known, at)
            return
        yield from self._line(type_, at)
        for key, value in (("colour", type_.colour), ("shape", type_.shape), ("iri", type_.iri)):
            if value and (fault := value_fault(key, value)):
                yield Problem(at(key), f"{type_.name}: {key} is {value!r}, but {fault}")
        yield from self._roles(type_, at)
        if type_.link and self._base.types:
            yield Problem(at("link"), f"{type_.name}: kinds of link are built in; leave link out")

    def _roles(self, type_: EntityType, at: Callable[[str], str]) -> Iterator[Problem]:
        roles = {predicate.role: predicate for predicate in self._merged.predicates if predicate.role}
        for role in type_.roles:
            if role not in roles:
                yield Problem(at("roles"), f"{type_.name}: no role is called {role!r}{did_you_mean(role, roles)}")
            elif not set(self._line_of(type_.name)) & set(roles[role].range):
                needed = f"{type_.name} is not in the range of {roles[role].name} ({', '.join(roles[role].range)})"
                yield Problem(at("roles"), f"{type_.name}: role {role!r} cannot be played; {needed}")

    def _line(self, type_: EntityType, at: Callable[[str], str]) -> Iterator[Problem]:
        types = self._merged.type_by_name
        if type_.parent and type_.parent not in types:
            hint = did_you_mean(type_.parent, types)
            yield Problem(at("is_a"), f"{type_.name}: unknown parent {type_.parent!r}{hint}")
            return
        line = self._line_of(type_.name)
        last = types[line[-1]].parent
        if last in line:
            circle = " → ".join((*line[line.index(last) :], last))
            yield Problem(at("is_a"), f"{type_.name}: a circle of parents: {circle}")
        elif last == "" and ROOT not in line and self._base.types:
            inside = ", ".join(name for name in types if ROOT in self._line_of(name))
            message = f"{type_.name} stands under {line[-1]}, but names are only found for {ROOT} and what is under it"
            yield Problem(at("is_a"), f"{message} ({inside})")

    def _line_of(self, name: str) -> list[str]:
        types = self._merged.type_by_name
        line: list[str] = []
        while name in types and name not in line:
            line.append(name)
            name = types[name].parent
        return line

    def _predicate(self, predicate: Predicate, draft: Draft) -> Iterator[Problem]:
        def at(key: str) -> str:
            return draft.where(predicate.name, key, self._place(predicate.source))

        known = self._base.predicate_by_name.get(predicate.name, self._first_slots[predicate.name])
        yield from _again(predicate, known, at)
        types = self._merged.type_by_name
        for key, names in (("domain", predicate.domain), ("range", predicate.range)):
            for name in names:
                if name not in types:
                    hint = did_you_mean(name, types)
                    yield Problem(at(key), f"{predicate.name}: unknown {key} {name!r}{hint}")
        merged = self._merged.predicate_by_name[predicate.name]
        if predicate.name in self._base.predicate_by_name and predicate.role not in ("", merged.role):
            yield Problem(at("role"), f"{predicate.name} is built in; its role cannot be changed")
        if predicate.link and merged.link != predicate.link:
            yield Problem(at("link"), f"{predicate.name}: kinds of link are built in; leave link out")
        elif predicate.role and merged.domain != ("Paper",):
            yield Problem(at("role"), f"{predicate.name}: a role is what a paper does, so the domain must be Paper")
        yield from self._cues(predicate, merged, at)

    def _cues(self, predicate: Predicate, merged: Predicate, at: Callable[[str], str]) -> Iterator[Problem]:
        sound = True
        for cue in predicate.cues:
            if fault := cue_fault(cue.pattern, relation=not merged.role):
                sound = False
                yield Problem(self._place(cue.source), f"{predicate.name}: cue {cue.pattern!r} {fault}")
        if not sound:
            return
        for place in idle_cues(predicate):
            cue = predicate.cues[place]
            odd = never_found(cue.pattern)
            hint = f"; no text has the word {odd!r}: a cue has words, a|b, word? and ..." if odd else ""
            message = f"{predicate.name}: cue {cue.pattern!r} matches none of its examples{hint}"
            yield Problem(self._place(cue.source), message)
        for text in idle_examples(predicate):
            yield Problem(at("examples"), f"{predicate.name}: no cue matches the example {text!r}")

    def _clashes(self) -> Iterator[Problem]:
        """IRIs, IRI prefixes, roles and slot names that two things share."""
        yield from self._twice("IRI", [(t.uri, t.name, t.source) for t in self._merged.types]
                               + [(p.uri, p.name, p.source) for p in self._merged.predicates]
                               + [(p.uri, p.name, "") for p in self._merged.properties])  # fmt: skip
        yield from self._twice("IRI prefix", [(t.iri, t.name, t.source) for t in self._merged.types])
        yield from self._twice("role", [(p.role, p.name, p.source) for p in self._merged.predicates if p.role])
        taken = set(self._merged.predicate_by_name)
        own = {item.name for draft in self._drafts for item in draft.properties}
        for item in self._merged.properties[len(self._base.properties) :]:
            if item.name in taken or item.name in {known.name for known in self._base.properties}:
                place = next(
                    (d.where(item.name, "", str(d.files[0])) for d in self._drafts if item in d.properties), ""
                )
                yield Problem(place, f"slot {item.name} is there already")
        prefixes: dict[str, str] = {}
        for draft in self._drafts:
            for prefix, iri in draft.prefixes.items():
                if prefixes.setdefault(prefix, iri) != iri:
                    message = f"prefix {prefix} is {prefixes[prefix]} in an earlier file; queries will take {iri}"
                    yield Problem(draft.where("prefixes", prefix, f"{draft.files[0]}:1"), message, warning=True)
            for predicate in draft.predicates:
                if predicate.name in own | {known.name for known in self._base.properties}:
                    where = draft.where(predicate.name, "", self._place(predicate.source))
                    yield Problem(where, f"slot {predicate.name} has literal values; it cannot join nodes")

    def _twice(self, what: str, rows: Sequence[tuple[str, str, str]]) -> Iterator[Problem]:
        seen: dict[str, tuple[str, str]] = {}
        for value, name, source in rows:
            if what == "IRI" and any(char in ' <>"{}|^`\\\n' for char in value):
                yield Problem(self._place(source), f"{name}: {value!r} is no IRI")
            other, place = seen.setdefault(value, (name, source))
            if other != name:
                message = f"{name} has the {what} {value} of {other}{f' ({place})' if place else ''}"
                yield Problem(self._place(source) if source else self._place(place), message)

    def _terms(self) -> Iterator[Problem]:
        types = self._merged.type_by_name
        forms: dict[str, Term] = {}
        built_in = {" ".join(form.casefold().replace("-", " ").split()): term
                    for term in self._base.terms for form in (term.name, *term.aliases)}  # fmt: skip
        names = {term.name for term in self._merged.terms}
        for term in self._merged.terms[len(self._base.terms) :]:
            if fault := self._type_fault(term.type):
                yield Problem(self._place(term.source), f"{term.name!r}: {fault}")
            if term.broader and term.broader not in names:
                yield Problem(
                    self._place(term.source), f"{term.name!r}: broader is {term.broader!r}, which no row names"
                )
            for form in () if term.pattern else (term.name, *term.aliases):
                key = " ".join(form.casefold().replace("-", " ").split())
                other = forms.setdefault(key, term)
                if other.type != term.type and term.type in types and other.type in types:
                    message = f"{form!r} has the type {term.type}, but {other.type} in {other.source}"
                    yield Problem(self._place(term.source), message)
                elif other is term and (known := built_in.get(key)) and known.type != term.type:
                    message = f"{form!r} has the type {known.type} in {known.source}; here it becomes {term.type}"
                    yield Problem(self._place(term.source), message, warning=True)

    def _type_fault(self, name: str) -> str:
        types = self._merged.type_by_name
        if name not in types:
            fit = [known for known in types if ROOT in self._line_of(known) and not types[known].abstract]
            return f"unknown type {name!r}{did_you_mean(name, fit)}"
        if types[name].abstract:
            under = [type_.name for type_ in types.values() if type_.parent == name]
            return f"type {name} is abstract; take one of {', '.join(under) or 'its subclasses'}"
        if ROOT not in (line := self._line_of(name)):
            # the fault of a class that hangs in the air is told once, at the class
            return (
                f"a {name} has no names of its own; take a class under {ROOT}" if types[line[-1]].parent == "" else ""
            )
        return ""
