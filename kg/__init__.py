"""Build your own Papers with Code: from listings of papers to a typed, evidenced knowledge graph."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "__version__", "open"]

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, open


def __getattr__(name: str) -> Any:
    """``kg.open`` and ``kg.KnowledgeGraph``, imported when they are first used, so that ``import kg`` stays quick."""
    if name in ("KnowledgeGraph", "open"):
        from kg import api  # noqa: PLC0415 - this is the point

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
