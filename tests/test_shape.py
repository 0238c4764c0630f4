"""The house rules that a machine can check; import layers are checked by import-linter in scripts/check."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))
BORDERS = {
    "spacy": ("extract",),
    "onnxruntime": ("extract",),
    "networkx": ("graph", "query", "export", "api"),
    "rdflib": ("ontology", "export", "api"),
    "pyoxigraph": ("query", "serve", "ontology"),
    "pyvis": ("export",),
    "pyspark": ("spark",),
    "click": ("cli",),
    "rich": ("cli",),
}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_a_module_stays_under_300_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_library_objects_stop_at_the_border(file: Path) -> None:
    package = file.relative_to(ROOT / "kg").parts[0].removesuffix(".py")
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    for library in {module.split(".")[0] for module in imported} & BORDERS.keys():
        assert package in BORDERS[library], f"{library} belongs in kg/{' or kg/'.join(BORDERS[library])}"


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_only_the_command_line_prints(file: Path) -> None:
    if "cli" in file.parts:
        return
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]
