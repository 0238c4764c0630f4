"""The SPARQL 1.1 Protocol for queries: our own cases of what the W3C's suite covers, and the refusal of updates."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import pytest
import rdflib

from tests.serve.conftest import NAMED
from tests.serve.running import Running

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # within rdflib

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
ASK = "ASK { ?s ?p ?o }"
NAMES = "SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name }"
IN = "SELECT ?in { ?s <http://example.org/in> ?in } ORDER BY ?in"
IN_NAMED = "SELECT ?in { GRAPH ?g { ?s <http://example.org/in> ?in } } ORDER BY ?in"


def get(server: Running, *pairs: tuple[str, str], accept: str = "text/csv") -> list[str]:
    """The rows of the first column of a query sent by GET."""
    reply = server.get(f"/sparql?{urlencode(pairs)}", Accept=accept)
    assert reply.status == 200, reply.text
    return [row[0] for row in csv.reader(io.StringIO(reply.text))][1:]


# Queries ------------------------------------------------------------------------------------------------------------


def test_query_get(server: Running) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': ASK})}")
    assert (reply.status, reply.type) == (200, "application/sparql-results+json")
    assert reply.json["boolean"] is True


def test_query_post_form(server: Running) -> None:
    reply = server.post("/sparql", urlencode({"query": ASK}).encode(), FORM)
    assert reply.json["boolean"] is True


def test_query_post_form_with_a_charset(server: Running) -> None:
    assert server.post("/sparql", urlencode({"query": ASK}).encode(), f"{FORM}; charset=UTF-8").status == 200


def test_query_post_direct(server: Running) -> None:
    assert server.post("/sparql", ASK.encode(), QUERY).json["boolean"] is True


def test_query_post_direct_takes_umlauts(server: Running) -> None:
    reply = server.post("/sparql", 'SELECT ("Überblick 語" AS ?x) {}'.encode(), QUERY, Accept="text/csv")
    assert reply.text == "x\r\nÜberblick 語\r\n"


@pytest.mark.parametrize("graphs", [["one"], ["two"], ["one", "two"]])
def test_query_dataset_default_graphs(server: Running, graphs: list[str]) -> None:
    pairs = [("default-graph-uri", NAMED + name) for name in graphs]
    assert get(server, ("query", IN), *pairs) == graphs
    assert get(server, ("query", IN_NAMED), *pairs) == []


@pytest.mark.parametrize("graphs", [["one"], ["one", "two"]])
def test_query_dataset_named_graphs(server: Running, graphs: list[str]) -> None:
    pairs = [("named-graph-uri", NAMED + name) for name in graphs]
    assert get(server, ("query", IN_NAMED), *pairs) == graphs
    assert get(server, ("query", IN), *pairs) == []


def test_query_dataset_full(server: Running) -> None:
    pairs = [("default-graph-uri", NAMED + "one"), ("named-graph-uri", NAMED + "two")]
    assert get(server, ("query", IN), *pairs) == ["one"]
    assert get(server, ("query", IN_NAMED), *pairs) == ["two"]


def test_query_dataset_of_the_protocol_goes_before_that_of_the_query(server: Running) -> None:
    query = IN.replace("{", f"FROM <{NAMED}one> {{", 1)
    assert get(server, ("query", query)) == ["one"]
    assert get(server, ("query", query), ("default-graph-uri", NAMED + "two")) == ["two"]


def test_query_dataset_in_the_address_of_a_direct_post_and_in_a_form(server: Running) -> None:
    graph = urlencode({"default-graph-uri": NAMED + "two"})
    direct = server.post(f"/sparql?{graph}", IN.encode(), QUERY, Accept="text/csv")
    form = server.post("/sparql", f"{graph}&{urlencode({'query': IN})}".encode(), FORM, Accept="text/csv")
    assert direct.text == form.text == "in\r\ntwo\r\n"


def test_the_default_graph_is_the_build(server: Running) -> None:
    assert get(server, ("query", IN)) == []
    assert get(server, ("query", NAMES)) == ["ImageNet"]


def test_relative_iris_are_resolved_against_the_address(server: Running) -> None:
    assert get(server, ("query", "SELECT (STR(<x>) AS ?iri) {}")) == [f"{server.url}/x"]


# Content types ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/sparql-results+json"),
        ("text/turtle, text/csv;q=0.5", "text/csv"),
    ],
)
def test_query_content_type_select(server: Running, accept: str, media: str) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': NAMES})}", Accept=accept)
    assert (reply.status, reply.type, reply.headers["vary"]) == (200, media, "Accept")
    assert "ImageNet" in reply.text


@pytest.mark.parametrize(
    "accept",
    ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"],
)
def test_query_content_type_ask(server: Running, accept: str) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': ASK})}", Accept=accept)
    assert (reply.type, "true" in reply.text) == (accept, True)


@pytest.mark.parametrize("query", ["DESCRIBE dataset:imagenet", "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"])
@pytest.mark.parametrize(
    ("accept", "media", "parser"),
    [
        ("", "text/turtle", "turtle"),
        ("text/turtle", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/sparql-results+json, text/turtle", "text/turtle", "turtle"),
    ],
)
def test_query_content_type_graphs(server: Running, query: str, accept: str, media: str, parser: str) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': query})}", Accept=accept)
    assert reply.type == media
    rdf = rdflib.Graph().parse(data=reply.body, format=parser)
    assert rdflib.URIRef("https://w3id.org/papergraph/dataset/imagenet") in set(rdf.subjects())


def test_result_formats_agree(server: Running) -> None:
    query = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { ("x,\\"\\n" 3 UNDEF) ("ü"@de <http://x/> 1.5) } }'

    def ask(accept: str) -> str:
        return server.get(f"/sparql?{urlencode({'query': query})}", Accept=accept).text

    rows = json.loads(ask("application/sparql-results+json"))["results"]["bindings"]
    assert rows[0]["a"] == {"type": "literal", "value": 'x,"\n'}
    assert rows[1]["a"] == {"type": "literal", "value": "ü", "xml:lang": "de"}
    assert "c" not in rows[0]
    assert list(csv.reader(io.StringIO(ask("text/csv"), newline=""))) == [
        ["a", "b", "c"], ['x,"\n', "3", ""], ["ü", "http://x/", "1.5"]
    ]  # fmt: skip
    assert ask("text/tab-separated-values").splitlines() == [
        "?a\t?b\t?c",
        '"x,\\"\\n"\t3\t',
        '"ü"@de\t<http://x/>\t1.5',
    ]
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ET.fromstring(ask("application/sparql-results+xml"))
    assert [one.text for one in root.iter(f"{space}literal")] == ['x,"\n', "3", "ü", "1.5"]


def test_nothing_acceptable_is_406_and_names_what_there_is(server: Running) -> None:
    for accept, query in (("image/png", ASK), ("image/png;q=1, text/*;q=0", NAMES)):
        reply = server.get(f"/sparql?{urlencode({'query': query})}", Accept=accept)
        assert reply.status == 406
        assert "application/sparql-results+json" in reply.message


# Bad requests -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_query_method(server: Running, method: str) -> None:
    assert server.send(method, f"/sparql?{urlencode({'query': ASK})}").status == 405


def test_bad_multiple_queries(server: Running) -> None:
    pairs = urlencode([("query", ASK), ("query", NAMES)])
    for reply in (server.get(f"/sparql?{pairs}"), server.post("/sparql", pairs.encode(), FORM)):
        assert (reply.status, reply.message) == (400, "2 parameters named query; send one")


def test_bad_query_wrong_media_type(server: Running) -> None:
    reply = server.post("/sparql", ASK.encode(), "text/plain")
    assert (reply.status, reply.json["error"]["code"]) == (415, "unsupported-media-type")


@pytest.mark.parametrize("body", [urlencode({"query": ASK}), ASK])
def test_bad_query_missing_type(server: Running, body: str) -> None:
    assert server.send("POST", "/sparql", body.encode()).status == 415


def test_bad_query_non_utf8(server: Running) -> None:
    assert server.post("/sparql", ASK.encode("utf-16"), f"{QUERY}; charset=UTF-16").status == 415
    assert server.post("/sparql", b"ASK { ?s ?p '\xff' }", QUERY).status == 400
    assert server.get("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20'%FF'%20%7D").status == 400


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK {", "cannot be parsed at line 1"),
        ("SELECT * { ?s a kg:Methd", "did you mean kg:Method?"),
        ("SELECT * { ?s foaff:name ?o }", "prefix foaff: is not declared"),
        ("", "the query is empty"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT is refused: the graph is read-only"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD is refused"),
    ],
)
def test_bad_query_syntax(server: Running, query: str, message: str) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': query})}")
    assert (reply.status, reply.type) == (400, "application/json")
    assert message in reply.message


def test_bad_default_graph(server: Running) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': ASK, 'default-graph-uri': 'not an iri'})}")
    assert reply.status == 400


def test_a_misspelt_name_in_a_good_query_is_noted(server: Running) -> None:
    reply = server.get(f"/sparql?{urlencode({'query': 'ASK { ?s a kg:Methd }'})}")
    assert (reply.status, reply.json["boolean"]) == (200, False)
    assert "did you mean kg:Method?" in reply.headers["x-kg-note"]


# Updates ------------------------------------------------------------------------------------------------------------

INSERT = "INSERT DATA { <a:a> <a:b> <a:c> }"


@pytest.mark.parametrize(
    ("method", "path", "body", "kind"),
    [
        ("GET", f"/sparql?{urlencode({'update': INSERT})}", "", ""),
        ("POST", "/sparql", urlencode({"update": INSERT}), FORM),
        ("POST", "/sparql", urlencode([("update", INSERT), ("update", "CLEAR ALL")]), FORM),
        ("POST", "/sparql", INSERT, UPDATE),
        ("POST", "/sparql", INSERT, "text/plain"),
        ("POST", "/sparql", INSERT, ""),
        ("POST", "/sparql", urlencode({"update": INSERT}), ""),
        ("POST", "/sparql", INSERT.encode("utf-16").decode("latin-1"), f"{UPDATE}; charset=UTF-16"),
        ("POST", "/sparql", "INSERT DATA { ?", UPDATE),
        (
            "POST",
            f"/sparql?{urlencode({'using-graph-uri': NAMED + 'one'})}",
            "INSERT { } USING <a:a> WHERE { }",
            UPDATE,
        ),
        ("POST", "/sparql", INSERT, QUERY),
        ("POST", "/sparql", urlencode({"query": INSERT}), FORM),
    ],
)
def test_every_update_is_refused_and_changes_nothing(
    server: Running, method: str, path: str, body: str, kind: str
) -> None:
    reply = server.send(method, path, body.encode("latin-1") or None, **({"Content_Type": kind} if kind else {}))
    assert reply.status in (400, 403, 415)
    assert reply.type == "application/json"
    assert get(server, ("query", "SELECT ?o { <a:a> ?p ?o }")) == []


# Service description ------------------------------------------------------------------------------------------------

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize(
    ("accept", "parser"),
    [("", "turtle"), ("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_service_description(server: Running, accept: str, parser: str) -> None:
    reply = server.get("/sparql", Accept=accept)
    rdf = rdflib.Graph().parse(data=reply.body, format=parser)  # 1: it is RDF
    endpoint = rdflib.URIRef(f"{server.url}/sparql")
    services = set(rdf.subjects(SD.endpoint, endpoint))  # 2: it names the endpoint
    assert services
    service = services.pop()
    assert (service, rdflib.RDF.type, SD.Service) in rdf  # 3: it conforms to the vocabulary
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in rdf
    assert (service, SD.supportedLanguage, SD.SPARQL11Update) not in rdf
    dataset = rdf.value(service, SD.defaultDataset)
    assert (dataset, rdflib.RDF.type, SD.Dataset) in rdf
    assert (rdf.value(dataset, SD.defaultGraph), rdflib.RDF.type, SD.Graph) in rdf
    used = {term for triple in rdf for term in triple if str(term).startswith(str(SD))}
    assert {str(term).removeprefix(str(SD)) for term in used} <= {
        "Service", "endpoint", "supportedLanguage", "SPARQL11Query", "resultFormat", "defaultDataset", "Dataset",
        "defaultGraph", "Graph",
    }  # fmt: skip


def test_a_browser_is_led_to_the_editor(server: Running) -> None:
    reply = server.get("/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (reply.status, reply.headers["location"]) == (303, "/editor")
