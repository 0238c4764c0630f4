"""Sentences of titles and abstracts.

A full stop ends a sentence only if what stands before it is no abbreviation and what follows can begin one. The title
is a sentence of its own.
"""

import re

Span = tuple[int, int]

_END = re.compile(r"[.!?][)\]\"'”’*]{0,3}(?=\s)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+\s)|\n\s*\n")
_BEGIN = re.compile(r"\s*[\"'“‘(\[*$\\]{0,3}[A-Z0-9À-ÖØ-ÞΑ-Ω\u4e00-\u9fff]|\s*$")
_LOWER_NAME = re.compile(r"\s+(?:[a-z]{1,8}[A-Z0-9]|https?:|github\.com|www\.)")
_BEFORE = re.compile(r"[^\s(\[{\"“,;]{1,24}$")
_NEVER_LAST = frozenset(
    ("e.g", "i.e", "fig", "figs", "eq", "eqs", "sec", "sect", "vs", "cf", "resp", "dr", "prof", "mr", "ms", "mrs",
     "no", "nos", "approx", "ca", "viz", "ref", "refs", "tab", "ch", "vol", "pp", "ed", "eds", "w.r.t", "a.k.a", "aka")
)  # fmt: skip
_BEFORE_CAPITAL = frozenset(("al", "etc"))
_OPENERS = frozenset(  # words that begin sentences and are no surnames
    (
        "although but for here herein hence however its moreover our surprisingly that the their then there these "
        "they this those thus using when while with yet"
    ).split()
)
_FIGURE = re.compile(r"\d\s?$")


def split_sentences(text: str, title_length: int = 0) -> tuple[Span, ...]:
    """Spans of the sentences, in order and without the white space around them; every other character is in one.

    >>> [len("Ours wins."), *split_sentences("See e.g. BERT et al. in Fig. 2. It has 3.5 B.")]
    [10, (0, 31), (32, 45)]
    """
    spans: list[Span] = []
    start = 0
    if 0 < title_length < len(text):
        _append(spans, text, 0, title_length)
        start = title_length
    for match in _END.finditer(text, start):
        if match.group()[0] == "\n" or _ends_here(text, match):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans) or ((0, len(text)),)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_here(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    begins = _BEGIN.match(text, end)
    if not begins and not _LOWER_NAME.match(text, end):
        return False
    if text[match.start()] != ".":
        return True
    before = _BEFORE.search(text, max(0, match.start() - 25), match.start())
    word = before.group() if before else ""
    if word.lower() in _NEVER_LAST and not (word.isupper() and len(word) > 1):
        return not begins or (word == "no" and not begins.group()[-1:].isdigit())
    if word in _BEFORE_CAPITAL:
        return begins is not None and begins.group()[-1:].isalpha()
    return not (len(word) == 1 and word.isupper() and _initial(text, match.start(), end))


def _initial(text: str, stop: int, end: int) -> bool:
    """Whether a single capital before a full stop stands for a first name: another capitalised word follows it.

    A unit is none ("above 4.3 V. Cells fail"), and neither is what an opening word follows ("vitamin C. However").
    """
    if _FIGURE.search(text, max(0, stop - 4), stop - 1):
        return False
    following = text[end : end + 16].split()
    name = following[0].rstrip(".,") if following else ""
    return name[:1].isupper() and name.isalpha() and len(following[0]) > 2 and name.lower() not in _OPENERS
