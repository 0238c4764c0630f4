"""What comes from others is pinned, bounded, and holds no code where data is expected."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement

from kg.extract.model import runtime
from scripts.licences import KNOWN, licence, needed

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines()
PINNED = re.compile(r"[a-z0-9._-]+==\S+ --hash=sha256:[0-9a-f]{64}")


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_the_lock_pins_each_package_with_a_hash_and_names_no_address() -> None:
    assert LOCK[0].startswith("# Made by scripts/lock for Python")
    assert [line for line in LOCK[1:] if not PINNED.fullmatch(line)] == []


def test_the_lock_holds_what_development_needs() -> None:
    locked = {_key(line.partition("==")[0]) for line in LOCK[1:]}
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert {_key(Requirement(one).name) for one in wanted} <= locked


@pytest.mark.parametrize("text", PROJECT["project"]["dependencies"])
def test_a_requirement_has_a_lowest_and_a_highest_version(text: str) -> None:
    signs = {one.operator for one in Requirement(text).specifier}
    assert ">=" in signs
    assert "<" in signs


def test_the_licence_of_every_package_was_looked_at() -> None:
    told = {package.metadata["Name"]: licence(package) for package in needed("papers-kg", set())}
    assert {name: text for name, text in told.items() if not text.startswith(tuple(KNOWN))} == {}
    assert "igraph" in told


def test_arrays_of_the_model_are_read_without_unpickling() -> None:
    for file in runtime.DATA.glob("*.npz"):
        with np.load(file, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays)
    assert not [file for file in runtime.DATA.iterdir() if file.suffix in (".pkl", ".pickle", ".pt", ".bin", ".joblib")]


def test_reading_papers_keeps_nothing_in_the_home_folder_and_reports_to_nobody(tmp_path: Path) -> None:
    homes = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME")}
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"} | homes
    paper = b'{"id": "1", "title": "A Net", "abstract": "We train BERT on ImageNet."}\n'
    command = [sys.executable, "-m", "kg", "extract", "-", "--extractors", "model"]
    done = subprocess.run(
        command, input=paper, capture_output=True, cwd=ROOT, env=environment, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b'"extractor": "model"' in done.stdout
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
