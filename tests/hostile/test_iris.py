"""Addresses as the open web writes them: no link of a paper makes RDF that a parser refuses."""

import pyoxigraph as ox
import pytest

from kg.export.rdf.terms import iri

ADDRESSES = (
    "https://x.org/a]b", "https://x.org/a[1]", "https://doi.org/10.1890/0012-9658(2006)87[2614:ATPMS]2.0.CO;2",
    "https://doi.org/10.1002/(SICI)1097-4636(199823)43:4<465::AID>3.0.CO;2-3", "https://[::1]/x", "https://x.org/%zz",
    "https://x.org/%", "https://x.org:port/", "https://a b", "https://x.org/#a#b", "https://x.org/?q=[a]#[b]",
    "https://x.org/\u202egnp.exe", "https://x.org/\ue000", "http://[x/", "https://é.org/中", "https://x@y@z/",
    "https://x.org/\ufdd0\x85\x80\U000e0001", "https://:80:80/", 'https://x.org/"><script>', "https://x.org/\ud800",
    "https://user:pass@x.org:8080/", "https://", "ftp://x.org", "https:x", "mailto:a@b.org", "arxiv:1706.03762",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_an_iri(address: str) -> None:
    line = f"{iri(address)} <https://example.org/p> {iri(address)} ."
    (quad,) = ox.parse(line.encode("utf-8"), ox.RdfFormat.N_TRIPLES)
    assert f"<{quad.subject.value}>" == iri(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/a/b",
        "https://x.org/a_(b)?c=d&e=%20#f",
        "https://é.org/中",
        "https://[::1]:80/x",
        "arxiv:1.2",
    ],
)
def test_what_is_an_iri_is_left_as_it_is(address: str) -> None:
    assert iri(address) == f"<{address}>"
