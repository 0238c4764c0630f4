"""What a query may have meant: prefixes, classes and predicates that nobody declared, with the nearest that exist."""

import difflib
import re
from collections.abc import Iterator, Mapping

from kg.ontology import Ontology
from kg.query.tokens import OPAQUE

_MAX_HINTS = 5
_ALIKE = 0.8  # similarity from which a name of another vocabulary passes for a slip
# What kg writes in vocabularies that are not its own; the rest is in the ontology.
_WRITTEN = {
    "dcat": "",
    "dcterms": "abstract identifier issued title",
    "fabio": "hasArXivId",
    "prov": "Activity Entity wasDerivedFrom wasGeneratedBy",
    "rdf": "Statement object predicate subject type",
    "rdfs": "label seeAlso",
    "schema": "codeRepository sameAs url",
    "skos": "Concept altLabel prefLabel",
}
_TOKEN = re.compile(
    rf"(?P<skip>{OPAQUE}|[?$@][\w-]++|_:[\w.-]++)"
    r"|(?P<name>[A-Za-z][\w.-]*+)?:(?P<local>[\w-]++)?|(?P<word>[A-Za-z][\w.-]*+|\w++)",
    re.DOTALL,
)
_LOCAL = re.compile(r"[\w-]+")
_DECLARED = re.compile(r"(?i)\bPREFIX\s++([A-Za-z][\w.-]*+)?:")


def suggestions(query: str, ontology: Ontology, prefixes: Mapping[str, str]) -> list[str]:
    """A line for each prefix, class or predicate that nobody declared, with the nearest one that exists."""
    names = sorted(set(_names(query)))
    declared = {match[1] or "" for match in _DECLARED.finditer(query)}
    told = {prefix: f"prefix {prefix}:" for prefix in prefixes}
    lines = [
        f"prefix {prefix}: is not declared{_nearest(prefix, told)}"
        for prefix in sorted({prefix for prefix, _ in names} - declared - prefixes.keys())
    ]
    spelled = _spelled(ontology, prefixes)
    own = {name.partition(":")[0] for name in spelled.values()} - _WRITTEN.keys() - declared
    for prefix, local in names:
        if prefix in own and local and f"{prefix}:{local}" not in spelled.values():
            lines.append(f"{prefix}:{local} is not in the ontology{_nearest(local, spelled)}")
        elif local and prefix in _WRITTEN and prefix in prefixes and prefix not in declared:
            lines += _slip(prefix, local, prefixes[prefix], ontology)
    return lines[:_MAX_HINTS]


def _spelled(ontology: Ontology, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Classes, predicates and properties by their names, as a query writes them: Robot as lab:Robot."""
    spelled = {"search": "kg:search"}
    iris = [
        (one.name, one.uri) for group in (ontology.types, ontology.predicates, ontology.properties) for one in group
    ]
    for name, iri in iris:
        for prefix, namespace in prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and _LOCAL.fullmatch(local):
                spelled.setdefault(name, f"{prefix}:{local}")
    return spelled


def _slip(prefix: str, local: str, namespace: str, ontology: Ontology) -> list[str]:
    """A line if the name is almost one that graphs have. Others of the vocabulary are good names, too."""
    iris = {one.uri for one in ontology.properties}
    iris.update(*((type_.uri, *type_.exact) for type_ in ontology.types))
    iris.update(*((predicate.uri, *predicate.exact) for predicate in ontology.predicates))
    known = {iri.removeprefix(namespace) for iri in iris if iri.startswith(namespace)} | set(_WRITTEN[prefix].split())
    nearest = "" if local in known else _nearest(local, {one: f"{prefix}:{one}" for one in known}, _ALIKE)
    return [f"kg writes no {prefix}:{local}{nearest}"] if nearest else []


def _names(query: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(query):
        if match["skip"] is None and match["word"] is None:
            yield match["name"] or "", match["local"] or ""


def _nearest(name: str, told: Mapping[str, str], cutoff: float = 0.5) -> str:
    """A question for the one of the names in `told` that is nearly `name`, as `told` has it; or empty."""
    by_key = {one.casefold(): told[one] for one in sorted(told)}
    near = difflib.get_close_matches(name[:100].casefold(), list(by_key), n=1, cutoff=cutoff)
    return f"; did you mean {by_key[near[0]]}?" if near else ""
