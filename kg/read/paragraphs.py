"""Lines of plain text to blocks: one for each title, abstract or further paragraph of an abstract.

Three ways of breaking lines occur and are told apart for each run of lines between blank ones: a line for each block,
text wrapped at a column (a break is the wrapper's if the next word would not have fitted), and lines of any length that
make one paragraph below a title standing alone.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.read.listing import Line

_LONG = 300  # characters; nobody wraps at such a width, so lines that are longer end where their author ended them
_WIDEST_WRAP = 132
_TITLE = 250
_MOST_LINES = 20_000


class Block(NamedTuple):
    """Text that belongs together, and the line on which it begins; ``spaced`` if a blank line stands before it."""

    line: int
    text: str
    spaced: bool


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """The blocks of `lines`. Only a run of short lines is held in memory, and of that no more than 20,000."""
    held: list[Line] = []
    by_line = False
    below_title = False
    for line in lines:
        if not line.text.strip():
            yield from _whole(held, below_title)
            below_title = len(held) == 1 and _could_be_title(held[0].text) if held else below_title and not by_line
            held, by_line = [], False
        elif by_line:
            yield Block(*line, spaced=False)
        else:
            held.append(line)
            by_line = len(line.text) > _LONG or len(held) > _MOST_LINES
            if by_line:
                yield from _each(held)
                held, below_title = [], False
    yield from _whole(held, below_title)


def _whole(held: list[Line], below_title: bool) -> Iterator[Block]:
    """The blocks of a run of short lines."""
    if len(held) < 2:
        yield from _each(held)
    elif _is_wrapped(held):
        yield from _unwrap(held)
    elif below_title or _is_title(held):
        yield _join(held, spaced=True)
    else:
        yield from _each(held)


def _could_be_title(text: str) -> bool:
    return len(text) <= _TITLE and not text.rstrip().endswith((".", "。"))


def _is_title(held: list[Line]) -> bool:
    """Whether two or three short lines are one title, set by hand in lines of any length."""
    return (
        len(held) <= 3
        and sum(len(line.text) for line in held) <= _TITLE // 2
        and all(_could_be_title(line.text) for line in held)
    )


def _width(held: list[Line]) -> int:
    return max(len(line.text.rstrip()) for line in held)


def _is_soft(line: Line, following: Line, width: int) -> bool:
    """Whether the break after `line` is the wrapper's: the next word would have gone past `width`."""
    word = following.text.split(maxsplit=1)[0]
    return len(line.text.rstrip()) + 1 + len(word) > width


def _is_wrapped(held: list[Line]) -> bool:
    width = _width(held)
    soft = sum(_is_soft(line, following, width) for line, following in pairwise(held))
    return width <= _WIDEST_WRAP and 2 * soft > len(held) - 1


def _unwrap(held: list[Line]) -> Iterator[Block]:
    width = _width(held)
    current = [held[0]]
    for line, following in pairwise(held):
        if not _is_soft(line, following, width):
            yield _join(current, spaced=current[0] is held[0])
            current = []
        current.append(following)
    yield _join(current, spaced=current[0] is held[0])


def _each(held: list[Line]) -> Iterator[Block]:
    return (Block(*line, spaced=place == 0) for place, line in enumerate(held))


def _join(held: list[Line], *, spaced: bool) -> Block:
    return Block(held[0].number, " ".join(line.text.strip() for line in held), spaced)
