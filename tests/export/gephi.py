"""What Gephi 0.10 makes of a GraphML or GEXF file, as far as it concerns us: its import rules, written down.

Read from the behaviour of Gephi's importers: which key becomes label, weight, colour, size, position; what is dropped,
merged or changed. Names are matched by case, first by the key's id, then by its name.
"""

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_NODE_KEYS = {
    "label": "label", "nodelabel": "label", "x": "x", "xpos": "x", "y": "y", "ypos": "y", "z": "z", "zpos": "z",
    "size": "size", "color": "colour", "r": "r", "g": "g", "b": "b",
}  # fmt: skip
_EDGE_KEYS = {
    "label": "label", "edgelabel": "label", "weight": "weight", "Edge Weight": "weight", "color": "colour", "r": "r",
    "g": "g", "b": "b", "id": "id", "edgeid": "id",
}  # fmt: skip
_TYPES = {"boolean", "int", "integer", "long", "float", "double", "string", "short", "byte", "char"}


@dataclass
class Item:
    """A node or an edge in Gephi: what it is drawn by, and its columns in the Data Laboratory."""

    drawn: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass
class Import:
    """The graph in Gephi and everything that went wrong on the way."""

    nodes: dict[str, Item] = field(default_factory=dict)
    edges: dict[tuple[str, str, str | None], Item] = field(default_factory=dict)
    node_columns: dict[str, str] = field(default_factory=dict)
    edge_columns: dict[str, str] = field(default_factory=dict)
    issues: list[str] = field(default_factory=list)
    timeline: bool = False

    def add_edge(self, key: tuple[str, str, str | None], item: Item, edge_id: str, seen: set[str]) -> None:
        """Edges of one pair and kind are merged; an id that was there before drops the edge."""
        if edge_id in seen:
            self.issues.append(f"edge {edge_id}: duplicate id, dropped")
        elif not item.drawn.get("weight", 1.0) > 0:
            self.issues.append(f"edge {edge_id}: weight is not positive, dropped")
        elif key[0] not in self.nodes or key[1] not in self.nodes:
            self.issues.append(f"edge {edge_id}: an end is missing, import aborted")
        else:
            if key in self.edges:
                self.issues.append(f"edge {edge_id}: merged with a parallel edge")
            self.edges[key] = item
        seen.add(edge_id)


def parse(text: str, type_: str) -> Any:
    """A value of a column: Gephi takes INF for infinity wherever it stands, even inside a word."""
    text = text.replace("INF", "Infinity")
    if type_ == "string":
        return text
    value = float(text) if type_ in {"double", "float"} else int(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def read_graphml(file: Path) -> Import:
    """Import GraphML."""
    found = Import()
    root = ElementTree.parse(file).getroot()
    keys: dict[str, tuple[str, str, str]] = {}  # id → drawn property or "", column, type
    for key in root.iter(_graphml("key")):
        owner, name, type_ = key.get("for"), key.get("attr.name", ""), key.get("attr.type", "")
        known = _NODE_KEYS if owner == "node" else _EDGE_KEYS
        drawn = known.get(key.get("id", ""), known.get(name, ""))
        if owner not in {"node", "edge"} or type_ not in _TYPES:
            found.issues.append(f"key {key.get('id')} of {owner} with type {type_}: dropped")
            continue
        if key.get("id", "").lower() in {known_key.lower() for known_key in keys}:
            found.issues.append(f"key {key.get('id')}: collides")
        keys[key.get("id", "")] = (drawn, name, type_)
        if not drawn:
            (found.node_columns if owner == "node" else found.edge_columns)[name] = type_
    seen: set[str] = set()
    for element in root.iter(_graphml("node")):
        found.nodes[element.get("id", "")] = _graphml_item(element, keys, found)
    for element in root.iter(_graphml("edge")):
        ends = element.get("source", ""), element.get("target", ""), element.get("label")
        found.add_edge(ends, _graphml_item(element, keys, found), element.get("id", ""), seen)
    return found


def _graphml(name: str) -> str:
    return f"{{http://graphml.graphdrawing.org/xmlns}}{name}"


def _graphml_item(element: ElementTree.Element, keys: dict[str, tuple[str, str, str]], found: Import) -> Item:
    item = Item()
    for data in element:
        if data.get("key") not in keys:
            continue
        drawn, column, type_ = keys[data.get("key", "")]
        text = data.text or ""
        try:
            if drawn:
                item.drawn[drawn] = _drawn(drawn, text)
            elif text:
                item.columns[column] = parse(text, type_)
        except ValueError:
            found.issues.append(f"{element.get('id')}: {column} = {text!r} lost")
    return item


def _drawn(name: str, text: str) -> Any:
    if name == "label":
        return text
    if name == "colour":
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            raise ValueError(text)
        return text.lower()
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


_GEXF = "{http://gexf.net/1.3}"
_VIZ = "{http://gexf.net/1.3/viz}"


def read_gexf(file: Path) -> Import:
    """Import GEXF."""
    found = Import()
    root = ElementTree.parse(file).getroot()
    graph = next(root.iter(f"{_GEXF}graph"))
    found.timeline = graph.get("mode") == "dynamic" and graph.get("timeformat") == "double"
    columns: dict[str, dict[str, str]] = {"node": found.node_columns, "edge": found.edge_columns}
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for group in root.iter(f"{_GEXF}attributes"):
        for attribute in group:
            if attribute.find(f"{_GEXF}options") is not None:
                found.issues.append("options: the importer stumbles")
            if attribute.get("type") == "date":
                found.issues.append("date: dropped")
            columns[group.get("class", "")][attribute.get("title", "")] = attribute.get("type", "")
            titles[group.get("class", "")][attribute.get("id", "")] = attribute.get("title", "")
    for element in root.iter(f"{_GEXF}node"):
        item = _gexf_item(element, titles["node"], columns["node"], found)
        colour, size, position = (element.find(_VIZ + name) for name in ("color", "size", "position"))
        if colour is not None and size is not None and position is not None:
            item.drawn["colour"] = "#" + bytes(int(colour.get(channel, "")) for channel in "rgb").hex()
            item.drawn["size"] = float(size.get("value", ""))
            item.drawn |= {axis: float(position.get(axis, "")) for axis in "xy"}
        found.nodes[element.get("id", "")] = item
    seen: set[str] = set()
    for element in root.iter(f"{_GEXF}edge"):
        item = _gexf_item(element, titles["edge"], columns["edge"], found)
        item.drawn["weight"] = float(element.get("weight", ""))
        ends = element.get("source", ""), element.get("target", ""), element.get("kind")
        found.add_edge(ends, item, element.get("id", ""), seen)
    return found


def _gexf_item(element: ElementTree.Element, titles: dict[str, str], types: dict[str, str], found: Import) -> Item:
    item = Item({"label": element.get("label")})
    if element.get("start"):
        item.drawn["start"] = float(element.get("start", ""))
    for value in element.iter(f"{_GEXF}attvalue"):
        title = titles[value.get("for", "")]
        try:
            item.columns[title] = parse(value.get("value", ""), types[title])
        except ValueError:
            found.issues.append(f"{element.get('id')}: {title} lost")
    return item
