"""What sort of figure a reported number is: a score, that of a rival, or what something gained over something else.

"93.1% on AIME" and "12.5% better on AIME" are both figures on AIME, but only the first has a place in a ranking. Rules
on the words around the number decide: those that touch it, else the last verb before it.
"""

import re
from collections.abc import Sequence

SCORE, BASELINE, GAIN, FACTOR = "score", "baseline", "gain", "factor"

_NEAR, _AHEAD = 160, 60
"""Characters before and after a number that are looked at."""
_TIMES = re.compile(r"(?:[xX×]|\\times\$?|times|[ -]?fold)$")
_SIGNED = re.compile(r"[+\-−±]\s?\$?\d")
_POINTS = re.compile(r"(?:points?|pts?|pp)$")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9@'-]*|\d[\d.,]*|[^\s.]")
_HEDGES = frozenset(
    "over about around approximately roughly nearly almost only just even a an the its impressive remarkable large "
    "substantial significant avg ~ ≈ ≥ ≤ < > $ \\ sim".split()
)
_TWO_WORD_HEDGES = frozenset(
    ("up to", "at least", "at most", "more than", "less than", "fewer than", "higher than", "lower than", "on average",
     "average of")
)  # fmt: skip
_CHANGES = frozenset(
    "improvement gain increase boost uplift reduction decrease drop decline lift speedup speed-up advantage margin "
    "saving degradation loss losses jump rise leap difference gap growth delta".split()
)
_COMPARED = frozenset(
    "higher lower better worse fewer less more faster slower smaller larger shorter cheaper above below ahead".split()
)
_DIFFERENCES = frozenset(("by", "within"))
_LEVELS = frozenset("to at = : →".split())
_RIVALS = frozenset("from vs versus".split())
_STATED = frozenset("with of is are was were using".split())
_JOINING = frozenset("and or to on in at for with by of from vs while than compared".split())
_GAINING = tuple(
    "improv increas boost rais gain reduc decreas drop declin lower cut sav lift enhanc degrad uplift los shrink "
    "accelerat speed better worse higher fewer less faster".split()
)
_SCORING = tuple(
    "achiev reach attain obtain scor yield record rank hit deliver report solv maintain retain preserv recover match "
    "set push bring exhibit show get accura succeed mark".split()
)
_BEATING = tuple("outperform surpass exceed beat".split())
_LINKS = frozenset("of : = is are was were".split())
_END_OF_PHRASE = frozenset(", ; : of ( )".split())


def measure(text: str, start: int, end: int, value: str) -> str:
    """The sort of the figure at ``text[start:end]`` in one sentence, written `value`.

    `SCORE` is what was reached, `BASELINE` what another system or an earlier version reached, `GAIN` a difference
    between two of them, `FACTOR` a ratio.

    >>> said = "It is 2.5x faster, improves F1 by 3.1% from 78.1%, and reaches 93% on AIME (vs. 90%)."
    >>> [measure(said, said.find(v), said.find(v) + len(v), v) for v in ("2.5x", "3.1%", "78.1%", "93%", "90%")]
    ['factor', 'gain', 'baseline', 'score', 'baseline']
    """
    if _TIMES.search(value):
        return FACTOR
    before, after = _words(text[max(0, start - _NEAR) : start]), _tokens(text[end : end + _AHEAD])
    near = before[:-1] if before[-1:] == ["("] else before
    last = near[-1] if near else ""
    if _SIGNED.match(value) or last in _DIFFERENCES or _is_change(near) or _changes(after):
        return GAIN
    if last in _RIVALS or (last in ("to", "with") and near[-2:-1] == ["compared"]):
        return BASELINE
    if last in _LEVELS:
        return SCORE
    said = "" if last in _STATED else _last_said(before)
    return said or (GAIN if _POINTS.search(value) else SCORE)


def _tokens(text: str) -> list[str]:
    """Words in lower case, but for names ("DROP", "GSM8K"); numbers; signs."""
    return [token.lower() if token[1:].islower() else token for token in _TOKEN.findall(text)]


def _words(text: str) -> list[str]:
    """The tokens without hedges: "by up to an average of" is "by"."""
    words: list[str] = []
    for token in _tokens(text):
        if words and f"{words[-1]} {token}" in _TWO_WORD_HEDGES:
            words.pop()
        elif token not in _HEDGES:
            words.append(token)
    return words


def _is_noun_of_change(word: str) -> bool:
    return word in _CHANGES or word.removesuffix("s") in _CHANGES


def _is_change(before: Sequence[str]) -> bool:
    """Whether the words end in "gains", "gains of", or "gains on AIME of"."""
    if not before or before[-1] not in _LINKS:
        return bool(before) and _is_noun_of_change(before[-1])
    for word in reversed(before[:-1]):
        if _is_noun_of_change(word):
            return True
        if word in _END_OF_PHRASE or word[0].isdigit() or word.startswith(_SCORING):
            break
    return False


def _changes(after: Sequence[str]) -> bool:
    """Whether the words begin with "higher", "relative improvement" or the like."""
    for place, word in enumerate(after[:6]):
        if _is_noun_of_change(word) or word in _COMPARED:
            return after[place + 1 : place + 2] != ["of"]
        if word in _JOINING or not (word[0].isalnum() or word == "-" or (word == ")" and place == 0)):
            break
    return False


def _last_said(before: Sequence[str]) -> str:
    """What the last word says that speaks of a change or of something reached; empty if none does."""
    following, bracket = "", False
    for word in reversed(before):
        bracket = bracket or word == "("
        if word.startswith(_SCORING) or (following[:1].isdigit() and word in ("to", "from")):
            return SCORE
        if word.startswith(_GAINING) or (following[:1].isdigit() and word in _DIFFERENCES):
            return GAIN
        if word.startswith(_BEATING) and bracket:
            return BASELINE
        following = word
    return ""
