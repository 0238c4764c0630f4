"""Shell completion, as docs/install.md describes it."""

import os
import subprocess
import sys

import pytest

KG = [sys.executable, "-c", "import sys; sys.argv[0] = 'kg'; from kg.cli import main; main()"]


def complete(typed: str) -> list[str]:
    """What bash would offer for the last word of a line."""
    words = typed.split(" ")
    asked = {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(KG, env=os.environ | asked, capture_output=True, encoding="utf-8", check=True)
    return [line.partition(",")[2] for line in done.stdout.split()]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kg que", ["query"]),
        ("kg query --na", ["--name"]),
        ("kg build --provenance f", ["full"]),
        ("kg ontology sh", ["show"]),
        ("kg nothing", []),
    ],
)
def test_the_tab_key_offers_what_fits(typed: str, offered: list[str]) -> None:
    assert complete(typed) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_that_the_page_names_gets_a_script(shell: str) -> None:
    asked = os.environ | {"_KG_COMPLETE": f"{shell}_source"}
    done = subprocess.run(KG, env=asked, capture_output=True, encoding="utf-8", check=True)
    assert "_KG_COMPLETE" in done.stdout
