"""Figures of systems that have no name: of "the best agent", of "most models", of humans.

Nothing that the paper names reached them, so that the paper's own method would be credited with them for want of
another. Rules tell the clear cases: such a subject stands first in the figure's clause and does something, and neither
a method nor "we" or "it" comes between.
"""

import re

from kg.extract.figures import Figure
from kg.extract.places import Sentence

_FARTHEST = 320
"""Characters before a figure that are looked at."""
_KINDS = (
    r"(?:models?|systems?|agents?|methods?|[MVL]{0,2}LLMs?|L?VLMs?|LMMs?|approach(?:es)?|baselines?|solutions?|detectors?|"
    r"techniques?|retrievers?|rerankers?|classifiers?|judges?|algorithms?|competitors?)"
)
_SORTS = (
    r"(?:existing|previous|prior|recent|conventional|current|state-of-the-art|SOTA|frontier|leading|mainstream|proprietary|"
    r"commercial|open-source|open-weight|closed-source|strongest|best|top|best-performing|top-performing|most|many|"
    r"several|general|general-purpose|standard|vanilla|untrained|other|advanced|popular|modern|traditional|evaluated|"
    r"off-the-shelf)"
)
_PEOPLE = r"(?:experts?|performance|annotators|participants|baselines?|accuracy|scores?|level|physicians|raters)"
_UNNAMED = re.compile(
    rf"\b(?i:{_SORTS})\s(?:[\w-]+\s){{0,3}}?{_KINDS}(?![\w-])|\b[Hh]umans\b|\b[Hh]uman\s{_PEOPLE}\b|\b[Pp]articipants\b"
)
_BREAK = re.compile(r"[;:]|,\s(?:while|whereas|but|yet|with)\b|\b(?:while|whereas|that|where|although|whose)\b")
_GOVERNED = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|than|over|against|to|with|versus|vs\.?|of|on|by|from|for|across|in|"
    r"improv\w*|match\w*|approach\w*|rival\w*|lead\w*|boost\w*|enabl\w*|help\w*|allow\w*|lets?|make\w*|train\w*|rais\w*|"
    r"lift\w*|unlike|among|using|compet\w*|compared|trails?|between|reduc\w*|reach\w*|push\w*|bring\w*|near\w*|all|"
    r"is|are|as|or|our|an?)\s(?:(?:even|the|both|all|its|our|most|several|many|\w+ly)\s)*+$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"(?:\s\([^)]{1,60}\)|,[^,;]{1,80},|['’]s?\s(?:[\w-]+\s){0,2}[\w-]+|"
    r"\s(?:on|in|such as|like|from|with|evaluated|we)\s[^,;]{1,60}?)?\s"
    r"(?:(?:can|could|may|still|also|even|just|already|often|now|\w+ly)\s)*+"
    r"(?:achiev|reach|attain|obtain|scor|solv|fail|drop|fall|exhibit|answer|show|complet|get|succe|struggl|perform|exceed|"
    r"declin|plummet|remain|top|collaps|detect|suffer|manag|correct|make|is\b|are\b|being\b|averag(?:es|ed|ing)\b|hit|lag|"
    r"yield|deliver|degrad|produc|identif|recogni|lose|record|resolv|pass|generat|miss|attack|agree|vary|rang)"
)
_OURS = re.compile(r"\b(?:we|our|it|ours)\b")
_REACHED_BY = re.compile(rf"\b(?:[Hh]umans?|[Hh]uman\s{_PEOPLE})\s?(?:\(|at\s|of\s|is\s|:\s)(?:only\s|about\s)?[~≈]?$")
_FOR_PEOPLE = re.compile(rf"\s(?:for|achieved by|reached by)\s(?:the\s)?(?:humans?\b(?!\s[a-z])|human\s{_PEOPLE}\b)")


def is_of_nobody_named(text: str, sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is that of people or of systems that are not named.

    >>> from kg.extract.figures import Figure
    >>> said = "Even the best model reaches only 45.1% on it, while Zorblax reaches 60.2%."
    >>> here = Sentence(0, len(said), (), (), (), ())
    >>> is_of_nobody_named(said, here, Figure(33, 38, "45.1%"))
    True
    >>> is_of_nobody_named(said, here, Figure(68, 73, "60.2%"))
    False
    """
    start = max(sentence.start, figure.start - _FARTHEST)
    before = text[start : figure.start]
    if _REACHED_BY.search(before) or _FOR_PEOPLE.match(text, figure.end, sentence.end):
        return True
    begun = max((found.end() for found in _BREAK.finditer(before)), default=0)
    clause = before[begun:]
    subject = _subject(clause)
    if subject is None or _OURS.search(clause, subject.end()):
        return False
    first = start + begun + subject.start()
    return not any(first <= mention.start < figure.start for mention in sentence.methods)


def _subject(clause: str) -> re.Match[str] | None:
    """The last nameless system or people of a clause that do something and that no verb or preposition governs."""
    for found in reversed(list(_UNNAMED.finditer(clause))):
        if _ACTS.match(clause, found.end()) and not _GOVERNED.search(clause, 0, found.start()):
            return found
    return None
