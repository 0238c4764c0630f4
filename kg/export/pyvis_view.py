"""A small neighbourhood as a pyvis network, for notebooks: an analyst can restyle it with pyvis's own methods.

Whole graphs belong in `kg.export.html`. pyvis's template fetches Bootstrap, prints headings and ids as markup, turns
titles with "href" into markup and is written in the locale's encoding; `OfflineNetwork` does none of that.
"""

import html
import re
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg.data import Assertion, Graph, Node
from kg.export.columns import shown
from kg.export.html.select import select
from kg.export.html.tables import arrange, graph_columns, header, order
from kg.files import atomic_text
from kg.ontology import Ontology

_SPACING = 70
_GRID = 65_535
_OUTSIDE = re.compile(
    r'<link\b(?=[^<>]*\bhref="https?://)[^<>]*>|<script\b(?=[^<>]*\bsrc="https?://)[^<>]*>\s*</script>', re.IGNORECASE
)
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


class OfflineNetwork(Network):  # type: ignore[misc]
    """A pyvis network whose page is UTF-8, fetches nothing and shows names as text."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"directed": True, "cdn_resources": "in_line", **settings})
        self.templates: Any = self.templateEnv.overlay(autoescape=True)

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are pyvis's and change nothing."""
        del name, local, notebook
        nodes, edges, heading, height, width, options = self.get_network_data()
        page = self.templates.get_template(self.path).render(
            height=height, width=width, nodes=nodes, edges=edges, heading=heading, options=options,
            physics_enabled=self._moves(), use_DOT=self.use_DOT, dot_lang=self.dot_lang, widget=self.widget,
            bgcolor=self.bgcolor, conf=self.conf, tooltip_link=False, select_menu=self.select_menu,
            neighborhood_highlight=self.neighborhood_highlight, filter_menu=self.filter_menu, notebook=False,
            cdn_resources="in_line",
        )  # fmt: skip
        self.html = _hardened(page, heading or "Graph")
        return self.html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page to `name`, whole and in UTF-8."""
        del local, notebook, open_browser
        with atomic_text(Path(name)) as stream:
            stream.write(self.generate_html())

    def _repr_html_(self) -> str:
        """What a notebook shows: the page in a frame of its own."""
        page = html.escape(self.generate_html())
        return f'<iframe title="Graph" srcdoc="{page}" style="width:100%;height:640px;border:0"></iframe>'

    def _moves(self) -> bool:
        if isinstance(self.options, dict):
            return bool(self.options.get("physics", {}).get("enabled", True))
        return bool(self.options.physics.enabled)


def _hardened(page: str, title: str) -> str:
    page = _OUTSIDE.sub("", page)
    head = (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>'
    )
    return re.sub(r"^\s*<html>\s*<head>", lambda _: head, page, count=1)


def to_pyvis(
    graph: Graph, ontology: Ontology, *, focus: str = "", hops: int = 1, top: int = 300
) -> OfflineNetwork:  # fmt: skip
    """The surroundings of one thing (or the strongest `top` nodes) as a pyvis network, laid out, physics off.

    Raises `ExportError` if nothing is called `focus`.
    """
    part = select(graph, top=top, focus=focus, hops=hops)
    ordered = order(part, graph)
    columns = graph_columns(ordered, header(ordered, ontology, ""), arrange(ordered))
    net = OfflineNetwork(height="640px", font_color="#1f2733")
    scale = _SPACING * max(4.0, len(ordered.nodes)) ** 0.5 / _GRID
    for node, x, y in zip(ordered.nodes, columns["x"], columns["y"], strict=True):
        net.add_node(node.id, x=float(x) * scale, y=float(y) * scale, physics=False, **_look(node, ontology))
    seen: dict[frozenset[str], int] = {}
    for edge in ordered.edges:
        ends = frozenset((edge.subject, edge.object))
        seen[ends] = seen.get(ends, -1) + 1
        bend = {"enabled": seen[ends] > 0, "type": "curvedCW", "roundness": round(0.15 * seen[ends], 2)}
        net.add_edge(edge.subject, edge.object, title=_said(edge), smooth=bend, width=1 + edge.papers**0.5 / 2)
    net.toggle_physics(False)
    return net


def _look(node: Node, ontology: Ontology) -> dict[str, Any]:
    type_ = ontology.type_by_name[node.type]
    known = f"{node.type} · {node.papers} papers" if node.type != "Paper" else node.type
    also = f"\nalso {', '.join(node.aliases)}" if node.aliases else ""
    title = f"{node.name}\n{known}{also}"
    return {
        "label": node.name if len(node.name) <= 40 else f"{node.name[:39]}…",
        "title": title,
        "color": type_.colour,
        "shape": "dot" if type_.shape == "box" else type_.shape,  # a vis box has its label inside and ignores size
        "size": round(7 + 3 * node.papers**0.5, 1),
    }


def _said(edge: Assertion) -> str:
    """Predicate, confidence and the sentence that says so."""
    line, said = f"{edge.predicate} · {edge.confidence:.0%} · {edge.papers} papers", shown(edge)
    return f"{line}\n{said.sentence}" if said else line
