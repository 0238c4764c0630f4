"""The explorer as `kg serve` shows it: live data, a quiet word about a new build, answers beyond the picture."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.data import Graph
from tests.browser.hostile import IMAGE, hostile_graph
from tests.browser.synthetic import synthetic_graph
from tests.browser.test_access import axe, faults
from tests.serve.building import write_build
from tests.serve.running import Running, serving

__all__ = ["axe"]  # a fixture

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
POLL = 15_000  # milliseconds between two looks of the page at the server
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"  # what a browser says when its tab is shown again


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open the page of a server; afterwards check that it was silent and asked nobody else."""
    contexts, said, fetched = [], [], []

    def open_page(server: Running, *, state: str = "", theme: str = "light", width: int = 1440) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
        )  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        context.on("request", lambda request: fetched.append(request.url))
        page.clock.install()
        page.goto(f"{server.url}/{state}")
        page.wait_for_selector("[data-ready=true]", timeout=60_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
    assert [url for url in fetched if not url.startswith(("http://127.0.0.1:", "blob:", "data:"))] == []


def served(graph: Graph, folder: Path, *options: str) -> Iterator[Running]:
    write_build(folder, graph)
    with serving(folder, *options) as running:
        yield running


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that shows all of a graph of 300."""
    yield from served(synthetic_graph(300), tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that shows the strongest 60 of the same."""
    yield from served(synthetic_graph(300), tmp_path_factory.mktemp("part"), "--top", "60")


def details(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("complementary", name="Details")


def type_in(page: Page, text: str) -> None:
    """Type into the search box and let the time pass after which the server is asked."""
    page.get_by_role("searchbox", name="Search").fill(text)
    expect(page.get_by_role("option").first).to_be_visible()


def test_it_shows_what_the_server_has_with_the_sentences(whole: Running, visit: Visit) -> None:
    page = visit(whole)
    expect(page.get_by_role("status")).to_have_text("Showing 300 of 300")
    page.evaluate("kgExplorer.select(0, {fly: true})")
    expect(details(page).locator("mark").first).to_have_text(page.evaluate("kgExplorer.net.names[0]"))
    link = details(page).get_by_role("link", name="Data")
    assert whole.get("/" + (link.get_attribute("href") or "").removeprefix("./")).status == 200
    expect(page.get_by_role("link", name="SPARQL editor")).to_have_attribute("href", "editor")
    expect(page.get_by_role("link", name="Offline file")).to_have_count(0)


def test_a_link_opens_the_same_view(whole: Running, visit: Visit) -> None:
    page = visit(whole)
    page.evaluate("kgExplorer.select(5, {fly: true})")
    page.get_by_role("checkbox", name="Paper", exact=True).uncheck()
    shown, state = page.get_by_role("status").inner_text(), page.url.split("#")[1]
    again = visit(whole, state=f"#{state}")
    expect(again.get_by_role("status")).to_have_text(shown)
    expect(details(again).get_by_role("heading", level=2)).to_have_text(page.evaluate("kgExplorer.net.names[5]"))


def test_a_second_visit_takes_the_tables_from_the_browsers_cache(whole: Running, visit: Visit) -> None:
    page = visit(whole)
    before = whole.log.read_text(encoding="utf-8").count('"/explorer/')
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    assert before
    assert whole.log.read_text(encoding="utf-8").count('"/explorer/') == before


def test_a_new_build_is_offered_and_shown_when_asked_for(tmp_path: Path, visit: Visit) -> None:
    for server in served(synthetic_graph(120), tmp_path):
        page = visit(server)
        page.evaluate("kgExplorer.select(2, {fly: true})")
        name, chosen = page.evaluate("[kgExplorer.net.names[2], kgExplorer.text.id[2]]")
        page.clock.run_for(POLL + 100)
        expect(page.get_by_role("region", name="New graph")).to_have_count(0)
        write_build(tmp_path, synthetic_graph(150))
        page.clock.run_for(POLL + 100)
        expect(page.get_by_role("region", name="New graph")).to_contain_text("built anew")
        expect(page.get_by_role("status")).to_have_text("Showing 120 of 120")  # nothing changes by itself
        expect(details(page).get_by_role("heading", level=2)).to_have_text(name)
        page.get_by_role("button", name="Show it").click()
        expect(page.get_by_role("status")).to_have_text("Showing 150 of 150", timeout=30_000)
        page.wait_for_selector("[data-ready=true]")
        expect(page.get_by_role("region", name="New graph")).to_have_count(0)
        if page.evaluate("id => kgExplorer.node.has(id)", chosen):
            expect(details(page).get_by_role("heading", level=2)).to_have_text(
                page.evaluate("id => kgExplorer.net.names[kgExplorer.node.get(id)]", chosen)
            )


def test_a_declined_build_is_not_offered_again_and_the_old_one_stays_whole(tmp_path: Path, visit: Visit) -> None:
    for server in served(synthetic_graph(120), tmp_path):
        page = visit(server)
        write_build(tmp_path, synthetic_graph(150))
        page.evaluate(LOOK)
        page.get_by_role("button", name="Not now").click()
        page.evaluate(LOOK)
        page.clock.run_for(POLL + 100)
        expect(page.get_by_role("region", name="New graph")).to_have_count(0)
        page.evaluate("kgExplorer.select(0, {fly: true})")  # its sentences were not fetched before
        expect(details(page).locator("mark").first).to_have_text(page.evaluate("kgExplorer.net.names[0]"))
        write_build(tmp_path, synthetic_graph(90))
        page.evaluate(LOOK)
        expect(page.get_by_role("region", name="New graph")).to_be_visible()


def test_the_search_reaches_into_sentences(whole: Running, visit: Visit) -> None:
    page = visit(whole)
    type_in(page, "by a wide margin")
    option = page.get_by_role("option").filter(has_text="wide margin").first
    expect(option).to_be_visible()
    title = option.locator(".found").evaluate("node => node.firstChild.textContent")
    option.click()
    expect(details(page).get_by_role("heading", level=2)).to_have_text(title)


def test_the_arrow_keys_choose_among_all_suggestions(whole: Running, visit: Visit) -> None:
    page = visit(whole)
    type_in(page, "we propose")
    expect(page.get_by_role("option").filter(has_text="We propose").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    title = chosen.locator(".found").evaluate("node => node.firstChild.textContent")
    assert title != page.get_by_role("option").first.locator(".found").evaluate("node => node.firstChild.textContent")
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text(title)


def test_what_the_picture_leaves_out_is_told_by_the_server(part: Running, visit: Visit) -> None:
    page = visit(part)
    expect(page.get_by_role("status")).to_have_text("Showing 60 of 300")
    page.evaluate("kgExplorer.select(0, {fly: true})")
    beyond = details(page).locator(".beyond")
    expect(beyond.get_by_role("heading", name="Not in the picture")).to_be_visible()
    assert int(beyond.locator("h3 .tally").inner_text()) > 5
    beyond.get_by_role("button", name="Evidence").first.click()
    expect(beyond.locator(".quote").first).not_to_be_empty()
    expect(beyond.locator(".whence").first).to_contain_text("found by")


def test_a_thing_outside_the_picture_is_found_and_has_a_page(part: Running, visit: Visit) -> None:
    page = visit(part)
    graph = synthetic_graph(300)
    shown = set(page.evaluate("kgExplorer.text.id"))
    outside = next(node for node in graph.nodes if node.id not in shown and node.type == "Method")
    page.get_by_role("searchbox", name="Search").fill(outside.name)
    option = page.get_by_role("option", name=outside.name, exact=False).filter(has_text="Method").first
    expect(option).to_be_visible()
    with page.context.expect_page() as opened:
        option.click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{part.url}/{outside.id}"
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(outside.name)


def test_hostile_texts_show_as_text_and_run_nothing(tmp_path: Path, visit: Visit) -> None:
    for server in served(hostile_graph(), tmp_path, "--top", "3"):
        page = visit(server)
        for node in range(3):
            page.evaluate("node => kgExplorer.select(node, {fly: true})", node)
            page.wait_for_timeout(300)
            for button in details(page).get_by_role("button", name="Evidence").all():
                button.click()
        type_in(page, IMAGE[:20])
        page.wait_for_timeout(400)
        assert page.locator("#details img, #details script, #suggestions img, #suggestions script").count() == 0
        assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0


def test_a_server_that_has_ended_leaves_the_page_usable(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for server in served(synthetic_graph(60), tmp_path):
        page.goto(server.url)
        page.wait_for_selector("[data-ready=true]", timeout=60_000)
    page.evaluate(LOOK)
    page.evaluate("kgExplorer.select(0, {fly: true})")
    expect(details(page).locator(".proof").first).to_contain_text("The sentences could not be had")
    page.get_by_role("searchbox", name="Search").fill(page.evaluate("kgExplorer.net.names[1]"))
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text(page.evaluate("kgExplorer.net.names[1]"))
    page.close()
    assert errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_serious_fault(tmp_path: Path, visit: Visit, axe: str, artefacts: Path, theme: str, width: int) -> None:
    for server in served(synthetic_graph(300), tmp_path, "--top", "100"):
        page = visit(server, theme=theme, width=width)
        page.evaluate("kgExplorer.select(3, {fly: true})")
        expect(details(page).locator(".beyond h3")).to_be_visible()
        write_build(tmp_path, synthetic_graph(200))
        page.evaluate(LOOK)
        expect(page.get_by_role("region", name="New graph")).to_be_visible()
        page.screenshot(path=artefacts / f"live-{width}-{theme}.png")
        assert faults(page, axe) == []
