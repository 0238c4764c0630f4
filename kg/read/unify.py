"""One paper in several listings is one paper."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from kg.data import Paper, Rejection
from kg.normalize import normalize
from kg.read.fields import minted_id
from kg.shelf import Groups, Room, shelve

_WORD = re.compile(r"[^\W_]+|[+#]+")
_VERSION = re.compile(r"v\d+$")
_ABSTRACT_START = 200


@dataclass(frozen=True, slots=True)
class Unified:
    """Papers in the order in which they were first listed, and a rejection for each further listing of one."""

    papers: Sequence[Paper]
    rejections: tuple[Rejection, ...]


def unify(papers: Sequence[Paper], room: Room = Room()) -> Unified:  # noqa: B008 - frozen
    """Join the listings of one paper: same arXiv id, same DOI, or same normalized title without ids that differ.

    The first listing gives id, title and abstract; the others fill what it lacks and add their links and sources. A
    paper whose id another one already has gets a suffix of its title, so that ids are unique. The papers are gone
    through three times; papers that `room` does not hold lie on disk.
    """
    groups = _Groups(papers)
    groups.join_equal("arXiv id", groups.arxiv)
    groups.join_equal("DOI", groups.doi)
    groups.join_titles()
    return groups.unified(room)


def arxiv_key(paper: Paper) -> str:
    """The arXiv id without version by which listings of a paper are joined, or empty."""
    return _VERSION.sub("", paper.arxiv.casefold())


def doi_key(paper: Paper) -> str:
    """The DOI by which listings of a paper are joined, or empty."""
    return paper.doi.casefold()


def title_key(title: str) -> str:
    """Words of the normalized title, without punctuation; C and C++ stay apart.

    >>> title_key("PS-KD: Learning, again!") == title_key("ps kd – learning again")
    True
    """
    return " ".join(_WORD.findall(normalize(title))) or title.casefold()


def _abstract_key(paper: Paper) -> str:
    return " ".join(_WORD.findall(paper.abstract[: 2 * _ABSTRACT_START].casefold()))[:_ABSTRACT_START]


class _Groups:
    """Disjoint sets of listings, each led by the one listed first, and the reason by which each other one joined."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = papers
        self.parent = list(range(len(papers)))
        self.reason: dict[int, str] = {}
        self.arxiv: list[str] = []
        self.doi: list[str] = []
        self.titles: dict[str, list[int]] = {}
        for index, paper in enumerate(papers):
            self.arxiv.append(arxiv_key(paper))
            self.doi.append(doi_key(paper))
            self.titles.setdefault(title_key(paper.title), []).append(index)

    def find(self, index: int) -> int:
        while self.parent[index] != index:
            self.parent[index] = self.parent[self.parent[index]]
            index = self.parent[index]
        return index

    def join(self, first: int, second: int, reason: str) -> None:
        first, second = sorted((self.find(first), self.find(second)))
        if first != second:
            self.parent[second] = first
            self.reason[second] = reason

    def join_equal(self, name: str, keys: Iterable[str]) -> None:
        """Join all listings that state the same key."""
        seen: dict[str, int] = {}
        for index, key in enumerate(keys):
            if key:
                self.join(seen.setdefault(key, index), index, name)

    def join_titles(self) -> None:
        """Join listings of one title, as far as their ids let them."""
        for title, members in self.titles.items():
            if len(members) < 2:
                continue
            if " " in title and self._one_paper(members):
                self._join_all(members, "title")
                continue
            # Ids that differ, or a title of one word ("Editorial") that many papers may have: the abstract decides.
            for same in self._of_one_abstract(members):
                self._join_all(same if self._one_paper(same) else self._without_ids(same), "title and abstract")

    def _of_one_abstract(self, members: Iterable[int]) -> Iterable[list[int]]:
        found: dict[str, list[int]] = {}
        for index in members:
            found.setdefault(_abstract_key(self.papers[index]), []).append(index)
        return found.values()

    def _one_paper(self, members: list[int]) -> bool:
        """Whether no two of the groups of `members` state ids of the same kind, which then differ."""
        stating = ([index for index in members if keys[index]] for keys in (self.arxiv, self.doi))
        return all(len(set(map(self.find, found))) < 2 for found in stating)

    def _without_ids(self, members: list[int]) -> list[int]:
        return [index for index in members if not self.arxiv[index] and not self.doi[index]]

    def _join_all(self, members: list[int], reason: str) -> None:
        for index in members[1:]:
            self.join(members[0], index, reason)

    def unified(self, room: Room) -> Unified:
        """The joined papers and the rejections, both in the order of the listings."""
        leading = {self.find(index) for index in self.reason}
        listings: Groups[int, Paper] = Groups(tuple[int, list[Paper]], room)
        first: dict[int, str] = {}
        rejections = []
        for index, paper in enumerate(self.papers):
            leader = self.find(index)
            if leader in leading:
                listings.add(leader, paper)
                first.setdefault(leader, f"{paper.id} in {_place(paper)}")
            if leader != index:
                rejections.append(_duplicate(paper, first[leader], self.reason[index]))
        papers = shelve(distinct_ids(self._merged(leading, listings)), Paper, room)
        return Unified(papers, tuple(rejections))

    def _merged(self, leading: Container[int], listings: Groups[int, Paper]) -> Iterator[Paper]:
        groups = listings.taken()
        for index, paper in enumerate(self.papers):
            if index in leading:
                yield reduce(_merge, next(groups)[1])
            elif index not in self.reason:
                yield paper


def _duplicate(paper: Paper, first: str, reason: str) -> Rejection:
    return Rejection("read", _place(paper), paper.title[:120], f"same paper as {first} (same {reason})")


def _place(paper: Paper) -> str:
    return str(paper.sources[0]) if paper.sources else paper.id


def _merge(first: Paper, other: Paper) -> Paper:
    finer = other.date.startswith(first.date)
    return replace(
        first,
        title=first.title or other.title,
        abstract=first.abstract or other.abstract,
        arxiv=first.arxiv or other.arxiv,
        doi=first.doi or other.doi,
        date=other.date if finer else first.date,
        authors=first.authors or other.authors,
        venue=first.venue or other.venue,
        urls=tuple(dict.fromkeys((*first.urls, *other.urls))),
        sources=tuple(dict.fromkeys((*first.sources, *other.sources))),
    )


def distinct_ids(papers: Iterable[Paper]) -> Iterator[Paper]:
    """Papers whose ids no other has: row numbers of two tables, say, name different papers."""
    taken: dict[str, int] = {}
    for paper in papers:
        name = paper.id
        while name in taken:
            taken[name] += 1
            suffix = minted_id(paper.title).removeprefix("p-")
            name = f"{name}~{suffix}" if taken[name] == 2 else f"{name}~{suffix}-{taken[name]}"
        taken[name] = 1
        yield paper if name == paper.id else replace(paper, id=name)
