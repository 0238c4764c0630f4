"""What the pages hold: code blocks, links, headings."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
GENERATED = {
    "reference/commands.md",
    "reference/ontology.md",
    "reference/formats.md",
    "reference/python.md",
    "explanation/decisions.md",
    "explanation/model-card.md",
    "explanation/data-card.md",
}
_FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def name(page: Path) -> str:
    """Path of a page below the root."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """Code of the fences that begin with `language` alone."""
    text = page.read_text(encoding="utf-8")
    return [code for _, info, code in _FENCE.findall(text) if info.strip() == language]


def languages(page: Path) -> list[str]:
    """What the fences of a page are marked as."""
    return [info.strip() for _, info, _ in _FENCE.findall(page.read_text(encoding="utf-8"))]


def links(page: Path) -> Iterator[str]:
    """Targets of links and pictures, those in code left out."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    yield from _LINK.findall(text)


def anchors(text: str) -> set[str]:
    """Anchors of the headings, as MkDocs and GitHub make them from plain titles."""
    kept = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {re.sub(r"\s+", "-", heading.strip()) for heading in kept}
