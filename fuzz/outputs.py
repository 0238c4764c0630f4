"""Targets for the exporters: a graph made of the input's texts, written, and read back by a parser that is not ours."""

import re
import shutil
from pathlib import Path

from fuzz.files import folder
from fuzz.readers import READERS, described
from kg.data import Assertion, Evidence, Graph, Node
from kg.export import EXPORTERS
from kg.export.columns import clean
from kg.ontology import Ontology, load_ontology

_SEPARATOR = "\x1d"  # texts of the input, as the dictionary of the fuzzer has it
_MOST = 12
_RDF = frozenset(("nt", "ttl", "jsonld"))
_BREAKS = re.compile(r"[\x00-\x1d\x1f\x85\u2028\u2029]")


def graph_of(data: bytes) -> Graph:
    """One paper that introduces up to twelve methods; all texts (names, aliases, sentences, links) are the input's."""
    texts = data.decode("utf-8", "surrogateescape").split(_SEPARATOR)[:_MOST]
    title = Node("paper/p", "Paper", texts[0], date="2024", papers=1, abstract=texts[-1], doi=texts[-1][:50])
    nodes, edges = [title], []
    for number, text in enumerate(texts):
        key = f"method/m{number:02}"
        nodes.append(Node(key, "Method", text, (text, f"{text}|x"), (f"https://x.org/{text}",), 1, 2024, 2024, 0.5))
        said = Evidence("paper/p", 0, min(9, len(text)), f"We propose {text}.", "cue", 0.5)
        edges.append(Assertion("paper/p", "introduces", key, (said,), 0.5, 1, 2024, 2024))
    link = Node("page/z", "Page", texts[-1], papers=1, url=f"https://x.org/{texts[-1]}")
    edges.append(Assertion("paper/p", "hasPage", link.id, (), 1.0, 1))
    return Graph(tuple(sorted((*nodes, link), key=lambda node: node.id)), tuple(sorted(edges, key=_claim)))


def _claim(one: Assertion) -> tuple[str, str, str]:
    return one.subject, one.predicate, one.object


def export(name: str, data: bytes) -> None:
    """Write a graph of the input's texts in a format, and compare."""
    path = folder() / EXPORTERS[name].file
    if name == "obsidian":  # the notes of an older graph stay
        shutil.rmtree(path, ignore_errors=True)
    compare(name, graph_of(data), load_ontology(), path)


def compare(name: str, graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write a graph; what the format's own reader finds is the graph: the same nodes, names and edges."""
    EXPORTERS[name].write(graph, ontology, path)
    if name == "void":
        assert described(path, graph, ontology) == _counts(graph, ontology)
        return
    names, edges = READERS[name](path, ontology)
    kept = {node.id for node in graph.nodes if name != "obsidian" or _has_note(node, ontology)}
    claims = {_claim(one) for one in graph.assertions if {one.subject, one.object} <= kept}
    assert edges == claims, (edges - claims, claims - edges)
    wanted = {node.id: shown(node, name) for node in graph.nodes if node.id in kept}
    assert names == wanted, [
        (key, names.get(key), wanted.get(key)) for key in {*names, *wanted} if names.get(key) != wanted.get(key)
    ]


def _has_note(node: Node, ontology: Ontology) -> bool:
    return node.type == "Paper" or ontology.is_a(node.type, "Entity")


def _counts(graph: Graph, ontology: Ontology) -> tuple[dict[str, int], dict[str, int]]:
    types = [ontology.type_by_name[node.type].uri for node in graph.nodes]
    uris = {predicate.name: predicate.uri for predicate in ontology.predicates}
    predicates = [uris[one.predicate] for one in graph.assertions]
    return {one: types.count(one) for one in types}, {one: predicates.count(one) for one in predicates}


def shown(node: Node, format_name: str) -> str:
    """The name of a node as a format promises to show it: unchanged, or visibly cleaned."""
    if format_name == "archive":
        return node.name
    if format_name == "obsidian":
        return clean(node.name)
    if format_name == "html":
        return _BREAKS.sub(" ", node.name).encode("utf-8", "replace").decode("utf-8")
    if format_name in _RDF:
        return _literal(node.name)
    name = clean(node.name) or node.id
    return f"'{name}" if format_name == "csv" and name.startswith(("=", "+", "-", "@")) else name


def _literal(text: str) -> str:
    """What RDF holds of a text: all but control characters and halves of characters, which it shows as U+FFFD."""
    return "".join("\ufffd" if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    number = ord(char)
    return (
        (number < 32 and char not in "\t\n\r")
        or number == 127
        or 0xD800 <= number < 0xE000
        or number in (0xFFFE, 0xFFFF)
    )
