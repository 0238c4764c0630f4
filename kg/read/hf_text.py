"""Papers from Hugging Face Papers pages saved as text, and from any text that gives titles and abstracts in turn.

Two layouts occur: paragraphs between blank lines below a block of page furniture, and dense ones with a line for each
title and abstract, whose first title is glued to the button above it ("SubscribeA Picture Is …"). Neither marks what is
a title, so every block is classed by its form, and a title counts only with an abstract below it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.data import Paper, Rejection
from kg.read.fields import RawPaper, clean, make_paper, reject
from kg.read.listing import Line, Listing
from kg.read.paragraphs import Block, blocks

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_FURNITURE = re.compile(
    rf"new|(?:Get )?trending papers(?: in your email inbox.*)?|Subscribe|by ?AK and the research community|"
    rf"Daily Papers|{_MONTH}[a-z]{{0,6}}\.? \d{{1,2}}(?:, \d{{4}})?",
    re.IGNORECASE,
)
_ALWAYS_FURNITURE = frozenset(("new", "Subscribe", "byAK and the research community"))
_BANNER = "Get trending papers in your email inbox"
_GLUED = re.compile(r"Subscribe(?=\S)")
_GLUED_CAPITAL = re.compile(r"Subscribe(?=[A-Z0-9])")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’)\]}*$]*$")
_QUESTION = re.compile(r"[?!？！]\s*$")
_SPEAKS = re.compile(r"(?:We|In this (?:paper|work|survey|report)|This (?:paper|work|article|survey|report)) ")
_SURELY_ABSTRACT = 300
_SURELY_TITLE = 160


def read_text(listing: Listing) -> Iterator[Paper | Rejection]:
    """Papers of `listing`, each with the line of its title."""
    for found in pair(blocks(without_furniture(listing.lines())), listing.limits.abstract_chars):
        source = listing.source(found.line)
        if isinstance(found, _Pair):
            yield from make_paper(RawPaper(found.title, found.abstract), source, listing.limits)
        else:
            yield reject(source, found.text, found.reason)


def looks_like_text(head: str) -> bool:
    """Whether `head` has the page's banner, or pairs into titles and abstracts with hardly anything left over."""
    if _BANNER in head[:2_000]:
        return True
    lines = (Line(number, text) for number, text in enumerate(head.split("\n"), 1))
    found = list(pair(blocks(without_furniture(lines)), len(head)))
    pairs = [one for one in found if isinstance(one, _Pair) and is_prose(one)]
    return bool(pairs) and len(pairs) >= 0.6 * len(found)


def is_prose(found: "_Pair") -> bool:
    """Whether a pair reads like title and abstract, not like the lines of a program or a list."""
    if found.title[0] in "#*|>`-=<":
        return False
    letters = sum(character.isalpha() or character == " " for character in found.abstract)
    return len(found.abstract) > len(found.title) and letters > 0.8 * len(found.abstract)


@dataclass(frozen=True, slots=True)
class _Pair:
    line: int
    title: str
    abstract: str


@dataclass(frozen=True, slots=True)
class _Leftover:
    line: int
    text: str
    reason: str


def without_furniture(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without what stands above the first title of a page: banner, button, date without a year.

    Pages that were pasted together are told by their banner, wherever it stands.
    """
    header = True
    banner = False
    for line in lines:
        text = line.text.strip()
        before, found, _ = text.partition(_BANNER)
        if found:
            header = banner = True
            text = before.strip()
        if text in _ALWAYS_FURNITURE or (header and (not text or _FURNITURE.fullmatch(text))):
            yield Line(line.number, "")
            continue
        if header and not found:
            text = (_GLUED if banner else _GLUED_CAPITAL).sub("", text, count=1) if text.startswith("Subscr") else text
            header = banner = False
        yield Line(line.number, text)


def pair(found: Iterable[Block], most: int) -> Iterator[_Pair | _Leftover]:
    """Titles with their abstracts, and what stays alone. A title is held until the block below it is known.

    An abstract grows no further than `most` characters and a paragraph: whoever reads it refuses it anyway.
    """
    title: Block | None = None
    abstract: list[Block] = []
    size = 0
    for block, following in _with_next(found):
        if _is_orphan(block, title, abstract):
            yield _Leftover(block.line, block.text, "an abstract without a title")
        elif title is not None and not abstract and _form(block.text) != "title":
            abstract, size = [block], len(block.text)
        elif abstract and _continues(block, following):
            if size <= most:
                abstract.append(block)
                size += len(block.text)
        else:
            yield from _complete(title, abstract)
            title, abstract = block, []
    yield from _complete(title, abstract)


def _is_orphan(block: Block, title: Block | None, abstract: list[Block]) -> bool:
    """Whether `block` is an abstract whose title is missing: the first one, or the second of two lines that touch.

    Where blank lines set the title off, a second paragraph belongs to the same abstract.
    """
    if _form(block.text) != "abstract":
        return False
    return title is None or (bool(abstract) and not block.spaced and not abstract[0].spaced)


def _complete(title: Block | None, abstract: list[Block]) -> Iterator[_Pair | _Leftover]:
    if title is not None and abstract:
        yield _Pair(title.line, title.text, " ".join(part.text for part in abstract))
    elif title is not None:
        yield _Leftover(title.line, title.text, "a title without an abstract")


def _with_next(found: Iterable[Block]) -> Iterator[tuple[Block, Block | None]]:
    previous: Block | None = None
    for block in found:
        if previous is not None:
            yield previous, block
        previous = block
    if previous is not None:
        yield previous, None


def _form(text: str) -> str:
    """``abstract`` or ``title`` where the form says so, ``either`` where only the neighbours can."""
    text = clean(text[: 4 * _SURELY_ABSTRACT])
    if len(text) > _SURELY_ABSTRACT:
        return "abstract"
    if len(text) > _SURELY_TITLE or _SENTENCE_END.search(text) or "://" in text or _SPEAKS.match(text):
        return "either"
    return "title"


def _continues(block: Block, following: Block | None) -> bool:
    """Whether a block below an abstract is its next paragraph, rather than a title."""
    form = _form(block.text)
    if form != "either" or "://" in block.text:
        return form != "title"
    return not _QUESTION.search(block.text) and (following is None or _form(following.text) == "title")
