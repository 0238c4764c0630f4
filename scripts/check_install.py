"""Install the wheel as strangers would, use it there, and measure: size, time of `kg --help` and of the examples.

    python scripts/check_install.py [--python PYTHON]... [--tool pipx|uv]... [--keep FOLDER]

Each PYTHON gets an empty virtual environment and `pip install WHEEL`; each tool installs the wheel with the first
PYTHON (pipx and uv are fetched by pip if they are not on the path). Whatever is used lies in a folder with a space in
its name, away from the checkout. Prints a table for docs/install.md; exit code 1 if a command fails or the wheel is
wrong.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts.distribution import ROOT, build, problems

BIN = "Scripts" if os.name == "nt" else "bin"
SUFFIX = ".exe" if os.name == "nt" else ""
DISTRIBUTION = "papers-kg"
USES = (
    ("--version",),
    ("doctor",),
    ("query", "--name", "counts"),
    ("find", "imagnet"),
    ("validate",),
    ("export", "gexf", "--graph", "cooccurrence", "--to", "a map.gexf"),
    ("ontology", "new", "robot"),
    ("ontology", "check", "robot.yaml"),
)


@dataclass(frozen=True, slots=True)
class Installed:
    """One installation: how it was made, in how many seconds, where its commands and its packages are."""

    way: str
    seconds: float
    kg: Path
    site: Path

    @property
    def python(self) -> Path:
        """The Python that has kg: two or three folders above its packages, beside them on Windows."""
        environment = self.site.parents[1] if os.name == "nt" else self.site.parents[2]
        return environment / BIN / f"python{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Measured:
    """Bytes by package without pip, the bytecode among them, seconds of `kg --help` (best of five) and of a build."""

    sizes: Counter[str]
    bytecode: int
    help_seconds: float
    build_seconds: float


def run(command: list[str], folder: Path, **more: str) -> str:
    """Run in `folder`, away from this environment; what it printed. Raises `SystemExit` with that if it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "KG_"))}
    done = subprocess.run(
        command, cwd=folder, env=kept | more, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def by_pip(python: str, wheel: Path, folder: Path) -> Installed:
    """An empty virtual environment of `python`, and `pip install WHEEL` in it."""
    way = f"pip, {_named(python, folder)}"
    place = folder / way
    run([python, "-m", "venv", str(place)], folder)
    start = time.perf_counter()
    pip = [str(place / BIN / f"python{SUFFIX}"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, str(wheel)], folder)
    return Installed(way, time.perf_counter() - start, place / BIN / f"kg{SUFFIX}", _site(place))


def by_pipx(python: str, wheel: Path, folder: Path) -> Installed:
    """`pipx install WHEEL`, with a home of its own."""
    place, start = folder / "pipx home", time.perf_counter()
    homes = {"PIPX_HOME": str(place), "PIPX_BIN_DIR": str(place / "bin"), "PIPX_MAN_DIR": str(place / "man")}
    run([*_program("pipx", folder), "install", "--python", python, str(wheel)], folder, **homes)
    way = f"pipx, {_named(python, folder)}"
    return Installed(way, time.perf_counter() - start, place / "bin" / f"kg{SUFFIX}", _site(place / "venvs"))


def by_uv(python: str, wheel: Path, folder: Path) -> Installed:
    """`uv tool install WHEEL`, with a home of its own."""
    place, start = folder / "uv home", time.perf_counter()
    homes = {"UV_TOOL_DIR": str(place / "tools"), "UV_TOOL_BIN_DIR": str(place / "bin"), "UV_PYTHON_DOWNLOADS": "never"}
    run([*_program("uv", folder), "tool", "install", "--python", python, str(wheel)], folder, **homes)
    way = f"uv tool, {_named(python, folder)}"
    return Installed(way, time.perf_counter() - start, place / "bin" / f"kg{SUFFIX}", _site(place / "tools"))


TOOLS: dict[str, Callable[[str, Path, Path], Installed]] = {"pipx": by_pipx, "uv": by_uv}


def _named(python: str, folder: Path) -> str:
    """A Python with its version."""
    return "Python " + run([python, "-c", "import platform; print(platform.python_version())"], folder).strip()


def _program(name: str, folder: Path) -> list[str]:
    """The tool on the path, else one that pip puts into an environment of its own."""
    if found := shutil.which(name):
        return [found]
    place = folder / f"{name} itself"
    venv.create(place, with_pip=True)
    program = place / BIN / f"{name}{SUFFIX}"
    run([str(place / BIN / f"python{SUFFIX}"), "-m", "pip", "install", "--quiet", name], folder)
    return [str(program)]


def _site(place: Path) -> Path:
    """The folder of packages below `place` that has kg in it."""
    return next(place.rglob("kg/py.typed")).parents[1]


def use(installed: Installed, folder: Path) -> float:
    """Run what a new user runs, in `folder`; seconds of the first build of the examples."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    kg, start = str(installed.kg), time.perf_counter()
    run([kg, "build", "examples/papers.jsonl", "-o", "output", "--quiet"], folder)
    seconds = time.perf_counter() - start
    for arguments in USES:
        run([kg, *arguments], folder)
    said = {run([*command, "--version"], folder) for command in ([kg], [str(installed.python), "-m", "kg"])}
    if len(said) != 1 or "missing" in said.pop():
        raise SystemExit(f"{installed.way}: python -m kg says another version, or the model is missing")
    return seconds


def measure(installed: Installed, build_seconds: float) -> Measured:
    """Sizes of the packages, and how long `kg --help` takes."""
    sizes, bytecode, times = Counter[str](), 0, []
    for file in installed.site.rglob("*"):
        name = file.relative_to(installed.site).parts[0]
        if file.is_file() and not file.is_symlink() and not name.startswith("pip"):
            sizes[name.removesuffix(".libs")] += file.stat().st_size
            bytecode += file.stat().st_size if file.suffix == ".pyc" else 0
    for _ in range(5):
        start = time.perf_counter()
        run([str(installed.kg), "--help"], installed.site)
        times.append(time.perf_counter() - start)
    return Measured(sizes, bytecode, min(times), build_seconds)


def row(installed: Installed, found: Measured) -> str:
    """A line of the table."""
    whole = found.sizes.total()
    cells = (f"{installed.seconds:.0f} s", f"{whole / 1e6:.0f} MB", f"{(whole - found.bytecode) / 1e6:.0f} MB",
             f"{found.help_seconds:.2f} s", f"{found.build_seconds:.1f} s")  # fmt: skip
    return f"| {installed.way} | {' | '.join(cells)} |"


def report(results: list[tuple[Installed, Measured]]) -> str:
    """The table, and the largest packages of the first installation."""
    lines = ["| installed with | installing | on disk | of it not bytecode | `kg --help` | examples |",
             "| --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    lines += [row(*result) for result in results]
    largest = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in results[0][1].sizes.most_common(12))
    load = f"; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""
    return "\n".join([*lines, "", f"Largest, in MB: {largest}", f"{platform.system()} {platform.machine()}{load}"])


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", help="a Python 3.11+; this one if none is named")
    parser.add_argument("--tool", action="append", choices=TOOLS, default=[])
    parser.add_argument("--keep", type=Path, help="install into this folder and leave it there")
    return parser.parse_args()


def main() -> None:
    """Build, install, use, measure, print."""
    asked = options()
    pythons = asked.python or [sys.executable]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (asked.keep or Path(temporary)).resolve()
        (folder / "dist").mkdir(parents=True, exist_ok=True)
        wheel, sdist = build(folder / "dist")
        if wrong := problems(wheel, sdist):
            raise SystemExit("\n".join(wrong))
        plan = [(by_pip, python) for python in pythons] + [(TOOLS[name], pythons[0]) for name in asked.tool]
        results = []
        for number, (make, python) in enumerate(plan):
            installed = make(python, wheel, folder)
            place = folder / f"my papers {number}"
            place.mkdir()
            results.append((installed, measure(installed, use(installed, place))))
            print(f"{installed.way}: works", flush=True)
        print(report(results), flush=True)


if __name__ == "__main__":
    main()
