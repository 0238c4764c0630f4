"""Decisions made by hand: two names that are the same thing, or that are not, whatever the rules say."""

from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

_FIELDS = (3, 4)


@dataclass(frozen=True, slots=True)
class Override:
    """``same`` or not: `left` and `right` are names of one thing (`type` empty: whatever their type)."""

    same: bool
    left: str
    right: str
    type: str = ""
    source: str = ""


def read_overrides(path: Path) -> tuple[Override, ...]:
    """Rows ``same|different <TAB> name <TAB> name [<TAB> type]``; ``#`` starts a comment line.

    Raises `InputError` with file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: overrides cannot be read as UTF-8 text ({error})") from error
    rows = ((number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    return tuple(_override(line, f"{path}:{number}") for number, line in rows)


def _override(line: str, where: str) -> Override:
    fields = [field.strip() for field in line.rstrip("\t ").split("\t")]
    if len(fields) not in _FIELDS or not all(fields):
        raise InputError(f"{where}: expected 'same|different', name, name and maybe a type, parted by tabs: {line!r}")
    if fields[0] not in ("same", "different"):
        raise InputError(f"{where}: the first column must be 'same' or 'different', not {fields[0]!r}")
    return Override(fields[0] == "same", fields[1], fields[2], fields[3] if len(fields) > 3 else "", where)
