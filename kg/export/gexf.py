"""GEXF 1.3 with colours, sizes, positions and years, so that Gephi's timeline plays the history of the field.

A node and an edge start in the year of the first paper that speaks of them and have no end. Without a year they are
always there. ``<options>``, ``hex`` colours and attributes of type ``date`` make Gephi stumble and are not written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.data import Graph
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, EdgeRow, NodeRow, undirected
from kg.export.rows import Sink, pour
from kg.export.xml import attribute, guard, text
from kg.files import atomic_text
from kg.ontology import Ontology

_ABOUT = "Papers, what they introduce, use and measure"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
 <meta><creator>kg</creator><description>{_ABOUT}</description></meta>
"""
_TYPES = {str: "string", int: "integer", float: "double"}
_OWN = frozenset({"label", "color", "size", "x", "y", "weight"})  # said by elements and attributes of GEXF itself

_Part = tuple[int, str, bool]  # place in the row, opening of the element, whether the text is to be guarded


def write_gexf(graph: Graph, ontology: Ontology, path: Path) -> None:
    """GEXF for Gephi, its text guarded against the reading of INF as infinity."""
    _write(graph, ontology, path, guarded=True)


def write_gexf_strict(graph: Graph, ontology: Ontology, path: Path) -> None:
    """GEXF with all text verbatim."""
    _write(graph, ontology, path, guarded=False)


def _write(graph: Graph, ontology: Ontology, path: Path, *, guarded: bool) -> None:
    with open_gexf(graph, path, guarded=guarded) as sink:
        pour(graph, ontology, (sink,))


@contextmanager
def open_gexf(graph: Graph, path: Path, about: str = "", *, guarded: bool = True) -> Iterator[Sink]:
    """GEXF of the rows of `graph`, which the block pours; `about` says in words what part of a graph it is."""
    direction = "undirected" if undirected(graph) else "directed"
    node_parts, edge_parts = tuple(_parts(NODE_COLUMNS, guarded)), tuple(_parts(EDGE_COLUMNS, guarded))
    turn = f'  </nodes>\n  <edges count="{len(graph.assertions)}">\n'
    with atomic_text(path) as stream:
        stream.write(_HEAD.replace(_ABOUT, f"{_ABOUT}. {text(about)}" if about else _ABOUT))
        stream.write(f' <graph defaultedgetype="{direction}" idtype="string" mode="dynamic" timeformat="double"')
        stream.write(' timerepresentation="interval">\n')
        for owner, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
            stream.write(f'  <attributes class="{owner}">\n')
            stream.writelines(_declare(column) for column in columns if column.name not in _OWN)
            stream.write("  </attributes>\n")
        stream.write(f'  <nodes count="{len(graph.nodes)}">\n')
        yield Sink(
            lambda row: stream.write(_node(row, node_parts)),
            lambda: stream.write(turn),
            lambda row: stream.write(_edge(row, edge_parts, direction)),
        )
        stream.write("  </edges>\n </graph>\n</gexf>\n")


def _declare(column: Column) -> str:
    return f'   <attribute id="{column.name}" title="{column.name}" type="{_TYPES[column.kind]}"/>\n'


def _parts(columns: tuple[Column, ...], guarded: bool) -> Iterator[_Part]:
    for place, column in enumerate(columns):
        if column.name not in _OWN:
            yield place, f'<attvalue for="{column.name}" value="', guarded and column.prose


def _node(row: NodeRow, parts: tuple[_Part, ...]) -> str:
    *_, fill, size, x, y = row.values
    red, green, blue = bytes.fromhex(str(fill)[1:])
    return (
        f'   <node id="{attribute(row.id)}" label="{attribute(row.values[0])}"{_start(row.first_year)}>'
        f"{_attvalues(row.values, parts)}"
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:position x="{x}" y="{y}" z="0.0"/>'
        f'<viz:size value="{size}"/></node>\n'
    )


def _edge(row: EdgeRow, parts: tuple[_Part, ...], direction: str) -> str:
    predicate = attribute(row.predicate)
    return (
        f'   <edge id="{row.id}" source="{attribute(row.source)}" target="{attribute(row.target)}" type="{direction}"'
        f' label="{predicate}" kind="{predicate}" weight="{row.values[2]}"{_start(row.first_year)}>'
        f"{_attvalues(row.values, parts)}</edge>\n"
    )


def _start(year: int) -> str:
    return f' start="{float(year)}"' if year else ""


def _attvalues(values: tuple[object, ...], parts: tuple[_Part, ...]) -> str:
    found = []
    for place, opener, guarded in parts:
        if (value := values[place]) is not None:
            shown = attribute(value)
            found.append(f'{opener}{guard(shown) if guarded else shown}"/>')
    return f"<attvalues>{''.join(found)}</attvalues>"
