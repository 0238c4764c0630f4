"""The deadline of `kg query` ends a query, never the program that asked it and went on."""

import subprocess
import sys
from pathlib import Path

_ASK_TWICE = """
import time
from click.testing import CliRunner
from kg.cli.query import command
asked = CliRunner().invoke(command, ["ASK {}", "--on", "empty.ttl", "--timeout", "1"])
assert asked.exit_code == 0, asked.output
time.sleep(1.5)
print("still here")
"""


def test_a_deadline_that_was_kept_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").touch()
    done = subprocess.run(
        [sys.executable, "-c", _ASK_TWICE], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip() == "still here", done.stderr
