"""Entity resolution: one thing, one node, with the reason for every join."""

from kg.resolve.overrides import Override, read_overrides
from kg.resolve.resolve import resolve

__all__ = ["Override", "read_overrides", "resolve"]
