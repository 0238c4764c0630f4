"""Entity resolution: one thing, one node, with the reason for every join."""

from kg.resolve.overrides import Override, builtin_overrides, idle, read_overrides
from kg.resolve.resolve import resolve, same_thing

__all__ = ["Override", "builtin_overrides", "idle", "read_overrides", "resolve", "same_thing"]
