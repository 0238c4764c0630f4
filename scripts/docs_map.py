"""Draw a GEXF file as Gephi shows it: places, colours and sizes of the file, the heavier edges, the largest labels."""

import html
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

WIDTH, HEIGHT, MARGIN = 1080, 860, 60
LEAST_WEIGHT = 2.0  # of an edge that is drawn
LABELS = 60  # of the largest nodes, where there is room
LETTER, LINE = 6.6, 19  # pixels of a letter's width and of a line's height
_GEXF = "{http://gexf.net/1.3}"
_VIZ = "{http://gexf.net/1.3/viz}"


@dataclass(frozen=True, slots=True)
class Dot:
    """A node on the picture: centre and radius in pixels."""

    label: str
    x: float
    y: float
    radius: float
    colour: str


def drawing(file: Path) -> str:
    """A page with the picture as SVG."""
    graph = ElementTree.parse(file).getroot()
    dots = _dots(list(graph.iter(f"{_GEXF}node")))
    shapes = [
        f'<line x1="{a.x:.1f}" y1="{a.y:.1f}" x2="{b.x:.1f}" y2="{b.y:.1f}" stroke-width="{weight / 2:.1f}"/>'
        for edge in graph.iter(f"{_GEXF}edge")
        if (weight := float(edge.get("weight", "1"))) >= LEAST_WEIGHT
        for a, b in [(dots[edge.attrib["source"]], dots[edge.attrib["target"]])]
    ]
    shapes += [f'<circle cx="{d.x:.1f}" cy="{d.y:.1f}" r="{d.radius:.1f}" fill="{d.colour}"/>' for d in dots.values()]
    shapes += [
        f'<text x="{d.x:.1f}" y="{d.y + 4:.1f}">{html.escape(d.label)}</text>' for d in _labelled(list(dots.values()))
    ]
    style = (
        "body{margin:0}line{stroke:#8888882e}circle{stroke:#fff;stroke-width:.5}"
        "text{font:12px sans-serif;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    )
    return f'<style>{style}</style><svg width="{WIDTH}" height="{HEIGHT}">{"".join(shapes)}</svg>'


def _dots(nodes: list[ElementTree.Element]) -> dict[str, Dot]:
    """Nodes by id. Gephi's second axis points up."""
    places = {node.attrib["id"]: _place(node) for node in nodes}
    left, right = min(x for x, _ in places.values()), max(x for x, _ in places.values())
    low, high = min(y for _, y in places.values()), max(y for _, y in places.values())
    scale = min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (high - low))
    dots = {}
    for node in nodes:
        x, y = places[node.attrib["id"]]
        colour, size = node.find(f"{_VIZ}color"), node.find(f"{_VIZ}size")
        shade = ",".join(colour.attrib[part] for part in "rgb") if colour is not None else "0,0,0"
        radius = float(size.attrib["value"]) * scale / 2 if size is not None else 3
        at = WIDTH / 2 + (x - (left + right) / 2) * scale, HEIGHT / 2 - (y - (low + high) / 2) * scale
        dots[node.attrib["id"]] = Dot(node.attrib["label"], *at, radius, f"rgb({shade})")
    return dots


def _place(node: ElementTree.Element) -> tuple[float, float]:
    position = node.find(f"{_VIZ}position")
    if position is None:
        raise SystemExit(f"{node.get('id')} has no place")
    return float(position.attrib["x"]), float(position.attrib["y"])


def _labelled(dots: list[Dot]) -> list[Dot]:
    """The largest whose labels do not run into one another."""
    chosen: list[Dot] = []
    for dot in sorted(dots, key=lambda dot: (-dot.radius, dot.label)):
        if len(chosen) < LABELS and not any(_meet(dot, other) for other in chosen):
            chosen.append(dot)
    return chosen


def _meet(one: Dot, other: Dot) -> bool:
    wide = (len(one.label) + len(other.label)) * LETTER / 2
    return abs(one.x - other.x) < wide and abs(one.y - other.y) < LINE
