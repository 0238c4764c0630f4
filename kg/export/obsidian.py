"""A vault for Obsidian and other Markdown notebooks: a note for each paper and entity, linked as the graph is."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.data import Assertion, Graph, Node
from kg.errors import ExportError
from kg.export.columns import clean, shown
from kg.export.rdf.terms import iri
from kg.files import written
from kg.ontology import Ontology

_MARK = "papergraph: "  # the first property of a note of ours; a note without it is the user's own
# In the text of a [[link]] nothing can be escaped: what ends it goes, what would be HTML or code is replaced.
_IN_LINK = str.maketrans({**dict.fromkeys("[]|#^", " "), "<": "‹", ">": "›", "`": "'", "*": "∗"})
_LOOSE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # an underscore within a word is no emphasis
# What Markdown or Obsidian would take for markup: marks, entities, ==highlights==, %%comments%%; and lists.
_IN_TEXT = re.compile(r"[\\`*_\[\]<>#|~$^]|&(?=#?\w+;)|(?<==)=|(?<=%)%")
_LIST = re.compile(r"^(\d*)([-+.)])(?= |$)")


def write_obsidian(graph: Graph, ontology: Ontology, folder: Path) -> None:
    """``<type>/<name>.md`` for papers and entities, with properties, aliases, links and the evidence.

    A note that kg wrote is written anew; one that a user wrote under the same name is left alone, as is every other
    file of the folder. Notes of things that a newer graph no longer holds stay.
    """
    noted = {node.id for node in graph.nodes if node.type == "Paper" or ontology.is_a(node.type, "Entity")}
    nodes = {node.id: node for node in graph.nodes}
    said: defaultdict[str, list[Assertion]] = defaultdict(list)
    for one in graph.assertions:
        if one.subject in noted:
            said[one.subject].append(one)
    for node in graph.nodes:
        if node.id in noted:
            lines = [*_properties(node, ontology), *_body(node, said[node.id], nodes, noted)]
            _write(folder / f"{node.id}.md", "\n".join(lines) + "\n")


def _properties(node: Node, ontology: Ontology) -> Iterator[str]:
    # JSON is YAML: every value is quoted and escaped the same way
    values = {
        "title": clean(node.name), "aliases": [clean(name) for name in dict.fromkeys((node.name, *node.aliases))],
        "tags": list(ontology.ancestors(node.type)), "papers": node.papers, "first_year": node.first_year,
        "last_year": node.last_year, "date": clean(node.date), "arxiv": clean(node.arxiv), "doi": clean(node.doi),
    }  # fmt: skip
    yield "---"
    yield _MARK + json.dumps(ontology.base + node.id)
    yield from (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value)
    yield "---"


def _body(node: Node, said: list[Assertion], nodes: Mapping[str, Node], noted: set[str]) -> Iterator[str]:
    yield f"# {_text(node.name)}"
    if node.abstract:
        yield from ("", _text(node.abstract))
    predicate = ""
    for one in sorted(said, key=lambda one: (one.predicate, one.object)):
        if one.predicate != predicate:
            predicate = one.predicate
            yield from ("", f"## {predicate}")
        other = nodes[one.object]
        if other.id in noted:
            yield f"- [[{other.id}|{_link_text(other.name) or other.id}]]"
        else:
            yield f"- {_address(other.url) or _text(other.name)}"
        if proof := shown(one):
            yield f"  > {_text(proof.sentence)}"


def _address(url: str) -> str:
    """A link to follow if the address is one of the web, else its text."""
    return iri(url) if url.startswith(("http://", "https://")) else _text(url)


def _link_text(name: str) -> str:
    return " ".join(_LOOSE.sub("＿", clean(name).translate(_IN_LINK)).split())


def _text(value: str) -> str:
    return _LIST.sub(r"\1\\\2", _IN_TEXT.sub(r"\\\g<0>", clean(value)))


def _write(path: Path, text: str) -> None:
    """Replace a note of ours; without waiting for the disk at each of thousands of files."""
    try:
        if path.exists() and not path.read_text(encoding="utf-8").startswith(f"---\n{_MARK}"):
            return
        with written(path) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror or error})") from error
