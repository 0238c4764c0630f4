"""The link check of the built documentation finds what is broken, and only that."""

from pathlib import Path

import pytest

from scripts.docs_links import problems, read_site

GOOD = '<a href="b/c.html#there">c</a><a href="#here">x</a><p id="here"></p><img src="p.png"><a href="https://example.org">e</a>'
OTHER = (
    '<h2 id="there">There</h2><a href="../a.html">back</a><a href="../b/">folder</a><a href="../my%20file.txt">text</a>'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b" / "c.html").write_text(OTHER, encoding="utf-8")
    (tmp_path / "b" / "index.html").write_text("<p>index</p>", encoding="utf-8")
    (tmp_path / "404.html").write_text('<a href="/nowhere.html">x</a>', encoding="utf-8")
    for name in ("p.png", "my file.txt"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def _problems(site: Path) -> list[str]:
    return list(problems(read_site(site), site))


def test_a_sound_site_has_no_problems(site: Path) -> None:
    assert _problems(site) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ('<a href="gone.html">x</a>', "d.html links to gone.html"),
        ('<a href="b/c.html#gone">x</a>', "d.html links to b/c.html#gone"),
        ('<a href="#gone">x</a>', "d.html links to #gone"),
        ('<img src="gone.png">', "d.html links to gone.png"),
        ('<script src="https://example.org/x.js"></script>', "d.html fetches https://example.org/x.js"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "d.html fetches //example.org/x.css"),
        ('<a href="gone/">x</a>', "d.html links to gone/"),
    ],
)
def test_what_is_broken_is_named_with_its_page(site: Path, wrong: str, problem: str) -> None:
    (site / "d.html").write_text(wrong, encoding="utf-8")
    assert _problems(site) == [problem]


def test_a_canonical_address_is_not_fetched(site: Path) -> None:
    (site / "d.html").write_text('<link rel="canonical" href="https://example.org/d.html">', encoding="utf-8")
    assert _problems(site) == []
