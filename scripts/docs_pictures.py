"""Take the pictures of the documentation from the real page: `python scripts/docs_pictures.py` (needs Chromium).

Builds the examples into a temporary folder (or takes the build named with --from) and writes docs/pictures/*.png.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts import docs_map

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 300_000
SIZE: ViewportSize = {"width": 1080, "height": 680}
DRAWN_SIZE: ViewportSize = {"width": docs_map.WIDTH, "height": docs_map.HEIGHT}
QUERY = """SELECT ?name (COUNT(DISTINCT ?paper) AS ?papers)
WHERE {
  ?paper kg:evaluatesOn ?data .
  ?data skos:prefLabel ?name
}
GROUP BY ?name ORDER BY DESC(?papers) ?name LIMIT 8"""
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


def leaderboards(page: Page) -> None:
    """Who leads where."""
    page.keyboard.press("l")
    page.wait_for_timeout(800)


def editor(page: Page) -> None:
    """A query in the editor, answered."""
    page.locator("#query").fill(QUERY)
    page.get_by_role("button", name="Run").click()
    page.locator("#result table").wait_for(timeout=60_000)


def extended(page: Page) -> None:
    """A node of a type that the tutorial adds."""
    _choose(page, "UR5e")


SHOTS: dict[str, Callable[[Page], None]] = {
    "explorer": overview,
    "explorer-dark": overview,
    "node": node,
    "focus": focus,
    "path": path,
    "leaderboards": leaderboards,
}
SERVED = {"editor": editor}
EXTENDED = {"extend": extended}
DRAWN = {"gephi": lambda page: None}
ALL = (*SHOTS, *EXTENDED, *SERVED, *DRAWN)
# As step 2 of docs/tutorials/gephi.md.
MAP = ("gexf", "--graph", "cooccurrence", "--types", "Method,Task,Dataset,Benchmark", "--min-degree", "3")


def _choose(page: Page, name: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(name)
    page.locator("#suggestions").get_by_role("option").first.click()
    page.wait_for_timeout(800)


def shoot(browser: Browser, address: str, name: str, act: Callable[[Page], None]) -> None:
    """Open `address` afresh, act on it and save what is on the screen. Raises `SystemExit` if it is too large."""
    scheme: Literal["dark", "light"] = "dark" if name.endswith("-dark") else "light"
    size = DRAWN_SIZE if name in DRAWN else SIZE
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    if address.endswith("graph.html"):
        page.wait_for_selector("[data-ready=true]", timeout=30_000)
    act(page)
    target = PICTURES / f"{name}.png"
    page.screenshot(path=target)
    context.close()
    large = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {large // 1000} kB")
    if large > MOST_BYTES:
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


def build_extended(folder: Path) -> Path:
    """Run the commands of the tutorial on extending in `folder`, and say where its graph is."""
    text = (ROOT / "docs" / "tutorials" / "extend.md").read_text(encoding="utf-8")
    commands = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    subprocess.run(["bash", "-euc", commands], cwd=folder, env=os.environ | {"PATH": path}, check=True)
    return folder / "arms"


def draw_map(folder: Path, place: Path) -> Path:
    """The map of the Gephi tutorial for the build in `folder`, as a page in `place`."""
    file = place / "map.gexf"
    subprocess.run([sys.executable, "-m", "kg", "export", *MAP, "-o", str(folder), "--to", str(file)], check=True)
    page = place / "map.html"
    page.write_text(docs_map.drawing(file), encoding="utf-8")
    return page


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Address of a server of `folder` that ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "kg", "serve", "-o", str(folder), "--port", str(port), "--quiet"])
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def main() -> None:
    """Parse, build, shoot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, help="folder of a build of the examples")
    parser.add_argument("names", nargs="*", help=f"pictures to take: {', '.join(ALL)}")
    asked = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        raise SystemExit("Chromium is missing; on Debian: apt-get install -y chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    names = asked.names or ALL
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = asked.folder or build(Path(temporary) / "output")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for name in [name for name in names if name in SHOTS]:
            shoot(browser, (folder / "graph.html").resolve().as_uri(), name, SHOTS[name])
        if "gephi" in names:
            shoot(browser, draw_map(folder, Path(temporary)).as_uri(), "gephi", DRAWN["gephi"])
        if "extend" in names:
            graph = build_extended(Path(temporary)) / "graph.html"
            shoot(browser, graph.resolve().as_uri(), "extend", EXTENDED["extend"])
        if "editor" in names:
            with served(folder) as address:
                shoot(browser, f"{address}/editor", "editor", SERVED["editor"])
        browser.close()


if __name__ == "__main__":
    main()
