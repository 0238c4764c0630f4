"""From what a listing says about a paper to a clean `Paper`: text, ids, dates and links.

Code points stay as the listing has them (no normalization form is applied, so that spans and evidence point at the
author's own characters). Three things change: runs of white space become one space, control characters and the two
code points that no XML file may hold are removed, and lone surrogates become U+FFFD.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.data import Paper, Rejection, Source
from kg.read.identifiers import arxiv_id, doi
from kg.read.limits import Limits

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SCHEME = re.compile(r"https?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`;,]+", re.IGNORECASE)
_BARE_URL = re.compile(r"(?:www\.)?[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){1,5}/[^\s<>\"'()\[\]{}|\\^`;,]+", re.I)
_GIT_ADDRESS = re.compile(r"^(?:git@|ssh://git@)?((?:github|gitlab)\.com):", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]{1,20}):\S", re.IGNORECASE)
_PAPER_ITSELF = re.compile(
    r"https?://(?:www\.|export\.|api\.|dx\.)?(?:arxiv\.org/|doi\.org/|openalex\.org/|semanticscholar\.org/|"
    r"openreview\.net/|aclanthology\.org/|huggingface\.co/papers/|hf\.co/papers/|paperswithcode\.com/paper/)",
    re.IGNORECASE,
)
_QUOTED = 120
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class RawPaper:
    """A paper as one record of a listing spells it. ``urls`` are whole field values; a value may hold several links.

    ``page`` is the address of the record itself, which may state an arXiv id or a DOI.
    """

    title: str
    abstract: str
    id: str = ""
    arxiv: str = ""
    doi: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    urls: tuple[str, ...] = ()
    page: str = ""


def clean(text: str) -> str:
    r"""One line of text without control characters.

    >>> clean("A\x00 title\n  of two\u00a0lines")
    'A title of two lines'
    """
    return " ".join(_SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).split())


def reject(source: Source, value: str, reason: str) -> Rejection:
    """A `Rejection` of this stage that quotes the beginning of `value`."""
    return Rejection("read", str(source), clean(value[: 4 * _QUOTED])[:_QUOTED], reason)


def make_paper(raw: RawPaper, source: Source, limits: Limits) -> Iterator[Paper | Rejection]:
    """The paper of `raw`, or why there is none; then what was left out of a paper that is kept."""
    title, abstract = clean(raw.title), clean(raw.abstract)
    fault = _fault(title, abstract, limits)
    if fault:
        yield reject(source, title or abstract, fault)
        return
    authors, long_names = _short(map(clean, raw.authors), limits.title_chars)
    venues, long_venues = _short((clean(raw.venue),), limits.title_chars)
    links, refused = find_urls(raw.urls)
    urls, long_urls = _short(links, limits.title_chars)
    arxiv, digital = _identifiers(raw)
    yield Paper(
        id=_listing_id(raw.id) or arxiv or digital or minted_id(title),
        title=title,
        abstract=abstract,
        arxiv=arxiv,
        doi=digital,
        date=raw.date,
        authors=authors[: limits.authors],
        venue="".join(venues),
        urls=urls,
        sources=(source,),
    )
    kept = f"the paper “{title[:60]}” is kept without it"
    yield from (reject(source, value, f"not an http(s) link; {kept}") for value in refused)
    for value in (*long_names, *long_venues, *long_urls):
        yield reject(source, value, f"more than {limits.title_chars} characters; {kept}")
    if len(authors) > limits.authors:
        yield reject(source, title, f"{len(authors)} authors; the first {limits.authors} are kept")


def _identifiers(raw: RawPaper) -> tuple[str, str]:
    """arXiv id and DOI, wherever the record states them; the DOI that arXiv mints is no DOI of its own."""
    arxiv = arxiv_id(raw.arxiv) or arxiv_id(raw.id) or arxiv_id(raw.page) or arxiv_id(raw.doi)
    return arxiv, "" if arxiv_id(raw.doi) else doi(raw.doi) or doi(raw.id) or doi(raw.page)


def _short(values: Iterable[str], longest: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values each once, without the empty ones, and those that are too long to be what they should be."""
    found = tuple(dict.fromkeys(filter(None, values)))
    return tuple(one for one in found if len(one) <= longest), tuple(one for one in found if len(one) > longest)


def _fault(title: str, abstract: str, limits: Limits) -> str:
    if not title:
        return "an abstract without a title" if abstract else "neither title nor abstract"
    if not abstract:
        return "a title without an abstract"
    if len(title) > limits.title_chars:
        return f"the title has {len(title)} characters; at most {limits.title_chars} are read"
    if len(abstract) > limits.abstract_chars:
        return f"the abstract has {len(abstract)} characters; at most {limits.abstract_chars} are read"
    return ""


def _listing_id(value: str) -> str:
    """The listing's own id; an address of arXiv, doi.org or OpenAlex is shortened to the id that it states."""
    value = clean(value) if len(value) <= _LONGEST_ID else ""
    if "://" not in value:
        return value
    return arxiv_id(value) or doi(value) or re.sub(r"^https?://openalex\.org/", "", value)


def minted_id(title: str) -> str:
    """``p-`` and 12 hex digits of the SHA-256 of the title in one case, for a paper whose listing gives it no id.

    `kg.normalize` is kept out of it on purpose: whoever improves that must not rename papers.

    >>> minted_id("A  Title") == minted_id("a title")
    True
    """
    key = " ".join(title.casefold().split())
    return f"p-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:12]}"


def _lower(found: re.Match[str]) -> str:
    return found[0].lower()


def find_urls(values: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The http(s) links in field values, each once and in order, and the values with another scheme.

    Addresses of the paper itself (arXiv, doi.org, OpenReview, …) are no links of the paper; a bare ``github.com/a/b``
    gets its scheme; words that were never meant as a link ("yes", "N/A") are passed over.
    """
    urls: dict[str, None] = {}
    refused = []
    for given in map(clean, values):
        value = _GIT_ADDRESS.sub(r"https://\1/", given)
        found = _URL.findall(value)
        if not found and (bare := _BARE_URL.match(value)):
            found = [f"https://{bare[0]}"]
        elif not found and _OTHER_SCHEME.match(value):
            refused.append(value)
        links = (_SCHEME.sub(_lower, url.rstrip(".:!?"), count=1) for url in found if not _PAPER_ITSELF.match(url))
        urls.update(dict.fromkeys(links))
    return tuple(urls), tuple(refused)
