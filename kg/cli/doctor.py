"""``kg doctor``."""

import json
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

import click

import kg
from kg.cli.tables import counted, fitted
from kg.cli.versions import MODEL_FOLDER, model_version, ontology_version
from kg.errors import KgError
from kg.extras import DISTRIBUTION, how_to_install, requirements
from kg.files import file_digest

_AGAIN = "install kg again from where you had it: pip install --force-reinstall --no-deps FOLDER-OR-WHEEL"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
# extra → what it is for
_EXTRAS = {
    "gpu": "kg build --device cuda",
    "mcp": "kg mcp: answer an agent",
    "notebook": "Jupyter notebooks, data frames",
    "parquet": "kg export parquet",
    "shacl": "kg validate --shacl",
    "spark": "kg build --engine spark",
    "train": "train the model again",
}
_INSTEAD = {"onnxruntime": "onnxruntime-gpu"}  # has all of the other, which must not be beside it


@dataclass(frozen=True, slots=True)
class Check:
    """Something looked at. ``status`` is ``ok``, ``absent`` (a choice) or ``wrong``; ``advice`` says how to get it."""

    name: str
    status: str
    found: str
    advice: str = ""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(as_json: bool) -> None:
    """Say what is installed, what is missing for which feature, and how to get it; exit code 1 if kg cannot work.

    Example: kg doctor
    """
    checks = [*_platform(), *_packages(), _ontology(), _model(), _graphics_card()]
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        _say(checks)
    wrong = sum(check.status == "wrong" for check in checks)
    if wrong:
        click.echo(f"kg: {counted(wrong, 'thing')} to put right; see 'wrong' above", err=True)
        raise click.exceptions.Exit(1)


def _say(checks: list[Check]) -> None:
    width = max(len(check.name) for check in checks)
    for check in checks:
        head = f"{check.status:6}  {check.name:{width}}  "
        click.echo(fitted(check.found, head, " " * len(head)))
        if check.advice:
            click.echo(f"{'':6}  -> {check.advice}")


def _platform() -> Iterator[Check]:
    yield Check("kg", "ok", f"{kg.__version__} on {platform.system()} {platform.machine()}")
    python = platform.python_version()
    old = sys.version_info < (3, 11)
    yield Check("Python", "wrong" if old else "ok", python, "install Python 3.11 or newer" if old else "")
    encoding = (sys.stdout.encoding or "unknown").lower().replace("_", "-")
    plain = encoding not in ("utf-8", "utf8", "cp65001")
    advice = "set PYTHONUTF8=1; names in other scripts cannot be shown otherwise" if plain else ""
    yield Check("terminal encoding", "absent" if plain else "ok", encoding, advice)


def _packages() -> Iterator[Check]:
    """One check for the packages that kg always needs, and one an extra."""
    try:
        metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        yield Check("packages", "wrong", "kg is not installed, only lies here", how_to_install())
        return
    for extra in ("", *_EXTRAS):
        yield _group(extra)


def _group(extra: str) -> Check:
    names = [match[0] for line in requirements(extra) if (match := _NAME.match(line))]
    versions = {name: _installed(name) for name in names}
    missing = [name for name, version in versions.items() if not version]
    title = f"[{extra}] {_EXTRAS[extra]}" if extra else "packages"
    if not missing:
        return Check(title, "ok", ", ".join(f"{name} {version}" for name, version in versions.items()))
    return Check(title, "absent" if extra else "wrong", f"without {', '.join(missing)}", how_to_install(extra))


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return _installed(_INSTEAD[name]) if name in _INSTEAD else ""


def _ontology() -> Check:
    version = ontology_version()
    try:
        from kg.ontology import load_ontology

        known = load_ontology()
    except (KgError, ImportError, OSError) as error:
        return Check("ontology", "wrong", f"{version}: {error}", _AGAIN)
    parts = f"{len(known.types)} classes, {len(known.predicates)} relations, {len(known.terms):,} names"
    return Check("ontology", "ok", f"{version}, digest {known.digest[:12]}, {parts}")


def _model(folder: Path = MODEL_FOLDER) -> Check:
    """Whether the model's files are there and are those that were shipped; without it the rules work alone."""
    version = model_version(folder)
    if version == "missing":
        return Check("trained model", "absent", "not in this installation; extraction uses rules alone", _AGAIN)
    try:
        digests: dict[str, str] = json.loads((folder / "config.json").read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError) as error:
        return Check("trained model", "wrong", f"config.json: {error!r}", _AGAIN)
    for name, expected in sorted(digests.items()):
        file = folder / name
        if not file.is_file():
            return Check("trained model", "wrong", f"{name} is missing", _AGAIN)
        if file_digest(file) != expected:
            return Check("trained model", "wrong", f"{name} is damaged", _AGAIN)
    size = sum((folder / name).stat().st_size for name in digests) / 1e6
    return Check("trained model", "ok", f"{version}, {len(digests)} files, {size:.0f} MB")


def _graphics_card() -> Check:
    """Whether the trained model can run on a graphics card: it is tried."""
    try:
        from kg.extract.model.device import how_to_get_it, open_together
    except ImportError as error:
        return Check("graphics card", "absent", f"onnxruntime cannot be imported ({error})", _AGAIN)
    try:
        open_together(MODEL_FOLDER / "model.onnx")
    except (KgError, OSError) as error:
        return Check("graphics card", "absent", str(error).partition("; to get it")[0], how_to_get_it())
    return Check("graphics card", "ok", "the trained model can run on it: --device cuda")
