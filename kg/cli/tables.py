"""Tables and lists that fit the terminal: wide columns are cut, visibly, and long lines broken between words."""

import shutil
import textwrap
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

_GAP = 2
_LEAST = 8


def render(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Rows under their column names, at most `width` cells wide (the terminal's, or 100 where there is none)."""
    width = width or _columns()
    lines = [[_one_line(cell) for cell in row] for row in [columns, *rows]]
    natural = [max(cell_len(line[i]) for line in lines) for i in range(len(columns))]
    widths = _fit(natural, width - _GAP * (len(columns) - 1))
    rule = ["─" * size for size in widths]
    body = [lines[0], rule, *lines[1:]]
    return "\n".join(_line(line, widths) for line in body) + f"\n{counted(len(rows), 'row')}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things.

    >>> counted(1, "class"), counted(1200, "paper"), counted(0, "class", "classes")
    ('1 class', '1,200 papers', '0 classes')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def fitted(text: str, first: str, others: str) -> str:
    """`text` after `first`, broken between words into lines that fit the terminal, each after `others`."""
    return textwrap.fill(text, _columns(), initial_indent=first, subsequent_indent=others, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip


def _columns() -> int:
    return shutil.get_terminal_size((100, 24)).columns


def _fit(natural: list[int], space: int) -> list[int]:
    """Widths that fit: columns narrower than a fair share keep theirs, the others share what is left."""
    widths = list(natural)
    wide = sorted(range(len(natural)), key=natural.__getitem__)
    for position, column in enumerate(wide):
        share = max(_LEAST, space // (len(wide) - position))
        widths[column] = min(natural[column], share)
        space -= widths[column]
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = []
    for cell, size in zip(cells, widths, strict=True):
        shown = cell if cell_len(cell) <= size else set_cell_size(cell, size - 1).rstrip() + "…"
        parts.append(shown + " " * (size - cell_len(shown)))
    return (" " * _GAP).join(parts).rstrip()


def _one_line(cell: str) -> str:
    return "".join(char if char.isprintable() else " " for char in cell)
