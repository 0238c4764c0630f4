import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.data import Paper
from kg.graph import link_id, paper_id, paper_ids, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PS-KD", "ps-kd"),
        ("C++ & C#", "c-plus-plus-c-sharp"),
        ("Größe", "grosse"),
        ("  --a--  ", "a"),
        ("a_b", "a_b"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("text", ["学习", "!!!", "🙂", "\ud800", ""])
def test_a_text_without_ascii_letters_gets_a_digest(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{8}", slug(text))


@given(st.text())
def test_a_slug_is_always_safe_in_an_iri_and_in_turtle(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]*", slug(text))
    assert len(slug(text)) <= 60


def test_a_paper_keeps_its_id_when_its_arxiv_id_becomes_known() -> None:
    before = Paper("x", "A  Title", "")
    after = Paper("2401.00001", "a title", "text", arxiv="2401.00001")
    assert paper_id(before) == paper_id(after)


def test_addresses_that_slug_alike_stay_apart() -> None:
    assert link_id("repository", "https://github.com/a-b/c") != link_id("repository", "https://github.com/a/b-c")


def test_papers_of_one_title_stay_apart_and_the_first_keeps_its_id() -> None:
    papers = [Paper("1", "Editorial", "One."), Paper("2", "Editorial", "Two."), Paper("3", "Editorial", "Two.")]
    ids = paper_ids(papers)
    assert len(set(ids)) == 3
    assert ids[0] == paper_id(papers[0])
    assert paper_ids(papers[:2]) == ids[:2]
