"""Links: found, mended, cleaned, told apart."""

import time

import pytest

from kg.extract.links import canonical_repository, canonical_url, find_links, link_kind


@pytest.mark.parametrize(
    ("text", "url", "kind"),
    [
        ("Code: https://github.com/a/b.", "https://github.com/a/b", "repository"),
        ("(https://github.com/a/b)", "https://github.com/a/b", "repository"),
        ("at github.com/a/b-c,", "https://github.com/a/b-c", "repository"),
        ("www.github.com/a/b", "https://www.github.com/a/b", "repository"),
        (r"\url{https://github.com/a/b}", "https://github.com/a/b", "repository"),
        (r"\href{https://github.com/a/b}{https://github.com/a/b}", "https://github.com/a/b", "repository"),
        (r"\urlhttps://github.com/a/b.", "https://github.com/a/b", "repository"),
        ("{https://github.com/a/b}", "https://github.com/a/b", "repository"),
        ("https://github.com/a/b{Github}.", "https://github.com/a/b", "repository"),
        ("[https://github.com/a/b](https://github.com/a/b)", "https://github.com/a/b", "repository"),
        ("https://github. com/a/b.", "https://github.com/a/b", "repository"),
        ("https:// github.com/a/b.", "https://github.com/a/b", "repository"),
        ("github.com/ a/b", "https://github.com/a/b", "repository"),
        ("https://github.com/a/\nb.", "https://github.com/a/b", "repository"),
        ("https://github.com/a/long-\nname.", "https://github.com/a/long-name", "repository"),
        ("https://github.com/a/b/tree/main/c", "https://github.com/a/b/tree/main/c", "repository"),
        ("https://github.com/a/b.git.", "https://github.com/a/b.git", "repository"),
        ("https://gitlab.com/group/sub/name", "https://gitlab.com/group/sub/name", "repository"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b", "repository"),
        ("https://bitbucket.org/a/b", "https://bitbucket.org/a/b", "repository"),
        ("https://github.com/owner", "https://github.com/owner", "page"),
        ("https://github.com/owner/ ", "https://github.com/owner/", "page"),
        ("https://owner.github.io/project/.", "https://owner.github.io/project/", "page"),
        ("owner.github.io/project", "https://owner.github.io/project", "page"),
        ("see owner. github. io", "", ""),
        ("https://owner.github. io/x", "https://owner.github.io/x", "page"),
        ("https://huggingface.co/org/model.", "https://huggingface.co/org/model", "model"),
        ("https://huggingface.co/datasets/org/data", "https://huggingface.co/datasets/org/data", "dataset"),
        ("https://huggingface.co/spaces/org/demo", "https://huggingface.co/spaces/org/demo", "demo"),
        ("https://huggingface.co/papers/2401.1", "https://huggingface.co/papers/2401.1", "page"),
        ("https://huggingface.co/org", "https://huggingface.co/org", "page"),
        ("https://doi.org/10.1/x.", "https://doi.org/10.1/x", "archive"),
        ("https://zenodo.org/records/1", "https://zenodo.org/records/1", "archive"),
        ("http://1.2.3.4:8080/x.", "http://1.2.3.4:8080/x", "page"),
        ("http://localhost:7860/", "http://localhost:7860/", "page"),
        ("https://[::1]/x", "https://[::1]/x", "page"),
        ("https://en.wikipedia.org/wiki/A_(b)).", "https://en.wikipedia.org/wiki/A_(b)", "page"),
        ("https://a.io/b?c=d&e=f#g;", "https://a.io/b?c=d&e=f#g", "page"),
        ("**https://a.io/b**", "https://a.io/b", "page"),
        ("“https://a.io/b”", "https://a.io/b", "page"),
        ("https://web.archive.org/web/1/https://a.io/b", "https://web.archive.org/web/1/https://a.io/b", "page"),
    ],
)
def test_finds_one_link(text: str, url: str, kind: str) -> None:
    assert [(link.url, link.kind) for link in find_links(text)] == ([(url, kind)] if url else [])


@pytest.mark.parametrize(
    "text",
    ["", "released on GitHub. We also", "and/or", "e.g. this", "Node.js", "v1.2/v1.3", "https://", "http://.",
     "input/output",
     "name@mail.com", "GitHub.com", "F1/F2", "3.5/4.0", "ratio a.b/c"],
)  # fmt: skip
def test_finds_none(text: str) -> None:
    assert find_links(text) == ()


def test_lists_a_link_once_and_in_order() -> None:
    text = "https://b.io/x, https://a.io/y, http://www.b.io/x/ and https://b.io/x."
    assert [link.url for link in find_links(text)] == ["https://b.io/x", "https://a.io/y"]


def test_span_covers_the_url_as_written() -> None:
    text = "Code: https://github. com/a/b."
    link = find_links(text)[0]
    assert text[link.start : link.end] == "https://github. com/a/b"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://github.com/Owner/Name", "https://github.com/owner/Name"),
        ("http://www.github.com/owner/Name.git", "https://github.com/owner/Name"),
        ("https://github.com/owner/Name/tree/main/a?b#c", "https://github.com/owner/Name"),
        ("https://gitlab.com/a/b/-/tree/main", "https://gitlab.com/a/b"),
        ("https://gitlab.example.org/a/b/c", "https://gitlab.example.org/a/b/c"),
        ("https://a.github.io/b", "https://a.github.io/b"),
    ],
)
def test_repository_has_one_canonical_url(url: str, canonical: str) -> None:
    assert canonical_repository(url) == canonical


def test_canonical_url_of_a_page_ignores_scheme_and_slash() -> None:
    assert canonical_url("http://www.A.io/B/") == canonical_url("https://a.io/B")


@pytest.mark.parametrize("url", ["https://github.com/orgs/x", "https://github.com/features/copilot"])
def test_site_pages_of_a_code_host_are_no_repositories(url: str) -> None:
    assert link_kind(url) == "page"


HOSTILE = {
    "schemes": "https://" * 12_500,
    "dots": "a." * 50_000,
    "hosts": "github.com/" * 9_000,
    "brackets": "https://a(" + "(" * 100_000,
    "closing": "https://a/" + ")" * 100_000,
    "www": "www." * 25_000,
    "hyphens": "a-" * 50_000 + ".github.io",
    "letters": "a" * 100_000,
    "spaces": "https://github. " + " " * 100_000,
    "broken": "github. " * 12_500,
    "nested": "[](" * 33_000,
    "urls": "https://a.b/_" * 7_700,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_linear_time(name: str) -> None:
    text = HOSTILE[name]
    times = []
    for part in (text[: len(text) // 2], text):
        start = time.process_time()
        find_links(part)
        times.append(time.process_time() - start)
    assert times[1] < 1.0
    assert times[1] < 4 * times[0] + 0.1
