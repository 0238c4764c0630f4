"""Measure the explorer in headless Chromium without a GPU, beside pyvis if asked.

    python scripts/bench_html.py 500 2000 10000 100000 [--pyvis] [--page output/graph.html] [--markdown]

For each size a synthetic graph (edges = 3 × nodes) is written and opened. Reported: seconds to lay out and to write,
megabytes of the page, seconds from opening to the first picture and until search is ready, frames per second while
panning and while zooming (synthetic pointer and wheel events, one an animation frame, for three seconds each),
milliseconds of the slowest search, and the heap after a collection, typed arrays included.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.data import Graph
from kg.export.html import write_html
from kg.export.html.tables import arrange, graph_columns, header, order
from kg.ontology import load_ontology
from tests.browser.chromium import launch
from tests.browser.synthetic import synthetic_graph

FRAMES = """(kind) => new Promise((done) => {
  const canvas = document.querySelector('canvas');
  const box = canvas.getBoundingClientRect();
  const at = (x, y) => ({clientX: box.left + x, clientY: box.top + y, pointerId: 1, bubbles: true, isPrimary: true});
  const [midX, midY] = [box.width / 2, box.height / 2];
  canvas.setPointerCapture = () => {};
  let frames = 0, start = 0, previous = 0, worst = 0;
  if (kind === 'pan') canvas.dispatchEvent(new PointerEvent('pointerdown', at(midX, midY)));
  const next = (now) => {
    if (!start) start = now; else { frames++; worst = Math.max(worst, now - previous); }
    previous = now;
    const turn = (now - start) / 400;
    const spot = at(midX + 320 * Math.sin(turn), midY + 220 * Math.sin(turn * 1.7));
    const wheel = {...at(midX + 60, midY), deltaY: Math.sin(turn / 1.6) > 0 ? -14 : 14, cancelable: true};
    if (kind === 'pan') canvas.dispatchEvent(new PointerEvent('pointermove', spot));
    else canvas.dispatchEvent(new WheelEvent('wheel', wheel));
    if (now - start < 3000) return requestAnimationFrame(next);
    if (kind === 'pan') canvas.dispatchEvent(new PointerEvent('pointerup', at(midX, midY)));
    done([frames / ((now - start) / 1000), worst]);
  };
  requestAnimationFrame(next);
})"""
SEARCH = """async () => {
  const app = window.kgExplorer;
  const index = await app.index;
  const one = app.net.names[Math.floor(app.net.count / 3)];
  const queries = [one, one.slice(0, 4), one.slice(0, 3) + one.slice(4), 'zelyormx', 'image generaton', 'study', 'a',
    'molecule design 3'];
  return queries.map((query) => {
    const start = performance.now();
    app.find(index, query);
    return performance.now() - start;
  });
}"""


@dataclass(frozen=True)
class Measured:
    """One row of the report."""

    page: str
    nodes: int
    layout_s: float
    write_s: float
    megabytes: float
    picture_s: float
    ready_s: float
    pan_fps: float
    zoom_fps: float
    worst_ms: float
    search_ms: float
    heap_mb: float


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[Page]:
    """The page at 1280 × 800 in a fresh context."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def mark(page: Page, name: str) -> float:
    """Seconds from opening to one of the page's own marks."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # the page's policy forbids what `wait_for_function` would evaluate
        if found := page.evaluate("name => performance.getEntriesByName(name).map(mark => mark.startTime)", name):
            return float(found[0]) / 1000
        page.wait_for_timeout(50)
    raise TimeoutError(f"{page.url}: no mark {name!r} within a minute")


def heap(page: Page) -> float:
    """Megabytes of JavaScript heap and array buffers after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return float(usage["usedSize"] + usage.get("backingStorageSize", 0) + usage.get("embedderHeapUsedSize", 0)) / 1e6


def measure(browser: Browser, file: Path, nodes: int, layout: float, write: float) -> Measured:
    """Open the explorer and measure."""
    with opened(browser, file) as page:
        picture, ready = mark(page, "kg-picture"), mark(page, "kg-ready")
        page.wait_for_timeout(1500)
        pan, worst_pan = page.evaluate(FRAMES, "pan")
        zoom, worst_zoom = page.evaluate(FRAMES, "zoom")
        searches = page.evaluate(SEARCH)
        size = file.stat().st_size / 1e6
        return Measured(
            "kg", nodes, layout, write, size, picture, ready, pan, zoom, max(worst_pan, worst_zoom), max(searches),
            heap(page),
        )  # fmt: skip


def own(browser: Browser, graph: Graph, folder: Path) -> Measured:
    """Lay out, write and open the explorer for a graph."""
    ontology = load_ontology(())
    started = time.perf_counter()
    ordered = order(graph, graph)
    graph_columns(ordered, header(ordered, ontology, ""), arrange(ordered))
    layout = time.perf_counter() - started
    file = folder / f"own-{len(graph.nodes)}.html"
    started = time.perf_counter()
    write_html(graph, ontology, file)
    return measure(browser, file, len(graph.nodes), layout, time.perf_counter() - started)


def pyvis(browser: Browser, graph: Graph, folder: Path) -> Measured:
    """The same graph in pyvis's own page without physics, positions given: its best case."""
    from pyvis.network import Network

    ontology = load_ontology(())
    started = time.perf_counter()
    net = Network(directed=True, cdn_resources="in_line")
    ordered = order(graph, graph)
    columns = graph_columns(ordered, header(ordered, ontology, ""), arrange(ordered))
    layout = time.perf_counter() - started
    for node, x, y in zip(ordered.nodes, columns["x"], columns["y"], strict=True):
        net.add_node(node.id, label=node.name, x=int(x) / 10, y=int(y) / 10, physics=False)
    for edge in graph.assertions:
        net.add_edge(edge.subject, edge.object)
    net.toggle_physics(False)
    file = folder / f"pyvis-{len(graph.nodes)}.html"
    file.write_text(net.generate_html(), encoding="utf-8")
    write = time.perf_counter() - started
    with opened(browser, file) as page:
        page.wait_for_selector("canvas")
        picture = float(page.evaluate("new Promise(r => requestAnimationFrame(() => r(performance.now())))")) / 1000
        pan, worst = page.evaluate(FRAMES, "pan")
        zoom, worst_zoom = page.evaluate(FRAMES, "zoom")
        return Measured(
            "pyvis", len(graph.nodes), layout, write, file.stat().st_size / 1e6, picture, picture, pan, zoom,
            max(worst, worst_zoom), 0.0, heap(page),
        )  # fmt: skip


def show(rows: list[Measured], markdown: bool) -> None:
    """Print the rows as columns."""
    names = [field.name for field in fields(Measured)]
    form = "| {} |" if markdown else "{}"
    print(form.format(" | ".join(names)))
    if markdown:
        print("|" + "---|" * len(names))
    for row in rows:
        values = [str(value) if isinstance(value, str | int) else f"{value:.2f}" for value in astuple(row)]
        print(form.format(" | ".join(values)))


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, help="numbers of nodes")
    parser.add_argument("--pyvis", action="store_true", help="measure pyvis's page as well, up to 10,000 nodes")
    parser.add_argument("--page", type=Path, help="measure a page that is already there")
    parser.add_argument("--repeat", type=int, default=1, help="open each page so many times; the median is reported")
    parser.add_argument("--markdown", action="store_true")
    asked = parser.parse_args()
    rows: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        for size in asked.sizes:
            graph = synthetic_graph(size)
            rows.append(own(browser, graph, Path(folder)))
            if asked.pyvis and size <= 10_000:
                rows.append(pyvis(browser, graph, Path(folder)))
        if asked.page:
            again = [measure(browser, asked.page.resolve(), 0, 0.0, 0.0) for _ in range(asked.repeat)]
            rows.append(again[0] if len(again) == 1 else _median(again))
        browser.close()
    show(rows, asked.markdown)
    print(f"load average while measuring: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _median(rows: list[Measured]) -> Measured:
    columns = list(zip(*map(astuple, rows), strict=True))
    return Measured(columns[0][0], columns[1][0], *(statistics.median(column) for column in columns[2:]))


if __name__ == "__main__":
    main()
