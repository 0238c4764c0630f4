"""A longer listing out of listings: every paper N times, under names of its own.

    python scripts/vary.py LISTING... --copies 5 --to long.jsonl.gz

To see what a build takes at a size for which there are no papers at hand. The first copy is the listing itself. In each
other one, names that look like names and are not in the lexicon get letters of that copy at their end, as do titles and
ids: so each copy brings things of its own, beside the known ones that all papers share, and none is taken for the same
paper. What the papers say is the same, so this says nothing about how well they are read.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.ontology import load_ontology

_NAME = re.compile(r"(?<![\w/.])[A-Z]\w*[A-Z0-9]\w*(?:-\w+)*")  # ResNet-50, LLaVA; no word that is but capitalised
_TEXTS = ("title", "abstract", "summary")
_LETTERS = "qxzvkwyjbp"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the listing."""
    options = _options().parse_args(arguments)
    known = known_names()
    with gzip.open(options.to, "wt", encoding="utf-8", compresslevel=1) as stream:
        for copy in range(options.copies):
            for paper in read(options.listings):
                stream.write(json.dumps(varied(paper, copy, known)) + "\n")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make a longer listing, to see what it takes to build.")
    parser.add_argument("listings", nargs="+", type=Path, help="JSON Lines, gzip-compressed or not")
    parser.add_argument("--copies", type=int, default=5)
    parser.add_argument("--to", type=Path, required=True, help="the listing to write, gzip-compressed")
    return parser


def read(listings: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The records of all listings."""
    for listing in listings:
        with gzip.open(listing) if listing.suffix == ".gz" else listing.open("rb") as stream:
            yield from map(json.loads, stream)


def known_names() -> frozenset[str]:
    """All names of the lexicon that `varied` would change, and their parts that look like names."""
    terms = load_ontology().terms
    return frozenset(name for term in terms for form in (term.name, *term.aliases) for name in _NAME.findall(form))


def varied(paper: dict[str, Any], copy: int, known: frozenset[str]) -> dict[str, Any]:
    """The paper as it stands in a copy; the first copy (0) changes nothing."""
    if not copy:
        return paper
    ending = "".join(_LETTERS[int(digit)] for digit in str(copy))
    texts = {key: _renamed(paper[key], ending, known) for key in _TEXTS if paper.get(key)}
    return paper | texts | {"id": f"copy{copy}-{paper['id']}", "title": f"{texts['title']} ({ending})"}


def _renamed(text: str, ending: str, known: frozenset[str]) -> str:
    return _NAME.sub(lambda found: found[0] if found[0] in known else found[0] + ending, text)


if __name__ == "__main__":
    main()
