"""axe-core finds no serious fault, at three sizes in both themes; the screenshots are kept."""

import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
SIZES = ((1440, 900), (1024, 768), (390, 844))


@pytest.fixture(scope="session")
def axe() -> str:
    """Source of axe-core, fetched once by npm at the version that package.json states."""
    source = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run(
            command, cwd=HERE, check=True, timeout=120, env={**os.environ, "npm_config_update_notifier": "false"}
        )
    return source.read_text(encoding="utf-8")


def faults(page: Page, axe: str) -> list[tuple[str, list[str]]]:
    """Serious and critical violations: rule, and where."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (fault["id"], [str(node["target"]) for node in fault["nodes"]][:5])
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_serious_fault(opened: Opener, axe: str, artefacts: Path, width: int, height: int, theme: str) -> None:
    page = opened("2000", width=width, height=height, theme=theme)
    page.screenshot(path=artefacts / f"overview-{width}-{theme}.png")
    assert faults(page, axe) == []
    page.evaluate("kgExplorer.select(3, {fly: true})")
    page.wait_for_selector("#details mark")
    page.wait_for_timeout(250)
    page.screenshot(path=artefacts / f"details-{width}-{theme}.png")
    assert faults(page, axe) == []


@pytest.mark.parametrize("name", ["Table", "Timeline", "Leaderboards", "Help"])
def test_no_serious_fault_in_dialogs(opened: Opener, axe: str, artefacts: Path, name: str) -> None:
    page = opened("2000")
    page.get_by_role("button", name=name).click()
    page.screenshot(path=artefacts / f"dialog-{name.lower()}.png")
    assert faults(page, axe) == []
