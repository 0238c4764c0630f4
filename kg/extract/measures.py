"""What sort of figure a reported number is: a score, that of a rival, or what something gained over something else.

"93.1% on AIME" and "12.5% better on AIME" are both figures on AIME, but only the first has a place in a ranking. Rules
on the words around the number decide: those that touch it, else the last verb before it.
"""

import re
from collections.abc import Sequence

SCORE, BASELINE, GAIN, FACTOR = "score", "baseline", "gain", "factor"
MEASURES = (SCORE, BASELINE, GAIN, FACTOR)

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
_TAKING = ("remov", "eliminat")
_SIDES = frozenset("below above ahead".split())
_UNITS = frozenset("points point percentage percent absolute relative pp -".split())
_LEVELS = frozenset("to at = : →".split())
_RIVALS = frozenset("from vs versus against".split())
_BOUNDS = frozenset("below under above".split())
_STATED = frozenset("with of is are was were using".split())
_JOINING = frozenset("and or to on in at for with by of from vs while than compared".split())
_GAINING = tuple(
    "improv increas boost rais gain reduc decreas drop declin lower cut sav lift enhanc degrad uplift los shrink "
    "accelerat speed better worse higher fewer less faster".split()
)
_SCORING = tuple(
    "achiev reach attain obtain scor yield record rank hit deliver report solv maintain retain preserv recover match "
    "set push bring exhibit show get accura succeed mark preferred".split()
)
_BEATING = tuple("outperform surpass exceed beat".split())
_LINKS = frozenset("of : = is are was were".split())
_LISTING = frozenset("% , and or".split())
_END_OF_PHRASE = frozenset(", ; : of ( )".split())
_NUMBER = r"~?[+−-]?\d[\d.,]*(?<![.,])"
_LISTED = re.compile(
    rf"\s?(?:,\s?and\s|,\s?or\s|,\s|/|and\s|or\s)\s?(?:up to\s)?{_NUMBER}(?P<unit>\s?\\?%|\s?[A-Za-z×]*)"
)
_VERSUS = re.compile(r"\s(?:[\w@-]+\s)?(?:vs\.?|versus)\s\$?~?\d")
_GAINED = re.compile(r"\s?\(\s?\$?[+↑↓−-]\s?\d")
_LASTING = re.compile(r"\d[\s-]?(?:s|sec|seconds?|min|minutes?|hours?|days?)$")
_SHORT_FORM = re.compile(r"(?<=\w)\s\([A-Z][\w-]{1,9}\)")
_POINTED = ("point", "percentage", "pp", "pt")
_OR_MORE = re.compile(r"\s?or\s(?:greater|more|higher|better)\b")
_DELTA = re.compile(r"(?:Δ|\\Delta|\bDelta)[\s_{]?[\w@}-]{0,20}\s?(?:=|of|:|≈)\s?$")
_EARLIER = re.compile(
    r"\b(?:previous|prior)\s(?:best|SOTA|state[\s-]of[\s-]the[\s-]art|works?|methods?|records?|results?|systems?|models?|approach(?:es)?)"
    r"\s(?:(?:results?|scores?|performance|methods?|models?|works?|only|merely|just|about|achiev\w+|reach\w+|obtain\w+|attain\w+|"
    r"solved?|of|at|is|was)\s){1,3}$"
)
_EQUALLED = re.compile(
    r"\b(?:comparable\sto|par\swith|close\sto|approach(?:es|ing)|rival(?:s|ing)|compared\s(?:to|with)|than|relative\sto)\s"
    r"(?:the\s)?[A-Z][\w.@+-]{0,30}(?:\s[\w.@+-]{1,30}){0,3}\s\($"
)
_BEATEN_AT = re.compile(r"\b(?:outperform|surpass|exceed|beat|approach)ing\s[^,;()\d]{1,50}(?:\d\S{0,9}\s)?at\s$")
_PREFERRED = re.compile(r"\b(?:preferred|favou?red|used|chosen|selected|endorsed)\s(?:by|over)\s(?:[a-z]+\s){0,2}~?$")
_UNIT = re.compile(r"[^\d.,]*$")
_FACTOR_OF = re.compile(
    r"\bfactors? of\s(?:(?:up to|about|over|nearly|around|approximately|roughly|almost)\s)?[~≈]?\s?$"
)
_COSTS = (
    r"(?:costs?|parameters?|params|memory|compute|computations?|FLOPs|GFLOPs|tokens?|data|dataset|samples?|budgets?|NFEs?|"
    r"latency|footprint|storage|steps?|weights|(?:training|inference|wall-clock|runtime|computation|decoding)\stime|"
    r"(?:model|cache|original)\ssize|GPU[\s-]hours?|labels|annotations)\b"
)
_OF_COST = re.compile(
    rf"\sof\s(?:[\w.'’-]+\s){{0,4}}?{_COSTS}|"
    rf"\s(?:(?:training|trainable|active|activated|inference|total|visual|additional|labell?ed|extra|GPU)\s){{0,2}}{_COSTS}"
    r"(?![\w\s-]{0,20}(?:reduc|sav|increas|decreas|improv|gain|drop|declin|over|less|fewer|lower|faster|more|speed|efficien|"
    r"growth|compress|cut|utili|loss|sparsi|retention|recall))"
)
_WHOLE = (
    r"of\s(?:the|its|their|our|human\S*|expert\S*|teacher\S*|full\S*|original|oracle|peak|dense|baseline\S*|[\w.-]+['’]s|"
    r"(?!Top\b|Mean\b)[A-Z][\w.-]+)\s(?:[\w'’.-]+\s){0,4}?(?:performance|accuracy|quality|capabilit\w+|effectiveness)\b"
)
_OF_WHOLE = re.compile(rf"\s{_WHOLE}")
_LIKEWISE = re.compile(rf"%\s{_WHOLE}[^.;]{{0,60}}\sand\s[~≈]?$")
_RETAINING = re.compile(
    r"\b(?:retain|preserv|recover)\w*\s(?:(?:up\sto|about|around|over|nearly|approximately|more\sthan|at\sleast|roughly)\s)?[~≈]?$"
)
_WHAT_IS_RETAINED = re.compile(r"\s(?:of\s)?(?:performance|quality|capabilit\w+|effectiveness)\b")
_OF_TIME = re.compile(r"\sof\sthe\s(?:original\s)?time\b")
_SPENDING = re.compile(
    r"\b(?P<verb>us(?:es?|ing)|utiliz\w+|requir\w+|needs?|needing|consum\w+|tak(?:es?|ing)|spend\w*|train(?:s|ed|ing)?\son|"
    r"fine-tun\w+|updat\w+|activat\w+|only|just|mere(?:ly)?|with|at|under|less\sthan|fewer\sthan|for)\s"
    r"(?:(?:only|just|merely|about|around|roughly|approximately|nearly|an?|as\slittle\sas|less\sthan|fewer\sthan|under|at\smost)"
    r"\s)*[~≈<]?\s?$"
)
_TAKEN = re.compile(r"(?:requir|need|consum|tak|us|spend)")
_DOWN_TO = re.compile(r"(?<!up )\bto\s(?:(?:just|only|about|under|around|roughly|less\sthan)\s)*[~≈<]?\s?$")
_CUT_TO = re.compile(r"\b(?:reduc|cut|lower|compress|slash|shrink)\w*\s(?:[\w-]+\s){1,6}$")
_PART = re.compile(rf"\sof\s(?:the\s)?(?:[\w-]+\s)?{_COSTS}")
_OF_ITS = re.compile(
    rf"\sof\s(?:its|their|the)\s(?:original|initial|full|uncompressed)\s(?:[\w-]+\s)?(?:size\b|{_COSTS})"
)


def measure(text: str, start: int, end: int, value: str) -> str:
    """The sort of the figure at ``text[start:end]`` in one sentence, written `value`.

    `SCORE` is what was reached, `BASELINE` what another system or an earlier version reached, `GAIN` a difference
    between two of them, `FACTOR` a ratio.

    >>> said = "It is 2.5x faster, improves F1 by 3.1% from 78.1%, and reaches 93% on AIME (vs. 90%)."
    >>> [measure(said, said.find(v), said.find(v) + len(v), v) for v in ("2.5x", "3.1%", "78.1%", "93%", "90%")]
    ['factor', 'gain', 'baseline', 'score', 'baseline']
    """
    said_before, said_after = text[max(0, start - _NEAR) : start], text[end : end + _AHEAD]
    signed = _SIGNED.match(value) is not None
    if _TIMES.search(value) or (not signed and _is_ratio(said_before, said_after, value)):
        return FACTOR
    before, after = _words(said_before), _tokens(_SHORT_FORM.sub("", _past_list(said_after, value)))
    near = before[:-1] if before[-1:] == ["("] else before
    gained = signed or (near[-1:] == ["by"] and not _PREFERRED.search(said_before)) or _is_change(near)
    if not gained and _is_level(said_after):
        return SCORE
    if not gained and any(rival.search(said_before) for rival in (_EARLIER, _EQUALLED, _BEATEN_AT)):
        return BASELINE
    near_to = near[-1:] == ["within"] and not _LASTING.search(value)
    if gained or near_to or _DELTA.search(said_before) or _changes(after):
        return GAIN
    return _by_words_before(before, near) or (GAIN if _POINTS.search(value) else SCORE)


def _by_words_before(before: Sequence[str], near: Sequence[str]) -> str:
    """What the last word or two say, else the last verb; `near` is without an opening bracket."""
    last, second = near[-1] if near else "", near[-2] if len(near) > 1 else ""
    if last in _RIVALS or (last in ("to", "with") and second == "compared") or (last in _BOUNDS and second == "from"):
        return BASELINE
    if last in _LEVELS:
        return SCORE
    if last.startswith(_TAKING):
        return GAIN
    return "" if last in _STATED else _last_said(before)


def _is_ratio(before: str, after: str, value: str) -> bool:
    """ "by a factor of 2.5", shares of a cost ("with 10% of the data") or of another's score ("95% of its accuracy").

    "Right 40% of the time" is none.
    """
    if not value.endswith("%"):
        return _FACTOR_OF.search(before) is not None
    if (
        _OF_WHOLE.match(after)
        or _LIKEWISE.search(before)
        or (_RETAINING.search(before) and _WHAT_IS_RETAINED.match(after))
    ):
        return True
    if _DOWN_TO.search(before):
        return _OF_ITS.match(after) is not None or (
            _CUT_TO.search(before) is not None and _PART.match(after) is not None
        )
    spending = _SPENDING.search(before)
    if not spending:
        return False
    timed = _OF_TIME.match(after) is not None and _TAKEN.match(spending["verb"]) is not None
    return timed or _OF_COST.match(after) is not None


def _is_level(after: str) -> bool:
    """Whether what follows is the other of two levels or the gain to this one: "81% vs. 75%", "81% (+6%)"."""
    return _VERSUS.match(after) is not None or _GAINED.match(after) is not None


def _past_list(after: str, value: str) -> str:
    """What follows a number and others of its unit: of "5%, 6% and 7% higher" all are "higher"."""
    unit, place = _unit(value), 0
    while (listed := _LISTED.match(after, place)) and unit in (
        said := _unit(listed.group()),
        "" if said in _POINTED else said,
    ):
        place = listed.end()
    return after[more.end() :] if (more := _OR_MORE.match(after)) else after[place:]


def _unit(value: str) -> str:
    unit = _UNIT.search(value)
    return unit.group().strip(" \\-").removesuffix("s") if unit else ""


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
        if word in _SIDES and not _UNITS.issuperset(after[:place]):
            return False
        if _is_noun_of_change(word) or word in _COMPARED:
            return after[place + 1 : place + 2] != ["of"] and after[place : place + 2] != ["faster", "rate"]
        if (
            word in _JOINING
            or word.startswith("respectively")
            or not (word[0].isalnum() or word == "-" or (word == ")" and place == 0))
        ):
            break
    return False


def _last_said(before: Sequence[str]) -> str:
    """What the last word says that speaks of a change or of something reached; empty if none does."""
    following, bracket, listed = "", False, True
    for word in reversed(before):
        bracket, counted = bracket or word == "(", following[:1].isdigit()
        if word.startswith(_SCORING) or (counted and word in ("to", "from")):
            return SCORE
        if word.startswith(_GAINING) or (counted and (word == "by" or (listed and word == "within"))):
            return GAIN
        if (counted and word == "against") or (bracket and word.startswith(_BEATING)):
            return BASELINE
        listed = listed and (word in _LISTING or word[0].isdigit())
        following = word
    return ""
