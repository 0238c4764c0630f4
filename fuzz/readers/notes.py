"""A vault of notes: properties read by PyYAML, the rest by a parser of CommonMark."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fuzz.readers.found import Found
from kg.ontology import Ontology

_LINK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
_LIST = "list_item_open"


def read_vault(path: Path, ontology: Ontology) -> Found:
    """Names of the notes, and the links among them; no note may hold markup of its texts."""
    names, edges = {}, set()
    for file in sorted(path.rglob("*.md")):
        front, body = _parts(file.read_text(encoding="utf-8"))
        key = front["papergraph"].removeprefix(ontology.base)
        assert file.relative_to(path).as_posix() == f"{key}.md"
        names[key] = front.get("title", "")
        tokens = MarkdownIt("commonmark").parse(body)
        foreign = [token for token in _all(tokens) if token.type in _FOREIGN and not _is_address(token)]
        assert not foreign, foreign
        assert _shown(tokens[1]) == names[key], "the heading is not the name"
        edges |= {(key, predicate, target) for predicate, target in _links(tokens)}
    return names, edges


_FOREIGN = {
    "html_block",
    "html_inline",
    "image",
    "link_open",
    "em_open",
    "strong_open",
    "code_inline",
    "fence",
    "table_open",
}


def _parts(text: str) -> tuple[dict[str, str], str]:
    start, front, body = text.split("---\n", 2)
    assert not start
    return yaml.safe_load(front), body


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _is_address(token: Token) -> bool:
    return token.markup == "autolink" and str(token.attrs.get("href")).startswith(("https://", "http://"))


def _shown(token: Token) -> str:
    """The text that a reader sees."""
    assert all(one.type in ("text", "text_special") for one in token.children or ()), token.children
    return "".join(one.content for one in token.children or ())


def _links(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    predicate = ""
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h2":
            predicate = token.content
        found = _LINK.match(token.content) if token.type == "inline" and predicate else None
        if found:
            assert found.end() == len(token.content.partition("\n")[0])
            yield predicate, found[1]
