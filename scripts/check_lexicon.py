#!/usr/bin/env python3
"""Check the lexicon and print how many names and aliases it holds.

    python scripts/check_lexicon.py [FOLDER]

One file a type, tab-separated, header ``name aliases type broader links note``. A surface form (the name or an alias,
as `kg.normalize.normalize` sees it) may stand in one row only, so that a mention has one meaning.
"""

import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kg.normalize import normalize  # noqa: E402  (the checkout need not be installed)

FILES = {
    "methods.tsv": "Method",
    "models.tsv": "Model",
    "tasks.tsv": "Task",
    "datasets.tsv": "Dataset",
    "benchmarks.tsv": "Benchmark",
    "metrics.tsv": "Metric",
}
HEADER = ("name", "aliases", "type", "broader", "links", "note")
NOTES = ("", "ambiguous")
MINIMUM = 2_500
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_LINK = re.compile(r"(?:arxiv:\d{4}\.\d{4,5}|https://\S+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a lexicon file; ``place`` is ``file:line``."""

    place: str
    name: str
    aliases: tuple[str, ...]
    type: str
    broader: str
    links: str
    note: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The name, then the aliases, as written."""
        return (self.name, *self.aliases)


def read_rows(file: Path) -> list[Row]:
    """All rows of `file`. Raises `ValueError` with file and line where the shape is wrong."""
    header, *lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != HEADER:
        raise ValueError(f"{file.name}:1: header is {header!r}, expected {'  '.join(HEADER)}")
    rows = []
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != len(HEADER):
            raise ValueError(f"{file.name}:{number}: {len(cells)} cells, expected {len(HEADER)}")
        name, aliases, kind, broader, links, note = cells
        split = tuple(aliases.split("|")) if aliases else ()
        rows.append(Row(f"{file.name}:{number}", name, split, kind, broader, links, note))
    return rows


def row_problems(row: Row, kind: str) -> Iterator[str]:
    """What is wrong with one row by itself."""
    cells = (row.name, *row.aliases, row.type, row.broader)
    if not row.name or any(cell != cell.strip() for cell in cells) or not all(row.aliases):
        yield f"{row.place}: empty or padded name or alias in {row.name!r}"
    if row.type != kind:
        yield f"{row.place}: {row.name} has type {row.type!r}, this file is for {kind}"
    if row.note not in NOTES:
        yield f"{row.place}: {row.name} has note {row.note!r}, expected one of {NOTES}"
    if not all(_LINK.fullmatch(link) for link in row.links.split()):
        yield f"{row.place}: {row.name} has links {row.links!r}, expected arxiv:… or https://…"
    if not all(normalize(form) for form in row.forms):
        yield f"{row.place}: a form of {row.name} has nothing left when normalised"


def order_problems(rows: list[Row]) -> Iterator[str]:
    """Rows that stand before their place in the alphabet."""
    for before, after in itertools.pairwise(rows):
        if (before.name.casefold(), before.name) >= (after.name.casefold(), after.name):
            yield f"{after.place}: {after.name} must come before {before.name} (sorted by name, case ignored)"


def form_problems(rows: Iterable[Row]) -> Iterator[str]:
    """Surface forms that stand in two rows or twice in one."""
    owner: dict[str, Row] = {}
    for row in rows:
        for form in row.forms:
            first = owner.setdefault(normalize(form), row)
            if first is not row:
                yield f"{row.place}: {form!r} of {row.name} is also a form of {first.name} ({first.place})"
        if len({form.casefold() for form in row.forms}) < len(row.forms):
            yield f"{row.place}: two forms of {row.name} are the same but for case"


def acronym_problems(row: Row) -> Iterator[str]:
    """Aliases of a few capitals that nothing in their row explains: they would take what others mean by them."""
    for short in row.aliases if not row.note else ():
        if _ACRONYM.fullmatch(short) and not any(_in_order(short, form) for form in row.forms if form != short):
            yield f"{row.place}: {short} of {row.name} wants an alias that spells it, or the note 'ambiguous'"


def _in_order(short: str, form: str) -> bool:
    """Whether the letters of `short` stand in `form` in this order."""
    letters = iter(form.casefold())
    return all(letter in letters for letter in short.casefold())


def broader_problems(rows: list[Row]) -> Iterator[str]:
    """Parents that are not rows, and chains of parents that return to their start."""
    parent = {row.name: row.broader for row in rows}
    for row in rows:
        if row.broader and row.broader not in parent:
            yield f"{row.place}: broader {row.broader!r} of {row.name} is not a name"
        seen, name = {row.name}, row.broader
        while name and name not in seen:
            seen.add(name)
            name = parent.get(name, "")
        if name == row.name:
            yield f"{row.place}: {row.name} is its own ancestor"


def lexicon_problems(rows: dict[str, list[Row]]) -> list[str]:
    """Everything that is wrong with the files in `rows` (file name → its rows)."""
    every = [row for file in rows.values() for row in file]
    problems = [problem for file, kind in FILES.items() for row in rows[file] for problem in row_problems(row, kind)]
    problems += [problem for row in every for problem in acronym_problems(row)]
    problems += [problem for file in FILES for problem in order_problems(rows[file])]
    problems += [*form_problems(every), *broader_problems(every)]
    if len(every) < MINIMUM:
        problems.append(f"{len(every)} names, expected at least {MINIMUM}")
    return problems


def main(folder: Path) -> int:
    """Print the problems, or the counts where there are none; the exit code."""
    try:
        rows = {file: read_rows(folder / file) for file in FILES}
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    problems = lexicon_problems(rows)
    for problem in problems:
        print(problem, file=sys.stderr)
    for file, found in rows.items():
        print(f"{file:15} {len(found):5} names {sum(len(row.aliases) for row in found):5} aliases")
    print(f"{'all':15} {sum(map(len, rows.values())):5} names, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "ontology" / "lexicon"))
