"""How soon the served explorer shows a graph: `python scripts/bench_live.py [NODES ...]` (needs Chromium).

For each size: seconds in which a process packs the tables, their size, and seconds from asking for the page to the
finished picture: at the first visit after a build (packing included), at a second one, and for the file of the graph.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from kg.export.html import write_html
from kg.ontology import load_ontology
from tests.browser.chromium import launch
from tests.browser.synthetic import synthetic_graph
from tests.serve.building import write_build
from tests.serve.running import serving

SIZES = (2_000, 10_000)
PICTURE = "performance.getEntriesByName('kg-picture')[0].startTime / 1000"


def picture(browser: Browser, address: str, visits: int = 1) -> float:
    """Seconds until the picture of the last of several visits in one profile."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    seconds = 0.0
    for _ in range(visits):
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector("[data-ready=true]", timeout=120_000)
        seconds = page.evaluate(PICTURE)
    context.close()
    return seconds


def packed(address: str) -> tuple[float, int]:
    """Seconds until the first table comes, and the bytes of all three."""
    with urlopen(f"{address}/api/version") as answer:
        version = json.load(answer)["version"]
    started, size, seconds = time.perf_counter(), 0, 0.0
    for name in ("graph", "text", "evidence"):
        with urlopen(f"{address}/explorer/{version}/{name}") as answer:
            size += len(answer.read())
        seconds = seconds or time.perf_counter() - started
    return seconds, size


def measure(browser: Browser, count: int, folder: Path) -> str:
    """One row of the table."""
    graph = synthetic_graph(count)
    write_build(folder, graph)
    write_html(graph, load_ontology(()), folder / "graph.html")
    with serving(folder) as server:
        seconds, size = packed(server.url)
    with serving(folder) as server:
        first = picture(browser, server.url)
        again = picture(browser, server.url, visits=2)
    file = picture(browser, (folder / "graph.html").as_uri())
    return f"| {count:,} | {seconds:.1f} | {size / 1e6:.2f} | {first:.2f} | {again:.2f} | {file:.2f} |"


def main() -> None:
    """Print the table."""
    sizes = [int(text) for text in sys.argv[1:]] or SIZES
    print(
        "| nodes | pack (s) | tables (MB) | first visit (s) | second visit (s) | file (s) |\n|---|---|---|---|---|---|"
    )
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for count in sizes:
            with tempfile.TemporaryDirectory() as folder:
                print(measure(browser, count, Path(folder)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
