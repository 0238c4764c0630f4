"""What is fuzzed: functions from bytes that raise if kg breaks a promise.

A target lets pass what kg raises on purpose (`KgError`); any other exception, a promise broken (`AssertionError`) and
more than a second of processor time is a finding.
"""

import io
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from fuzz import files, outputs
from kg.data import Paper, Rejection
from kg.errors import KgError
from kg.export import EXPORTERS
from kg.export.rdf import terms
from kg.extract.links import canonical_url, find_links
from kg.graph.ids import link_id, paper_id
from kg.normalize import compact, normalize, same_wording, slug
from kg.ontology import load_ontology
from kg.query.guard import check_query
from kg.query.hints import suggestions
from kg.read import READERS, Limits
from kg.read.fields import clean, find_urls
from kg.read.identifiers import arxiv_id, doi, iso_date
from kg.read.latex import latex_text
from kg.read.listing import _begin
from kg.read.people import split_names
from kg.read.readers import detect

Function = Callable[[bytes], None]
LIMITS = Limits(document_bytes=1 << 20, line_bytes=1 << 18, title_chars=500, abstract_chars=5_000, authors=50)
LONGEST = 1.0  # seconds
_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
_SLUG = re.compile(r"[a-z0-9_-]{1,60}")
_ID = re.compile(r"[a-z]+/[a-z0-9_-]+")
_SERVICE = re.compile("service", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """A function to fuzz and its share of all executions: fast ones have the larger."""

    run: Function
    share: int


def text_of(data: bytes) -> str:
    """Text with lone surrogates where the bytes are no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def read(name: str, data: bytes) -> None:
    """A reader gives sound papers and reasons; with no name, the reader that detection chooses."""
    found = 0
    with suppress(KgError):
        listing = _begin("fuzz", io.BytesIO(data), LIMITS)
        for one in READERS[name or detect(listing.head)].read(listing):
            found += 1
            if isinstance(one, Rejection):
                assert one.reason
                assert len(one.value) <= 120
            else:
                _sound(one)
        assert found <= len(data)


def _sound(paper: Paper) -> None:
    for text in (paper.id, paper.title, paper.abstract, *paper.authors, paper.venue):
        assert text == clean(text)
        text.encode("utf-8")
    assert paper.id
    assert paper.title
    assert paper.abstract
    assert len(paper.title) <= LIMITS.title_chars
    assert len(paper.abstract) <= LIMITS.abstract_chars
    assert len(paper.authors) <= LIMITS.authors
    assert _DATE.fullmatch(paper.date)
    assert all(url.startswith(("http://", "https://")) for url in paper.urls)


def fields(data: bytes) -> None:
    """The parsers of single fields."""
    text = text_of(data)
    assert clean(clean(text)) == clean(text)
    assert not any("\ud800" <= char <= "\udfff" for char in clean(text))
    latex_text(text)
    split_names(text)
    doi(text)
    assert arxiv_id(arxiv_id(text)) == arxiv_id(text)
    assert _DATE.fullmatch(iso_date(text))
    assert all(url.startswith(("http://", "https://")) for url in find_urls((clean(text),))[0])


def links(data: bytes) -> None:
    """Links stand where they say, have a scheme that is safe to follow, and one canonical address."""
    text = clean(text_of(data))
    end = 0
    for link in find_links(text):
        assert 0 <= link.start < link.end <= len(text)
        assert link.start >= end
        end = link.end
        assert re.match(r"(?:https?|ftp)://\S+", link.url), link.url
        assert canonical_url(link.canonical) == link.canonical, link.canonical


def names(data: bytes) -> None:
    """A normal form is its own normal form."""
    text = text_of(data)
    assert normalize(normalize(text)) == normalize(text)
    compact(text)
    one, _, other = text.partition("\n")
    assert same_wording(one, other, ()) == same_wording(other, one, ())


def slugs(data: bytes) -> None:
    """Slugs and ids are made of letters that are safe in every format."""
    text = text_of(data)
    assert _SLUG.fullmatch(slug(text)), slug(text)
    assert _ID.fullmatch(link_id("page", text))
    assert _ID.fullmatch(paper_id(Paper("x", text, text)))


def iris(data: bytes) -> None:
    """What is written as an IRI or a literal is one to a parser of RDF, and says the same."""
    text = text_of(data)
    for value in (f"https://example.org/{text}", f"https://{text}", f"ftp://example.org/?q={text}#{text}"):
        line = f"{terms.iri(value)} {terms.iri('https://example.org/p')} {terms.text(text)} ."
        (quad,) = ox.parse(line.encode("utf-8"), ox.RdfFormat.N_TRIPLES)
        literal = quad.object.value  # type: ignore[union-attr]
        assert len(literal) == len(text)
        assert literal == text or not text.isprintable()


def guard(data: bytes) -> None:
    """What the guard lets pass calls no other machine, as another parser of SPARQL reads it."""
    text = text_of(data)
    suggestions(text, load_ontology(), {})
    try:
        check_query(text)
    except KgError:
        return
    if _SERVICE.search(text):
        assert not _federates(text), "SERVICE was let pass"


def _federates(text: str) -> bool:
    from rdflib.plugins.sparql.parser import parseQuery  # a parser in Python: asked only where it matters

    try:
        return "ServiceGraphPattern" in str(parseQuery(text))
    except Exception:
        return False


def within_a_second(run: Function, data: bytes) -> None:
    """Run a target; a hang is a finding."""
    begun = time.process_time()
    run(data)
    assert time.process_time() - begun < LONGEST, "more than a second of processor time"


TARGETS: dict[str, Target] = {
    **{f"read-{name}": Target(partial(read, name), 12) for name in READERS},
    "read-any": Target(partial(read, ""), 12),
    "fields": Target(fields, 150),
    "links": Target(links, 80),
    "names": Target(names, 80),
    "slugs": Target(slugs, 250),
    "iris": Target(iris, 130),
    "guard": Target(guard, 30),
    "ontology": Target(files.ontology, 5),
    "overrides": Target(files.overrides, 50),
    **{f"export-{name}": Target(partial(outputs.export, name), 5) for name in EXPORTERS},
}
