"""The shapes applied by pySHACL: slower than the checks of `kg.query.validation`, and independent of them."""

import gzip
from pathlib import Path

from kg.errors import OntologyError, StoreError
from kg.extras import how_to_install
from kg.ontology.model import Ontology
from kg.ontology.write import write_shacl


def shacl_report(ntriples: Path, ontology: Ontology) -> str:
    """What pySHACL says of gzip-compressed N-Triples, empty if they conform.

    Raises `OntologyError` if pySHACL is not installed, `StoreError` if there is no such file.
    """
    try:
        import pyshacl  # noqa: PLC0415 - an extra
        import rdflib  # noqa: PLC0415
    except ImportError as error:
        raise OntologyError(f"pySHACL is not installed; leave --shacl out, or: {how_to_install('shacl')}") from error
    if not ntriples.is_file():
        raise StoreError(f"{ntriples} does not exist; build first: kg build INPUT -o {ntriples.parent}")
    data = rdflib.Graph().parse(data=gzip.decompress(ntriples.read_bytes()), format="nt")
    shapes = rdflib.Graph().parse(data=write_shacl(ontology), format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    return "" if conforms else str(text).strip()
