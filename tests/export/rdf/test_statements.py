"""Statements written from fragments are those that `RdfGraph` describes, byte for byte."""

import pytest

from kg.export.rdf import RdfGraph, statement_id
from kg.export.rdf.statements import Statements
from kg.export.rdf.syntaxes import SYNTAXES
from kg.ontology import standard_prefixes
from tests.export.hostile import GRAPHS, ONTOLOGY


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_fragments_make_the_same_text(name, syntax):
    graph, names = GRAPHS[name], standard_prefixes(ONTOLOGY)
    rdf = RdfGraph(graph, ONTOLOGY)
    whole, pieces = SYNTAXES[syntax](names), SYNTAXES[syntax](names)
    statements = Statements(rdf, pieces)
    for one in graph.assertions:
        ids = [statement_id(one, evidence) for evidence in one.evidence]
        expected = list(rdf.statements(one))
        assert statements.of(one, ids) == "".join(
            whole.block(subject, (whole.said(pairs),)) for subject, pairs in expected
        )
        assert [len(pairs) for _, pairs in expected] == [rdf.statement_size(evidence) for evidence in one.evidence]
