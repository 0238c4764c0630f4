"""The parsers of Gephi Lite, installed once into pytest's cache."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

collect_ignore = ["native"]  # run by another Python, not imported by this one

_SOURCES = Path(__file__).parent / "node"
Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def graphology(request: pytest.FixtureRequest) -> Read:
    """A function from files to what graphology reads in them."""
    folder = Path(request.config.cache.mkdir("graph-readers"))
    _install(folder)

    def read(*files: Path) -> list[dict[str, Any]]:
        command = ["node", str(folder / "read.cjs"), *map(str, files)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=120)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return read


def _install(folder: Path) -> None:
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        pytest.fail(f"{' and '.join(missing)} not found: install nodejs and npm to test files for Gephi Lite")
    wanted = (_SOURCES / "package.json").read_text(encoding="utf-8")
    installed = folder / "installed.json"
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted:
        shutil.copy(_SOURCES / "package.json", folder)
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        done = subprocess.run(
            command, check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300
        )
        if done.returncode:
            pytest.fail(f"npm install of the parsers of Gephi Lite failed:\n{done.stderr[-2000:]}")
        installed.write_text(wanted, encoding="utf-8")
    shutil.copy(_SOURCES / "read.cjs", folder)
