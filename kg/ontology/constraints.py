"""What must hold of every graph, as rows. The SHACL shapes and the SPARQL checks are both written from them.

Only SHACL core: each row is one constraint on one path of the nodes that its target picks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ontology.model import Ontology, Predicate
from kg.ontology.namespaces import DCTERMS, FABIO, PROV, RDF, RDFS, SCHEMA, SKOS, XSD

_ARXIV = r"^([0-9]{4}\.[0-9]{4,5}|[a-z-]+(\.[A-Z]{2})?/[0-9]{7})(v[0-9]+)?$"


@dataclass(frozen=True, slots=True)
class Constraint:
    """One row. ``target`` is a class, or with ``of`` the predicate whose subjects or objects are meant.

    ``kind`` is ``class`` (any of ``values``), ``min`` or ``max`` (count), ``datatype``, ``least`` or ``most`` (number),
    ``pattern``, ``in``, ``node`` (an IRI), or ``less`` (than the value of another path). ``path`` is empty where the
    target itself is meant.
    """

    shape: str
    target: str
    path: str
    kind: str
    values: tuple[str, ...]
    message: str
    of: str = ""  # "", "subjects" or "objects"


def constraints(ontology: Ontology) -> tuple[Constraint, ...]:
    """All constraints, grouped by shape in the order of the ontology."""
    return (*_nodes(ontology), *_ends(ontology), *_papers(ontology), *_statements(ontology))


def concrete(ontology: Ontology, names: tuple[str, ...]) -> tuple[str, ...]:
    """IRIs of the topmost classes under `names` that nodes carry: nodes say nothing of abstract classes."""
    found = [
        type_.uri
        for type_ in ontology.types
        if not type_.abstract
        and ontology.is_a(type_.name, *names)
        and not any(
            ontology.is_a(up, *names) and not ontology.type_by_name[up].abstract
            for up in ontology.ancestors(type_.name)[1:]
        )
    ]
    return tuple(found)


def _nodes(ontology: Ontology) -> Iterator[Constraint]:
    """Names, confidence and counts of every class that stands under no other concrete one."""
    tops = [t for t in ontology.types if t.uri in concrete(ontology, tuple(t.name for t in ontology.types))]
    kg = ontology.namespace
    for type_ in tops:
        shape, target = f"{type_.name}Shape", type_.uri
        yield from _one(shape, target, RDFS + "label", f"a {type_.name} has one rdfs:label")
        yield from _one(shape, target, kg + "confidence", f"a {type_.name} has one confidence")
        yield from _share(shape, target, kg + "confidence")
        if type_.name == "Paper":
            continue
        yield from _one(shape, target, SKOS + "prefLabel", f"a {type_.name} has one skos:prefLabel")
        yield from _count(shape, target, kg + "paperCount", 1)
        for year in ("firstYear", "lastYear"):
            yield from _count(shape, target, kg + year, 1000)
        if ontology.is_a(type_.name, "Resource"):
            address = SCHEMA + ("codeRepository" if type_.name == "Repository" else "url")
            yield from _one(shape, target, address, f"a {type_.name} has one address")
            yield Constraint(shape, target, address, "node", (), "the address is an IRI")
        if type_.name == "Result":
            yield from _one(shape, target, kg + "value", "a Result has one value")
            said = "a Result is a score, a baseline, a gain or a factor"
            yield Constraint(shape, target, kg + "measure", "pattern", ("^(score|baseline|gain|factor)$",), said)
            yield Constraint(
                shape, target, kg + "resultOf", "min", ("1",), "a Result belongs to a paper or a method"
            )  # fmt: skip


def _one(shape: str, target: str, path: str, message: str) -> Iterator[Constraint]:
    yield Constraint(shape, target, path, "min", ("1",), message)
    yield Constraint(shape, target, path, "max", ("1",), message)


def _share(shape: str, target: str, path: str) -> Iterator[Constraint]:
    name = path.rpartition("#")[2]
    yield Constraint(shape, target, path, "datatype", (XSD + "decimal",), f"{name} is an xsd:decimal")
    yield Constraint(shape, target, path, "least", ("0",), f"{name} is not below 0")
    yield Constraint(shape, target, path, "most", ("1",), f"{name} is not above 1")


def _count(shape: str, target: str, path: str, least: int) -> Iterator[Constraint]:
    name = path.rpartition("#")[2]
    yield Constraint(shape, target, path, "max", ("1",), f"there is at most one {name}")
    yield Constraint(shape, target, path, "datatype", (XSD + "integer",), f"{name} is an xsd:integer")
    yield Constraint(shape, target, path, "least", (str(least),), f"{name} is not below {least}")


def _ends(ontology: Ontology) -> Iterator[Constraint]:
    """Domain and range of every predicate."""
    for predicate in ontology.predicates:
        shape = f"{predicate.name[0].upper()}{predicate.name[1:]}Shape"
        yield _end(ontology, predicate, f"{shape}Domain", "subjects")
        yield _end(ontology, predicate, f"{shape}Range", "objects")


def _end(ontology: Ontology, predicate: Predicate, shape: str, side: str) -> Constraint:
    names = predicate.domain if side == "subjects" else predicate.range
    wanted = f"kg:{predicate.name} {'starts' if side == 'subjects' else 'ends'} at a {' or '.join(names)}"
    return Constraint(shape, predicate.uri, "", "class", concrete(ontology, names), wanted, side)


def _papers(ontology: Ontology) -> Iterator[Constraint]:
    shape, target = "PaperShape", ontology.type_by_name["Paper"].uri
    yield from _one(shape, target, DCTERMS + "title", "a Paper has one title")
    yield Constraint(shape, target, DCTERMS + "abstract", "max", ("1",), "a Paper has at most one abstract")
    yield Constraint(shape, target, DCTERMS + "issued", "max", ("1",), "a Paper has at most one date")
    yield Constraint(shape, target, FABIO + "hasArXivId", "max", ("1",), "a Paper has at most one arXiv id")
    yield Constraint(shape, target, FABIO + "hasArXivId", "pattern", (_ARXIV,), "an arXiv id is written as 1706.03762")


def _statements(ontology: Ontology) -> Iterator[Constraint]:
    """Evidence: what is claimed, how sure, by whom, and where it is said."""
    shape, target, kg = "StatementShape", RDF + "Statement", ontology.namespace
    for part in ("subject", "predicate", "object"):
        yield from _one(shape, target, RDF + part, f"a statement has one rdf:{part}")
    known = tuple(predicate.uri for predicate in ontology.predicates)
    yield Constraint(shape, target, RDF + "predicate", "in", known, "the predicate is one of the ontology's")
    for number in ("score", "confidence"):
        yield from _one(shape, target, kg + number, f"a statement has one {number}")
        yield from _share(shape, target, kg + number)
    yield from _one(shape, target, kg + "extractor", "a statement says which extractors found it")
    yield Constraint(shape, target, kg + "sentence", "max", ("1",), "a statement quotes at most one sentence")
    for place in ("start", "end"):
        yield from _count(shape, target, kg + place, 0)
    yield Constraint(shape, target, kg + "start", "less", (kg + "end",), "kg:start lies before kg:end")
    derived = PROV + "wasDerivedFrom"
    yield Constraint(shape, target, derived, "max", ("1",), "a statement comes from at most one paper")
    paper = (ontology.type_by_name["Paper"].uri,)
    yield Constraint("EvidencePaperShape", derived, "", "class", paper, "evidence comes from a Paper", "objects")
    run = (PROV + "Activity",)
    yield Constraint("RunShape", PROV + "wasGeneratedBy", "", "class", run, "evidence is generated by a run", "objects")
