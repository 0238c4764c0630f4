"""Versions of software, ontology and model, read from their files without importing what they are for."""

import hashlib
import json
import re
from pathlib import Path

import kg

_PACKAGE = Path(kg.__file__).parent
_FOLDERS = (_PACKAGE / "ontology" / "files", _PACKAGE.parent / "ontology")  # in a wheel, in a checkout
_VERSION = re.compile(r"^version:\s*[\"']?([^\"'#\s]+)", re.MULTILINE)
MODEL_FOLDER = _PACKAGE / "extract" / "model" / "data"


def ontology_version() -> str:
    """Version of the built-in ontology, or ``missing``."""
    for folder in _FOLDERS:
        file = folder / "kg.yaml"
        if file.is_file():
            match = _VERSION.search(file.read_text(encoding="utf-8"))
            return match[1] if match else "without a version"
    return "missing"


def model_version(folder: Path = MODEL_FOLDER) -> str:
    """The version in the trained model's ``config.json``, else eight digits of that file's SHA-256; or ``missing``."""
    try:
        content = (folder / "config.json").read_bytes()
        named = json.loads(content).get("version")
    except FileNotFoundError:
        return "missing"
    except (OSError, ValueError, AttributeError):
        return "damaged"
    return str(named or hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:8])


def version_line() -> str:
    """What ``kg --version`` prints.

    >>> version_line().startswith("kg ")
    True
    """
    return f"kg {kg.__version__} (ontology {ontology_version()}, model {model_version()})"
