"""The process that packs the explorer's tables of a build: ``python -m kg.serve.tables FOLDER TARGET TOP``.

A process of its own, so that the server answers meanwhile, and the memory is free again afterwards.
"""

import sys
from pathlib import Path

from kg.errors import KgError
from kg.export import live_tables, read_graph, small_room
from kg.files import atomic_binary
from kg.ontology import built_ontology


def main() -> int:
    """Write a file for each table into TARGET; what goes wrong is told on standard error in a line."""
    folder, target, top = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    try:
        tables = live_tables(read_graph(folder, small_room(folder)), built_ontology(folder), top)
        for name, table in tables.items():
            with atomic_binary(target / name) as stream:
                stream.write(table)
    except KgError as error:
        sys.stderr.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
