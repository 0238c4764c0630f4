"""IRI paths minted from content: readable, stable, and safe in every format that the graph is written to."""

import re

from kg.data import Paper
from kg.normalize import digest, slug

__all__ = ["digest", "link_id", "paper_id", "slug"]


def paper_id(paper: Paper) -> str:
    """``paper/<slug>-<digest>``, from the title alone, so that an arXiv id learnt later renames nothing."""
    title = " ".join(paper.title.casefold().split())
    return f"paper/{slug(paper.title)}-{digest(title)}"


def link_id(prefix: str, canonical: str) -> str:
    """``repository/owner-name-<digest>`` from a canonical address; the digest keeps ``a-b/c`` and ``a/b-c`` apart."""
    path = re.sub(r"^https?://(www\.)?(github\.com/|huggingface\.co/)?", "", canonical)
    return f"{prefix}/{slug(path)}-{digest(canonical)}"
