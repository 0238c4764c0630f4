"""The table of formats, and the way from what the user names to papers."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kg.data import Paper, Rejection
from kg.errors import InputError
from kg.read.atom import looks_like_atom, read_atom
from kg.read.bibtex import looks_like_bibtex, read_bibtex
from kg.read.hf_text import looks_like_text, read_text
from kg.read.json_papers import looks_like_json, read_json, read_json_lines
from kg.read.limits import DEFAULT_LIMITS, Limits
from kg.read.listing import Listing, open_listing
from kg.read.ris import looks_like_ris, read_ris
from kg.read.sources import Input, expand, shown
from kg.read.table import looks_like_table, read_table


def _never(_head: str) -> bool:
    """For formats that a more general one above them in the table recognises record by record."""
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: what it is, how its first 64 KiB are recognised, and how its papers are read."""

    about: str
    recognises: Callable[[str], bool]
    read: Callable[[Listing], Iterator[Paper | Rejection]]


# In the order in which they are tried: plain text comes last, because much reads like it.
READERS: dict[str, Reader] = {
    "json": Reader("JSON arrays, wrapped lists and JSON Lines of any service below", looks_like_json, read_json),
    "jsonl": Reader("JSON Lines", _never, read_json_lines),
    "hf-daily": Reader("Hugging Face daily-papers JSON", _never, partial(read_json, shape="hf-daily")),
    "openalex": Reader("OpenAlex works", _never, partial(read_json, shape="openalex")),
    "semantic-scholar": Reader("Semantic Scholar JSON", _never, partial(read_json, shape="semantic-scholar")),
    "arxiv-json": Reader("arXiv metadata snapshot, JSON Lines", _never, partial(read_json, shape="arxiv-json")),
    "atom": Reader("Atom feeds, the arXiv API's among them", looks_like_atom, read_atom),
    "ris": Reader("RIS references with abstracts", looks_like_ris, read_ris),
    "bibtex": Reader("BibTeX entries with abstracts", looks_like_bibtex, read_bibtex),
    "csv": Reader("CSV and TSV with a header", looks_like_table, read_table),
    "hf-text": Reader(
        "Hugging Face Papers pages saved as text, and titles and abstracts in turn", looks_like_text, read_text
    ),
}
_ALSO = {"tsv": "csv", "ndjson": "jsonl", "text": "hf-text", "txt": "hf-text", "bib": "bibtex"}


def read_papers(
    inputs: Sequence[str], *, format_name: str = "", limits: Limits = DEFAULT_LIMITS
) -> Iterator[Paper | Rejection]:
    """Papers of all `inputs` (files, folders, globs, ``-``) in order, and what was left out with the reason.

    `format_name` is one of `READERS`, or empty to tell the format of each file from its content. Raises `InputError`
    at once for an unknown format, a path that does not exist and a pattern that fits nothing; everything else that is
    wrong with a file is a rejection, and the other files are read.
    """
    name = format_named(format_name)
    return _read_all(expand(inputs), name, limits)


def read_into(
    refused: list[Rejection], inputs: Sequence[str], *, format_name: str = "", limits: Limits = DEFAULT_LIMITS
) -> Iterator[Paper]:
    """As `read_papers`, but the papers alone; what was left out goes to `refused`."""
    for found in read_papers(inputs, format_name=format_name, limits=limits):
        if isinstance(found, Paper):
            yield found
        else:
            refused.append(found)


def nothing_read(refused: Sequence[Rejection]) -> InputError:
    """The error where there is no paper at all, with the first reasons."""
    reasons = "; ".join(f"{item.where}: {item.reason}" for item in refused[:3]) or "the input is empty"
    return InputError(f"no paper could be read: {reasons}")


def format_named(given: str, others: Sequence[str] = ()) -> str:
    """The name in `READERS`, or among `others`, of what the user calls a format; empty if nothing is given.

    Raises `InputError` for what is none.
    """
    name = given.strip().casefold()
    name = _ALSO.get(name, name)
    known = (*READERS, *others)
    if not name or name in known:
        return name
    near = difflib.get_close_matches(name, [*known, *_ALSO], n=1, cutoff=0.5)
    hint = f" (did you mean {_ALSO.get(near[0], near[0])}?)" if near else ""
    raise InputError(f"unknown format {given!r}{hint}; there are: {', '.join(known)}")


def _read_all(entries: Sequence[Input | Rejection], name: str, limits: Limits) -> Iterator[Paper | Rejection]:
    for entry in entries:
        if isinstance(entry, Rejection):
            yield replace(entry, where=shown(entry.where))
        else:
            yield from _read_file(entry.name, name, limits)


def _read_file(file: str, name: str, limits: Limits) -> Iterator[Paper | Rejection]:
    found = 0
    try:
        with open_listing(file, limits) as listing:
            reader = READERS[name or detect(listing.head)]
            for one in reader.read(listing):
                found += 1
                yield one
            yield from listing.notes
            found += len(listing.notes)
    except InputError as error:
        yield Rejection("read", shown(file), "", str(error))
        found += 1
    if not found:
        yield Rejection("read", shown(file), "", "nothing in the file reads like a paper")


def detect(head: str) -> str:
    """Name of the format that text beginning with `head` has. Raises `InputError` if it is none that kg reads."""
    for name, reader in READERS.items():
        if reader.recognises(head):
            return name
    start = head.lstrip()[:200].casefold()
    if start.startswith(("<!doctype html", "<html")):
        raise InputError("a web page; save it as text, or export the listing in one of the formats that kg reads")
    raise InputError(f"not a listing in a format that kg reads ({', '.join(READERS)}); --format names one")
