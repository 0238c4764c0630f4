"""A store made from an earlier one by what differs in their N-Triples, for builds that add little to much.

Loading costs some six microseconds a triple, telling that a triple was there before a sixth of that. Data files of the
engine never change once written, so that the new store shares those of the old one (hard links) as long as it can.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.ontology.namespaces import PROV, RDF

PART = 16 << 20  # bytes of N-Triples that the engine loads at once; it holds some twenty times as much in memory
_MOST = 300_000  # triples that differ; with more of them loading all is faster, and takes less memory
_MADE_FROM = "made-from.json"
_NONE = b"\n\n"  # no run; this is in no line
_ACTIVITY = f" <{RDF}type> <{PROV}Activity> .\n".encode()


def sign(store: Path, ntriples: Path) -> None:
    """Note in a finished store which N-Triples it holds, and which data files it has."""
    (store / _MADE_FROM).write_text(json.dumps([_digest(ntriples), _sizes(store)]), encoding="utf-8")


def holds(store: Path, ntriples: Path) -> bool:
    """Whether a store was made from these N-Triples, and no file of it was lost or cut since."""
    try:
        signed = json.loads((store / _MADE_FROM).read_text(encoding="utf-8"))
        return bool(signed == [_digest(ntriples), _sizes(store)])
    except (OSError, ValueError):
        return False


def parts(ntriples: Path) -> Iterator[bytes]:
    """Whole lines of a gzip-compressed file, some megabytes at a time."""
    with gzip.open(ntriples, "rb") as stream:
        rest = b""
        while block := cast(BinaryIO, stream).read(PART):
            head, end, tail = block.rpartition(b"\n")
            yield rest + head + end
            rest = tail
        if rest:
            yield rest


def refresh(store: Path, old: Path, new: Path, fresh: Path) -> bool:
    """Make the store of the N-Triples `new` in `fresh`, from `store`, which holds `old`; False if too much differs."""
    runs = _run(old), _run(new)
    changes = _changes(old, new, runs) if (runs[0] == _NONE) == (runs[1] == _NONE) else None
    if changes is None:
        return False
    gone, came = changes
    _share(store, fresh)
    opened = ox.Store(str(fresh))
    if runs[0] != runs[1]:
        _rename(opened, *runs)
    for triple in ox.parse(input=b"".join(gone), format=ox.RdfFormat.N_TRIPLES, lenient=True):
        opened.remove(ox.Quad(triple.subject, triple.predicate, triple.object))
    if came:
        opened.bulk_load(input=b"".join(came), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    opened.flush()
    return True


def _changes(old: Path, new: Path, runs: tuple[bytes, bytes]) -> tuple[set[bytes], set[bytes]] | None:
    """Lines that went and lines that came, runs apart; None if they are many.

    Both files are in the same order, so that a line found in one soon turns up in the other and both are forgotten.
    """
    gone: set[bytes] = set()
    came: set[bytes] = set()
    for before, after in zip_longest(parts(old), parts(new), fillvalue=b""):
        gone.update(before.replace(*runs).splitlines(keepends=True))
        came.update(after.splitlines(keepends=True))
        both = gone & came
        gone -= both
        came -= both
        if len(gone) + len(came) > _MOST:
            return None
    if gone:  # a triple that stood there twice may stand there once
        for after in parts(new):
            gone.difference_update(after.splitlines(keepends=True))
    return gone, came


def _run(ntriples: Path) -> bytes:
    """The IRI of the run that made the triples, which begin with it and name it in every statement."""
    with gzip.open(ntriples, "rb") as stream:
        line = stream.readline()
    return line.removesuffix(_ACTIVITY) if line.endswith(_ACTIVITY) else _NONE


def _rename(store: ox.Store, old: bytes, new: bytes) -> None:
    """Put another run in the place of one."""
    run = ox.NamedNode(old[1:-1].decode())
    lines: list[bytes] = []
    size = 0
    for pattern in ((run, None, None), (None, None, run)):
        for quad in store.quads_for_pattern(*pattern):
            store.remove(quad)
            lines.append(f"{quad.triple} .\n".encode().replace(old, new))
            size += len(lines[-1])
            if size > PART:
                store.bulk_load(input=b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)
                lines, size = [], 0
    store.bulk_load(input=b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def _share(store: Path, fresh: Path) -> None:
    fresh.mkdir()
    for file in store.iterdir():
        if file.suffix == ".sst":
            try:
                os.link(file, fresh / file.name)
            except OSError:  # a file system without links
                shutil.copyfile(file, fresh / file.name)
        elif file.name != _MADE_FROM and not file.name.startswith("LO"):  # neither lock nor logs for people
            shutil.copyfile(file, fresh / file.name)


def _sizes(store: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in sorted(store.glob("*.sst"))}


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
