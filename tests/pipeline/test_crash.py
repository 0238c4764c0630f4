"""A short run of `scripts/crash_test.py`: builds that are killed are made good by the next one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no SIGKILL to groups of processes on this system")
def test_two_killed_builds_end_with_the_bytes_of_an_undisturbed_one() -> None:
    script, papers = ROOT / "scripts" / "crash_test.py", ROOT / "examples" / "papers.jsonl"
    command = [sys.executable, str(script), str(papers), "--kills", "2", "--papers", "6", "--jobs", "1"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kills, 2 times the same bytes" in done.stdout
