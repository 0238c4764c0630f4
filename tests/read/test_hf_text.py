"""Pages saved as text: what is furniture, what a title, what an abstract."""

import textwrap
from pathlib import Path

import pytest

from kg.data import Paper, Rejection
from tests.read.samples import (
    ABSTRACT_1,
    ABSTRACT_2,
    BANNER,
    DENSE_BANNER,
    PAIRS,
    TITLE_1,
    TITLE_2,
    papers,
    read,
    rejections,
)

TITLE_3 = "Subscribe to Moss: Slow Growth as a Service"
ABSTRACT_3 = "Moss grows slowly. We show that nobody minds, and that everybody likes it."


def pairs(found: list[Paper | Rejection]) -> list[tuple[str, str]]:
    return [(paper.title, paper.abstract) for paper in papers(found)]


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


@pytest.mark.parametrize("banner", [BANNER, DENSE_BANNER, "", "Trending Papers\n", "Subscribe\n"])
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
def test_furniture_above_the_first_title_is_no_title(tmp_path: Path, banner: str, between: str) -> None:
    text = banner + between.join(part for pair in PAIRS for part in pair)
    assert pairs(read(tmp_path, text, format_name="hf-text")) == PAIRS


def test_title_that_begins_like_the_button_keeps_its_word(tmp_path: Path) -> None:
    text = f"{BANNER}{TITLE_3}\n\n{ABSTRACT_3}"
    assert pairs(read(tmp_path, text)) == [(TITLE_3, ABSTRACT_3)]


def test_page_date_without_a_year_is_no_date(tmp_path: Path) -> None:
    assert {paper.date for paper in papers(read(tmp_path, BANNER + f"{TITLE_1}\n\n{ABSTRACT_1}"))} == {""}


def test_pages_pasted_together(tmp_path: Path) -> None:
    first = f"{BANNER}{TITLE_1}\n\n{ABSTRACT_1}"
    for end in ("", "\n", "\n\n"):
        found = read(
            tmp_path, f"{first}{end}{DENSE_BANNER}{TITLE_2}\n{ABSTRACT_2}\n{BANNER}{TITLE_3}\n\n{ABSTRACT_3}\n"
        )
        assert pairs(found) == [*PAIRS, (TITLE_3, ABSTRACT_3)]
        assert rejections(found) == []


@pytest.mark.parametrize("width", [40, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_wrapped_lines_are_joined(tmp_path: Path, width: int, between: str) -> None:
    text = between.join(wrapped(part, width) for pair in PAIRS for part in pair)
    assert pairs(read(tmp_path, text, format_name="hf-text")) == PAIRS


def test_lines_of_any_length_below_a_title_alone_are_one_abstract(tmp_path: Path) -> None:
    broken = ABSTRACT_1.replace(". ", ".\n").replace(", ", ",\n")
    assert pairs(read(tmp_path, f"{BANNER}{TITLE_1}\n\n{broken}\n\n{TITLE_2}\n\n{ABSTRACT_2}")) == PAIRS


@pytest.mark.parametrize(
    "second",
    [
        ABSTRACT_2,
        "The data is at https://github.com/invented/kettles",
        "Code: https://github.com/invented/kettles",
        "We publish all of it.",
    ],
)
@pytest.mark.parametrize("following", [f"\n\n{TITLE_3}\n\n{ABSTRACT_3}", ""])
def test_abstract_of_several_paragraphs(tmp_path: Path, second: str, following: str) -> None:
    found = read(tmp_path, f"{BANNER}{TITLE_1}\n\n{ABSTRACT_1}\n\n{second}{following}")
    assert pairs(found)[0] == (TITLE_1, f"{ABSTRACT_1} {second}")
    assert pairs(found)[1:] == ([(TITLE_3, ABSTRACT_3)] if following else [])
    assert rejections(found) == []


@pytest.mark.parametrize(("banner", "between"), [(BANNER, "\n\n"), (DENSE_BANNER, "\n")])
def test_title_without_an_abstract_is_rejected_with_its_line(tmp_path: Path, banner: str, between: str) -> None:
    parts = [TITLE_1, ABSTRACT_1, "A Title Alone", TITLE_2, ABSTRACT_2, "Another Title Alone"]
    text = banner + between.join(parts)
    found = read(tmp_path, text)
    assert pairs(found) == PAIRS
    for rejection in rejections(found):
        line = int(rejection.where.rpartition(":")[2])
        assert text.split("\n")[line - 1] == rejection.value
        assert rejection.reason == "a title without an abstract"
    assert [one.value for one in rejections(found)] == ["A Title Alone", "Another Title Alone"]


@pytest.mark.parametrize("text", [f"{BANNER}{TITLE_1}\n", f"{DENSE_BANNER}{TITLE_1}"])
def test_page_with_nothing_but_a_title(tmp_path: Path, text: str) -> None:
    (found,) = rejections(read(tmp_path, text))
    assert found.value == TITLE_1


def test_abstract_whose_title_is_missing(tmp_path: Path) -> None:
    found = read(tmp_path, f"{DENSE_BANNER}{TITLE_1}\n{ABSTRACT_1}\n{ABSTRACT_2}\n{TITLE_3}\n{ABSTRACT_3}\n")
    assert pairs(found) == [(TITLE_1, ABSTRACT_1), (TITLE_3, ABSTRACT_3)]
    assert [one.reason for one in rejections(found)] == ["an abstract without a title"]


def test_short_abstract_and_title_that_asks(tmp_path: Path) -> None:
    expected = [("Is This a Title?", ABSTRACT_3), (TITLE_1, ABSTRACT_1), ("Why?", ABSTRACT_3)]
    for between in ("\n", "\n\n"):
        text = BANNER + between.join(part for pair in expected for part in pair)
        assert pairs(read(tmp_path, text)) == expected
