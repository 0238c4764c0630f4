"""Read ontology and lexicon files into an `Ontology`."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology.check import Checker
from kg.ontology.drafts import Draft
from kg.ontology.marked import read_marked
from kg.ontology.merge import merge
from kg.ontology.model import Ontology, Term
from kg.ontology.problems import Problem, did_you_mean, refuse
from kg.ontology.read_names import read_names, read_patterns
from kg.ontology.read_rdf import read_rdf
from kg.ontology.read_yaml import read_yaml

BUILT = "ontology.yaml"
"""The ontology beside a built graph, written by ``kg build``."""

_PACKAGED = Path(__file__).parent / "files"
_CHECKOUT = Path(__file__).parents[2] / "ontology"

READERS: dict[str, Callable[[Path, Ontology], Draft]] = {
    ".yaml": lambda file, known: read_yaml(file, dict(known.prefixes)),
    ".yml": lambda file, known: read_yaml(file, dict(known.prefixes)),
    ".ttl": read_rdf,
    ".owl": read_rdf,
    ".rdf": read_rdf,
    ".nt": read_rdf,
    ".tsv": lambda file, _: read_names(file),
    ".csv": lambda file, _: read_names(file),
    ".jsonl": lambda file, _: read_patterns(file),
}


def ontology_folder() -> Path:
    """The folder with ``kg.yaml``: inside an installed wheel, else the checkout's own."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_ontology(extensions: Sequence[Path] = ()) -> Ontology:
    """The built-in ontology with `extensions` laid over it in their order.

    Raises `OntologyError` that tells every fault with file and line; nothing is taken from a file with a fault.
    """
    base = _main(ontology_folder() / "kg.yaml")
    if not extensions:
        return base
    merged, problems = _extended(base, extensions)
    refuse(problems)
    return merged


def check_files(files: Sequence[Path]) -> tuple[Problem, ...]:
    """All faults and warnings of extension files taken together; without files, of the built-in ontology."""
    main = ontology_folder() / "kg.yaml"
    base = _main(main)
    if files:
        return tuple(_extended(base, files)[1])
    draft = read_yaml(main, {}, extension=False)
    empty = replace(base, types=(), predicates=(), properties=(), terms=())
    return (*draft.problems, *Checker(empty, (draft,), base).problems())


def load_file(file: Path) -> Ontology:
    """An ontology that stands in one file alone, as ``kg build`` leaves it in its folder; it has no terms.

    Raises `OntologyError` that tells every fault with file and line.
    """
    return _read_whole(file)


def built_ontology(folder: Path) -> Ontology:
    """Classes and slots of the graph in a build folder: its ``ontology.yaml``, else the built-in ontology."""
    file = folder / BUILT
    return load_file(file) if file.is_file() else load_ontology()


def read_terms(file: Path) -> list[Term]:
    """Rows of one lexicon file. Raises `OntologyError` if a row will not do."""
    draft = read_names(file, extension=False)
    refuse(draft.problems)
    return list(draft.terms)


@lru_cache(maxsize=1)
def _main(file: Path) -> Ontology:
    return _read_whole(file)


def _read_whole(main: Path) -> Ontology:
    draft = read_yaml(main, {}, extension=False)
    refuse(draft.problems)
    data = read_marked(main).data
    if missing := [key for key in ("version", "annotations") if key not in data]:
        raise OntologyError(f"{main}:1: not a whole ontology ({missing[0]} is missing); an extension needs --ontology")
    return Ontology(
        namespace=draft.prefixes["kg"],
        base=str(data["annotations"]["base"]),
        version=str(data["version"]),
        types=draft.types,
        predicates=draft.predicates,
        properties=draft.properties,
        terms=draft.terms,
        prefixes=tuple(draft.prefixes.items()),
        files=tuple(file.name for file in draft.files),
        digest=_digest(draft.files),
    )


def _extended(base: Ontology, extensions: Sequence[Path]) -> tuple[Ontology, list[Problem]]:
    drafts = [_read(file, base) for file in dict.fromkeys(extensions)]
    merged = merge(base, drafts)
    problems = [problem for draft in drafts for problem in draft.problems]
    problems += Checker(base, drafts, merged).problems()
    files = tuple(file for draft in drafts for file in draft.files)
    digest = hashlib.sha256(f"{base.digest} {_digest(files)}".encode()).hexdigest()
    return replace(merged, files=(*base.files, *(file.name for file in files)), digest=digest), problems


def _read(file: Path, base: Ontology) -> Draft:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        hint = did_you_mean(file.suffix, READERS)
        return Draft((file,), problems=(Problem(str(file), f"no ontology format ends in {file.suffix!r}{hint}"),))
    if not file.is_file():
        return Draft((file,), problems=(Problem(str(file), "there is no such file"),))
    return reader(file, base)


def _digest(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        if file.is_file():
            total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


__all__ = ["BUILT", "built_ontology", "check_files", "load_file", "load_ontology", "ontology_folder", "read_terms"]
