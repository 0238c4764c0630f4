"""Listings that name their columns as they like: which column is the title, which the abstract, and so on.

The names are those that OpenReview, Hugging Face, arXiv, Zotero, Scopus, Web of Science, IEEE Xplore and PubMed exports
use, compared without case and punctuation; the first that a record has and that is not empty counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kg.read.fields import RawPaper
from kg.read.identifiers import arxiv_id, iso_date
from kg.read.people import author_names

COLUMNS: dict[str, tuple[str, ...]] = {
    "title": tuple("title papertitle articletitle documenttitle displayname primarytitle titles ti name".split()),
    "abstract": tuple(
        "abstract abstracttext abstractnote paperabstract summary abstracts summaries ab description".split()
    ),
    "id": tuple("id paperid uid openreviewid corpusid forum citationkey key identifier".split()),
    "arxiv": tuple("arxivid arxiv arxivurl eprint".split()),
    "doi": tuple("doi doiurl articledoi".split()),
    "date": tuple(
        "publishedat published publicationdate publishdate date submitteddate submitted created coverdate releasedate "
        "updatedate updated publicationyear pubyear year py".split()
    ),
    "authors": tuple(
        "authors author authornames authorfullnames creators creator contributors authorsparsed au".split()
    ),
    "venue": tuple(
        "venue journal conference journalref booktitle publicationtitle sourcetitle containertitle journalname "
        "publicationvenue proceedings".split()
    ),
    "page": tuple("url link paperurl pageurl absurl pdfurl entryid".split()),
}
URL_COLUMNS = tuple(
    "github githubrepo githuburl githublink code codeurl codelink coderepository repository repo repourl projectpage "
    "projecturl project homepage website demo model modelurl dataset dataseturl url link".split()
)
_PUNCTUATION = re.compile(r"[\W_]+")
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]\[]{0,300}\]\([^)(]{0,2000}\)")


@lru_cache(maxsize=1024)
def column_key(name: str) -> str:
    """Comparable form of a column name.

    >>> column_key("Article Title"), column_key("journal-ref")
    ('articletitle', 'journalref')
    """
    return _PUNCTUATION.sub("", name).casefold()


def known_columns(names: Iterable[str]) -> set[str]:
    """Which of our fields (``title``, ``abstract``, …) the columns `names` give."""
    keys = {column_key(name) for name in names}
    return {field for field, spellings in COLUMNS.items() if keys.intersection(spellings)}


def missing_columns(names: Sequence[str]) -> str:
    """What is wrong with the columns `names`; empty if both title and abstract are among them."""
    missing = [field for field in ("title", "abstract") if field not in known_columns(names)]
    if not missing:
        return ""
    shown = ", ".join(repr(name[:40]) for name in names[:12]) + (", …" if len(names) > 12 else "")
    return f"no column for the {' and the '.join(missing)} among {shown}"


def read_columns(record: Mapping[str, Any]) -> RawPaper:
    """A paper from a record with columns of any usual name; missing columns give empty fields."""
    row: dict[str, Any] = {}
    for name, value in record.items():
        row.setdefault(column_key(str(name)), value)
    arxiv = as_text(_first(row, "arxiv"))
    page = as_text(_first(row, "page"))
    return RawPaper(
        title=as_text(_first(row, "title")),
        abstract=as_text(_first(row, "abstract")),
        id=as_text(_first(row, "id")),
        arxiv=arxiv if arxiv_id(arxiv) else "",
        doi=as_text(_first(row, "doi")),
        date=_date(row),
        authors=author_names(row.get("authorsparsed") or _first(row, "authors")),
        venue=as_text(_first(row, "venue")),
        urls=tuple(_MARKDOWN_IMAGE.sub("", as_text(row[key])) for key in URL_COLUMNS if row.get(key)),
        page=page,
    )


def as_text(value: Any) -> str:
    """A field as text: numbers as they are written, lists joined, of an object its name; NaN and null are nothing.

    >>> as_text(["a", {"name": "b"}]), as_text(2024), as_text(float("nan"))
    ('a b', '2024', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or value != value:  # noqa: PLR0124 - NaN is what differs from itself
        return ""
    if isinstance(value, int | float):
        return str(value) if abs(value) < 1e300 else ""
    if isinstance(value, list):
        return " ".join(filter(None, map(_scalar, value)))
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Text of a list's element; nothing nested any deeper is read."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "display_name", "title", "value", "url") if value.get(key)), "")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _first(row: Mapping[str, Any], field: str) -> Any:
    return next((row[key] for key in COLUMNS[field] if row.get(key) not in (None, "", [], {})), None)


def _date(row: Mapping[str, Any]) -> str:
    """The first date column that names a year; the arXiv snapshot keeps the first submission in ``versions``."""
    versions = row.get("versions")
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        submitted = iso_date(as_text(versions[0].get("created")))
        if submitted:
            return submitted
    dates = (iso_date(as_text(row[key])) for key in COLUMNS["date"] if row.get(key))
    return next(filter(None, dates), "")
