"""Wheel and sdist are complete and small, and say who they are."""

import email
import tomllib
import zipfile
from email.message import Message
from pathlib import Path

import pytest

import kg
from scripts.distribution import NEEDED, ROOT, build, members, problems, sdist_problems, wheel_problems

WANTED = {"kg/__init__.py", *NEEDED}
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HELD = dict.fromkeys(WANTED, 100) | {"papers_kg-1.dist-info/METADATA": 100}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def metadata(made: tuple[Path, Path]) -> Message:
    with zipfile.ZipFile(made[0]) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(wheel.read(name))


def test_both_hold_what_they_should_and_nothing_else(made: tuple[Path, Path]) -> None:
    assert problems(*made) == []


def test_the_wheel_is_of_this_version_and_for_any_machine(made: tuple[Path, Path]) -> None:
    assert made[0].name == f"papers_kg-{kg.__version__}-py3-none-any.whl"


def test_the_metadata_is_what_strangers_need(metadata: Message) -> None:
    assert metadata["Name"] == "papers-kg"
    assert metadata["Version"] == kg.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert set(metadata.get_all("Provides-Extra", [])) == set(SETTINGS["project"]["optional-dependencies"])
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])


@pytest.mark.parametrize("file", ["LICENSE", "NOTICE", "LICENSES/Apache-2.0.txt"])
def test_the_licences_travel_with_the_wheel(made: tuple[Path, Path], file: str) -> None:
    held = [name for name in members(made[0]) if name.endswith(f".dist-info/licenses/{file}")]
    assert len(held) == 1
    with zipfile.ZipFile(made[0]) as wheel:
        assert wheel.read(held[0]) == (ROOT / file).read_bytes()


def test_the_metadata_names_every_licence_of_what_is_in_the_wheel(metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT AND Apache-2.0"
    assert set(metadata.get_all("License-File", [])) == {"LICENSE", "NOTICE", "LICENSES/Apache-2.0.txt"}


def test_the_notice_names_the_encoder_that_the_weights_come_from() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for told in ("all-MiniLM-L6-v2", "sentence-transformers", "Apache-2.0", "model.onnx", "tokenizer.json", "changed"):
        assert told in notice, told


def test_what_the_package_imports_has_an_upper_bound() -> None:
    for line in SETTINGS["project"]["dependencies"]:
        assert ">=" in line, line
        assert "<" in line, line


def test_a_complete_wheel_is_clean() -> None:
    assert wheel_problems(HELD, WANTED) == []


@pytest.mark.parametrize("missing", NEEDED)
def test_a_missing_file_is_named(missing: str) -> None:
    held = {name: size for name, size in HELD.items() if name != missing}
    assert wheel_problems(held, WANTED) == [f"lacks {missing}"]


@pytest.mark.parametrize(
    "extra",
    [
        "kg/__pycache__/data.cpython-311.pyc",
        "tests/test_api.py",
        "kg/left-over.json",
        "output/graph.ttl",
        "examples/a.csv",
    ],
)
def test_a_file_that_does_not_belong_is_named(extra: str) -> None:
    assert f"has {extra}" in wheel_problems(HELD | {extra: 10}, WANTED)


def test_a_large_file_that_is_not_the_model_is_named() -> None:
    assert wheel_problems(HELD | {"kg/py.typed": 5_000_000}, WANTED) == ["has kg/py.typed, 5.0 MB"]


def test_an_sdist_without_examples_or_with_caches_is_found_out() -> None:
    found = sdist_problems({"kg/__init__.py": 1, ".mypy_cache/3.11/kg.json": 1}, {"kg/__init__.py"})
    assert "lacks examples/papers.jsonl" in found
    assert "has .mypy_cache/3.11/kg.json" in found
