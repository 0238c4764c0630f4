"""A built graph over HTTP and to agents: explorer, SPARQL protocol, editor, entity pages, JSON API."""
