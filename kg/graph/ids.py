"""IRI paths minted from content: readable, stable, and safe in every format that the graph is written to."""

import re
from collections.abc import Iterable, Iterator

from kg.data import Paper, ResolvedPaper
from kg.normalize import digest, slug

__all__ = ["digest", "link_id", "paper_id", "paper_ids", "slug", "with_ids"]


def paper_id(paper: Paper) -> str:
    """``paper/<slug>-<digest>``, from the title alone, so that an arXiv id learnt later renames nothing."""
    title = " ".join(paper.title.casefold().split())
    return f"paper/{slug(paper.title)}-{digest(title)}"


def paper_ids(papers: Iterable[Paper]) -> list[str]:
    """Ids of all papers of a graph, in order: `paper_id`, and for a later paper of the same title one digest more.

    Two editorials are two papers; the first keeps its id whatever is added after it.
    """
    taken: set[str] = set()
    return [_free_id(paper, taken) for paper in papers]


def with_ids(papers: Iterable[ResolvedPaper]) -> Iterator[tuple[ResolvedPaper, str]]:
    """The papers as they come, each with its id of `paper_ids`."""
    taken: set[str] = set()
    return ((paper, _free_id(paper.annotated.paper, taken)) for paper in papers)


def _free_id(paper: Paper, taken: set[str]) -> str:
    id_, text = paper_id(paper), paper.abstract
    while id_ in taken:
        id_ = f"{paper_id(paper)}-{digest(text, paper.doi, paper.arxiv)}"
        text += "+"
    taken.add(id_)
    return id_


def link_id(prefix: str, canonical: str) -> str:
    """``repository/owner-name-<digest>`` from a canonical address; the digest keeps ``a-b/c`` and ``a/b-c`` apart."""
    path = re.sub(r"^https?://(www\.)?(github\.com/|huggingface\.co/)?", "", canonical)
    return f"{prefix}/{slug(path)}-{digest(canonical)}"
