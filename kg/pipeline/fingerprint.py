"""What an extraction depends on but its paper: code, word lists, weights, ontology, options, what runs the network."""

import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kg
from kg.files import file_digest
from kg.ontology import Ontology
from kg.pipeline.options import BuildOptions

_PACKAGE = Path(kg.__file__).parent
# Patterns below the package. The files of the built-in ontology lie elsewhere: their digest is the ontology's.
READS = ("data.py", "normalize.py", "extract/**/*", "ontology/*.py", "pipeline/within.py")
ASKS = ("data.py", *(f"extract/{name}.py" for name in ("acronyms", "memory", "reading", "sentences", "trained")),
        "extract/model/**/*")  # fmt: skip


def fingerprint_of(ontology: Ontology, options: BuildOptions) -> str:
    """What every extraction depends on but its paper."""
    limits = f"{options.limits.mentions} {options.limits.seconds}"
    model = f" {_runtime()} {options.device}" if asks_model(options) else ""
    asked = f"{','.join(options.extractors)} {options.min_score} {limits}{model}"
    return f"{source_digest(READS)} {ontology.digest} {asked}"


def answers_fingerprint(options: BuildOptions) -> str:
    """What the trained model's answers depend on but the paper."""
    return f"{source_digest(ASKS)} {_runtime()} {options.device}"


def asks_model(options: BuildOptions) -> bool:
    """Whether the trained model is among the extractors."""
    return not options.extractors or "model" in options.extractors


@cache
def source_digest(patterns: tuple[str, ...] = ("**/*",), folder: Path = _PACKAGE) -> str:
    """SHA-256 of the code and data that `patterns` name below `folder`, by default all of kg's."""
    total = hashlib.sha256()
    for file in sorted({file for pattern in patterns for file in folder.glob(pattern)}):
        if file.is_file() and file.suffix != ".pyc":
            total.update(f"{file.relative_to(folder).as_posix()} {file_digest(file)}\n".encode())
    return total.hexdigest()


@cache
def _runtime() -> str:
    """What runs the network: each version rounds in its own way, and each device."""
    for name in ("onnxruntime", "onnxruntime-gpu"):
        with suppress(PackageNotFoundError):
            return f"{name} {version(name)}"
    return ""
