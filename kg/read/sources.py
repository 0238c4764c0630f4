"""From what the user names (files, folders, globs, ``-``) to the files to read, each once, in a fixed order."""

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.data import Rejection
from kg.errors import InputError

STDIN = "-"
_ADDRESS = re.compile(r"[a-z][a-z0-9+]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, under the name by which the user called it; ``-`` is standard input."""

    name: str


def expand(inputs: Sequence[str]) -> tuple[Input | Rejection, ...]:
    """The files that `inputs` name, without those named twice, and what is no file of a listing.

    Raises `InputError` for a path that does not exist and a pattern that fits nothing.
    """
    found: list[Input | Rejection] = []
    seen: set[str] = set()
    for given in inputs:
        for entry in _expand_one(given):
            key = _identity(entry)
            if key not in seen:
                seen.add(key)
                found.append(entry)
    return tuple(found)


def _identity(entry: Input | Rejection) -> str:
    if isinstance(entry, Rejection):
        return f"rejected {entry.where}"
    return STDIN if entry.name == STDIN else os.path.realpath(entry.name)


def _expand_one(given: str) -> Iterator[Input | Rejection]:
    if given == STDIN:
        yield Input(STDIN)
    elif _ADDRESS.match(given) and not os.path.lexists(given):
        raise InputError(f"{given}: kg reads files and fetches nothing; save the listing as a file, and name that")
    elif "\0" in given:
        raise InputError(f"{given!r}: no file can have such a name")
    elif os.path.lexists(given):
        yield from _expand_path(given)
    else:
        matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207 - may be absolute
        if not matches:
            what = "no file fits this pattern" if glob.has_magic(given) else "no such file or folder"
            raise InputError(f"{given}: {what} (in {Path.cwd().name or 'the root folder'})")
        for match in matches:
            yield from _expand_path(match)


def _expand_path(given: str) -> Iterator[Input | Rejection]:
    if Path(given).is_dir():
        yield from _walk(given)
    elif Path(given).exists():
        yield Input(given)
    else:
        raise InputError(f"{given}: a link to a file that does not exist")


def _walk(folder: str) -> Iterator[Input | Rejection]:
    """All files below `folder`, sorted; hidden ones and folders already seen (by a link, say) are passed over."""
    pending = [folder]
    entered: set[str] = set()
    count = 0
    while pending:
        current = pending.pop()
        real = os.path.realpath(current)
        if real in entered:
            continue
        entered.add(real)
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            yield Rejection("read", current, "", f"the folder cannot be listed ({error.strerror or error})")
            continue
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        kinds = [_kind(entry) for entry in visible]
        paths = [str(Path(current, entry.name)) for entry in visible]
        pending.extend(path for path, kind in zip(reversed(paths), reversed(kinds), strict=True) if kind == "folder")
        for path, kind in zip(paths, kinds, strict=True):
            if kind == "file":
                count += 1
                yield Input(path)
            elif kind != "folder":
                yield Rejection("read", path, "", kind)
    if not count:
        yield Rejection("read", folder, "", "the folder holds no file that can be read")


def _kind(entry: "os.DirEntry[str]") -> str:
    """``file``, ``folder``, or why it is neither."""
    try:
        if entry.is_dir():
            return "folder"
        if entry.is_file():
            return "file"
    except OSError as error:  # a link to itself, say
        return f"cannot be opened ({error.strerror or error})"
    return "a link to a file that does not exist" if entry.is_symlink() else "neither a file nor a folder"


def shown(name: str) -> str:
    r"""The name of a file as text for reports: bytes that are no text in this locale are read as UTF-8.

    >>> shown("a.txt"), shown("\udce6\udc9c\udca8.txt"), shown("\udcff.txt")
    ('a.txt', '木.txt', '\ufffd.txt')
    """
    if name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name):
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
