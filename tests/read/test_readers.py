"""What holds for every format, and the table of formats itself."""

import io
import re
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import READERS, Limits, detect, read_papers
from tests.read.samples import CSV, PAIRS, PLAIN, SAMPLES, packed, papers, read, rejections

EVERY = [(name, text) for name, texts in SAMPLES.items() for text in texts]
IDS = [f"{name}-{place}" for name, texts in SAMPLES.items() for place in range(len(texts))]
EVERY_SAMPLE = pytest.mark.parametrize(("name", "text"), EVERY, ids=IDS)


def test_every_reader_has_a_sample() -> None:
    assert set(SAMPLES) == set(READERS)


@EVERY_SAMPLE
def test_papers_are_read_whole_by_content_alone(tmp_path: Path, name: str, text: str) -> None:
    found = read(tmp_path, text)
    assert rejections(found) == []
    assert [(paper.title, paper.abstract) for paper in papers(found)] == PAIRS


@EVERY_SAMPLE
def test_named_format_reads_the_same(tmp_path: Path, name: str, text: str) -> None:
    assert read(tmp_path, text, format_name=name) == read(tmp_path, text)


@EVERY_SAMPLE
def test_source_is_the_line_of_the_record(tmp_path: Path, name: str, text: str) -> None:
    lines = text.split("\n")
    for paper in papers(read(tmp_path, text)):
        (source,) = paper.sources
        below = "\n".join(lines[source.line - 1 :])
        where = below.find(paper.title)
        assert source.file == str(tmp_path / "listing")
        assert where >= 0, "the record begins above its title"
        others = [title for title, _ in PAIRS if title != paper.title and title in below[:where]]
        assert not others or len(lines) <= 2, "and below the record before it"


@EVERY_SAMPLE
@pytest.mark.parametrize("spoil", ["crlf", "cr", "bom", "utf-16", "gzip", "gzip-members"])
def test_encoding_and_line_ends_change_nothing(tmp_path: Path, name: str, text: str, spoil: str) -> None:
    half = text.index("\n") + 1 if "\n" in text else len(text)
    content = {
        "crlf": text.replace("\n", "\r\n").encode(),
        "cr": text.replace("\n", "\r").encode(),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "utf-16": text.encode("utf-16"),
        "gzip": packed(text),
        "gzip-members": packed(text[:half]) + packed(text[half:]),
    }[spoil]
    assert read(tmp_path, content) == read(tmp_path, text)


@EVERY_SAMPLE
def test_cut_anywhere_it_neither_fails_nor_invents(tmp_path: Path, name: str, text: str) -> None:
    titles = {title for title, _ in PAIRS}
    for cut in range(0, len(text), max(1, len(text) // 23)):
        for paper in papers(read(tmp_path, text[:cut], format_name=name)):
            assert paper.title in titles or any(title.startswith(paper.title) for title in titles)
            assert any(abstract.startswith(paper.abstract[:-3]) for _, abstract in PAIRS)


@pytest.mark.parametrize(
    ("given", "meant"), [("jsno", "json"), ("bibtext", "bibtex"), ("open-alex", "openalex"), ("hftext", "hf-text")]
)
def test_unknown_format_names_the_nearest_and_all(given: str, meant: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"did you mean {meant}?")) as caught:
        read_papers([], format_name=given)
    assert all(name in str(caught.value) for name in READERS)


@pytest.mark.parametrize("given", ["CSV", " csv ", "tsv"])
def test_format_names_are_taken_as_people_write_them(tmp_path: Path, given: str) -> None:
    assert len(papers(read(tmp_path, CSV, format_name=given))) == 2


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("<!DOCTYPE html>\n<html><body>papers</body></html>", "a web page"),
        (
            "MIT License\n\nCopyright (c) Somebody\n\nPermission is granted to everybody. " + "And so on. " * 40,
            "not a listing",
        ),
        ("# A project\n\n" + "This project does things with other things. " * 10, "not a listing"),
        ("def f():\n    return [1, 2, 3]\n", "not a listing"),
        ("just a few words", "not a listing"),
    ],
)
def test_what_is_no_listing_is_not_taken_for_one(head: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        detect(head)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n\t\n", "empty"),
        (packed(""), "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "an image"),
        (b"%PDF-1.7 binary", "a PDF"),
        (b"PK\x03\x04" + bytes(50), "zip archive"),
        (bytes(range(256)) * 20, "a binary file"),
        (b"\x1f\x8bnot really gzip at all", "damaged gzip"),
        (b"\xff\xfea", "broken utf-16"),
    ],
)
def test_file_that_gives_nothing_is_one_rejection(tmp_path: Path, content: bytes, reason: str) -> None:
    (found,) = rejections(read(tmp_path, content))
    assert reason in found.reason
    assert found.where == str(tmp_path / "listing")


def test_bad_file_stops_no_other(tmp_path: Path) -> None:
    for name, content in (("a", b""), ("b", CSV.encode()), ("c", bytes(2000)), ("d", SAMPLES["ris"][0].encode())):
        (tmp_path / name).write_bytes(content)
    found = list(read_papers([str(tmp_path)]))
    assert len(papers(found)) == 4
    assert len(rejections(found)) == 2


def test_what_stands_before_the_damage_is_read(tmp_path: Path) -> None:
    whole = packed("".join(SAMPLES["jsonl"]) + "x" * 10)
    found = read(tmp_path, whole[:-9])
    assert len(papers(found)) == 2
    assert "ends early" in rejections(found)[-1].reason


def test_wrong_encoding_is_read_and_told(tmp_path: Path) -> None:
    content = CSV.replace("Teapots", "Théières").encode("cp1252")
    found = read(tmp_path, content)
    assert papers(found)[1].title == "Do Théières Dream? A Study of Kettles at Rest"
    (note,) = rejections(found)
    assert note.where.endswith(":3")
    assert "Windows-1252" in note.reason


def test_gzip_bomb_is_defused(tmp_path: Path) -> None:
    bomb = packed(CSV + "a" * 4_000_000)
    found = read(tmp_path, bomb, limits=Limits(gzip_free_bytes=1 << 20))
    assert len(papers(found)) == 2
    assert "200 times" in rejections(found)[-1].reason


@pytest.mark.parametrize(
    ("limits", "name", "reason", "kept"),
    [
        (Limits(file_bytes=500), "jsonl", "larger than 500 bytes", 0),
        (Limits(line_bytes=410), "jsonl", "longer than 410 bytes", 1),
        (Limits(document_bytes=500), "json", "one document of more than 500", 0),
        (Limits(title_chars=43), "csv", "the title has 44 characters", 1),
        (Limits(abstract_chars=320), "hf-text", "the abstract has", 1),
        (Limits(abstract_chars=320), "bibtex", "the abstract has", 1),
        (Limits(line_bytes=395), "ris", "a reference of more than 395", 1),
        (Limits(line_bytes=420), "bibtex", "an entry of more than 420", 1),
        (Limits(line_bytes=360), "atom", "more than 360", 0),
    ],
)
def test_limits_are_told_and_lose_no_other(tmp_path: Path, limits: Limits, name: str, reason: str, kept: int) -> None:
    found = read(tmp_path, SAMPLES[name][0], limits=limits)
    assert any(reason in one.reason for one in rejections(found)), rejections(found)
    assert len(papers(found)) == kept


def test_document_on_one_line_is_not_held_to_the_limit_of_lines(tmp_path: Path) -> None:
    assert len(papers(read(tmp_path, SAMPLES["json"][0], limits=Limits(line_bytes=100)))) == 2


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(packed(CSV)))
    monkeypatch.setattr("sys.stdin", stream)
    found = papers(list(read_papers(["-", "-"])))
    assert [str(paper.sources[0]) for paper in found] == ["-:2", "-:3"]


def test_long_listing_is_streamed(tmp_path: Path) -> None:
    import json
    import tracemalloc

    path = tmp_path / "long"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(6_000):
            stream.write(json.dumps({**PLAIN[0], "id": number}) + "\n")
    tracemalloc.start()
    count = sum(1 for _ in read_papers([str(path)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 6_000
    assert peak < 1_000_000, "far below the 2.6 MB of the file"
