"""Every command and every Python block of README and docs runs; ``text`` marks those that cannot."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, PAGES, blocks, languages, name

SHELL = [page for page in PAGES if blocks(page, "sh")]
PYTHON = [page for page in PAGES if blocks(page, "python")]
KNOWN = {"sh", "text", "python", "turtle", "json", "toml", "yaml", "sparql", "mermaid"}
Run = Callable[[list[str]], None]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the blocks are written for a POSIX shell")
@pytest.mark.parametrize("page", SHELL, ids=name)
def test_every_command_block_runs(page: Path, runs: Run) -> None:
    runs(["bash", "-euo", "pipefail", "-c", "\n".join(blocks(page, "sh"))])


@pytest.mark.parametrize("page", PYTHON, ids=name)
def test_every_python_block_runs(page: Path, runs: Run) -> None:
    runs([sys.executable, "-c", "\n".join(blocks(page, "python"))])


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert set(languages(page)) <= KNOWN


def test_the_four_jobs_have_commands_that_run() -> None:
    for job in ("explore", "query", "gephi", "extend"):
        assert blocks(DOCS / "tutorials" / f"{job}.md", "sh")
