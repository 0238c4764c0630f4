"""One build of the examples, and a folder a page in which its commands run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_BIN = Path(sys.executable).parent


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Variables with the `kg` of this Python first on the path; nothing of the user's own settings."""
    path = os.pathsep.join((str(_BIN), os.environ.get("PATH", "")))
    return os.environ | {"PATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"}


@pytest.fixture(scope="session")
def built_examples(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A folder with `examples/` and the build of them in `output/`."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    command = ["kg", "build", "examples/papers.jsonl", "-o", "output", "--quiet"]
    subprocess.run(command, cwd=folder, env=environment, check=True, timeout=600)
    return folder


@pytest.fixture
def workplace(built_examples: Path, tmp_path: Path) -> Path:
    """A copy of it for one page, in a folder with a space in its name."""
    return Path(shutil.copytree(built_examples, tmp_path / "my papers"))


@pytest.fixture
def runs(workplace: Path, environment: dict[str, str]) -> Callable[[list[str]], None]:
    """Run a command in the page's folder; what it printed is shown if it fails."""

    def run(command: list[str]) -> None:
        done = subprocess.run(
            command, cwd=workplace, env=environment, capture_output=True, encoding="utf-8", timeout=600, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)[:2000]}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"

    return run
