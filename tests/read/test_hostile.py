"""Whatever a file holds: no reader fails, hangs or lets through what the records promise not to hold."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.data import Paper, Rejection
from kg.read import READERS, Limits
from kg.read.fields import clean
from kg.read.identifiers import arxiv_id, doi, iso_date
from kg.read.latex import latex_text
from kg.read.people import split_names
from tests.read.samples import ABSTRACT_1, CSV, FEED, SAMPLES, TITLE_1, read

SIZE = 100_000
STARTS = {
    "hf-text": ["", "Get trending papers in your email inbox!\n"],
    "json": ["[", "{", '{"a":', '{"papers": [', '{"title": "A", "abstract": "'],
    "csv": ["title,abstract\n", 'title,abstract\n"'],
    "atom": ["<feed>", "<feed><entry><title>", "<feed a='"],
    "ris": ["TY  - JOUR\n", "TY  - JOUR\nAB  - "],
    "bibtex": ["@article{a,", "@article{a, title = {", '@article{a, title = "', "@string{a = b # "],
}
UNITS = [
    "[",
    "{",
    "}",
    '"',
    '\\"',
    "\\",
    "a",
    "a ",
    " ",
    "\n",
    ",\n",
    '",',
    '"\n',
    "<a>",
    "&",
    "$",
    "![",
    "(",
    "@a{b,\n",
    "TY  - \n",
]
UNITS += [
    "AB  - \n",
    "a.\n",
    "a\n\n",
    "A long line. " * 30 + "\n",
    "{,",
    "a = ",
    "#",
    "\\'",
    "\t",
    "\x00",
    "://",
    "github.com:",
    "and ",
    " ,",
    "'",
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", STARTS)
def test_repetition_takes_no_longer_than_its_size(tmp_path: Path, name: str, unit: str) -> None:
    for start in STARTS[name]:
        begun = time.process_time()
        found = read(tmp_path, start + unit * (SIZE // len(unit)), format_name=name)
        assert found
        assert time.process_time() - begun < 5, start


@pytest.mark.parametrize("unit", UNITS)
def test_fields_take_no_longer_than_their_size(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    begun = time.process_time()
    for function in (clean, latex_text, split_names, arxiv_id, doi, iso_date):
        function(text)
    assert time.process_time() - begun < 3


TEXTS = [text for texts in SAMPLES.values() for text in texts] + [FEED, CSV]
PIECES = st.sampled_from(
    [*UNITS, *"\r\x0b\x1c\u2028\ufeff\ud800", TITLE_1, ABSTRACT_1, '"title"', "<entry>", "ER  -\n", "null"]
)


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A good listing with pieces cut out and put in, as bytes that need not be UTF-8."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(PIECES) + text[start + draw(st.integers(0, 80)) :]
    return text.encode(draw(st.sampled_from(["utf-8", "utf-16"])), "surrogatepass") + draw(st.binary(max_size=3))


@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=spoilt(), name=st.sampled_from(["", *READERS]))
def test_spoilt_listings_give_papers_and_reasons(tmp_path: Path, content: bytes, name: str) -> None:
    found = read(tmp_path, content, format_name=name, limits=Limits(abstract_chars=5_000))
    assert found == read(tmp_path, content, format_name=name, limits=Limits(abstract_chars=5_000))
    assert found, "nothing goes without a word"
    for one in found:
        if isinstance(one, Rejection):
            assert one.stage == "read"
            assert one.reason
            assert len(one.value) <= 120
        else:
            check(one)


def check(paper: Paper) -> None:
    for text in (paper.id, paper.title, paper.abstract, *paper.authors, paper.venue):
        assert text == clean(text)
        text.encode("utf-8")
    assert paper.id
    assert paper.title
    assert paper.abstract
    assert len(paper.abstract) <= 5_000
    assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", paper.date)
    assert all(url.startswith(("http://", "https://")) for url in paper.urls)
    assert len(paper.sources) == 1
