"""Links between pages lead somewhere, pictures are there and small, and no page names a place on our machines."""

import re
import struct
from pathlib import Path

import pytest
import yaml

from scripts.docs_reference import listed_pages, on_config
from scripts.docs_reference import pages as generated_pages
from tests.docs.conftest import ROOT
from tests.docs.pages import DOCS, GENERATED, PAGES, anchors, links, name

PICTURES = sorted((DOCS / "pictures").glob("*.png"))
_OUTSIDE = ("http://", "https://", "mailto:")
_OURS = re.compile(r"/(?:work|tmp|home/\w+|root|Users/\w+)/|localhost:\d|\bpypi\.")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return generated_pages()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_within_the_docs_resolve(page: Path, made: dict[str, str]) -> None:
    for link in links(page):
        if link.startswith(_OUTSIDE):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        below = file.relative_to(DOCS).as_posix() if file.is_relative_to(DOCS) else ""
        assert file.exists() or below in made, f"{name(page)} links to {link}"
        if anchor and (file.suffix == ".md" or below in made):
            text = made.get(below) or file.read_text(encoding="utf-8")
            assert anchor in anchors(text), f"{name(page)} links to {link}"


def test_generated_pages_are_those_that_the_tests_know(made: dict[str, str]) -> None:
    assert set(made) == GENERATED


def test_links_of_generated_pages_resolve(made: dict[str, str]) -> None:
    for page, text in made.items():
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            file = ((DOCS / page).parent / target).resolve()
            assert file.exists() or file.relative_to(DOCS).as_posix() in made, f"{page} links to {target}"


@pytest.mark.parametrize("picture", PICTURES, ids=name)
def test_a_picture_is_a_small_png_that_a_page_shows(picture: Path) -> None:
    content = picture.read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    assert content.startswith(b"\x89PNG")
    assert len(content) < 500_000
    assert width >= 600
    assert height >= 400
    assert any(picture.name in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_names_a_place_on_our_machines(page: Path) -> None:
    assert not _OURS.search(page.read_text(encoding="utf-8"))


def test_every_page_is_in_the_table_of_contents_once(made: dict[str, str]) -> None:
    # the theme's own tags are not for this loader, and only the table is asked for
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = list(listed_pages(on_config({"nav": yaml.safe_load(text[text.index("\nnav:") :])["nav"]})["nav"]))
    assert sorted(nav) == sorted({page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")} | set(made))
