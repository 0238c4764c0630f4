"""Runs the tests of the page's modules in node; what they need of a browser is tested in tests/browser."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "modules"
PAGE = Path(__file__).parents[3] / "kg" / "export" / "html" / "page"


@pytest.mark.parametrize("tests", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name)
def test_modules(tests: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node, "node is missing: install it with `apt-get install -y nodejs`"
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copytree(PAGE, tmp_path / "page")
    (tmp_path / "tests").mkdir()
    shutil.copy(tests, tmp_path / "tests")
    done = subprocess.run(
        [node, "--test", f"tests/{tests.name}"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
