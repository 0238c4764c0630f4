"""Take the pictures of the documentation from the real page: `python scripts/docs_pictures.py` (needs Chromium).

Builds the examples into a temporary folder (or takes the build named with --from) and writes docs/pictures/*.png.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 300_000
SIZE = {"width": 1080, "height": 680}
EXAMPLES = ROOT / "examples" / "papers.jsonl"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def overview(page: Page) -> None:
    """The page as it opens."""
    page.wait_for_timeout(500)


def node(page: Page) -> None:
    """A dataset with its sentences."""
    _choose(page, "ImageNet")


def focus(page: Page) -> None:
    """What is around one method, one step away."""
    _choose(page, "BERT")
    page.get_by_role("button", name="Focus").click()
    page.wait_for_timeout(800)


def path(page: Page) -> None:
    """How two things hang together."""
    _choose(page, "Transformer")
    page.get_by_role("button", name="Path").click()
    _choose(page, "ImageNet")


SHOTS: dict[str, Callable[[Page], None]] = {"explorer": overview, "node": node, "focus": focus, "path": path}


def _choose(page: Page, name: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(name)
    page.get_by_role("option").first.click()
    page.wait_for_timeout(800)


def shoot(browser: Browser, file: Path, name: str, act: Callable[[Page], None]) -> None:
    """Open `file` afresh, act on it and save what is on the screen. Raises `SystemExit` if a picture is too large."""
    context = browser.new_context(
        viewport={"width": 1080, "height": 680}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("[data-ready=true]", timeout=30_000)
    act(page)
    target = PICTURES / f"{name}.png"
    page.screenshot(path=target)
    context.close()
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {size // 1000} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"{target.name} is larger than {MOST_BYTES // 1000} kB")


def build(folder: Path) -> Path:
    """Build the examples into `folder`."""
    program = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(EXAMPLES),
        "-o",
        str(folder),
        "--quiet",
    ]
    subprocess.run(program, check=True)
    return folder


def main() -> None:
    """Parse, build, shoot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, help="folder of a build of the examples")
    parser.add_argument("names", nargs="*", help=f"pictures to take: {', '.join(SHOTS)}")
    asked = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        raise SystemExit("Chromium is missing; on Debian: apt-get install -y chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = asked.folder or build(Path(temporary))
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for name in asked.names or SHOTS:
            shoot(browser, (folder / "graph.html").resolve(), name, SHOTS[name])
        browser.close()


if __name__ == "__main__":
    main()
