"""Papers under other names, so that the network reads who introduces a thing from the text and not from the name.

In gold of recent papers whatever is famous is used or compared, never introduced; a network that has learned that
"BERT" is not new misreads the paper that introduced BERT. So some papers are given with their own new name exchanged
for a famous one, and some with a famous name exchanged for one that nobody knows.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scripts.train.gold import GoldEntity, GoldPaper

_TYPES = ("Method", "Dataset", "Benchmark")
_FAMOUS_IN = 3
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Names:
    """Names in one word by type: those that several papers name without introducing them, and those just introduced.

    A famous name stands as often as papers name it: the more a network sees it used, the more it must see it new.
    """

    famous: dict[str, tuple[str, ...]]
    new: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, papers: Iterable[GoldPaper]) -> "Names":
        famous, new = Counter(), set()
        for paper in papers:
            for entity in paper.entities:
                if _is_exchangeable(entity):
                    if entity.role == "introduces":
                        new.add((entity.type, entity.forms[0]))
                    else:
                        famous[entity.type, entity.forms[0]] += 1
        known = Counter({key: count for key, count in famous.items() if count >= _FAMOUS_IN})
        unknown = {key for key in new if key not in famous}
        return cls(_by_type(known.elements()), _by_type(unknown))


def renamed(papers: Sequence[GoldPaper], share: float, seed: int) -> Iterator[GoldPaper]:
    """The papers, about `share` of those that have a name to exchange with one exchanged."""
    names, rng = Names.of(papers), random.Random(seed)
    for paper in papers:
        yield _exchanged(paper, names, rng) if rng.random() < share else paper


def _exchanged(paper: GoldPaper, names: Names, rng: random.Random) -> GoldPaper:
    options = [entity for entity in paper.entities if _is_exchangeable(entity) and _is_plain(entity.forms[0], paper)]
    introduced = [entity for entity in options if entity.role == "introduces"]
    used = [entity for entity in options if entity.forms[0] in names.famous[entity.type]]
    if introduced:
        paper = _with_other(paper, rng.choice(introduced), names.famous, rng)
    if used and (not introduced or rng.random() < 0.5):
        paper = _with_other(paper, rng.choice(used), names.new, rng)
    return paper


def _with_other(
    paper: GoldPaper, entity: GoldEntity, pool: dict[str, tuple[str, ...]], rng: random.Random
) -> GoldPaper:
    text = f"{paper.title} {paper.abstract}"
    for _ in range(_ATTEMPTS if pool[entity.type] else 0):
        name = rng.choice(pool[entity.type])
        if name.lower() not in text.lower():
            return _written(paper, entity.forms[0], name)
    return paper


def _written(paper: GoldPaper, old: str, new: str) -> GoldPaper:
    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")

    def put(text: str) -> str:
        return pattern.sub(lambda _: new, text)

    entities = tuple(replace(entity, forms=tuple(map(put, entity.forms))) for entity in paper.entities)
    return replace(paper, title=put(paper.title), abstract=put(paper.abstract), entities=entities)


def _is_exchangeable(entity: GoldEntity) -> bool:
    name = entity.forms[0]
    is_plural = name[-1:] == "s" and name[-2:-1].isupper()
    return entity.type in _TYPES and " " not in name and name != name.lower() and len(name) > 2 and not is_plural


def _is_plain(name: str, paper: GoldPaper) -> bool:
    """Not explained by its letters ("Foo Bar (FB)"), which another name would not fit."""
    text = f"{paper.title} {paper.abstract}"
    return f"({name})" not in text and f"{name} (" not in text


def _by_type(keys: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    keys = sorted(keys)
    return {kind: tuple(name for type_, name in keys if type_ == kind) for kind in _TYPES}
