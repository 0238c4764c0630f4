"""What GEXF 1.3 demands of files like ours: elements, their order, attributes and the types of values.

Written from the specification. The schema published for 1.3 cannot be used: it refers to types that none of its files
defines, and it puts colour, position and size into the namespace of GEXF, where its own primer and every program have
them in that of ``viz``. The 1.2 schema, with the attributes that 1.3 adds and that namespace mended, was run once over
files of all graphs of the tests and of 9,877 papers, with the same verdicts.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

_GEXF = "{http://gexf.net/1.3}"
_VIZ = "{http://gexf.net/1.3/viz}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", value) is not None


def _token(value: str) -> bool:
    return value == " ".join(value.split())


def _channel(value: str) -> bool:
    return value.isdecimal() and int(value) <= 255


def _any(value: str) -> bool:
    return True


_TYPES = _one_of("integer", "long", "double", "float", "boolean", "string", "anyURI", "short", "byte", "char")
_SPAN = {"start": _number, "end": _number}
# element → required attributes, optional attributes, pattern of children
_RULES: dict[str, tuple[dict, dict, str]] = {
    f"{_GEXF}gexf": ({"version": _one_of("1.3")}, {_XSI: _any, "variant": _any}, "(meta )?graph "),
    f"{_GEXF}meta": ({}, {"lastmodifieddate": _any}, "((creator|keywords|description) )*"),
    f"{_GEXF}creator": ({}, {}, ""),
    f"{_GEXF}description": ({}, {}, ""),
    f"{_GEXF}graph": (
        {},
        {
            "defaultedgetype": _one_of("directed", "undirected", "mutual"), "idtype": _one_of("integer", "string"),
            "mode": _one_of("static", "dynamic", "slice"), "timerepresentation": _one_of("interval", "timestamp"),
            "timeformat": _one_of("integer", "double", "date", "dateTime"), **_SPAN,
        },
        "(attributes )*nodes edges ",
    ),
    f"{_GEXF}attributes": (
        {"class": _one_of("node", "edge")}, {"mode": _one_of("static", "dynamic")}, "(attribute )*",
    ),
    f"{_GEXF}attribute": ({"id": _any, "title": _any, "type": _TYPES}, {}, "(default )?"),
    f"{_GEXF}nodes": ({}, {"count": str.isdecimal}, "(node )*"),
    f"{_GEXF}edges": ({}, {"count": str.isdecimal}, "(edge )*"),
    f"{_GEXF}node": ({"id": _any}, {"label": _token, **_SPAN}, "((attvalues|spells|color|position|size|shape) )*"),
    f"{_GEXF}edge": (
        {"source": _any, "target": _any},
        {
            "id": _any, "label": _token, "kind": _token, "weight": _number,
            "type": _one_of("directed", "undirected", "mutual"), **_SPAN,
        },
        "((attvalues|spells|color|thickness|shape) )*",
    ),
    f"{_GEXF}attvalues": ({}, {}, "(attvalue )*"),
    f"{_GEXF}attvalue": ({"for": _any, "value": _any}, _SPAN, ""),
    f"{_VIZ}color": ({}, {"r": _channel, "g": _channel, "b": _channel, "a": _number}, ""),
    f"{_VIZ}position": ({"x": _number, "y": _number}, {"z": _number}, ""),
    f"{_VIZ}size": ({"value": _number}, {}, ""),
}  # fmt: skip


def complaints(file: Path) -> list[str]:
    """What a validator would say; nothing if the file is valid."""
    root = ElementTree.parse(file).getroot()
    return [*_structure(root), *_references(root), *_declarations(root)]


def _structure(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag not in _RULES:
            yield f"unknown element {element.tag}"
            continue
        required, optional, children = _RULES[element.tag]
        yield from (f"{element.tag} has no {name}" for name in required if name not in element.attrib)
        for name, value in element.attrib.items():
            check = (required | optional).get(name)
            if check is None or not check(value):
                yield f"{element.tag}: {name}={value!r}"
        order = "".join(child.tag.partition("}")[2] + " " for child in element)
        if not re.fullmatch(children, order):
            yield f"{element.tag} holds {order[:80]}"


def _references(root: ElementTree.Element) -> Iterator[str]:
    nodes = [node.get("id") for node in root.iter(f"{_GEXF}node")]
    edges = [edge.get("id") for edge in root.iter(f"{_GEXF}edge")]
    for name, ids in (("node", nodes), ("edge", edges)):
        if len(ids) != len(set(ids)):
            yield f"two elements {name} have one id"
        counted = next(root.iter(f"{_GEXF}{name}s")).get("count")
        if counted != str(len(ids)):
            yield f"{counted} {name}s are said, {len(ids)} are there"
    for edge in root.iter(f"{_GEXF}edge"):
        if not {edge.get("source"), edge.get("target")} <= set(nodes):
            yield f"edge {edge.get('id')} ends nowhere"


def _declarations(root: ElementTree.Element) -> Iterator[str]:
    for group in root.iter(f"{_GEXF}attributes"):
        declared = {attribute.get("id"): attribute.get("type") for attribute in group}
        for element in root.iter(f"{_GEXF}{group.get('class')}"):
            for value in element.iter(f"{_GEXF}attvalue"):
                if value.get("for") not in declared:
                    yield f"{value.get('for')} is not declared"
                elif declared[value.get("for")] in {"integer", "double"} and not _number(value.get("value", "")):
                    yield f"{value.get('for')}={value.get('value')!r} is no number"
