"""What the tests of extraction share: the packaged ontology, one loaded extractor of rules, and a paper in one line."""

from collections.abc import Callable

import pytest

from kg.data import AnnotatedPaper, Paper
from kg.extract import Extractor, load_extractor
from kg.ontology import Ontology, load_ontology

RULES = ("acronym", "cue", "extension", "lexicon", "name", "title")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The packaged ontology."""
    return load_ontology()


@pytest.fixture(scope="session")
def extractor(ontology: Ontology) -> Extractor:
    """All rules, no model: what they find must not depend on which model is installed."""
    return load_extractor(ontology, extractors=RULES)


@pytest.fixture(scope="session")
def annotate(extractor: Extractor) -> Callable[[str, str], AnnotatedPaper]:
    """Annotate one paper given as title and abstract."""

    def run(title: str, abstract: str = "") -> AnnotatedPaper:
        return next(extractor.annotate([Paper("p", title, abstract)]))

    return run
