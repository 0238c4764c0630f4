"""The packaged ontology, loaded once."""

import pytest

from kg.ontology import Ontology, load_ontology


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()
