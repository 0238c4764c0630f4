"""What the search index is made of: names of all nodes, titles of papers, sentences of claims."""

from collections.abc import Iterator
from hashlib import blake2b

from kg.data import Graph
from kg.query import NameRow, TextRow


def search_rows(graph: Graph) -> tuple[Iterator[NameRow], Iterator[TextRow]]:
    """Rows of names (id, type, name, aliases, papers) and of texts (id, title or sentence), in a fixed order."""
    names = ((n.id, n.type, n.name, n.aliases, n.papers) for n in graph.nodes if n.type != "Result")
    return names, _texts(graph)


def _texts(graph: Graph) -> Iterator[TextRow]:
    seen: set[bytes] = set()  # digests: the texts themselves would take four times the memory
    for assertion in graph.assertions:
        for item in assertion.evidence:
            if item.paper and item.sentence:
                text = f"{item.paper}\0{item.sentence}".encode("utf-8", "surrogatepass")
                digest = blake2b(text, digest_size=12).digest()
                if digest not in seen:
                    seen.add(digest)
                    yield item.paper, item.sentence
