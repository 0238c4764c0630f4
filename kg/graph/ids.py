"""IRI paths minted from content: readable, stable, and safe in every format that the graph is written to."""

import hashlib
import re
import unicodedata

from kg.data import Paper

_UNSAFE = re.compile(r"[^a-z0-9_]+")
_SLUG_LENGTH = 60


def slug(text: str) -> str:
    """Letters, digits, hyphens and underscores that still read like `text`; a digest where nothing readable is left.

    >>> slug("ScanNet++"), slug("Überblick: C# & more")
    ('scannet-plus-plus', 'uberblick-c-sharp-more')
    """
    spelled = text.casefold().replace("+", " plus ").replace("#", " sharp ")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    short = _UNSAFE.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    return short or digest(text)


def digest(*parts: str) -> str:
    """Eight hex digits of the SHA-256 of `parts`; the same on every machine."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def paper_id(paper: Paper) -> str:
    """``paper/<slug>-<digest>``, from the title alone, so that an arXiv id learnt later renames nothing."""
    title = " ".join(paper.title.casefold().split())
    return f"paper/{slug(paper.title)}-{digest(title)}"


def link_id(prefix: str, canonical: str) -> str:
    """``repository/owner-name-<digest>`` from a canonical address; the digest keeps ``a-b/c`` and ``a/b-c`` apart."""
    path = re.sub(r"^https?://(www\.)?(github\.com/|huggingface\.co/)?", "", canonical)
    return f"{prefix}/{slug(path)}-{digest(canonical)}"
