"""A browser for the session, pages of several graphs, and the rule that no page fetches, logs or fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.data import Graph
from kg.export.html import write_html
from kg.ontology import load_ontology
from tests.browser.chromium import launch
from tests.browser.hostile import hostile_graph
from tests.browser.namesakes import namesakes_graph
from tests.browser.synthetic import synthetic_graph
from tests.export.boards import boards_graph
from tests.export.hostile import GRAPHS as NAMED

Opener = Callable[..., Page]
GRAPHS: dict[str, Callable[[], Graph]] = {
    "60": lambda: synthetic_graph(60),
    "2000": lambda: synthetic_graph(2000),
    "10000": lambda: synthetic_graph(10_000),
    "boards": boards_graph,
    "hostile": hostile_graph,
    "names": lambda: NAMED["names"],
    "namesakes": namesakes_graph,
    "empty": lambda: Graph((), ()),
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens pages in Chromium; a second or more each")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The page of one of `GRAPHS`, written when first asked for."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str) -> Path:
        file = folder / f"{name}.html"
        if not file.exists():
            write_html(GRAPHS[name](), load_ontology(()), file)
        return file

    return write


@pytest.fixture
def opened(browser: Browser, written: Callable[[str], Path]) -> Iterator[Opener]:
    """Open a page and wait until it is ready; afterwards check that it was silent and fetched nothing but itself."""
    contexts, said, fetched = [], [], []

    def open_page(name: str, *, state: str = "", width: int = 1280, height: int = 800, theme: str = "light") -> Page:
        touch = width < 600
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, has_touch=touch, reduced_motion="reduce"
        )  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(written(name).as_uri() + state)
        page.wait_for_selector("[data-ready=true]", timeout=20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in fetched if not url.startswith(("file:", "blob:"))] == []
    assert len(fetched) == len([url for url in fetched if url.endswith(".html") or ".html#" in url or "blob:" in url])


@contextmanager
def settled(page: Page) -> Iterator[None]:
    """Do something and give the page two frames to follow."""
    yield
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where screenshots are kept."""
    folder = Path(__file__).parents[2] / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
