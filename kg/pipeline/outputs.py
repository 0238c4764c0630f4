"""Which files a build writes, and with which settings."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from kg.data import Graph
from kg.errors import ExportError
from kg.export import EXPORTERS, IN_ONE_PASS, pour
from kg.export.html import write_html
from kg.export.rdf import write_rdf
from kg.export.void import write_void
from kg.files import atomic_text
from kg.ontology import BUILT, Ontology, write_yaml
from kg.pipeline.options import OutputOptions

_ALWAYS = ("archive", "nt")  # what `kg export`, `kg diff` and the store are made from


def check_formats(names: Sequence[str]) -> None:
    """Raise `ExportError` for a name that is no output."""
    if unknown := [name for name in names if name not in EXPORTERS]:
        raise ExportError(f"no output is named {', '.join(unknown)}; there are: {', '.join(EXPORTERS)}")


def write_ntriples_of(graph: Graph, ontology: Ontology, folder: Path, output: OutputOptions) -> int:
    """Write what the store is made from; returns the number of triples."""
    return write_rdf(graph, ontology, {"nt": folder / EXPORTERS["nt"].file}, output.provenance)


def write_others(
    graph: Graph, ontology: Ontology, folder: Path, output: OutputOptions, triples: int
) -> tuple[str, ...]:
    """Write all that is asked but the N-Triples; returns the names of all files, theirs and ``papers.jsonl`` too."""
    asked = output.formats or tuple(name for name, exporter in EXPORTERS.items() if exporter.default)
    written = [name for name in EXPORTERS if name in asked or name in _ALWAYS]
    rdf = {name: folder / EXPORTERS[name].file for name in written if name in ("ttl", "jsonld")}
    poured = [name for name in written if name in IN_ONE_PASS]
    if rdf:
        write_rdf(graph, ontology, rdf, output.provenance)
    if poured:
        with ExitStack() as files:
            opened = (IN_ONE_PASS[name](graph, folder / EXPORTERS[name].file) for name in poured)
            pour(graph, ontology, [files.enter_context(one) for one in opened])
    for name in written:
        if name == "void":
            write_void(graph, ontology, folder / EXPORTERS[name].file, output.provenance, triples)
        elif name == "html":
            path = folder / EXPORTERS[name].file
            write_html(graph, ontology, path, top=output.html_top, focus=output.html_focus, hops=output.html_hops)
        elif name not in ("nt", *rdf, *poured):
            EXPORTERS[name].write(graph, ontology, folder / EXPORTERS[name].file)
    with atomic_text(folder / BUILT) as stream:
        stream.write(write_yaml(ontology))
    return (*(EXPORTERS[name].file for name in written), "papers.jsonl")
