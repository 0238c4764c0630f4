"""Strict files against the published schemas; our own validators must see what those see."""

import re
from pathlib import Path

import pytest

from kg.export.gexf import write_gexf, write_gexf_strict
from kg.export.graphml import write_graphml_strict
from tests.export import gexf_schema, graphml_schema
from tests.export.hostile import GRAPHS, ONTOLOGY
from tests.export.published import verdict

DAMAGE = {
    "graphml": (
        (r'<node id="[^"]*"', "<node"), (r' source="[^"]*"', ""), (r"<key ", '<key colour="red" '),
        (r' edgedefault="[^"]*"', ' edgedefault="both"'), (r"<graph ", "<vertex/><graph "),
        (r' attr.type="double"', ' attr.type="number"'), (r'<data key="[^"]*"', "<data"),
    ),
    "gexf": (
        (r' target="[^"]*"', ""), (r'version="1.3"', 'version="1.4"'), (r' type="integer"', ' type="whole"'),
        (r'<viz:color r="\d+"', '<viz:color r="256"'), (r' start="[^"]*"', ' start="soon"'),
        (r"<nodes ", "<vertices/><nodes "), (r'mode="dynamic"', 'mode="moving"'),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("schemas")


@pytest.mark.parametrize("name", GRAPHS)
def test_strict_graphml_is_valid(name: str, folder: Path, tmp_path: Path) -> None:
    write_graphml_strict(GRAPHS[name], ONTOLOGY, tmp_path / "g.graphml")
    assert verdict("graphml", tmp_path / "g.graphml", folder) == []


@pytest.mark.parametrize("name", GRAPHS)
def test_gexf_is_valid(name: str, folder: Path, tmp_path: Path) -> None:
    for write in (write_gexf_strict, write_gexf):
        write(GRAPHS[name], ONTOLOGY, tmp_path / "g.gexf")
        assert verdict("gexf", tmp_path / "g.gexf", folder) == []


@pytest.mark.parametrize(("kind", "damage"), [(kind, one) for kind, rows in DAMAGE.items() for one in rows])
def test_our_own_validators_see_what_the_schemas_see(
    kind: str, damage: tuple[str, str], folder: Path, tmp_path: Path
) -> None:
    write = {"graphml": write_graphml_strict, "gexf": write_gexf_strict}[kind]
    file = tmp_path / f"g.{kind}"
    write(GRAPHS["parallel edges"], ONTOLOGY, file)
    text, count = re.subn(*damage, file.read_text(encoding="utf-8"), count=1)
    assert count == 1
    file.write_text(text, encoding="utf-8")
    complaints = {"graphml": graphml_schema.complaints, "gexf": gexf_schema.complaints}[kind]
    assert complaints(file)
    assert verdict(kind, file, folder)
