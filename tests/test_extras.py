"""What an extra needs, and the command that gets it into this very environment."""

import shlex
import sys
from importlib import metadata
from pathlib import Path

import pytest

from kg import extras
from kg.extras import how_to_install, requirements

LINES = [
    "click<9,>=8.1.7",
    'colorama>=1; sys_platform == "win32"',
    'pyarrow>=17; extra == "parquet"',
    "mcp<3,>=2.3; extra == 'mcp'",
    'pyarrow>=17 ; python_version >= "3.11" and extra == "spark"',
]


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: LINES)


@pytest.mark.parametrize(
    ("extra", "found"),
    [("", ("click<9,>=8.1.7",)), ("parquet", ("pyarrow>=17",)), ("mcp", ("mcp<3,>=2.3",)), ("spark", ("pyarrow>=17",)),
     ("frobnicate", ())],
)  # fmt: skip
def test_requirements_are_those_of_the_extra_alone(extra: str, found: tuple[str, ...]) -> None:
    assert requirements(extra) == found


@pytest.mark.skipif(sys.platform == "win32", reason="quoted in another way")
def test_the_command_is_for_this_environment_and_can_be_pasted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "my papers" / "python"))
    assert shlex.split(how_to_install("mcp")) == ["my papers/python", "-m", "pip", "install", "mcp<3,>=2.3"]
    assert how_to_install("mcp").endswith("install 'mcp<3,>=2.3'")
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert how_to_install("parquet") == "uv pip install --python 'my papers/python' 'pyarrow>=17'"


def test_the_command_names_python_whole_in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(sys.executable).anchor)
    assert shlex.split(how_to_install("mcp"), posix=sys.platform != "win32")[0].strip("'\"") == sys.executable


def test_where_kg_is_not_installed_it_is_to_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", absent)
    assert how_to_install("mcp") == "pip install '.[mcp]' in the folder of kg"
