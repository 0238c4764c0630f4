"""Which files a build writes, and with which settings."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from kg.data import Graph
from kg.errors import ExportError
from kg.export import DRAWN, EXPORTERS, IN_ONE_PASS, pour, seat_around, strongest, told
from kg.export.html import write_html, write_part
from kg.export.rdf import Kept, write_rdf
from kg.export.void import write_void
from kg.files import atomic_text
from kg.ontology import BUILT, Ontology, write_yaml
from kg.pipeline.fingerprint import source_digest
from kg.pipeline.options import OutputOptions
from kg.query import Changes

_ALWAYS = ("archive", "nt")  # what `kg export`, `kg diff` and the store are made from


def check_formats(names: Sequence[str]) -> None:
    """Raise `ExportError` for a name that is no output."""
    if unknown := [name for name in names if name not in EXPORTERS]:
        raise ExportError(f"no output is named {', '.join(unknown)}; there are: {', '.join(EXPORTERS)}")


def write_ntriples_of(
    graph: Graph, ontology: Ontology, folder: Path, output: OutputOptions
) -> tuple[int, Changes | None]:
    """Write what the store is made from; returns the number of triples, and what differs from those of the build before
    if that is known."""
    paths = {"nt": folder / EXPORTERS["nt"].file}
    written = write_rdf(graph, ontology, paths, output.provenance, _kept(folder, ontology))
    found = written.differences
    return written.triples, Changes(found.gone, found.came, found.runs, written.triples) if found else None


def _kept(folder: Path, ontology: Ontology) -> Kept:
    """What remembers how files were put together; other code or another ontology may word everything anew."""
    return Kept(folder / "cache", f"{source_digest()} {ontology.digest}")


def drawn_in_part(graph: Graph, output: OutputOptions) -> dict[str, int]:
    """Nodes that page, GraphML and GEXF show, as ``shown``; nothing if they show all."""
    return {"shown": output.shown} if len(graph.nodes) > output.shown else {}


def write_others(
    graph: Graph, ontology: Ontology, folder: Path, output: OutputOptions, triples: int
) -> tuple[str, ...]:
    """Write all that is asked but the N-Triples; returns the names of all files, theirs and ``papers.jsonl`` too.

    Of a graph that is too large to be drawn, what draws it gets the strongest part.
    """
    asked = output.formats or tuple(name for name, exporter in EXPORTERS.items() if exporter.default)
    written = [name for name in EXPORTERS if name in asked or name in _ALWAYS]
    rdf = {name: folder / EXPORTERS[name].file for name in written if name in ("ttl", "jsonld")}
    if rdf:
        write_rdf(graph, ontology, rdf, output.provenance, _kept(folder, ontology))
    part = strongest(graph, output.shown)
    if drawn_in_part(graph, output):
        seat_around(graph, part)
    else:
        graph = part
    _pour(graph, part, ontology, folder, [name for name in written if name in IN_ONE_PASS])
    for name in written:
        path = folder / EXPORTERS[name].file
        if name == "void":
            write_void(graph, ontology, path, output.provenance, triples)
        elif name == "html":
            _write_page(graph, part, ontology, path, output)
        elif name not in ("nt", *rdf, *IN_ONE_PASS):
            EXPORTERS[name].write(graph, ontology, path)
    with atomic_text(folder / BUILT) as stream:
        stream.write(write_yaml(ontology))
    return (*(EXPORTERS[name].file for name in written), "papers.jsonl")


def left_over(folder: Path, written: Sequence[str]) -> tuple[str, ...]:
    """Files in a build folder that kg writes, but this build did not: they show an earlier one."""
    known = dict.fromkeys(exporter.file for exporter in EXPORTERS.values())  # two may write into one folder
    return tuple(file for file in known if file not in written and (folder / file).exists())


def _pour(graph: Graph, part: Graph, ontology: Ontology, folder: Path, names: Sequence[str]) -> None:
    """Write formats of nodes and edges, in one pass those of one graph."""
    drawn = [name for name in names if name in DRAWN or part is graph]
    for shown, poured in ((part, drawn), (graph, [name for name in names if name not in drawn])):
        with ExitStack() as files:
            paths = {name: folder / EXPORTERS[name].file for name in poured}
            opened = [files.enter_context(IN_ONE_PASS[name](shown, paths[name], told(part, graph))) for name in poured]
            if opened:
                pour(shown, ontology, opened)


def _write_page(graph: Graph, part: Graph, ontology: Ontology, path: Path, output: OutputOptions) -> None:
    if part is graph or output.html_top or output.html_focus:
        write_html(graph, ontology, path, top=output.html_top, focus=output.html_focus, hops=output.html_hops)
    else:
        write_part(part, graph, ontology, path)
