"""Questions to a built graph, in SPARQL."""

from kg.query.store import build_store, open_store

__all__ = ["build_store", "open_store"]
