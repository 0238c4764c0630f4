"""Papers from a date on."""

from collections.abc import Sequence

from kg.data import Paper, Rejection
from kg.shelf import Room, shelve


def dated_from(
    papers: Sequence[Paper],
    since: str,
    room: Room = Room(),  # noqa: B008 - frozen
) -> tuple[Sequence[Paper], list[Rejection]]:
    """The papers dated `since` (``2025``, ``2025-06`` or ``2025-06-30``) or later, and one rejection for the others.

    Dates are compared to the precision that both have: a paper of ``2025`` may be from June, and stays.
    """
    if not since:
        return papers, []
    kept = shelve((paper for paper in papers if paper.date and paper.date >= since[: len(paper.date)]), Paper, room)
    undated = sum(not paper.date for paper in papers)
    older = len(papers) - len(kept) - undated
    told = ((older, f"dated before {since}"), (undated, f"without a date, so not known to be of {since} or later"))
    return kept, [Rejection("read", f"{count} paper(s)", "", reason) for count, reason in told if count]
