"""Check the built documentation: links lead to files in it, anchors to ids, and nothing is fetched from elsewhere.

    python scripts/docs_links.py [SITE]

Works on the finished HTML, so it sees what the theme and the generated pages add. Links to other sites are counted and
not tried: the check runs offline.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
_NOT_LOADED = {"canonical", "prev", "next", "alternate"}  # a <link> with one of these fetches nothing
_OUTSIDE = ("http", "https", "mailto")


@dataclass(slots=True)
class Page(HTMLParser):
    """What a page links to, what it loads, and the ids that others can link to."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ids and addresses of one tag."""
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if found.get(name)}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        elif found.get(LOADED.get(tag, "")) and not _NOT_LOADED & set(found.get("rel", "").split()):
            self.loads.append(found[LOADED[tag]])


def read_site(site: Path) -> dict[Path, Page]:
    """Every HTML page of a site, parsed; not the one for addresses that are not found, which links from the root."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        if file.name != "404.html":
            pages[file.resolve()] = page = Page()
            page.feed(file.read_text(encoding="utf-8"))
    return pages


def problems(pages: dict[Path, Page], site: Path) -> Iterator[str]:
    """Every link that leads nowhere, and everything that would be fetched from elsewhere, with its page."""
    for file, page in pages.items():
        name = file.relative_to(site.resolve()).as_posix()
        for load in page.loads:
            if urlsplit(load).netloc:
                yield f"{name} fetches {load}"
        for link in [*page.links, *page.loads]:
            if (
                not urlsplit(link).netloc
                and urlsplit(link).scheme not in (*_OUTSIDE, "data")
                and not _leads(link, file, pages)
            ):
                yield f"{name} links to {link}"


def _leads(link: str, file: Path, pages: dict[Path, Page]) -> bool:
    parts = urlsplit(link)
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    return not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].ids


def main() -> None:
    """Check, count, and end with exit code 1 if a link leads nowhere."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    pages = read_site(site)
    if not pages:
        raise SystemExit(f"{site} has no pages; run scripts/docs first")
    found = list(problems(pages, site))
    links = [link for page in pages.values() for link in page.links]
    outside = {link for link in links if urlsplit(link).netloc}
    print(
        f"{len(pages)} pages, {len(links):,} links, {len(outside)} addresses elsewhere (not tried), {len(found)} broken"
    )
    if found:
        raise SystemExit("\n".join(found))


if __name__ == "__main__":
    main()
