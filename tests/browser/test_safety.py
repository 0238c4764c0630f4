"""Nothing in a name, a sentence or a link can run, and nothing leaves the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kg.export.pyvis_view import to_pyvis
from kg.ontology import load_ontology
from tests.browser.conftest import Opener
from tests.browser.hostile import IMAGE, LINK, PLANTED, SCRIPT, hostile_graph

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("node", ["dataset/tpl", "method/script", "method/turned", "page/link", "paper/hostile"])
def test_hostile_texts_show_as_text_and_run_nothing(opened: Opener, node: str) -> None:
    page = opened("hostile", state=f"#n={node}")
    panel = page.get_by_role("complementary", name="Details")
    shown = page.evaluate("node => kgExplorer.net.names[kgExplorer.node.get(node)]", node)
    expect(panel.get_by_role("heading", level=2)).to_have_text(shown.strip())
    assert page.locator("#details img, #details script, #details b").count() == 0
    assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0
    page.get_by_role("button", name="Table").click()
    assert page.locator("dialog img, dialog script").count() == 0


def test_names_arrive_as_they_were(opened: Opener) -> None:
    page = opened("hostile")
    names = page.evaluate("Object.fromEntries(kgExplorer.text.id.map((id, i) => [id, kgExplorer.net.names[i]]))")
    assert names["paper/hostile"] == IMAGE
    assert names["method/script"] == SCRIPT
    assert names["dataset/tpl"] == "{{chunks}} ${alert(4)}  <!--"
    assert names["page/link"] == LINK


def test_a_mark_beyond_sixteen_bits_is_in_its_place(opened: Opener) -> None:
    page = opened("hostile", state="#n=method/turned")
    panel = page.get_by_role("complementary", name="Details")
    expect(panel.locator("mark")).to_have_text("\N{MATHEMATICAL BOLD CAPITAL A}Net")
    expect(panel.locator(".quote")).to_have_text(PLANTED)


def test_links_out_are_web_addresses_without_opener(opened: Opener) -> None:
    page = opened("hostile", state="#n=method/script")
    links = page.get_by_role("complementary", name="Details").locator("a.out")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://arxiv.org/abs/1706.03762")
    expect(links).to_have_attribute("rel", "noopener noreferrer")


def test_the_policy_refuses_scripts_put_in_later(browser: Browser, written: Callable[[str], Path]) -> None:
    page = browser.new_page()
    page.goto(written("60").as_uri())
    page.evaluate("document.addEventListener('securitypolicyviolation', () => { window.refused = true; })")
    page.evaluate("""() => { const script = document.createElement('script'); script.textContent = 'window.ran = true';
      document.head.append(script); }""")
    assert page.evaluate("[window.ran === undefined, window.refused]") == [True, True]
    page.close()


def test_the_notebook_view_runs_nothing_and_fetches_nothing(browser: Browser, tmp_path: Path) -> None:
    to_pyvis(hostile_graph(), load_ontology(())).write_html(str(tmp_path / "net.html"))
    page = browser.new_page()
    events: list[str] = []
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: events.append(message.text))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("request", lambda request: events.append(request.url))
    page.goto((tmp_path / "net.html").as_uri())
    page.wait_for_selector("canvas")
    page.wait_for_timeout(300)
    assert events == [(tmp_path / "net.html").as_uri()]
    page.close()
