"""Extensions that a folder sets for all commands run in it: ``kg.toml``, or ``[tool.kg]`` of ``pyproject.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from kg.errors import OntologyError


def configured_extensions(folder: Path) -> tuple[Path, ...]:
    """Files named by ``ontology = [...]`` in the settings of `folder`, relative to it; ``kg.toml`` goes first.

    Raises `OntologyError` if a settings file is not TOML, or names something that is no file.
    """
    for name, table in (("kg.toml", ()), ("pyproject.toml", ("tool", "kg"))):
        file = folder / name
        if not file.is_file():
            continue
        settings = _settings(file, table)
        if "ontology" in settings:
            return tuple(_file(file, folder, item) for item in _items(file, settings["ontology"]))
    return ()


def _settings(file: Path, table: tuple[str, ...]) -> dict[str, Any]:
    try:
        settings: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise OntologyError(f"{file}: not TOML ({error})") from error
    for key in table:
        settings = settings.get(key, {}) if isinstance(settings, dict) else {}
    return settings if isinstance(settings, dict) else {}


def _items(file: Path, value: Any) -> list[str]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise OntologyError(f'{file}: ontology must be a list of files, such as ontology = ["robot.yaml"]')
    return items


def _file(file: Path, folder: Path, item: str) -> Path:
    path = folder / item
    if not path.is_file():
        raise OntologyError(f"{file}: ontology names {item}, but there is no such file")
    return path
