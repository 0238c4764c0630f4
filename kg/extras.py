"""How to get the packages of an extra into the environment that `kg` runs in."""

import os
import re
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from shlex import join

DISTRIBUTION = "papers-kg"
_REQUIREMENT = re.compile(r"([^;]*[^;\s])\s*(?:;(?:.*extra\s*==\s*['\"]([^'\"]+)['\"])?.*)?")


def requirements(extra: str = "") -> tuple[str, ...]:
    """What `kg` always needs, or what only `extra` does, as pip takes it: ``pyarrow>=17``.

    What is needed on some platforms only is not among them. Raises `PackageNotFoundError` if `kg` is not installed.
    """
    found = []
    for line in metadata.requires(DISTRIBUTION) or ():
        match = _REQUIREMENT.fullmatch(line)
        if match and (match[2] or "") == extra and (match[2] or ";" not in line):
            found.append(match[1])
    return tuple(found)


def how_to_install(extra: str = "") -> str:
    """A command that adds what `extra` needs to this environment, whether or not that is the active one.

    It names the packages themselves: ``papers-kg[parquet]`` can only be asked for where `kg` came from. An environment
    without pip was made by uv.
    """
    try:
        wanted = requirements(extra)
    except metadata.PackageNotFoundError:
        return f"pip install '.[{extra}]' in the folder of kg" if extra else "pip install . in the folder of kg"
    python = _python()
    installer = [python, "-m", "pip", "install"] if find_spec("pip") else ["uv", "pip", "install", "--python", python]
    command = [*installer, *wanted]
    return subprocess.list2cmdline(command) if os.name == "nt" else join(command)


def _python() -> str:
    """This Python, from the working directory if it lies below: the root apart, where that cuts off the slash."""
    here, folder = Path(sys.executable), Path.cwd()
    return str(here.relative_to(folder)) if folder != folder.parent and here.is_relative_to(folder) else str(here)
