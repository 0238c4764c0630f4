"""The leaderboard: scores of one metric on one scale, best first, and nothing in it that is no score."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser


def _boards(page: Page) -> dict[str, list[str]]:
    found = page.evaluate(
        """() => [...document.querySelectorAll(".board > div")].map(board => [board.querySelector("h4").textContent,
             [...board.querySelectorAll("tbody tr")].map(row => row.children[2].textContent)])"""
    )
    return dict(found)


@pytest.fixture
def tallmark(opened: Opener) -> Page:
    page = opened("boards")
    page.evaluate("kgExplorer.select(kgExplorer.net.names.indexOf('Tallmark'))")
    page.wait_for_selector(".board")
    return page


def test_fractions_and_percentages_share_a_scale(tallmark: Page) -> None:
    assert _boards(tallmark)["accuracy"] == ["0.95", "93%", "0.9"]


def test_low_is_better_for_metrics_of_error_and_cost(tallmark: Page) -> None:
    boards = _boards(tallmark)
    assert boards["FID"] == ["1.48", "2.4", "11.9"]
    assert boards["latency (ms)"] == ["20 ms", "31 ms"]


def test_units_are_kept_apart(tallmark: Page) -> None:
    boards = _boards(tallmark)
    assert boards["FID (%)"] == ["9%"]
    assert boards["latency (GB)"] == ["0.9 GB"]
    assert boards["score"] == ["1,204", "45/50"]


def test_all_boards_are_listed_with_the_best_of_each(opened: Opener) -> None:
    page = opened("boards")
    page.get_by_role("button", name="Leaderboards").click()
    rows = page.get_by_role("dialog").locator("tbody tr")
    found = {row.locator("td").nth(1).inner_text(): row.locator("td").nth(2).inner_text() for row in rows.all()}
    assert found["FID"] == "1.48"
    assert found["accuracy"] == "0.95"
    page.get_by_role("dialog").get_by_role("searchbox").fill("no such thing")
    expect(rows).to_have_count(0)


def test_a_figure_names_the_paper_that_states_it(tallmark: Page) -> None:
    tallmark.locator(".board .figure a").first.click()
    expect(tallmark.locator(".stated")).to_have_text("Stated by Quox")


def test_what_is_no_score_stands_aside(tallmark: Page) -> None:
    aside = tallmark.locator(".board details")
    assert aside.get_attribute("open") is None
    aside.locator("summary").click()
    rows = [row.all_inner_texts() for row in (line.locator("td") for line in aside.locator("tbody tr").all())]
    assert sorted((row[0], row[2]) for row in rows) == [
        ("baseline", "88.1% accuracy"),
        ("factor", "2x"),
        ("gain", "+2.5% accuracy"),
    ]
