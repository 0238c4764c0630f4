"""Further places where a decided name stands: a name that is known once is known throughout the paper."""

from collections.abc import Sequence

from kg.data import Mention
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading
from kg.ontology import Term

_LEAST = 0.38


def echo(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with those added that repeat one of them, in any case or number, where nothing else stands."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        known = best.get(mention.text)
        if mention.score >= _LEAST and len(mention.text) > 1 and (known is None or mention.score > known.score):
            best[mention.text] = mention
    if not best:
        return list(mentions)
    again = Lexicon(Term(name=form, type=mention.type) for form, mention in best.items())
    taken: set[int] = set()
    for mention in mentions:
        taken.update(range(mention.start, mention.end))
    found = list(mentions)
    for start, end, term in again.find(reading):
        if taken.isdisjoint(range(start, end)):
            source = best[term.name]
            text = reading.text[start:end]
            found.append(Mention(start, end, text, source.type, "", source.score, source.extractors))
    return sorted(found, key=lambda mention: mention.start)
