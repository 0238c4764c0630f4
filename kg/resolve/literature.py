"""What acronyms usually stand for, counted over many papers: a prior for papers that expand none."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import OntologyError
from kg.normalize import clean_markup
from kg.ontology import ontology_folder
from kg.resolve.senses import loose

_FILE = "acronyms.tsv"
_LEAST, _SHARE = 3, 0.8


@dataclass(frozen=True, slots=True)
class Usual:
    """The long form that nearly all papers mean by an acronym, and how many of them say so."""

    long: str
    papers: int


@lru_cache(maxsize=1)
def usual_meanings() -> dict[str, Usual]:
    """Acronyms by exact spelling that have one usual meaning; spellings of one long form are counted together."""
    counts: defaultdict[str, dict[tuple[str, ...], tuple[str, int]]] = defaultdict(dict)
    for short, long, papers in _rows():
        first, so_far = counts[short].get(loose(long), (long, 0))
        counts[short][loose(long)] = (first, so_far + papers)
    usual = {}
    for short, longs in counts.items():
        long, papers = max(longs.values(), key=lambda item: item[1])
        if papers >= max(_LEAST, _SHARE * sum(count for _, count in longs.values())):
            usual[short] = Usual(long, papers)
    return usual


def usual_meaning(name: str) -> Usual | None:
    """The usual meaning of an acronym; its case counts, a plural does not."""
    plain = clean_markup(name).removesuffix("'s")
    return usual_meanings().get(plain) or usual_meanings().get(plain.removesuffix("s"))


def _rows() -> list[tuple[str, str, int]]:
    file = ontology_folder() / _FILE
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = []
    for number, line in enumerate(lines[1:], 2):
        fields = line.split("\t")
        if len(fields) != 3 or not fields[2].isdigit():
            raise OntologyError(f"{file}:{number}: expected an acronym, its long form and a number of papers: {line!r}")
        rows.append((fields[0], fields[1], int(fields[2])))
    return rows
