"""A store made from an earlier one by what differs in their N-Triples, for builds that add little to much.

Loading costs five to six microseconds a triple, a refresh three to four. Data files of the engine never change once
written, so that the new store shares those of the old one (hard links) as long as it can.
"""

import gzip
import json
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.files import file_digest
from kg.ontology.namespaces import PROV, RDF

PART = 16 << 20  # bytes of N-Triples that the engine loads at once; it holds some twenty times as much in memory
_MOST = 300_000  # triples that differ; with more of them loading all is faster, and takes less memory
_AT_ONCE = 100_000  # triples that one update changes; it holds them all in memory
_MADE_FROM = "made-from.json"
_NONE = b"\n\n"  # no run; this is in no line
_ACTIVITY = f" <{RDF}type> <{PROV}Activity> .\n".encode()


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines of N-Triples that went and that came, the runs before and after as terms, and how many lines there are.

    Those that went name the later run.
    """

    gone: Collection[bytes]
    came: Collection[bytes]
    runs: tuple[bytes, bytes]
    size: int


def sign(store: Path, ntriples: Path) -> None:
    """Note in a finished store which N-Triples it holds, and which data files it has."""
    (store / _MADE_FROM).write_text(json.dumps([file_digest(ntriples), _sizes(store)]), encoding="utf-8")


def holds(store: Path, ntriples: Path) -> bool:
    """Whether a store was made from these N-Triples, and no file of it was lost or cut since."""
    try:
        signed = json.loads((store / _MADE_FROM).read_text(encoding="utf-8"))
        return bool(signed == [file_digest(ntriples), _sizes(store)])
    except (OSError, ValueError):
        return False


def parts(ntriples: Path) -> Iterator[bytes]:
    """Whole lines of a gzip-compressed file, some megabytes at a time."""
    with gzip.open(ntriples, "rb") as stream:
        rest = b""
        while block := cast(BinaryIO, stream).read(PART):
            head, end, tail = block.rpartition(b"\n")
            if end:
                yield rest + head + end
                rest = tail
            else:  # one line longer than a part
                rest += tail
        if rest:
            yield rest


def refresh(store: Path, old: Path, new: Path, fresh: Path, known: Changes | None = None) -> bool:
    """Make the store of the N-Triples `new` in `fresh`, from `store`, which holds `old`.

    What differs is read from both, unless it is `known`. False if too much differs, or if the result does not hold as
    many triples as there are: what is in `fresh` then is of no use.
    """
    changes = known or _changes(old, new)
    if changes is None:
        return False
    _share(store, fresh)
    opened = ox.Store(str(fresh))
    if changes.runs[0] != changes.runs[1]:
        _rename(opened, *changes.runs)
    for triple in ox.parse(input=b"".join(changes.gone), format=ox.RdfFormat.N_TRIPLES, lenient=True):
        opened.remove(ox.Quad(triple.subject, triple.predicate, triple.object))
    if changes.came:
        opened.bulk_load(input=b"".join(changes.came), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    opened.flush()
    return len(opened) == changes.size


def _changes(old: Path, new: Path) -> Changes | None:
    """What differs between two files; None if much does.

    Both are in the same order, so that a line found in one soon turns up in the other and both are forgotten.
    Where a line stands twice in one file, far apart, the count is too high: whoever compares it will notice.
    """
    runs = _run(old), _run(new)
    if (runs[0] == _NONE) != (runs[1] == _NONE):
        return None
    gone: set[bytes] = set()
    came: set[bytes] = set()
    size = 0
    for before, after in zip_longest(parts(old), parts(new), fillvalue=b""):
        gone.update(before.replace(*runs).splitlines(keepends=True))
        lines = set(after.splitlines(keepends=True))
        size += len(lines)
        came |= lines
        both = gone & came
        gone -= both
        came -= both
        if len(gone) + len(came) > _MOST:
            return None
    return Changes(gone, came, runs, size)


def _run(ntriples: Path) -> bytes:
    """The IRI of the run that made the triples, which begin with it and name it in every statement."""
    with gzip.open(ntriples, "rb") as stream:
        line = stream.readline()
    return line.removesuffix(_ACTIVITY) if line.endswith(_ACTIVITY) else _NONE


def _rename(store: ox.Store, old: bytes, new: bytes) -> None:
    """Put another run in the place of one: in what is said of it, and in every statement that it has made."""
    before, after = old.decode(), new.decode()
    store.update(f"DELETE {{ {before} ?p ?o }} INSERT {{ {after} ?p ?o }} WHERE {{ {before} ?p ?o }}")
    some = f"{{ SELECT ?s ?p WHERE {{ ?s ?p {before} }} LIMIT {_AT_ONCE} }}"
    while store.query(f"ASK {{ ?s ?p {before} }}"):
        store.update(f"DELETE {{ ?s ?p {before} }} INSERT {{ ?s ?p {after} }} WHERE {{ {some} }}")


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
