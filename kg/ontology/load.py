"""Read ontology and lexicon files into an `Ontology`."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from kg.errors import OntologyError
from kg.ontology.model import Cue, EntityType, Ontology, Predicate, Property, Term

_PACKAGED = Path(__file__).parent / "files"
_CHECKOUT = Path(__file__).parents[2] / "ontology"


def ontology_folder() -> Path:
    """The folder with ``kg.yaml``: inside an installed wheel, else the checkout's own."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_ontology(extensions: Sequence[Path] = ()) -> Ontology:
    """The built-in ontology with `extensions` merged in. Raises `OntologyError` with file and line."""
    main = ontology_folder() / "kg.yaml"
    raw = _read_yaml(main)
    prefixes = dict(raw["prefixes"])
    files = [main, *(main.parent / name for name in raw["annotations"]["lexicon"])]
    return Ontology(
        namespace=prefixes["kg"],
        base=str(raw["annotations"]["base"]),
        version=str(raw["version"]),
        types=tuple(_entity_type(name, body, prefixes, main) for name, body in raw["classes"].items()),
        predicates=tuple(
            _predicate(name, body, prefixes, main) for name, body in raw["slots"].items() if not _is_literal(body)
        ),
        properties=tuple(
            Property(name, body["range"], body["description"], _expand(f"kg:{name}", prefixes))
            for name, body in raw["slots"].items()
            if _is_literal(body)
        ),
        terms=tuple(term for file in files[1:] if file.exists() for term in read_terms(file)),
        prefixes=tuple(prefixes.items()),
        files=tuple(file.name for file in files),
        digest=_digest(files),
    )


def read_terms(file: Path) -> list[Term]:
    """Rows of one lexicon file (TSV: name, aliases, type, broader, links, note)."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Term(
                name=row["name"],
                type=row["type"],
                aliases=tuple(alias for alias in (row["aliases"] or "").split("|") if alias),
                broader=row["broader"] or "",
                identifiers=tuple((row["links"] or "").split()),
                ambiguous=(row["note"] or "") == "ambiguous",
                source=f"{file.name}:{number}",
            )
            for number, row in enumerate(rows, 2)
        ]


def _read_yaml(file: Path) -> Mapping[str, Any]:
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise OntologyError(f"{file}: not YAML ({error})") from error
    if not isinstance(raw, dict):
        raise OntologyError(f"{file}: expected a mapping with classes and slots")
    return raw


def _entity_type(name: str, body: Mapping[str, Any], prefixes: Mapping[str, str], file: Path) -> EntityType:
    notes = body.get("annotations", {})
    return EntityType(
        name=name,
        parent=body.get("is_a", ""),
        description=body["description"],
        uri=_expand(body.get("class_uri", f"kg:{name}"), prefixes),
        colour=notes["colour"],
        shape=notes["shape"],
        iri=notes["iri"],
        abstract=body.get("abstract", False),
        aliases=tuple(body.get("aliases", ())),
        roles=tuple(notes.get("roles", ())),
        heads=tuple(notes.get("heads", ())),
        link=notes.get("link", ""),
        exact=tuple(_expand(curie, prefixes) for curie in body.get("exact_mappings", ())),
        close=tuple(_expand(curie, prefixes) for curie in body.get("close_mappings", ())),
        source=file.name,
    )


def _predicate(name: str, body: Mapping[str, Any], prefixes: Mapping[str, str], file: Path) -> Predicate:
    notes = body.get("annotations", {})
    return Predicate(
        name=name,
        domain=_names(body["domain"]),
        range=_names(body["range"]),
        description=body["description"],
        uri=_expand(body.get("slot_uri", f"kg:{name}"), prefixes),
        inverse=body.get("inverse", ""),
        role=notes.get("role", ""),
        link=notes.get("link", ""),
        cues=tuple(Cue(name, pattern, file.name) for pattern in notes.get("cues", ())),
        examples=tuple(notes.get("examples", ())),
        exact=tuple(_expand(curie, prefixes) for curie in body.get("exact_mappings", ())),
        close=tuple(_expand(curie, prefixes) for curie in body.get("close_mappings", ())),
        source=file.name,
    )


def _is_literal(slot: Mapping[str, Any]) -> bool:
    return slot["range"] in ("string", "integer", "decimal")


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _expand(curie: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = curie.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else curie


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        if file.exists():
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()
