"""Targets that read files which users write by hand: ontologies, lexicons, overrides."""

import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.ontology import check_files, load_ontology
from kg.resolve import read_overrides

_SUFFIXES = (".yaml", ".ttl", ".rdf", ".tsv", ".csv", ".jsonl", ".nt")


@cache
def folder() -> Path:
    """A folder in memory where there is one, for the life of the process."""
    place = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="kg-fuzz-", dir=place if place.is_dir() else None))


def ontology(data: bytes) -> None:
    """An extension is taken, or refused with file and line; its first byte chooses the format."""
    if not data:
        return
    file = folder() / f"lab{_SUFFIXES[data[0] % len(_SUFFIXES)]}"
    file.write_bytes(data[1:])
    with suppress(KgError):
        problems = check_files([file])
        if all(problem.warning for problem in problems):
            load_ontology([file])


def overrides(data: bytes) -> None:
    """A table of overrides is read, or refused."""
    file = folder() / "overrides.tsv"
    file.write_bytes(data)
    with suppress(KgError):
        list(read_overrides(file))
