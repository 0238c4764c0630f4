"""Tables: delimiters, quotation marks, columns that are missing, rows that do not fit."""

from pathlib import Path

import pytest

from kg.data import Paper, Rejection
from tests.read.samples import ABSTRACT_1, CSV, TITLE_1, papers, read, rejections


def titles(found: list[Paper | Rejection]) -> list[str]:
    return [paper.title for paper in papers(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title,abstract\nA,B\nC,D\n", ["A", "C"]),
        ("\ntitle,abstract\nA,B", ["A"]),
        ("sep=;\nTitle;Abstract\nA;B, still B\n", ["A"]),
        ("title|abstract\nA|B\n", ["A"]),
        ("Title\tAbstract\tAuthors, all\nA, or B\tB\tC\n", ["A, or B"]),
        ('title, abstract\n"A, or B", "C"\n', ["A, or B"]),
        ('title,abstract\n"A ""quoted"" title",B\n', ['A "quoted" title']),
        ('title,abstract\n"A\nof two lines","B\n\nB"\nC,D\n', ["A of two lines", "C"]),
        ("title,abstract,\nA,B,\nC,D,,,\n,,\n", ["A", "C"]),
        ("title,abstract,note\nA,B\n", ["A"]),
        ('title,abstract\nA 5" wide moss,B\nC,D\n', ['A 5" wide moss', "C"]),
        ("id,Article Title,Abstract\n1,A,B\n", ["A"]),
        ("title,abstract\nA\x00,B\n", ["A"]),
    ],
)
def test_tables_as_programs_write_them(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = read(tmp_path, text)
    assert titles(found) == expected
    assert rejections(found) == []


@pytest.mark.parametrize(
    ("text", "line", "reason", "kept"),
    [
        ("title,abstract\nA,B\nC,D,E,F\nG,H\n", 3, "4 cells where the header names 2", ["A", "G"]),
        ("title,abstract\nA,B\nC,\nG,H\n", 3, "a title without an abstract", ["A", "G"]),
        ("title,abstract\nA,B\n,D\nG,H\n", 3, "an abstract without a title", ["A", "G"]),
        ('title,abstract\nA,B\n"C,D\nG,H\n', 3, "not closed", ["A", "G"]),
        ('title,abstract\nA,B\n"C,D\n' + "G,H\n" * 1500, 3, "not closed", ["A"] + ["G"] * 1500),
    ],
)
def test_bad_row_is_told_and_loses_no_other(tmp_path: Path, text: str, line: int, reason: str, kept: list[str]) -> None:
    found = read(tmp_path, text)
    assert titles(found) == kept
    (rejection,) = rejections(found)
    assert reason in rejection.reason
    assert rejection.where.endswith(f":{line}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title,year\nA,2020\n", "line 1: no column for the abstract among 'title', 'year'"),
        ("id,abstract\n1,A\n", "line 1: no column for the title among 'id', 'abstract'"),
        ("title,abstract\n", "nothing in the file reads like a paper"),
    ],
)
def test_table_that_gives_nothing(tmp_path: Path, text: str, reason: str) -> None:
    (rejection,) = rejections(read(tmp_path, text))
    assert rejection.reason == reason


def test_fields_are_kept(tmp_path: Path) -> None:
    text = (
        "Key,Title,Abstract Note,Author,Publication Year,DOI,Publication Title,Url,Code\n"
        f'K1,"{TITLE_1}","{ABSTRACT_1}","Lovelace, Ada; Hopper, Grace",2021,10.1234/X,Annals,https://a.org/p,github.com/a/b\n'
    )
    (paper,) = papers(read(tmp_path, text))
    assert (paper.id, paper.doi, paper.date, paper.venue) == ("K1", "10.1234/x", "2021", "Annals")
    assert paper.authors == ("Ada Lovelace", "Grace Hopper")
    assert paper.urls == ("https://github.com/a/b", "https://a.org/p")


def test_long_cell(tmp_path: Path) -> None:
    found = read(tmp_path, f'{CSV}Long,"{"word " * 300_000}"\n')
    assert len(papers(found)) == 2
    assert "1499999 characters" in rejections(found)[0].reason
