"""Clients that people have: SPARQLWrapper, rdflib's SPARQLStore, curl."""

import json
import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.serve.running import Running

SPARQLWrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed")
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
NAMES = "SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name }"
PREFIXES = (
    "PREFIX kg: <https://w3id.org/papergraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX dataset: <https://w3id.org/papergraph/dataset/> "
)
NODE = rdflib.URIRef("https://w3id.org/papergraph/dataset/imagenet")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", ["URLENCODED", "POSTDIRECTLY"])
def test_sparqlwrapper_select(server: Running, method: str, kind: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(PREFIXES + NAMES)
    client.setMethod(method)
    client.setRequestMethod(getattr(SPARQLWrapper, kind))
    client.setReturnFormat(SPARQLWrapper.JSON)
    assert client.queryAndConvert()["results"]["bindings"][0]["name"]["value"] == "ImageNet"


@pytest.mark.parametrize("kind", ["XML", "JSON", "CSV", "TSV"])
def test_sparqlwrapper_formats(server: Running, kind: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(PREFIXES + NAMES)
    client.setReturnFormat(getattr(SPARQLWrapper, kind))
    found = client.queryAndConvert()
    text = found.toxml() if kind == "XML" else found.decode() if isinstance(found, bytes) else str(found)
    assert "ImageNet" in text


@pytest.mark.parametrize("kind", ["TURTLE", "N3", "RDFXML", "JSONLD"])
def test_sparqlwrapper_graphs(server: Running, kind: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(PREFIXES + "DESCRIBE dataset:imagenet")
    client.setReturnFormat(getattr(SPARQLWrapper, kind))
    found = client.queryAndConvert()
    rdf = rdflib.Graph().parse(data=found, format="turtle") if isinstance(found, bytes) else found
    assert (NODE, rdflib.SKOS.prefLabel, rdflib.Literal("ImageNet")) in rdf


def test_sparqlwrapper_ask_and_errors(server: Running) -> None:
    from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

    client = SPARQLWrapper.SPARQLWrapper(f"{server.url}/sparql")
    client.setReturnFormat(SPARQLWrapper.JSON)
    client.setQuery("ASK { ?s ?p ?o }")
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryBadFormed, match="SERVICE is refused"):
        client.query()
    client.setQuery("INSERT DATA { <a:a> <a:b> <a:c> }")
    client.setMethod("POST")
    with pytest.raises((QueryBadFormed, EndPointInternalError, OSError)):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore(server: Running, method: str) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method=method, returnFormat="json")
    rdf = rdflib.Graph(store)
    rows = list(rdf.query(PREFIXES + NAMES))
    assert [str(row[0]) for row in rows] == ["ImageNet"]
    assert rdflib.Literal("ImageNet") in set(rdf.objects(NODE, rdflib.SKOS.prefLabel))
    assert len(rdf) > 100
    assert (NODE, rdflib.SKOS.prefLabel, None) in rdf


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    "options",
    [
        ["-G", "--data-urlencode", f"query={NAMES}"],
        ["--data-urlencode", f"query={NAMES}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", NAMES],
    ],
)
def test_curl(server: Running, options: list[str]) -> None:
    command = ["curl", "-sSf", f"{server.url}/sparql", *options]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    assert json.loads(done.stdout)["results"]["bindings"][0]["name"]["value"] == "ImageNet"
