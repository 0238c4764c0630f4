"""What a reader does with the page, by role and name as a screen reader finds it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, settled
from tests.browser.namesakes import INTRODUCED_BY, LONG_FORM, USED_BY

pytestmark = pytest.mark.browser

COUNT = re.compile(r"^Showing \d+ of \d+$")
SPOT = """() => {
  const {view, net} = kgExplorer, box = view.canvas.getBoundingClientRect(), {camera} = view;
  return {x: box.left + (net.x[0] - camera.x) * camera.zoom + camera.wide / 2,
          y: box.top + (net.y[0] - camera.y) * camera.zoom + camera.high / 2, name: net.names[0]};
}"""  # where the strongest node is drawn
AROUND = """() => {
  const {net} = kgExplorer, seen = new Set([40]);
  for (let e = 0; e < net.edges; e++) {
    if (net.source[e] === 40) seen.add(net.target[e]);
    if (net.target[e] === 40) seen.add(net.source[e]);
  }
  return seen.size;
}"""


def choose(page: Page, text: str) -> None:
    """Type into the search box and take the first suggestion."""
    with settled(page):
        page.get_by_role("searchbox", name="Search").fill(text)
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")


def details(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("complementary", name="Details")


@pytest.mark.parametrize("size", ["60", "2000", "10000"])
def test_everything_is_reachable_by_role_and_name(opened: Opener, size: str) -> None:
    page = opened(size)
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    expect(page.get_by_role("slider", name="Confidence")).to_be_visible()
    expect(details(page)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(f"Showing {size} of {size}")
    expect(page.get_by_role("status", name=COUNT)).to_be_visible()
    for name in ("Reset", "Path", "Export PNG", "Theme"):
        expect(page.get_by_role("button", name=name)).to_have_count(1)
    for name in page.evaluate("kgExplorer.head.types.map(type => type.name)"):
        expect(page.get_by_role("checkbox", name=name, exact=True)).to_be_checked()


def test_a_mistyped_name_is_found_and_its_evidence_shown_with_the_mention_marked(opened: Opener) -> None:
    page = opened("2000")
    name = page.evaluate("kgExplorer.net.names[0]")
    choose(page, name[:3] + name[4:])
    expect(details(page).get_by_role("heading", name=name)).to_be_visible()
    expect(details(page).locator("mark").first).to_have_text(name)
    expect(details(page)).to_contain_text("found by")


def test_a_paper_is_found_by_its_number_and_many_names_fill_the_table(opened: Opener) -> None:
    page = opened("2000")
    paper = page.evaluate("kgExplorer.text.arxiv.findIndex(Boolean)")
    choose(page, f"https://arxiv.org/abs/{page.evaluate('node => kgExplorer.text.arxiv[node]', paper)}")
    expect(details(page).get_by_role("heading", level=2)).to_have_text(
        page.evaluate("node => kgExplorer.net.names[node]", paper)
    )
    page.get_by_role("searchbox", name="Search").fill("study")
    expect(page.get_by_role("option").last).to_contain_text("table")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    held = page.evaluate("kgExplorer.net.names.filter(name => name.startsWith('Study')).length")
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text(f"{held} of 2,000 things shown")


def test_suggestions_name_the_alias_that_was_typed(opened: Opener) -> None:
    page = opened("2000")
    alias = page.evaluate("kgExplorer.text.aliases.find(Boolean)")
    page.get_by_role("searchbox", name="Search").fill(alias)
    expect(page.get_by_role("option").first).to_contain_text(alias.lower())


def test_suggestions_tell_namesakes_apart(opened: Opener) -> None:
    page = opened("namesakes")
    page.get_by_role("searchbox", name="Search").fill("sagel")
    expect(page.get_by_role("option")).to_have_count(4)
    assert set(page.locator("#suggestions .which").all_inner_texts()) == {LONG_FORM, INTRODUCED_BY, USED_BY}


def test_suggestions_leave_the_picture_its_size_and_a_second_name_replaces_the_first(opened: Opener) -> None:
    page = opened("60", height=500)
    name, other = page.evaluate("kgExplorer.net.names.slice(0, 2)")
    high = page.evaluate("kgExplorer.view.camera.high")
    page.keyboard.press("/")
    page.keyboard.type(name)
    with settled(page):
        expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("kgExplorer.view.camera.high") == high
    page.keyboard.press("Enter")
    page.get_by_role("application").focus()
    page.keyboard.press("/")
    page.keyboard.type(other)
    expect(page.get_by_role("searchbox", name="Search")).to_have_value(other)


def test_suggestions_stay_for_who_comes_back_to_the_box_at_once(opened: Opener) -> None:
    page = opened("60")
    box = page.get_by_role("searchbox", name="Search")
    box.focus()
    name = page.evaluate("kgExplorer.net.names[0]")
    page.evaluate("document.activeElement.blur()")
    box.fill(name)
    page.wait_for_timeout(300)  # longer than the box waits before it closes its list
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_legend_is_a_filter_and_reset_brings_all_back(opened: Opener) -> None:
    page = opened("2000")
    papers = page.evaluate("kgExplorer.text.id.filter(id => id.startsWith('paper/')).length")
    page.get_by_role("checkbox", name="Paper", exact=True).uncheck()
    expect(page.get_by_role("status")).to_have_text(f"Showing {2000 - papers} of 2000")
    assert "off=Paper" in page.url
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("status")).to_have_text("Showing 2000 of 2000")
    expect(page.get_by_role("checkbox", name="Paper", exact=True)).to_be_checked()


def test_types_are_shown_alone_and_by_keyboard(opened: Opener) -> None:
    page = opened("60")
    page.evaluate("kgExplorer.select(kgExplorer.text.id.findIndex(id => id.startsWith('paper/')))")
    page.get_by_role("button", name="No types").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Showing 0 of 60")
    assert page.evaluate("kgExplorer.view.light") is None  # what is chosen is hidden, and dims nothing
    page.get_by_role("button", name="Only Task").press("Enter")
    expect(page.get_by_role("button", name="Only Task")).to_be_focused()
    tasks = page.evaluate("kgExplorer.text.id.filter(id => id.startsWith('task/')).length")
    expect(page.get_by_role("status")).to_have_text(f"Showing {tasks} of 60")
    page.get_by_role("button", name="All types").click()
    page.get_by_role("button", name="No relations").click()
    page.get_by_role("button", name=re.compile("^uses")).click()
    shown = page.evaluate("""() => { const {net, head} = kgExplorer;
      const edges = [...net.edgeShown.keys()].filter(edge => net.edgeShown[edge]);
      return [...new Set(edges.map(edge => head.predicates[net.predicate[edge]].name))]; }""")
    assert shown == ["uses"]


def test_the_confidence_slider_moves_by_keyboard(opened: Opener) -> None:
    page = opened("2000")
    slider = page.get_by_role("slider", name="Confidence")
    slider.focus()
    page.keyboard.press("End")
    kept = page.evaluate("kgExplorer.net.confidence.filter(value => value >= 100).length")
    expect(page.get_by_role("status")).to_have_text(f"Showing {kept} of 2000")


def test_a_click_on_a_node_opens_it_and_back_returns(opened: Opener) -> None:
    page = opened("60")
    spot = page.evaluate(SPOT)
    page.mouse.click(spot["x"], spot["y"])
    expect(details(page).get_by_role("heading", name=spot["name"])).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(details(page).get_by_role("heading", name="Overview")).to_be_visible()
    page.get_by_role("button", name="Forward", exact=True).click()
    expect(details(page).get_by_role("heading", name=spot["name"])).to_be_visible()


def test_back_takes_back_filters_and_focus_one_by_one(opened: Opener) -> None:
    page = opened("60")
    back = page.get_by_role("button", name="Back", exact=True)
    status = page.get_by_role("status")
    expect(back).to_be_disabled()
    page.get_by_role("checkbox", name="Paper", exact=True).uncheck()
    fewer = status.inner_text()
    slider = page.get_by_role("slider", name="Confidence")
    slider.fill("50")
    choose(page, page.evaluate("kgExplorer.net.names[0]"))
    page.get_by_role("button", name="Focus").click()
    assert page.title().startswith(page.evaluate("kgExplorer.net.names[0]"))
    for _ in range(3):  # focus, choice, slider
        with settled(page):
            back.click()
    expect(status).to_have_text(fewer)
    back.click()
    expect(status).to_have_text("Showing 60 of 60")
    expect(back).to_be_disabled()
    expect(page.get_by_role("button", name="Forward", exact=True)).to_be_enabled()


def test_the_link_of_a_view_is_copied(opened: Opener) -> None:
    page = opened("60", state="#off=Paper")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#toast")).to_have_text("Link to this view copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_click_on_a_line_opens_its_sentences(opened: Opener) -> None:
    page = opened("60")
    page.evaluate("kgExplorer.select(kgExplorer.text.id.findIndex(id => id.startsWith('paper/')))")
    page.get_by_role("button", name="Focus").click()
    spot = page.evaluate("""() => {
      const {net, view, state} = kgExplorer, {camera} = view, box = view.canvas.getBoundingClientRect();
      const edge = net.edgeShown.findIndex((shown, e) => shown && (net.source[e] === state.selected));
      const at = (axis, half) => (net[axis][net.source[edge]] * 0.45 + net[axis][net.target[edge]] * 0.55 - camera[axis]) * camera.zoom + half;
      return {x: box.left + at('x', camera.wide / 2), y: box.top + at('y', camera.high / 2), to: net.names[net.target[edge]]}; }""")  # noqa: E501
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator("#tip")).to_contain_text("click for the sentences")
    page.mouse.click(spot["x"], spot["y"])
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name=spot["to"])).to_be_visible()
    expect(dialog.locator("mark")).not_to_have_count(0)


def test_a_link_opens_the_same_view(opened: Opener) -> None:
    page = opened("2000")
    choose(page, page.evaluate("kgExplorer.net.names[3]"))
    page.get_by_role("checkbox", name="Repository", exact=True).uncheck()
    page.get_by_role("button", name="Focus").click()
    shown, state = page.get_by_role("status").inner_text(), page.url.split("#")[1]
    again = opened("2000", state=f"#{state}")
    expect(again.get_by_role("status")).to_have_text(shown)
    expect(details(again).get_by_role("heading", level=2)).to_have_text(page.evaluate("kgExplorer.net.names[3]"))
    expect(again.get_by_role("checkbox", name="Repository", exact=True)).not_to_be_checked()


def test_the_ego_view_shows_what_is_around_and_grows_with_steps(opened: Opener) -> None:
    page = opened("2000")
    choose(page, page.evaluate("kgExplorer.net.names[40]"))
    page.get_by_role("button", name="Focus").click()
    expected = page.evaluate(AROUND)
    expect(page.get_by_role("status")).to_have_text(f"Showing {expected} of 2000")
    details(page).get_by_label("Steps").select_option("2")
    assert int(page.get_by_role("status").inner_text().split()[1]) > expected


def test_a_path_joins_two_things_with_the_sentences_on_the_way(opened: Opener) -> None:
    page = opened("2000")
    first, last = page.evaluate("[kgExplorer.net.names[1], kgExplorer.net.names[30]]")
    choose(page, first)
    page.get_by_role("button", name="Path").click()
    choose(page, last)
    expect(details(page).get_by_role("heading", name="Path")).to_be_visible()
    expect(details(page).get_by_role("link", name=last)).to_be_visible()
    expect(details(page).locator(".quote").first).not_to_be_empty()
    assert "path=" in page.url


def test_two_things_are_compared(opened: Opener) -> None:
    page = opened("2000")
    choose(page, page.evaluate("kgExplorer.net.names[1]"))
    page.get_by_role("button", name="Compare two").click()
    choose(page, page.evaluate("kgExplorer.net.names[2]"))
    expect(details(page).get_by_role("heading", name=re.compile("^Both"))).to_be_visible()


def test_hidden_nodes_go_and_expanding_brings_neighbours_back(opened: Opener) -> None:
    page = opened("2000")
    page.get_by_role("checkbox", name="Paper", exact=True).uncheck()
    before = int(page.get_by_role("status").inner_text().split()[1])
    choose(page, page.evaluate("kgExplorer.net.names[0]"))
    page.get_by_role("button", name="Expand").click()
    assert int(page.get_by_role("status").inner_text().split()[1]) > before
    grown = int(page.get_by_role("status").inner_text().split()[1])
    page.get_by_role("button", name="Hide", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(f"Showing {grown - 1} of 2000")


def test_a_benchmark_has_a_leaderboard_sorted_by_value(opened: Opener) -> None:
    page = opened("2000")
    node = page.evaluate("""() => { const {net, head} = kgExplorer;
      const on = head.predicates.findIndex(predicate => predicate.name === 'onBenchmark');
      for (let e = 0; e < net.edges; e++) if (net.predicate[e] === on) return net.target[e]; }""")
    page.evaluate("node => kgExplorer.select(node)", node)
    values = details(page).locator(".board td:nth-child(3)").all_inner_texts()
    assert values
    assert values == sorted(values, key=float, reverse=True)


def test_the_table_lists_what_is_shown_and_hands_out_csv(opened: Opener, tmp_path: Path) -> None:
    page = opened("2000")
    page.get_by_role("checkbox", name="Paper", exact=True).uncheck()
    shown = int(page.get_by_role("status").inner_text().split()[1])
    page.get_by_role("button", name="Table").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(f"{shown:,} things shown")
    dialog.get_by_role("button", name="Name", exact=True).click()
    expect(dialog.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Things as CSV").click()
    download.value.save_as(tmp_path / "things.csv")
    lines = (tmp_path / "things.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == shown + 1
    assert lines[0] == "IRI,Name,Type,Papers,Relations,First year,Last year,Confidence"


def test_the_table_is_narrowed_by_name(opened: Opener) -> None:
    page = opened("60")
    page.get_by_role("button", name="Table").click()
    dialog = page.get_by_role("dialog")
    topic = page.evaluate("kgExplorer.net.names.find(name => name.startsWith('Study')).split(' ').pop()")
    dialog.get_by_role("searchbox", name="Filter by name").fill(f"{topic.upper()} study")
    held = "word => kgExplorer.net.names.filter(name => name.startsWith('Study') && name.includes(word)).length"
    wanted = page.evaluate(held, topic)
    expect(dialog.get_by_role("heading")).to_have_text(f"{wanted} of 60 things shown")
    expect(dialog.locator("tbody .name")).to_have_count(wanted)


def test_a_paper_leads_to_its_code(opened: Opener) -> None:
    page = opened("2000")
    paper, address = page.evaluate("""() => { const {net, head, text} = kgExplorer;
      const has = head.predicates.findIndex(predicate => predicate.name === 'hasRepository');
      const edge = net.predicate.indexOf(has); return [net.source[edge], text.url[net.target[edge]]]; }""")
    page.evaluate("node => kgExplorer.select(node)", paper)
    expect(details(page).get_by_role("link", name=re.compile("^Code ")).first).to_have_attribute("href", address)


def test_the_timeline_shows_years(opened: Opener) -> None:
    page = opened("2000")
    page.get_by_role("button", name="Timeline").click()
    expect(page.get_by_role("dialog").get_by_role("columnheader", name="2024")).to_be_visible()


@pytest.mark.parametrize(("name", "start"), [("Export PNG", b"\x89PNG"), ("Export SVG", b"<svg xmlns")])
def test_the_picture_is_handed_out(opened: Opener, tmp_path: Path, name: str, start: bytes) -> None:
    page = opened("60")
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    download.value.save_as(tmp_path / "picture")
    content = (tmp_path / "picture").read_bytes()
    assert content.startswith(start)
    assert len(content) > 3000
    if name == "Export SVG":  # with a key to what is in sight
        assert b">Dataset</text>" in content


def test_the_theme_switches_and_stays(opened: Opener) -> None:
    page = opened("60")
    page.get_by_role("button", name="Theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_keyboard_alone_reaches_a_node(opened: Opener) -> None:
    page = opened("60")
    page.get_by_role("application").focus()
    page.keyboard.press("n")
    name = page.evaluate("kgExplorer.net.names[kgExplorer.view.hover]")
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text(name)
    page.keyboard.press("Escape")
    expect(details(page).get_by_role("heading", name="Overview")).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()


def test_the_keyboard_keeps_its_place(opened: Opener) -> None:
    page = opened("60", state="#off=Task")
    page.get_by_role("link", name="Skip to search").press("Enter")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    assert page.url.endswith("#off=Task")
    page.evaluate("kgExplorer.select(0)")
    page.get_by_role("button", name="Pin").press("Enter")
    expect(page.get_by_role("button", name="Unpin")).to_be_focused()
    details(page).locator("a.name").first.press("Enter")
    expect(details(page)).to_be_focused()
    page.get_by_role("spinbutton", name="From year").fill("2019")
    page.keyboard.press("Tab")
    expect(page.get_by_role("spinbutton", name="To year")).to_be_focused()
    page.keyboard.type("2020")
    page.keyboard.press("Enter")
    assert "from=2019" in page.url
    assert "to=2020" in page.url


def test_the_wheel_zooms_and_a_drag_moves(opened: Opener) -> None:
    page = opened("2000")
    page.mouse.move(600, 420)
    with settled(page):
        page.mouse.wheel(0, -400)
    assert page.evaluate("kgExplorer.view.camera.zoom") > 0.7
    before = page.evaluate("kgExplorer.view.camera.x")
    with settled(page):
        page.mouse.down()
        page.mouse.move(500, 420, steps=4)
        page.mouse.up()
    assert page.evaluate("kgExplorer.view.camera.x") > before


def test_fingers_work_on_a_small_screen(opened: Opener) -> None:
    page = opened("60", width=390, height=844)
    spot = page.evaluate(SPOT)
    page.touchscreen.tap(spot["x"], spot["y"])
    expect(details(page).get_by_role("heading", level=2)).to_have_text(page.evaluate("kgExplorer.net.names[0]"))


def test_an_empty_graph_opens(opened: Opener) -> None:
    expect(opened("empty").get_by_role("status")).to_have_text("Showing 0 of 0")
