"""The table of hostile names through every page that a browser opens: shown as text, and nothing runs or is fetched."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from fuzz.outputs import shown
from kg.export.pyvis_view import to_pyvis
from kg.ontology import load_ontology
from tests.browser.conftest import Opener
from tests.export.hostile import GRAPHS
from tests.serve.building import write_build
from tests.serve.running import Running, serving

pytestmark = pytest.mark.browser

GRAPH = GRAPHS["names"]
# What text of a paper could have made: elements that no page of ours has, links that run code, listeners in attributes.
FOREIGN = """() => [...document.querySelectorAll('body *')].filter(element =>
  ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'META', 'FORM'].includes(element.tagName) ||
  /^(javascript|data|vbscript):/i.test(element.getAttribute('href') || '') ||
  [...element.attributes].some(one => one.name.startsWith('on'))).map(element => element.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of the table."""
    folder = tmp_path_factory.mktemp("names")
    write_build(folder, GRAPH)
    with serving(folder) as running:
        yield running


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open a page; afterwards check that it said nothing and asked nobody but where it came from."""
    page, events, origins = browser.new_page(), [], set()
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: events.append(message.text))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("popup", lambda opened: events.append(opened.url))
    page.on("request", lambda request: origins.add(_origin(request.url)))
    asked = set()

    def open_page(address: str) -> Page:
        asked.add(_origin(address))
        page.goto(address)
        return page

    yield open_page
    page.close()
    assert events == []
    assert origins - {"blob://", "data://"} <= asked


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _plain(text: str) -> str:
    """As a reader sees it: a browser shows any white space as one space."""
    return " ".join(text.split())


def test_the_explorer_shows_every_name_as_text(opened: Opener) -> None:
    page = opened("names")
    scripts = page.locator("script").count()
    names = page.evaluate("Object.fromEntries(kgExplorer.text.id.map((id, i) => [id, kgExplorer.net.names[i]]))")
    assert names == {node.id: shown(node, "html") for node in GRAPH.nodes}
    for node in GRAPH.nodes:
        page.evaluate("id => kgExplorer.select(kgExplorer.node.get(id), {fly: true})", node.id)
        heading = page.get_by_role("complementary", name="Details").get_by_role("heading", level=2)
        assert _plain(heading.text_content() or "") == _plain(shown(node, "html"))
        for button in page.locator("#details").get_by_role("button", name="Evidence").all():
            button.click()
        assert page.evaluate(FOREIGN) == []
    assert page.locator("script").count() <= scripts  # data goes when it is unpacked


def test_every_name_can_be_searched_for(opened: Opener) -> None:
    page = opened("names")
    box = page.get_by_role("searchbox", name="Search")
    for node in GRAPH.nodes:
        box.fill(shown(node, "html")[:60])
        page.wait_for_timeout(30)
    box.fill("HYPERLINK")
    expect(page.get_by_role("option").first).to_contain_text('=HYPERLINK("https://x.org","click")')
    assert page.evaluate(FOREIGN) == []


def test_the_table_shows_the_names(opened: Opener) -> None:
    page = opened("names")
    page.get_by_role("button", name="Table").click()
    cells = page.locator("dialog td, dialog th")
    expect(cells.filter(has_text='<script>alert("x")</script>').first).to_be_visible()
    assert page.evaluate(FOREIGN) == []


def test_the_page_of_each_thing_shows_its_name(served: Running, visit: Callable[[str], Page]) -> None:
    for node in GRAPH.nodes:
        page = visit(f"{served.url}/{node.id}")
        name = shown(node, "nt")
        assert _plain(page.locator("h1").text_content() or "") == _plain(name)
        assert _plain(page.title()) == _plain(name)
        assert page.locator("script").count() == 0
        assert page.evaluate(FOREIGN) == []


def test_the_served_explorer_finds_the_names(served: Running, visit: Callable[[str], Page]) -> None:
    page = visit(f"{served.url}/")
    page.wait_for_selector("[data-ready=true]", timeout=60_000)
    scripts = page.locator("script").count()
    for text in (
        "<script>",
        "onmouseover",
        "HYPERLINK",
        "javascript:alert",
        "DROP TABLE",
        "{{mustache}}",
        "中文",
        "🤗",
    ):
        page.get_by_role("searchbox", name="Search").fill(text)
        page.wait_for_timeout(400)
        assert page.evaluate(FOREIGN) == []
    assert page.locator("script").count() <= scripts  # data goes when it is unpacked


def test_the_editor_shows_rows_of_names(served: Running, visit: Callable[[str], Page]) -> None:
    page = visit(f"{served.url}/editor")
    page.fill("#query", "SELECT ?x ?name { ?x a kg:Method ; rdfs:label ?name FILTER(STRLEN(?name) < 500) }")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#result table")
    text = page.locator("#result").text_content() or ""
    assert '<script>alert("x")</script>' in text
    assert '" onmouseover="alert(1)' in text
    assert page.locator("#result script").count() == 0
    assert page.evaluate(FOREIGN) == []


def test_the_view_of_notebooks_shows_names_and_titles(visit: Callable[[str], Page], tmp_path: Path) -> None:
    to_pyvis(GRAPH, load_ontology()).write_html(str(tmp_path / "net.html"))
    page = visit((tmp_path / "net.html").as_uri())
    page.wait_for_selector("canvas")
    labels = page.evaluate("Object.fromEntries(nodes.get().map(node => [node.id, node.label]))")
    assert {key.split("/")[0] for key in labels} == {"method", "paper"}
    assert labels["method/name-00"] == '<script>alert("x")</script>'
    for node in GRAPH.nodes[:12]:
        page.evaluate("id => network.moveTo({position: network.getPosition(id), scale: 2})", node.id)
        spot = page.evaluate("id => network.canvasToDOM(network.getPosition(id))", node.id)
        box = page.locator("canvas").bounding_box() or {"x": 0, "y": 0}
        page.mouse.move(box["x"] + spot["x"] + 40, box["y"] + spot["y"] + 40)
        page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        page.wait_for_timeout(450)
        assert page.locator(".vis-tooltip :not(br)").count() == 0, page.locator(".vis-tooltip").inner_html()[:500]
        assert page.evaluate(FOREIGN) == []
    assert page.locator(".vis-tooltip").count() == 1
