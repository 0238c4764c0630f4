"""The places of records in JSON text, found without parsing it, so that one broken record does not hide the others."""

import json
import re
from collections.abc import Iterator
from typing import Any

# A string ends at its quote or, if that is missing, at the end of the line: JSON strings hold no raw line breaks, and
# so a lost quote costs one line and not the rest of the file. Possessive, hence linear on any input.
_TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*+["\n]?|[\[\]{},]', re.DOTALL)
_NO_VALUE = re.compile(r"[\s,;\x1e]*")
_LIST_OF_OBJECTS = re.compile(r'\s*"(?:[^"\\\n]++|\\.)*+"\s*:\s*(?=\[\s*\{)')


def parse(text: str) -> tuple[Any, str]:
    """The value that `text` spells and no fault, or nothing and what is wrong with it. Control characters pass."""
    try:
        return json.loads(text, strict=False), ""
    except json.JSONDecodeError as error:
        return None, f"broken JSON: {error.msg} (column {error.colno})"
    except (RecursionError, ValueError) as error:
        return None, f"broken JSON: {'nested too deeply' if isinstance(error, RecursionError) else error}"


def children(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the elements of the array, or of the members of the object, that opens at `start`."""
    depth, begin = 0, start + 1
    for token in _TOKEN.finditer(text, start):
        mark = text[token.start()]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if depth == 0:
                if text[begin : token.start()].strip():
                    yield begin, token.start()
                return
        elif mark == "," and depth == 1:
            yield begin, token.start()
            begin = token.end()
    if text[begin:].strip():
        yield begin, len(text)


def values(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the values that stand one after another in `text`, whatever separates them."""
    position = _skip(text, 0)
    while position < len(text):
        end = _end(text, position)
        yield position, end
        position = _skip(text, end)


def _skip(text: str, position: int) -> int:
    found = _NO_VALUE.match(text, position)
    return found.end() if found else position


def _end(text: str, start: int) -> int:
    """Where the value that begins at `start` ends: at its bracket, or at the end of the line for anything else."""
    if text[start] not in "[{":
        line_end = text.find("\n", start)
        return len(text) if line_end < 0 else line_end
    depth = 0
    for token in _TOKEN.finditer(text, start):
        mark = text[token.start()]
        depth += (mark in "[{") - (mark in "]}")
        if depth == 0:
            return token.end()
    return len(text)


def lists_of_objects(text: str, start: int) -> list[int]:
    """Where the lists of objects begin that are members of the object at `start`."""
    found = (_LIST_OF_OBJECTS.match(text, begin, end) for begin, end in children(text, start))
    return [member.end() for member in found if member]
