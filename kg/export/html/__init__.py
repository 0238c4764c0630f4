"""The explorer: one HTML file that shows a graph, from disk and offline; and the same page for a server, without data.

What it holds: `page/` (markup, style and scripts, joined as they are: nothing is compiled), and the graph as three
compressed tables: what the first picture needs, what search and panel need, and the evidence, each unpacked when used.
"""

from dataclasses import replace
from pathlib import Path

from kg.data import Graph
from kg.export.html.packing import TABLES, TITLE, pack_tables
from kg.export.html.page import assemble, live_page
from kg.export.html.select import select
from kg.export.html.tables import arrange, order
from kg.files import atomic_text
from kg.ontology import Ontology

__all__ = ["TABLES", "TITLE", "live_page", "render_html", "write_html", "write_part"]


def render_html(
    graph: Graph, ontology: Ontology, *, top: int = 0, focus: str = "", hops: int = 2, title: str = ""
) -> str:
    """The page as text. `top` keeps the strongest nodes (0: all), `focus` what is within `hops` of the thing so named.

    Whatever is left out is counted in the page ("Showing N of M"). Raises `ExportError` if nothing is called `focus`.
    """
    ordered = order(select(graph, top=top, focus=focus, hops=hops), graph)
    named = title or (f"{focus}: papers and what they use" if focus else TITLE)
    return assemble(named, pack_tables(ordered, graph, ontology, arrange(ordered), named))


def write_part(part: Graph, whole: Graph, ontology: Ontology, path: Path) -> None:
    """Write the page of a part that was chosen before (`kg.export.strongest`), as the part that it is of `whole`."""
    ordered = replace(order(part, part), all_nodes=len(whole.nodes), all_edges=len(whole.assertions))
    page = assemble(TITLE, pack_tables(ordered, whole, ontology, arrange(ordered)))
    with atomic_text(path) as stream:
        stream.write(page)


def write_html(  # noqa: PLR0913 - the options of the command line
    graph: Graph, ontology: Ontology, path: Path, *, top: int = 0, focus: str = "", hops: int = 2, title: str = ""
) -> None:  # fmt: skip
    """Write the page of `render_html` to `path`, whole or not at all."""
    page = render_html(graph, ontology, top=top, focus=focus, hops=hops, title=title)
    with atomic_text(path) as stream:
        stream.write(page)
