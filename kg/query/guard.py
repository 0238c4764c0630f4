"""What a query may say: read-only, and nothing outside the store.

SERVICE would make a request to another machine, and the engine has no switch for it; so the text is searched for it as
the engine's parser would find it. That parser needs no space around a keyword (``SERVICEex:x{…}`` is a call), ends a
comment at a carriage return, and tells ``<`` the operator from ``<`` the IRI only by its grammar. Instead of copying
that grammar, the search follows both readings of each ``<`` and refuses a call that stands in code under either.
"""

import heapq
import re

from kg.errors import QueryError
from kg.query.tokens import LONG_STRINGS, SHORT_STRINGS

MAX_QUERY = 100_000  # code points

_CALL = re.compile("service", re.IGNORECASE)
# Bounded, because the text may hold thousands of starts; a name that reaches the bound counts as an operand.
_OPERAND = re.compile(
    r"""<[^<>]*+>|[?$][^\s{#?$]{1,999}+|[\w.-]{0,999}+:(?:\\.|[^\s{#\\<>;,()?$"']){0,999}+|[\w.-]{999}"""
)
_LONGEST = 900
_SILENT = re.compile("silent", re.IGNORECASE)
_INSIDE_NAME = re.compile(r"[?$]\w*\Z|(?:^|[^\w.-])[\w.-]*:[\w:-]*\Z")
_BORING = re.compile(r"""[^<#"']*+""")
_LINE = re.compile(r"[^\r\n]*+")
_IRI = re.compile(r"<[^<>\r\n]*+>")
_BLANK = re.compile(r"[ \t\r\n]*+")
_STRINGS = (*(re.compile(long, re.DOTALL) for long in LONG_STRINGS), *map(re.compile, SHORT_STRINGS))
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# A prefixed name is tried where a name begins only: a run of digits would be walked again from each of them.
_WORD = re.compile(r"<[^<>\s]*+>|#[^\r\n]*+|[?$][\w]*+|(?<![\w.-])[\w.-]*+:[\w-]*+|([A-Za-z]++)")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def check_query(query: str) -> None:
    """Refuse updates and federation, however they are spelled. Raises `QueryError` that says what was refused."""
    if len(query) > MAX_QUERY:
        raise QueryError(f"the query has {len(query):,} characters; the most that is taken is {MAX_QUERY:,}")
    if not query.strip():
        raise QueryError("the query is empty")
    # The engine does not read \u escapes outside strings and IRIs, but the standard says that a processor should.
    plain = _ESCAPE.sub(_unescaped, query)
    if any(_calls(text) for text in {query, plain}):
        raise QueryError("SERVICE is refused: kg never makes a request to another machine")
    word = next((match[1].upper() for match in _WORD.finditer(plain) if match[1] and _decides(match[1])), "")
    if word in _UPDATES:
        raise QueryError(f"{word} is refused: the graph is read-only; build again to change it")


def _decides(word: str) -> bool:
    return word.upper() in _FORMS | _UPDATES


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]


def _calls(text: str) -> bool:
    """Whether the text calls SERVICE in code."""
    found = [match.start() for match in _CALL.finditer(text)]
    if not found:
        return False
    pieces = _code(text)
    piece = 0
    for start in found:
        while piece < len(pieces) and pieces[piece][1] <= start:
            piece += 1
        if piece == len(pieces):
            return False
        if pieces[piece][0] <= start and _is_call(text, start, pieces[piece][0]):
            return True
    return False


def _is_call(text: str, start: int, code_from: int) -> bool:
    """Whether ``service`` at `start` is followed by an IRI, a variable or a prefixed name, and then a group."""
    if _INSIDE_NAME.search(text, max(code_from, start - 200), start):
        return False
    position = _skip(text, start + len("service"))
    for silent in (position, _after_silent(text, position)):
        operand = _OPERAND.match(text, silent) if silent >= 0 else None
        if operand and (len(operand[0]) > _LONGEST or text.startswith("{", _skip(text, operand.end()))):
            return True
    return False


def _after_silent(text: str, position: int) -> int:
    match = _SILENT.match(text, position)
    return _skip(text, match.end()) if match else -1


def _skip(text: str, position: int) -> int:
    """The position after white space and comments."""
    while True:
        blank = _BLANK.match(text, position)
        position = blank.end() if blank else position
        if not text.startswith("#", position):
            return position
        position = _end(_LINE, text, position)


def _code(text: str) -> list[tuple[int, int]]:
    """Stretches of text that are neither string, comment nor IRI under some reading, in order.

    Each position is visited once, and each string, comment or IRI is matched once from where it begins.
    """
    waiting, seen, pieces = [0], set[int](), []
    while waiting:
        start = heapq.heappop(waiting)
        stop = _end(_BORING, text, start)
        pieces.append((start, stop))
        if stop < len(text) and stop not in seen:
            seen.add(stop)
            for after in _readings(text, stop):
                heapq.heappush(waiting, after)
    return _merged(pieces)


def _merged(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _readings(text: str, position: int) -> list[int]:
    """Where code can go on after the comment, string, IRI or operator that begins at `position`."""
    if text[position] == "#":
        return [_end(_LINE, text, position)]
    if text[position] == "<":
        iri = _IRI.match(text, position)
        return [position + 1, iri.end()] if iri else [position + 1]
    # A quote that opens no string is an error to the engine: nothing can follow on this reading.
    return next(([match.end()] for string in _STRINGS if (match := string.match(text, position))), [])


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
