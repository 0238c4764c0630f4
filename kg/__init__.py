"""Build your own Papers with Code: from listings of papers to a typed, evidenced knowledge graph."""

import importlib
from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """``kg.open`` and ``kg.KnowledgeGraph``, imported when they are first used, so that ``import kg`` stays quick.

    ``__init__.pyi`` tells type checkers what they are.
    """
    if name in ("KnowledgeGraph", "open"):
        return getattr(importlib.import_module("kg.api"), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
