"""The ontology as text in three formats: OWL and SKOS, SHACL core, and the YAML that it was read from."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.ontology.constraints import Constraint, constraints
from kg.ontology.model import EntityType, Ontology, Predicate
from kg.ontology.namespaces import OWL, SH, vocabulary_prefixes

_NOTES = ("colour", "shape", "iriPrefix", "head", "roles", "role", "link", "cue", "abstract")
_KINDS = {"min": "sh:minCount", "max": "sh:maxCount", "least": "sh:minInclusive", "most": "sh:maxInclusive"}


def write_owl(ontology: Ontology) -> str:
    """Classes and properties in Turtle, with their alignments; what only kg reads stands in annotations of its own."""
    short = _Short(ontology)
    head = [
        f"<{ontology.namespace.rstrip('#')}> a owl:Ontology ;\n"
        f'    dcterms:title "Papers, what they introduce, use and measure"@en ;\n'
        f"    dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;\n"
        f'    owl:versionInfo "{ontology.version}" .'
    ]
    notes = [f"kg:{name} a owl:AnnotationProperty ." for name in _NOTES]
    kinds = [_block(short(type_.uri), _class_pairs(type_, ontology, short)) for type_ in ontology.types]
    objects = [_block(short(item.uri), _slot_pairs(item, ontology, short)) for item in ontology.predicates]
    literals = [
        _block(short(item.uri), [("a", "owl:DatatypeProperty"), ("rdfs:label", _text(item.name, "en")),
                                 ("rdfs:comment", _text(item.description, "en")), ("rdfs:range", f"xsd:{item.range}")])
        for item in ontology.properties
    ]  # fmt: skip
    return "\n\n".join((short.prefixes(), *head, "\n".join(notes), *kinds, *objects, *literals)) + "\n"


class _Short:
    """IRIs as prefixed names."""

    def __init__(self, ontology: Ontology) -> None:
        self._names = vocabulary_prefixes(ontology) | {"owl": OWL, "sh": SH}

    def prefixes(self) -> str:
        """The declarations."""
        return "\n".join(f"@prefix {name}: <{uri}> ." for name, uri in sorted(self._names.items()))

    def __call__(self, uri: str) -> str:
        for name, start in self._names.items():
            if uri.startswith(start) and uri[len(start) :].isalnum() and uri[len(start) :].isascii():
                return f"{name}:{uri[len(start) :]}"
        return f"<{uri}>"


def _text(value: str, language: str = "") -> str:
    escaped = json.dumps(value, ensure_ascii=False)
    return f"{escaped}@{language}" if language else escaped


def _block(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    return f"{subject} " + " ;\n    ".join(f"{name} {value}" for name, value in pairs) + " ."


def _class_pairs(type_: EntityType, ontology: Ontology, short: _Short) -> Iterator[tuple[str, str]]:
    yield "a", "owl:Class"
    yield "rdfs:label", _text(type_.name, "en")
    for alias in type_.aliases:
        yield "skos:altLabel", _text(alias)
    yield "rdfs:comment", _text(type_.description, "en")
    if type_.parent:
        yield "rdfs:subClassOf", short(ontology.type_by_name[type_.parent].uri)
    yield from _matches(type_, short)
    yield "kg:colour", _text(type_.colour)
    yield "kg:shape", _text(type_.shape)
    yield "kg:iriPrefix", _text(type_.iri)
    if type_.abstract:
        yield "kg:abstract", _text("true")
    if type_.roles:
        yield "kg:roles", _text(" ".join(type_.roles))
    if type_.link:
        yield "kg:link", _text(type_.link)
    if type_.heads:
        yield "kg:head", ", ".join(map(_text, type_.heads))


def _matches(item: EntityType | Predicate, short: _Short) -> Iterator[tuple[str, str]]:
    for name, uris in (("skos:exactMatch", item.exact), ("skos:closeMatch", item.close)):
        if uris:
            yield name, ", ".join(short(uri) for uri in uris)


def _slot_pairs(predicate: Predicate, ontology: Ontology, short: _Short) -> Iterator[tuple[str, str]]:
    yield "a", "owl:ObjectProperty"
    yield "rdfs:label", _text(predicate.name, "en")
    yield "rdfs:comment", _text(predicate.description, "en")
    for key, names in (("rdfs:domain", predicate.domain), ("rdfs:range", predicate.range)):
        uris = [short(ontology.type_by_name[name].uri) for name in names]
        yield key, uris[0] if len(uris) == 1 else f"[ a owl:Class ; owl:unionOf ( {' '.join(uris)} ) ]"
    yield from _matches(predicate, short)
    for key, value in (("kg:role", predicate.role), ("kg:link", predicate.link)):
        if value:
            yield key, _text(value)
    if predicate.cues:
        yield "kg:cue", ", ".join(_text(cue.pattern) for cue in predicate.cues)
    if predicate.examples:
        yield "skos:example", ", ".join(map(_text, predicate.examples))


def write_shacl(ontology: Ontology) -> str:
    """The constraints as SHACL core shapes in Turtle."""
    short = _Short(ontology)
    rows = sorted(constraints(ontology), key=lambda row: row.shape)
    shapes = [_shape(name, list(members), short) for name, members in groupby(rows, key=lambda row: row.shape)]
    return "\n\n".join((short.prefixes(), *shapes)) + "\n"


def _shape(name: str, rows: list[Constraint], short: _Short) -> str:
    target = {"": "sh:targetClass", "subjects": "sh:targetSubjectsOf", "objects": "sh:targetObjectsOf"}[rows[0].of]
    pairs = [("a", "sh:NodeShape"), (target, short(rows[0].target))]
    for row in rows:
        if row.path:
            message = f"sh:message {_text(row.message)}"
            pairs.append(("sh:property", f"[ sh:path {short(row.path)} ; {_rule(row, short)} ; {message} ]"))
        else:
            pairs += [(_rule(row, short), ""), ("sh:message", _text(row.message))]
    return _block(f"kg:{name}", [(key, value) for key, value in pairs]).replace("  ;", " ;")


def _rule(row: Constraint, short: _Short) -> str:
    """What a row asks, as a pair of SHACL."""
    first = row.values[0] if row.values else ""
    if row.kind in _KINDS:
        return f"{_KINDS[row.kind]} {first}"
    if row.kind == "class":
        if len(row.values) == 1:
            return f"sh:class {short(first)}"
        return f"sh:or ( {' '.join(f'[ sh:class {short(uri)} ]' for uri in row.values)} )"
    if row.kind == "in":
        return f"sh:in ( {' '.join(map(short, row.values))} )"
    simple = {
        "datatype": f"sh:datatype {short(first)}",
        "less": f"sh:lessThan {short(first)}",
        "pattern": f"sh:pattern {_text(first)}",
        "node": "sh:nodeKind sh:IRI",
    }
    return simple[row.kind]


def write_yaml(ontology: Ontology, *, lexicon: Iterable[str] = ()) -> str:
    """The merged ontology as one file that `kg.ontology.load_file` reads; names are left to the `lexicon` files."""
    lines = [
        f"id: {ontology.namespace.rstrip('#')}", "name: papergraph", f"version: {json.dumps(ontology.version)}",
        "default_prefix: kg", "prefixes:",
        *(f"  {name}: {json.dumps(uri)}" for name, uri in ontology.prefixes),
        "annotations:", f"  base: {ontology.base}", f"  lexicon: {json.dumps(list(lexicon), ensure_ascii=False)}",
        "classes:",
    ]  # fmt: skip
    for type_ in ontology.types:
        lines += [f"  {type_.name}:", *_entries(_class_entries(type_))]
    lines.append("slots:")
    for predicate in ontology.predicates:
        lines += [f"  {predicate.name}:", *_entries(_slot_entries(predicate))]
    for item in ontology.properties:
        entries = [("description", item.description), ("range", item.range), ("slot_uri", item.uri)]
        lines += [f"  {item.name}:", *_entries(entries)]
    return "\n".join(lines) + "\n"


Entries = Iterable[tuple[str, object]]


def _entries(pairs: Entries) -> Iterator[str]:
    """Keys of a class or slot, values in JSON, which YAML reads; empty ones are left out."""
    for key, value in pairs:
        if value:
            yield f"    {key}: {json.dumps(value, ensure_ascii=False)}"


def _class_entries(type_: EntityType) -> Entries:
    notes = {"colour": type_.colour, "shape": type_.shape, "iri": type_.iri, "roles": type_.roles,
             "heads": type_.heads, "link": type_.link}  # fmt: skip
    return [
        ("is_a", type_.parent), ("abstract", type_.abstract), ("description", type_.description),
        ("class_uri", type_.uri), ("aliases", type_.aliases), ("exact_mappings", type_.exact),
        ("close_mappings", type_.close), ("annotations", {key: value for key, value in notes.items() if value}),
    ]  # fmt: skip


def _slot_entries(predicate: Predicate) -> Entries:
    notes = {"role": predicate.role, "link": predicate.link, "cues": [cue.pattern for cue in predicate.cues],
             "examples": predicate.examples}  # fmt: skip
    return [
        ("description", predicate.description), ("domain", predicate.domain), ("range", predicate.range),
        ("inverse", predicate.inverse), ("slot_uri", predicate.uri), ("exact_mappings", predicate.exact),
        ("close_mappings", predicate.close), ("annotations", {key: value for key, value in notes.items() if value}),
    ]  # fmt: skip
