"""Further places where a decided name stands: a name that is known once is known throughout the paper."""

import re
from collections.abc import Sequence

from kg.data import Mention
from kg.extract.shapes import UNTYPED

_LEAST = 0.5
_MOST_FORMS = 200


def echo(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those added that repeat one of them in the same words and case, where nothing else stands."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        known = best.get(mention.text)
        if mention.score >= _LEAST and len(mention.text) > 1 and (known is None or mention.score > known.score):
            best[mention.text] = mention
    forms = sorted(best, key=lambda form: (-len(form), form))[:_MOST_FORMS]
    if not forms:
        return list(mentions)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w]|-[A-Z0-9])")
    taken: set[int] = set()
    for mention in mentions:
        taken.update(range(mention.start, mention.end))
    found = list(mentions)
    for match in pattern.finditer(text):
        start, end = match.span()
        if taken.isdisjoint(range(start, end)):
            source = best[match.group()]
            kind = source.type or UNTYPED
            found.append(Mention(start, end, match.group(), kind, "", source.score, source.extractors))
    return sorted(found, key=lambda mention: mention.start)
