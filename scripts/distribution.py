"""Build wheel and sdist, and say what is wrong with what is in them.

    python scripts/distribution.py [FOLDER]      FOLDER takes both files; without it they are thrown away

The wheel has to hold every file of kg/ and ontology/ and nothing else, the sdist what is needed to make that wheel
again and to try it; neither may hold tests, caches or anything large that is not the model.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
ONTOLOGY = "kg/ontology/files/"  # where the wheel has ontology/
MOST_BYTES = 30_000_000
NEEDED = ("kg/py.typed", "kg/__init__.pyi", "kg/extract/model/data/model.onnx", "kg/extract/model/data/config.json",
          "kg/extract/model/data/tokenizer.json", f"{ONTOLOGY}kg.yaml", f"{ONTOLOGY}lexicon/methods.tsv")  # fmt: skip
SOURCE = ("LICENSE", "NOTICE", "LICENSES/Apache-2.0.txt", "README.md", "CHANGELOG.md", "CITATION.cff", "pyproject.toml",
          "ontology/kg.yaml", "examples/papers.jsonl", "docs/index.md")  # fmt: skip
_UNWANTED = re.compile(
    r"(^|/)(tests?|__pycache__|\.[a-z_]+_cache|\.hypothesis|\.venv|annotations|output|site|build)/|\.pyc$"
)


def build(folder: Path) -> tuple[Path, Path]:
    """Wheel and sdist in `folder`; the wheel is made from the sdist, as package indexes and distributions do it.

    hatchling of this environment is used if it is there, else one that the build fetches.
    """
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    command = [sys.executable, "-m", "build", *isolation, "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def members(file: Path) -> dict[str, int]:
    """Size in bytes of every file in a wheel or an sdist, by its path; the top folder of an sdist is taken off."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            return {entry.filename: entry.file_size for entry in wheel.infolist()}
    with tarfile.open(file) as sdist:
        return {entry.name.partition("/")[2]: entry.size for entry in sdist.getmembers() if entry.isfile()}


def sources(root: Path = ROOT) -> set[str]:
    """Path in the wheel of every file that belongs there."""
    package = {file.relative_to(root).as_posix() for file in (root / "kg").rglob("*") if file.is_file()}
    data = {file.relative_to(root / "ontology") for file in (root / "ontology").rglob("*") if file.is_file()}
    found = package | {ONTOLOGY + file.as_posix() for file in data}
    return {name for name in found if not _UNWANTED.search(name)}


def wheel_problems(held: dict[str, int], wanted: set[str]) -> list[str]:
    """What a wheel lacks and what it should not have."""
    code = {name for name in held if ".dist-info/" not in name}
    lacks = [f"lacks {name}" for name in sorted((wanted | set(NEEDED)) - code)]
    return lacks + [f"has {name}" for name in sorted(code - wanted)] + _unwanted(held)


def sdist_problems(held: dict[str, int], wanted: set[str]) -> list[str]:
    """What an sdist lacks and what it should not have."""
    needed = {name.replace(ONTOLOGY, "ontology/") for name in wanted} | set(SOURCE)
    return [f"lacks {name}" for name in sorted(needed - set(held))] + _unwanted(held)


def _unwanted(held: dict[str, int]) -> list[str]:
    found = [f"has {name}" for name in sorted(held) if _UNWANTED.search(name)]
    large = {name: size for name, size in held.items() if size > 1_000_000 and not name.endswith("model.onnx")}
    return found + [f"has {name}, {size / 1e6:.1f} MB" for name, size in sorted(large.items())]


def problems(wheel: Path, sdist: Path) -> list[str]:
    """Everything wrong with the two files, with the file's name."""
    wanted = sources()
    found = [f"{wheel.name} {problem}" for problem in wheel_problems(members(wheel), wanted)]
    found += [f"{sdist.name} {problem}" for problem in sdist_problems(members(sdist), wanted)]
    sizes = {file.name: file.stat().st_size for file in (wheel, sdist)}
    return found + [f"{name} is {size / 1e6:.1f} MB" for name, size in sizes.items() if size > MOST_BYTES]


def main() -> None:
    """Build, check, print the sizes; exit code 1 if something is wrong."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        wheel, sdist = build(folder)
        for file in (wheel, sdist):
            held = members(file)
            unpacked = f"{len(held)} files, {sum(held.values()) / 1e6:.1f} MB unpacked"
            print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, {unpacked}")
        found = problems(wheel, sdist)
    if found:
        raise SystemExit("\n".join(found))


if __name__ == "__main__":
    main()
