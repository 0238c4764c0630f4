"""One build of the example papers, shared by the tests of the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.main import cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "papers.jsonl"


def run(*arguments: object, stdin: str | None = None) -> Result:
    """Run a command in this process; errors are raised as they are."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin, catch_exceptions=True)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a build of the examples."""
    folder = tmp_path_factory.mktemp("examples build")
    result = run("build", EXAMPLES, "-o", folder, "--jobs", 1, "--quiet")
    assert result.exit_code == 0, result.output
    return folder
