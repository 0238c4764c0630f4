"""Write requirements-dev.lock from what pip would install for development; scripts/lock makes the environment first."""

import json
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
EXTRAS = ("mcp", "parquet", "shacl")
GROUPS = ("dev", "docs")
_ADDRESS = re.compile(r"://|[/\\]")


def main() -> int:
    """Resolve with the installed versions as constraints, and write names, versions and hashes."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, held, report = (Path(folder, name) for name in ("wanted.txt", "held.txt", "report.json"))
        wanted.write_text("\n".join(requirements()) + "\n", encoding="utf-8")
        held.write_text("\n".join(installed()) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report"]
        subprocess.run([*command, str(report), "-c", str(held), "-r", str(wanted)], check=True, cwd=folder)
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    lines = sorted(map(pinned, found))
    head = f"# Made by scripts/lock for Python {platform.python_version()} on {platform.system()} {platform.machine()}."
    if wrong := [line for line in lines if _ADDRESS.search(line)]:
        raise SystemExit(f"an address or a path in the lock file: {wrong}")
    LOCK.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    print(f"{LOCK.name}: {len(lines)} packages")
    return 0


def requirements() -> list[str]:
    """What kg, its extras and the groups of development ask for."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = told["project"], told["dependency-groups"]
    lists = [project["dependencies"], *(groups[name] for name in GROUPS)]
    lists += [project["optional-dependencies"][name] for name in EXTRAS]
    return sorted({one for some in lists for one in some})


def installed() -> list[str]:
    """The versions of this environment, as constraints."""
    found = {package.metadata["Name"]: package.version for package in distributions()}
    return sorted(f"{name}=={version}" for name, version in found.items() if name != "papers-kg")


def pinned(item: dict[str, Any]) -> str:
    """One line of the lock file: ``name==version --hash=sha256:…``."""
    hashes = item["download_info"]["archive_info"]["hashes"]
    metadata = item["metadata"]
    return f"{metadata['name'].lower()}=={metadata['version']} --hash=sha256:{hashes['sha256']}"


if __name__ == "__main__":
    sys.exit(main())
