"""One paper in several listings is one paper; two papers that look alike stay two."""

import itertools

import pytest

from kg.data import Paper, Source
from kg.read import unify
from kg.read.fields import minted_id


def paper(title: str, abstract: str = "An abstract.", line: int = 1, **fields: object) -> Paper:
    given = {"id": minted_id(title), "sources": (Source("list", line),), **fields}
    return Paper(title=title, abstract=abstract, **given)  # type: ignore[arg-type]


SAME = [
    (paper("A Title", arxiv="2401.00001"), paper("Another Title", arxiv="2401.00001"), "arXiv id"),
    (paper("A Title", arxiv="2401.00001"), paper("Another Title", arxiv="2401.00001v3"), "arXiv id"),
    (paper("A Title", doi="10.1/abc"), paper("Another Title", doi="10.1/ABC"), "DOI"),
    (paper("A Title"), paper("A  title."), "title"),
    (paper("Moss-Net: Slow Things"), paper("MOSS NET – slow thing"), "title"),
    (paper("A Title", arxiv="2401.00001"), paper("A Title", doi="10.1/abc"), "title"),
    (paper("A Title", "One abstract."), paper("A Title", "Another abstract."), "title"),
    (paper("Editorial", "The same."), paper("Editorial", "The same."), "title and abstract"),
]
DIFFERENT = [
    (paper("Editorial", doi="10.1/a"), paper("Editorial", doi="10.1/b")),
    (paper("Editorial", arxiv="2401.00001"), paper("Editorial", arxiv="2401.00002")),
    (paper("Editorial", "About moss."), paper("Editorial", "About stones.")),
    (paper("A Title", doi="10.1/a"), paper("A Title", doi="10.1/b")),
    (paper("A Title of C"), paper("A Title of C++")),
    (paper("CIFAR 10.1"), paper("CIFAR 101")),
    (paper("模型"), paper("数据")),
    (paper("🌲"), paper("🌳")),
]


@pytest.mark.parametrize(("first", "second", "reason"), SAME)
def test_listings_of_one_paper_are_joined(first: Paper, second: Paper, reason: str) -> None:
    for one, other in ((first, second), (second, first)):
        unified = unify([one, other])
        assert [found.title for found in unified.papers] == [one.title]
        (rejection,) = unified.rejections
        assert rejection.reason == f"same paper as {one.id} in list:1 (same {reason})"
        assert rejection.stage == "read"


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_different_papers_stay_apart(first: Paper, second: Paper) -> None:
    unified = unify([first, second])
    assert [found.title for found in unified.papers] == [first.title, second.title]
    assert len({found.id for found in unified.papers}) == 2


def test_paper_that_links_two_listings_joins_all_three() -> None:
    listed = [
        paper("A Title", arxiv="2401.00001"),
        paper("B Title", doi="10.1/a"),
        paper("C", arxiv="2401.00001", doi="10.1/a"),
    ]
    for order in itertools.permutations(listed):
        assert len(unify(order).papers) == 1


def test_ids_that_differ_only_in_the_other_listing_keep_titles_apart() -> None:
    listed = [
        paper("Preface", "One.", doi="10.1/a"),
        paper("Preface", "Two.", doi="10.1/b"),
        paper("Preface", "Two.", line=7),
        paper("Preface", "Three."),
    ]
    unified = unify(listed)
    assert [found.abstract for found in unified.papers] == ["One.", "Two.", "Three."]
    assert [one.where for one in unified.rejections] == ["list:7"]


def test_first_listing_wins_and_the_others_fill_what_it_lacks() -> None:
    first = paper("A Title", "", date="2024", urls=("https://a.org",))
    second = paper(
        "A Title", "Late abstract.", 2, arxiv="2401.00001", date="2024-01-02", venue="Annals", urls=("https://b.org",)
    )
    third = paper("A Title", "Ignored.", 3, doi="10.1/a", authors=("Ada L.",), venue="Other", urls=("https://a.org",))
    (merged,) = unify([first, second, third]).papers
    assert merged == Paper(
        id=first.id,
        title="A Title",
        abstract="Late abstract.",
        arxiv="2401.00001",
        doi="10.1/a",
        date="2024-01-02",
        authors=("Ada L.",),
        venue="Annals",
        urls=("https://a.org", "https://b.org"),
        sources=(Source("list", 1), Source("list", 2), Source("list", 3)),
    )


def test_order_is_that_of_the_first_listing() -> None:
    listed = [paper(title) for title in ("C c", "A a", "B b", "A a", "C c")]
    assert [found.title for found in unify(listed).papers] == ["C c", "A a", "B b"]
    assert [one.value for one in unify(listed).rejections] == ["A a", "C c"]


def test_row_numbers_of_two_tables_do_not_make_one_paper() -> None:
    listed = [paper("A a", id="1"), paper("B b", id="1"), paper("C c", id="1")]
    unified = unify(listed)
    assert unified.papers[0].id == "1"
    assert len({found.id for found in unified.papers}) == 3
    assert unify(listed) == unified


def test_many_papers_of_one_title_take_no_longer() -> None:
    listed = [paper("Editorial of the Year", doi=f"10.1/{number}") for number in range(5_000)]
    assert len(unify(listed).papers) == 5_000


def test_nothing_gives_nothing() -> None:
    assert unify([]).papers == ()
