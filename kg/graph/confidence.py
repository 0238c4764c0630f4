"""How far an assertion can be believed: what its extractors say, how many of them, and in how many papers.

The weights follow the expert judgements of CS-KG (Dessì et al. 2022; 3,600 triples): of the triples stated by 1, 2, 3-5
and more papers 0.36, 0.48, 0.73 and 0.86 were right; of those found by 1, 2, 3 and 4 extractors 0.45, 0.66, 0.81, 0.94.
Each lift is the share of the doubt that the step from one paper (one extractor) takes away: 1 - (1-0.48)/(1-0.36), etc.
"""

from collections.abc import Sequence
from functools import lru_cache

from kg.data import Evidence

_PAPER_LIFT = ((6, 0.78), (3, 0.58), (2, 0.19))
_EXTRACTOR_LIFT = ((4, 0.89), (3, 0.65), (2, 0.38))


def confidence(evidence: Sequence[Evidence]) -> float:
    """Confidence 0 to 1, to three decimals: the best score, its doubt reduced by further papers and extractors."""
    best, papers, extractors = 0.0, set(), set()
    for item in evidence:
        best = max(best, item.score)
        papers.add(item.paper)
        extractors.add(item.extractor)
    return _believed(best, len(papers), len({name for names in extractors for name in names.split("+")}))


@lru_cache(maxsize=1 << 14)  # few different scores, papers and extractors make up most claims
def _believed(best: float, papers: int, extractors: int) -> float:
    doubt = (1 - best) * (1 - _lift(_PAPER_LIFT, papers)) * (1 - _lift(_EXTRACTOR_LIFT, extractors))
    return round(1 - doubt, 3)


def _lift(steps: Sequence[tuple[int, float]], count: int) -> float:
    return next((lift for least, lift in steps if count >= least), 0.0)
