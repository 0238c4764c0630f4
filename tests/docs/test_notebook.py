"""The notebook that comes with the examples runs from top to bottom, and is kept without its answers."""

import sys
from collections.abc import Callable

import nbformat

from tests.docs.conftest import ROOT

NOTEBOOK = ROOT / "examples" / "tour.ipynb"
EXECUTE = "from nbclient.cli import main; main()"


def test_the_notebook_runs(runs: Callable[[list[str]], None]) -> None:
    runs([sys.executable, "-c", EXECUTE, "examples/tour.ipynb", "--timeout=120", "--output=done"])


def test_the_notebook_is_kept_without_answers() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 5
    assert not [cell for cell in code if cell.outputs or cell.execution_count]
