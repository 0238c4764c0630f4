"""Build your own Papers with Code: from listings of papers to a typed, evidenced knowledge graph."""

__version__ = "0.1.0"
