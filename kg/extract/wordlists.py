"""Small word lists that the rules share, one file each under ``data/``."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


@cache
def word_list(name: str) -> frozenset[str]:
    """The lower-case words and phrases of ``data/<name>.txt``; lines that begin with # are comments."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
