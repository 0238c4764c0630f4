"""Folders as a build leaves them for the explorer: store, search index, the graph itself and, last, the manifest."""

from pathlib import Path

from kg.data import Graph
from kg.export import write_archive
from kg.export.archive import ARCHIVE
from kg.files import atomic_text
from kg.ontology import BUILT, Ontology, write_yaml
from kg.pipeline.folder import write_manifest
from tests.query import graph as small


def write_build(folder: Path, graph: Graph, ontology: Ontology | None = None) -> Path:
    """Write a whole build of `graph` into `folder`, in the order in which `kg build` does."""
    keep(folder, graph)
    with atomic_text(folder / BUILT) as stream:
        stream.write(write_yaml(ontology or small.ontology()))
    small.write(folder, graph, ontology)
    complete(folder)
    return folder


def keep(folder: Path, graph: Graph) -> None:
    """Write the graph itself, as a build does long before it ends."""
    write_archive(graph, small.ontology(), folder / ARCHIVE)


def complete(folder: Path) -> None:
    """Say that the build has ended."""
    write_manifest(folder, "key", (ARCHIVE, "store", "search.sqlite"))
