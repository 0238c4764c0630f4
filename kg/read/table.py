"""Papers from tables: CSV and TSV with any usual delimiter and any usual column names."""

import csv
import re
from collections import deque
from collections.abc import Iterator

from kg.data import Paper, Rejection
from kg.errors import InputError
from kg.read.columns import known_columns, missing_columns, read_columns
from kg.read.fields import make_paper, reject
from kg.read.listing import Line, Listing

_DELIMITERS = ",\t;|"
_LONGEST_ROW = 1_000  # lines; a row that is longer has lost its closing quotation mark


def read_table(listing: Listing) -> Iterator[Paper | Rejection]:
    """Papers of a table with a header, each with the line on which its row begins.

    Raises `InputError` if the header names no title or no abstract.
    """
    csv.field_size_limit(max(csv.field_size_limit(), listing.limits.line_bytes))
    lines = (line for line in listing.lines() if line.text.strip() and not _is_excel_hint(line.text))
    head = next(lines, Line(1, ""))
    delimiter = find_delimiter(head.text)
    columns = _cells(head.text, delimiter)
    if fault := missing_columns(columns):
        raise InputError(f"line {head.number}: {fault}")
    for line, text in _rows(lines, delimiter, len(columns)):
        source = listing.source(line)
        cells = _cells(text, delimiter)
        if any(cell.strip() for cell in cells[len(columns) :]):
            yield reject(source, text, f"{len(cells)} cells where the header names {len(columns)}")
        elif _unclosed(text) and len(cells) < len(columns):
            yield reject(source, text, "a quotation mark that is not closed")
        elif any(cells):
            row = dict(zip(columns, cells, strict=False))
            yield from make_paper(read_columns(row), source, listing.limits)


def find_delimiter(head: str) -> str:
    """The delimiter by which the header line `head` names most of the columns that we know; a comma if it names none.

    >>> find_delimiter("Title;Abstract;Authors, all")
    ';'
    """
    return max(_DELIMITERS, key=lambda mark: (len(known_columns(_cells(head, mark))), -_DELIMITERS.index(mark)))


def looks_like_table(head: str) -> bool:
    """Whether the first line of `head` names at least two columns that we know, a title or an abstract among them."""
    line = next((line for line in head.split("\n") if line.strip() and not _is_excel_hint(line)), "")
    known = known_columns(_cells(line, find_delimiter(line))) if len(line) < 10_000 else set()
    return len(known) > 1 and bool(known.intersection(("title", "abstract")))


def _is_excel_hint(text: str) -> bool:
    return len(text) < 8 and text.strip().casefold().startswith("sep=")


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of one row; nothing if not even a lenient reader can make them out."""
    try:
        return next(csv.reader([text.replace("\r", " ")], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []


def _unclosed(text: str) -> bool:
    """Whether `text` ends within quotation marks: those inside quoted cells are doubled, so that the count is even."""
    return text.count('"') % 2 == 1


def _rows(lines: Iterator[Line], delimiter: str, columns: int) -> Iterator[tuple[int, str]]:
    """Rows with their first line, joined over line breaks in quoted cells.

    A quotation mark that is never closed must not swallow the rest of the table: a row that grows too long, or that has
    a wrong number of cells once it is joined, is given up as it began, and reading goes on with the line below it.
    """
    opening = re.compile(rf'(?:^|{re.escape(delimiter)})\s*"')
    again: deque[Line] = deque()
    while first := again.popleft() if again else next(lines, None):
        if not _unclosed(first.text) or not opening.search(first.text):
            yield first.number, first.text
            continue
        row = [first]
        while len(row) < _LONGEST_ROW and (line := again.popleft() if again else next(lines, None)):
            row.append(line)
            if _unclosed(line.text):
                break
        joined = "\n".join(line.text for line in row)
        if not _unclosed(joined) and len(_cells(joined, delimiter)) == columns:
            yield first.number, joined
        else:
            yield first.number, first.text
            again.extendleft(reversed(row[1:]))
