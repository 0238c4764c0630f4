"""JSON of every shape: what is read, what is kept, and what is refused with which reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.data import Paper
from tests.read.samples import ABSTRACT_1, PAIRS, PLAIN, TITLE_1, TITLE_2, papers, read, rejections

FIRST: dict[str, Any] = dict(PLAIN[0])


def one(folder: Path, record: dict[str, Any], **options: str) -> Paper:
    (paper,) = papers(read(folder, json.dumps(record), **options))
    return paper


@pytest.mark.parametrize(
    ("extra", "field", "expected"),
    [
        ({"id": "001-007"}, "id", "001-007"),
        ({"paper_id": 17}, "id", "17"),
        ({"id": "2405.13729"}, "arxiv", "2405.13729"),
        ({"id": "2405.13729v3"}, "id", "2405.13729v3"),
        ({"id": "http://arxiv.org/abs/2405.13729v3"}, "id", "2405.13729"),
        ({"arxiv_id": "arXiv:2405.13729v2"}, "arxiv", "2405.13729"),
        ({"arxiv_id": "arXiv:2405.13729v2"}, "id", "2405.13729"),
        ({"url": "https://arxiv.org/pdf/2405.13729v2.pdf"}, "arxiv", "2405.13729"),
        ({"url": "https://huggingface.co/papers/2405.13729"}, "arxiv", "2405.13729"),
        ({"url": "https://arxiv.org/abs/2405.13729"}, "urls", ()),
        ({"id": "2413.99999"}, "arxiv", ""),
        ({"doi": "https://doi.org/10.1234/ABC.5"}, "doi", "10.1234/abc.5"),
        ({"doi": "10.1234/ABC.5"}, "id", "10.1234/abc.5"),
        ({"doi": "10.48550/arXiv.2405.13729"}, "arxiv", "2405.13729"),
        ({"doi": "10.48550/arXiv.2405.13729"}, "doi", ""),
        ({"doi": "none"}, "doi", ""),
        ({"publishedAt": "2026-04-29T00:00:00.000Z"}, "date", "2026-04-29"),
        ({"year": 2017}, "date", "2017"),
        ({"year": "2017.0"}, "date", "2017"),
        ({"date": "Mar 14", "year": 2017}, "date", "2017"),
        ({"date": "June 2017"}, "date", "2017-06"),
        ({"year": 17}, "date", ""),
        ({"authors": ["Ada L.", "Ada L.", "Grace H."]}, "authors", ("Ada L.", "Grace H.")),
        ({"authors": [{"name": "Ada L."}, {"name": "X", "hidden": True}]}, "authors", ("Ada L.",)),
        ({"authors": "Ada L., Grace H. and Barbara L."}, "authors", ("Ada L.", "Grace H.", "Barbara L.")),
        ({"authors": None}, "authors", ()),
        ({"conference": "Trees 2020"}, "venue", "Trees 2020"),
        ({"journal": {"name": "Annals of Moss"}}, "venue", "Annals of Moss"),
        ({"github": "https://github.com/a/b", "code": "https://github.com/a/b"}, "urls", ("https://github.com/a/b",)),
        ({"githubRepo": "github.com/a/b"}, "urls", ("https://github.com/a/b",)),
        ({"github": "git@github.com:a/b.git"}, "urls", ("https://github.com/a/b.git",)),
        (
            {"github": "https://github.com/a/b; https://github.com/c/d"},
            "urls",
            ("https://github.com/a/b", "https://github.com/c/d"),
        ),
        ({"github": "[![github](/i.svg) a/b](https://github.com/a/b)"}, "urls", ("https://github.com/a/b",)),
        ({"projectPage": "https://b.org/p/", "homepage": "N/A"}, "urls", ("https://b.org/p/",)),
        ({"url": "https://openreview.net/forum?id=1"}, "urls", ()),
    ],
)
def test_what_the_record_knows_is_kept(tmp_path: Path, extra: dict[str, Any], field: str, expected: object) -> None:
    assert getattr(one(tmp_path, {**FIRST, **extra}), field) == expected


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.b/c"])
def test_link_of_another_scheme_is_left_out_and_told(tmp_path: Path, link: str) -> None:
    found = read(tmp_path, json.dumps({**FIRST, "github": link}))
    assert papers(found)[0].urls == ()
    assert rejections(found)[0].value == link


def test_paper_without_any_id_gets_one_of_its_title(tmp_path: Path) -> None:
    first = one(tmp_path, FIRST)
    assert len(first.id) == 14
    assert first.id.startswith("p-")
    assert one(tmp_path, {**FIRST, "title": TITLE_1.upper(), "abstract": "Another."}).id == first.id


@pytest.mark.parametrize("title", ["title", "Title", "paper_title", "Article Title", "name"])
@pytest.mark.parametrize("abstract", ["abstract", "summary", "Abstract Note", "description"])
def test_columns_under_their_usual_names(tmp_path: Path, title: str, abstract: str) -> None:
    paper = one(tmp_path, {title: TITLE_1, abstract: ABSTRACT_1})
    assert (paper.title, paper.abstract) == PAIRS[0]


def test_text_is_one_line_without_controls_and_else_unchanged(tmp_path: Path) -> None:
    paper = one(
        tmp_path, {"title": "A\n  B\u0000\u0008 C\u00a0D", "abstract": "ﬁ e\u0301 \ud800 \u200b\u202e ΑΩ 🌲\uffff"}
    )
    assert paper.title == "A B C D"
    assert paper.abstract == "ﬁ e\u0301 \ufffd \u200b\u202e ΑΩ 🌲"


def test_services_give_their_own_fields(tmp_path: Path) -> None:
    work = {
        "id": "https://openalex.org/W42",
        "doi": "https://doi.org/10.1234/X",
        "display_name": "On <i>Moss</i> and Time",
        "publication_date": "2023-05-06",
        "abstract_inverted_index": {"Moss": [0, 4], "is": [1], "slow.": [2], "So:": [3]},
        "authorships": [{"author": {"display_name": "Ada L."}}],
        "primary_location": {
            "landing_page_url": "https://arxiv.org/abs/2305.00001",
            "source": {"display_name": "Moss"},
        },
    }
    assert one(tmp_path, work) == Paper(
        id="W42",
        title="On Moss and Time",
        abstract="Moss is slow. So: Moss",
        arxiv="2305.00001",
        doi="10.1234/x",
        date="2023-05-06",
        authors=("Ada L.",),
        venue="Moss",
        sources=one(tmp_path, work).sources,
    )
    scholar = {
        "paperId": "ab12",
        "externalIds": {"ArXiv": "2305.00001", "DOI": "10.1234/X"},
        **FIRST,
        "year": 2023,
        "journal": {"name": "Annals"},
        "authors": [{"authorId": "1", "name": "Ada L."}],
    }
    paper = one(tmp_path, scholar)
    assert (paper.id, paper.arxiv, paper.doi, paper.date, paper.venue, paper.authors) == (
        "ab12", "2305.00001", "10.1234/x", "2023", "Annals", ("Ada L.",)
    )  # fmt: skip
    snapshot = {
        "id": "0704.0001",
        **FIRST,
        "categories": "hep-ph",
        "journal-ref": "Phys.Rev.D76",
        "update_date": "2008-11-26",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "authors": "C. Balazs, E. Berger",
        "authors_parsed": [["Balázs", "C.", ""], ["Berger", "E. L.", "Jr."]],
    }
    paper = one(tmp_path, snapshot)
    assert (paper.id, paper.arxiv, paper.date, paper.venue) == ("0704.0001", "0704.0001", "2007-04-02", "Phys.Rev.D76")
    assert paper.authors == ("C. Balázs", "E. L. Berger Jr.")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "A", "abstract": ', "broken JSON"),
        ("not json at all", "broken JSON"),
        ('{"title": "A", "abstract": "B"', "broken JSON"),
        ('{"title": "A"}', "no column for the abstract among 'title'"),
        ('{"abstract": "B", "id": 1}', "no column for the title among 'abstract', 'id'"),
        ('{"title": "A", "abstract": ""}', "a title without an abstract"),
        ('{"title": "  ", "abstract": "B"}', "an abstract without a title"),
        ('{"title": null, "abstract": null}', "neither title nor abstract"),
        ('"a string"', "a string where an object"),
        ("[1, 2, 3]", "a number (and 2 more) where an object"),
        ("null", "null where an object"),
        ("{}", "no column for the title and the abstract"),
        ("[" * 5000, "nested too deeply"),
        ('{"title": "A", "abstract": "B", "n": ' + "9" * 5000 + "}", "broken JSON"),
    ],
)
def test_bad_line_is_told_and_loses_no_other(tmp_path: Path, line: str, reason: str) -> None:
    text = f"{json.dumps(PLAIN[0])}\n{line}\n\n{json.dumps(PLAIN[1])}\n"
    found = read(tmp_path, text)
    assert [paper.title for paper in papers(found)] == [TITLE_1, TITLE_2]
    (rejection,) = rejections(found)
    assert reason in rejection.reason
    assert rejection.where.endswith(":2")
    assert len(rejection.value) <= 120


def test_broken_first_line_is_still_json_lines(tmp_path: Path) -> None:
    text = '{"title": "A", "abst\n' + "".join(f"{json.dumps(record)}\n" for record in PLAIN)
    found = read(tmp_path, text)
    assert len(papers(found)) == 2
    assert rejections(found)[0].where.endswith(":1")


def test_broken_record_of_an_array_loses_no_other(tmp_path: Path) -> None:
    text = json.dumps([PLAIN[0], {"title": "Broken", "abstract": "X"}, PLAIN[1]], indent=1).replace('"X"', '"X" "Y"')
    found = read(tmp_path, text)
    assert [paper.title for paper in papers(found)] == [TITLE_1, TITLE_2]
    (rejection,) = rejections(found)
    assert rejection.where.endswith(":6")


def test_lost_quotation_mark_costs_its_own_record(tmp_path: Path) -> None:
    text = json.dumps([{"title": "Broken", "abstract": "XYZ", "id": 1}, *PLAIN], indent=1).replace('XYZ"', "XYZ")
    found = read(tmp_path, text)
    assert len(papers(found)) == 2
    assert len(rejections(found)) == 1


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (["a", "b", "c"], "a string (and 2 more) where an object"),
        ({"papers": ["a", "b"]}, "no column for the title and the abstract among 'papers'"),
        ({"a": PLAIN, "b": PLAIN}, "no column for the title and the abstract among 'a', 'b'"),
        ([{"title": "A", "text": "B"}], "no column for the abstract among 'title', 'text'"),
        ({"title": "A", "authors": [{"name": "B"}]}, "no column for the abstract"),
        ([], "nothing in the file reads like a paper"),
    ],
)
def test_document_of_another_shape(tmp_path: Path, document: object, reason: str) -> None:
    for indent in (None, 1):
        found = read(tmp_path, json.dumps(document, indent=indent))
        assert papers(found) == []
        assert reason in rejections(found)[0].reason


@pytest.mark.parametrize("wrapper", ["papers", "results", "data", "anything"])
def test_the_one_list_of_papers_is_unwrapped(tmp_path: Path, wrapper: str) -> None:
    document = {"name": "my list", "tags": [{"name": "moss"}], wrapper: PLAIN, "next": None}
    for indent in (None, 2):
        assert len(papers(read(tmp_path, json.dumps(document, indent=indent)))) == 2


def test_objects_one_after_another(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(record, indent=2) for record in PLAIN)
    assert len(papers(read(tmp_path, text))) == 2


def test_cut_document_keeps_what_is_whole(tmp_path: Path) -> None:
    text = json.dumps({"papers": PLAIN}, indent=1)
    found = read(tmp_path, text[: text.index(TITLE_2) + 30])
    assert [paper.title for paper in papers(found)] == [TITLE_1]
    assert "broken JSON" in rejections(found)[0].reason
