"""Lists of names: TSV and CSV tables, and the JSON Lines of spaCy's EntityRuler."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.ontology.drafts import Draft
from kg.ontology.model import Term
from kg.ontology.patterns import pattern_fault
from kg.ontology.problems import Problem, did_you_mean

COLUMNS = ("name", "aliases", "type", "broader", "links", "note")
_MORE_NAMES = {"alias": "aliases", "synonyms": "aliases", "class": "type", "label": "name", "link": "links"}
_LONGEST = 200
_MOST_ALIASES = 100


def read_names(file: Path, *, extension: bool = True) -> Draft:
    """A table with a header: name and type, and if wished aliases (joined by |), broader, links, note.

    ``note`` is empty or ``ambiguous``: such a name needs its exact case or supporting words around it.
    """
    problems: list[Problem] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            terms = tuple(_rows(file, stream, problems, extension))
    except UnicodeDecodeError as error:
        return _failed(file, f"not UTF-8 ({error.reason}, byte {error.start}); save it as UTF-8")
    except (OSError, csv.Error) as error:
        return _failed(file, f"cannot be read ({error})")
    return Draft((file,), terms=terms, problems=tuple(problems))


def _failed(file: Path, reason: str) -> Draft:
    return Draft((file,), problems=(Problem(f"{file}:1", reason),))


def _rows(file: Path, stream: Iterable[str], problems: list[Problem], extension: bool) -> Iterator[Term]:
    lines = iter(stream)
    header = next(lines, "")
    tabs = "\t" in header or file.suffix.lower() == ".tsv"
    delimiter = "\t" if tabs else ";" if ";" in header and "," not in header else ","
    titles = header.rstrip("\r\n").split(delimiter)
    columns = _columns(file, titles, problems)
    if columns is None:
        return
    if tabs:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
    name, aliases, type_, broader, links, note = columns
    width = len(titles)
    label = file.name
    for row in rows:
        line = rows.line_num + 1
        if not any(row):
            continue
        cells = [*row, *("" for _ in range(width - len(row))), ""]
        if fault := _fault(len(row) - width, cells, columns):
            problems.append(Problem(f"{file}:{line}", fault))
            continue
        forms = tuple(form.strip() for form in cells[aliases].split("|") if form.strip()) if cells[aliases] else ()
        yield Term(
            cells[name].strip(), cells[type_].strip(), forms, cells[broader].strip(), tuple(cells[links].split()),
            cells[note].strip() == "ambiguous", f"{label}:{line}", extension,
        )  # fmt: skip


def _columns(file: Path, header: list[str], problems: list[Problem]) -> list[int] | None:
    """Place of each of `COLUMNS` in the header (-1: not there), or None if the header will not do."""
    titles = [title.strip().strip('"').casefold() for title in header]
    titles = [_MORE_NAMES.get(title, title) if _MORE_NAMES.get(title) not in titles else title for title in titles]
    before = len(problems)
    for title in titles:
        if title not in COLUMNS:
            problems.append(Problem(f"{file}:1", f"unknown column {title!r}{did_you_mean(title, COLUMNS)}"))
        elif titles.count(title) > 1:
            problems.append(Problem(f"{file}:1", f"column {title!r} is there twice"))
    for needed in ("name", "type"):
        if needed not in titles:
            problems.append(Problem(f"{file}:1", f"column {needed!r} is missing; the first line must name the columns"))
    if len(problems) > before:
        return None
    return [titles.index(column) if column in titles else -1 for column in COLUMNS]


def _fault(surplus: int, cells: list[str], columns: list[int]) -> str:
    if surplus > 0:
        return f"more cells than the header names ({surplus} too many); quote a name that holds the separator"
    name, type_, note = cells[columns[0]].strip(), cells[columns[2]].strip(), cells[columns[5]].strip()
    if fault := name_fault(name):
        return fault
    if not type_:
        return f"{name!r} has no type"
    if note not in ("", "ambiguous"):
        return f"note is {note!r:.60}, but it is empty or says ambiguous"
    if cells[columns[1]].count("|") >= _MOST_ALIASES:
        return f"{name!r} has more than {_MOST_ALIASES} aliases"
    return ""


def name_fault(name: str) -> str:
    """Why a text cannot be a name, or empty.

    >>> name_fault("Spot"), name_fault(" ")
    ('', 'an empty name')
    """
    if not name.strip():
        return "an empty name"
    if len(name) > _LONGEST:
        return f"a name of {len(name)} characters ({name[:30]!r}…); at most {_LONGEST}"
    if not name.isprintable():
        return f"{name!r:.80} holds a character that cannot be printed"
    return "" if any(char.isalnum() for char in name) else f"{name!r} has neither letter nor digit"


def read_patterns(file: Path) -> Draft:
    """spaCy EntityRuler patterns: ``{"label": TYPE, "pattern": NAME or TOKENS, "id": ID}``, one object a line.

    Names of one label and id are one term, the first of them its name.
    """
    problems: list[Problem] = []
    terms: dict[tuple[str, ...], Term] = {}
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")  # other breaks may stand in a string of JSON
    except (OSError, UnicodeDecodeError) as error:
        return _failed(file, f"cannot be read as UTF-8 ({error})")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(f"{file}:{number}", f"not JSON ({getattr(error, 'msg', 'nested too deeply')})"))
            continue
        if fault := _row_fault(row):
            problems.append(Problem(f"{file}:{number}", fault))
            continue
        key, term = _pattern_term(row, f"{file.name}:{number}")
        known = terms.get(key)
        terms[key] = _joined(known, term) if known else term
    return Draft((file,), terms=tuple(terms.values()), problems=tuple(problems))


def _row_fault(row: Any) -> str:
    if not isinstance(row, dict):
        return 'expected {"label": …, "pattern": …}'
    if unknown := [key for key in row if key not in ("label", "pattern", "id")]:
        return f"unknown key {unknown[0]!r}{did_you_mean(unknown[0], ('label', 'pattern', 'id'))}"
    for key in ("label", "pattern"):
        if not row.get(key):
            return f"{key!r} is missing"
    if not isinstance(row["label"], str) or not isinstance(row.get("id", ""), str):
        return "'label' and 'id' must be strings"
    return name_fault(row["pattern"]) if isinstance(row["pattern"], str) else pattern_fault(row["pattern"])


def _pattern_term(row: dict[str, Any], source: str) -> tuple[tuple[str, ...], Term]:
    label, pattern, name = row["label"], row["pattern"], row.get("id", "")
    if isinstance(pattern, str):
        own = pattern.strip()
        return (label, name or own, "" if name else own), Term(own, label, source=source, extension=True)
    text = json.dumps(pattern, ensure_ascii=False, sort_keys=True)
    return (label, name, text), Term(name or label, label, source=source, extension=True, pattern=text)


def _joined(term: Term, other: Term) -> Term:
    names = dict.fromkeys((*term.aliases, other.name))
    names.pop(term.name, None)
    return Term(term.name, term.type, tuple(names), source=term.source, extension=True)
