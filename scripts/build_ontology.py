"""Write ``ontology/kg.ttl`` and ``ontology/shapes.ttl`` from ``ontology/kg.yaml``. Run after each change of that file.

With ``--check`` nothing is written; the exit code is 1 if a file is out of step.
"""

import sys
from pathlib import Path

from kg.ontology import load_ontology, write_owl, write_shacl

FOLDER = Path(__file__).resolve().parents[1] / "ontology"


def outputs() -> dict[Path, str]:
    """What the generated files must hold."""
    ontology = load_ontology()
    note = "# Generated from kg.yaml by scripts/build_ontology.py; do not edit.\n"
    return {FOLDER / "kg.ttl": note + write_owl(ontology), FOLDER / "shapes.ttl": note + write_shacl(ontology)}


def main() -> int:
    """Write or check the files."""
    stale = [path for path, text in outputs().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path.name} {'is out of step with kg.yaml' if '--check' in sys.argv else 'written'}")
        if "--check" not in sys.argv:
            path.write_text(outputs()[path], encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
