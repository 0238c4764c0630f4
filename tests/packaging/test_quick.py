"""``kg --help`` and ``kg --version`` stay quick: neither imports anything that is slow to import."""

import subprocess
import sys

import pytest

SLOW = {"spacy", "numpy", "onnxruntime", "networkx", "igraph", "rdflib", "pyoxigraph", "pyvis", "yaml",
        "rich", "starlette", "uvicorn", "asyncio", "sqlite3", "msgspec"}  # fmt: skip
CODE = """
import sys
sys.argv = ["kg", *sys.argv[1:]]
from kg.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print(sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("asked", [["--help"], ["--version"]], ids=" ".join)
def test_nothing_slow_is_imported(asked: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", CODE, *asked], capture_output=True, encoding="utf-8", check=True)
    imported = {name.strip("[]' ") for name in done.stderr.split(",")}
    assert "click" in imported
    assert not imported & SLOW
