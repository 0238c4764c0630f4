"""Which files a build writes, and with which settings."""

from collections.abc import Sequence
from pathlib import Path

from kg.data import Graph, Resolution
from kg.errors import ExportError
from kg.export import EXPORTERS
from kg.export.exporters import WITH_PROVENANCE
from kg.export.html import write_html
from kg.files import atomic_text
from kg.ontology import BUILT, Ontology, write_yaml
from kg.pipeline.options import BuildOptions, OutputOptions
from kg.pipeline.records import write_papers

_ALWAYS = ("archive", "nt")  # what `kg export`, `kg diff` and the store are made from


def check_formats(names: Sequence[str]) -> None:
    """Raise `ExportError` for a name that is no output."""
    if unknown := [name for name in names if name not in EXPORTERS]:
        raise ExportError(f"no output is named {', '.join(unknown)}; there are: {', '.join(EXPORTERS)}")


def write_outputs(
    graph: Graph, resolution: Resolution, ontology: Ontology, folder: Path, options: BuildOptions
) -> tuple[str, ...]:
    """Write the asked formats, or the default ones, and the records of the papers; returns the names of the files."""
    asked = options.output.formats or tuple(name for name, exporter in EXPORTERS.items() if exporter.default)
    written = [name for name in EXPORTERS if name in asked or name in _ALWAYS]
    for name in written:
        _write(name, graph, ontology, folder, options.output)
    write_papers(resolution, folder / "papers.jsonl")
    with atomic_text(folder / BUILT) as stream:
        stream.write(write_yaml(ontology))
    return (*(EXPORTERS[name].file for name in written), "papers.jsonl")


def _write(name: str, graph: Graph, ontology: Ontology, folder: Path, output: OutputOptions) -> None:
    path = folder / EXPORTERS[name].file
    if name in WITH_PROVENANCE:
        WITH_PROVENANCE[name](graph, ontology, path, output.provenance)
    elif name == "html":
        write_html(graph, ontology, path, top=output.html_top, focus=output.html_focus, hops=output.html_hops)
    else:
        EXPORTERS[name].write(graph, ontology, path)
