"""The server around the protocol: pages, JSON interface, limits, doors that stay shut, a quiet end."""

import base64
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib

from tests.query import graph
from tests.serve.running import ROOT, Running, serving
from tests.serve.test_pool import ENDLESS
from tests.serve.test_protocol import ASK, NAMES, QUERY

BASE = "https://w3id.org/papergraph/"
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


# Pages --------------------------------------------------------------------------------------------------------------


def test_the_explorer_is_at_the_root(server: Running) -> None:
    reply = server.get("/")
    assert "<title>Explorer</title>" in reply.text
    assert "script-src 'unsafe-inline'" in reply.headers["content-security-policy"]


def test_the_editor_loads_nothing_from_elsewhere(server: Running) -> None:
    page = server.get("/editor")
    assert page.type == "text/html"
    for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
        assert address.startswith(("/", "data:,"))
        assert address.startswith("data:") or server.get(address).status == 200
    script = server.get("/static/editor.js")
    assert script.type == "text/javascript"
    assert "http" not in re.sub(r"/\^https\?:/|https\?", "", script.text)


@pytest.mark.parametrize("path", ["/", "/editor", "/sparql", "/dataset/imagenet", "/api/health", "/nothing", "/a/b"])
def test_every_answer_has_the_security_headers(server: Running, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/static/../../options.py", "/static/..%2f..%2foptions.py", "/static/%2e%2e/options.py",
     "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/store/CURRENT", "/report.json", "/dataset/../store/CURRENT",
     "/static/", "/dataset/a%00b", "/dataset/a%0ab", "/dataset/%3Cscript%3E", "/dataset/\\..\\store"],
)  # fmt: skip
def test_no_path_leads_out(server: Running, path: str) -> None:
    connection = socket.create_connection(("127.0.0.1", server.port))
    with connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        reply = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert re.match(rb"HTTP/1.1 (400|404)", reply)
    assert b"root:" not in reply
    assert b"MANIFEST" not in reply
    assert b"<script>" not in reply.partition(b"\r\n\r\n")[2] or b"application/json" in reply


# Entity pages -------------------------------------------------------------------------------------------------------


def test_a_node_has_a_page_for_people(server: Running) -> None:
    reply = server.get(f"/{graph.LEARNING}", Accept=HTML)
    assert reply.type == "text/html"
    for piece in ("Contrastive Learning of Things", 'href="/method/thingclr"', "We propose ThingCLR", "2002.00001"):
        assert piece in reply.text


def test_names_are_escaped(server: Running) -> None:
    text = server.get("/model/thing-7b", Accept=HTML).text
    assert "<b>" not in text
    assert "Thing-7B &lt;b&gt;&amp;&quot;&#x27;" in text


@pytest.mark.parametrize(
    ("path", "accept", "media", "parser"),
    [
        ("/dataset/imagenet", "text/turtle", "text/turtle", "turtle"),
        ("/dataset/imagenet", "application/ld+json", "application/ld+json", "json-ld"),
        ("/dataset/imagenet", "application/rdf+xml", "application/rdf+xml", "xml"),
        ("/dataset/imagenet", "application/n-triples", "application/n-triples", "nt"),
        ("/dataset/imagenet.ttl", HTML, "text/turtle", "turtle"),
        ("/dataset/imagenet.jsonld", HTML, "application/ld+json", "json-ld"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_node_has_data_for_programs(server: Running, path: str, accept: str, media: str, parser: str) -> None:
    reply = server.get(path, Accept=accept)
    assert (reply.status, reply.type, reply.headers["vary"]) == (200, media, "Accept")
    rdf = rdflib.Graph().parse(data=reply.body, format=parser)
    node = rdflib.URIRef(f"{BASE}dataset/imagenet")
    assert rdflib.Literal("ImageNet") in set(rdf.objects(node, rdflib.SKOS.prefLabel))
    assert len(set(rdf.subjects(None, node))) == 3


def test_statements_and_runs_have_pages_too(server: Running) -> None:
    statement = server.get("/api/evidence?object=dataset/imagenet").json["statements"][0]["id"]
    for path in (f"/{statement}", "/run/0123abcd"):
        assert server.get(path, Accept=HTML).status == 200
        assert server.get(path, Accept="text/turtle").status == 200


@pytest.mark.parametrize("path", ["/dataset/nothing", "/dataset/nothing.ttl", "/entity/x", "/foo/bar", "/dataset/"])
def test_what_is_not_there_is_404_in_json(server: Running, path: str) -> None:
    reply = server.get(path, Accept=HTML)
    assert (reply.status, reply.json["error"]["code"]) == (404, "not-found")


# VoID and the JSON interface ----------------------------------------------------------------------------------------


def test_void_counts_what_is_there(server: Running) -> None:
    rdf = rdflib.Graph().parse(data=server.get("/.well-known/void").body, format="turtle")
    data = rdf.value(None, rdflib.RDF.type, VOID.Dataset)
    assert rdf.value(data, VOID.sparqlEndpoint) == rdflib.URIRef(f"{server.url}/sparql")
    count = server.get(f"/sparql?{urlencode({'query': 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'})}", Accept="text/csv")
    assert str(rdf.value(data, VOID.triples)) == count.text.split()[1]
    papers = rdf.value(None, VOID["class"], rdflib.URIRef(f"{BASE}ontology#Paper"))
    assert rdf.value(papers, VOID.entities) == rdflib.Literal(2)


def test_search_forgives_and_filters(server: Running) -> None:
    found = server.get("/api/search?q=imagnet").json
    assert found["names"][0]["id"] == "dataset/imagenet"
    assert server.get("/api/search?q=evaluated").json["texts"][0]["id"] == graph.CODES
    assert server.get("/api/search?q=thing&type=Method").json["names"][0]["type"] == "Method"
    models = server.get("/api/search?q=Thing-7B&type=Method").json["names"]
    assert "model/thing-7b" in [hit["id"] for hit in models]  # a Model is a Method


def test_node_neighbours_path_and_evidence(server: Running) -> None:
    node = server.get("/api/node?id=method/thingclr").json
    assert (node["name"], node["type"]) == ("ThingCLR", "Method")
    assert [edge["id"] for edge in node["out"]] == ["dataset/imagenet"]
    assert {edge["predicate"] for edge in node["in"]} == {"introduces", "uses"}
    assert server.get(f"/api/node?id={quote(BASE)}method/thingclr").json == node
    near = server.get("/api/neighbours?id=repository/a-b&hops=2").json
    assert [one["id"] for one in near["nodes"]][:2] == ["repository/a-b", graph.LEARNING]
    assert {"subject": graph.LEARNING, "predicate": "introduces", "object": "method/thingclr"} in near["edges"]
    capped = server.get("/api/neighbours?id=repository/a-b&hops=3&limit=2").json
    assert (len(capped["nodes"]), capped["more"]) == (2, True)
    path = server.get("/api/path?from=repository/a-b&to=model/thing-7b").json
    assert [one["id"] for one in path["nodes"]] == [
        "repository/a-b", graph.LEARNING, "dataset/imagenet", graph.CODES, "model/thing-7b"
    ]  # fmt: skip
    assert server.get("/api/path?from=repository/a-b&to=model/thing-7b&hops=2").json["nodes"] == []
    told = server.get("/api/evidence?object=method/thingclr&predicate=introduces").json["statements"]
    assert [one["sentence"] for one in told] == [graph.SENTENCE]


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/api/node", 400, "parameter id is missing"),
        ("/api/node?id=dataset/nothing", 404, "no node 'dataset/nothing'"),
        ("/api/node?id=%3C%3E", 404, "no node"),
        ("/api/node?id=a&id=b", 400, "2 parameters named id"),
        ("/api/neighbours?id=dataset/imagenet&hops=9", 400, "a number from 1 to 3"),
        ("/api/neighbours?id=dataset/imagenet&hops=x", 400, "a number from 1 to 3"),
        ("/api/search?q=a&typ=Task", 400, "search has no parameter 'typ'"),
        ("/api/search?q=a&type=Tusk", 400, "no type is named 'Tusk'"),
        ("/api/search?q=" + "a" * 501, 400, "more than 500 characters"),
        ("/api/evidence", 400, "give a subject or an object"),
        ("/api/evidence?subject=a%20b", 400, "is no id of a node"),
        ("/api/queries/nothing", 404, "no query is named 'nothing'"),
        ("/api/queries/who-introduced?thing=Nothing+like+it", 400, "is named 'Nothing like it' in this graph"),
        ("/api/queries/who-introduced?thin=x", 400, "no parameter 'thin'; it has: thing"),
    ],
)
def test_bad_parameters_are_named(server: Running, path: str, status: int, message: str) -> None:
    reply = server.get(path)
    assert (reply.status, reply.type) == (status, "application/json")
    assert message in reply.message


def test_named_queries_are_listed_and_asked(server: Running) -> None:
    names = [one["name"] for one in server.get("/api/queries").json["queries"]]
    assert len(names) >= 20
    reply = server.get("/api/queries/who-introduced?thing=ThingCLR")
    assert reply.json["results"]["bindings"][0]["title"]["value"] == "Contrastive Learning of Things"


def test_openapi_describes_every_route_and_only_those(server: Running) -> None:
    described = server.get("/api/openapi.json").json
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/search", "/api/node", "/api/neighbours", "/api/path", "/api/evidence", "/api/queries",
        "/api/queries/{name}", "/api/vocabulary", "/api/version", "/api/health",
    }  # fmt: skip
    for path, item in described["paths"].items():
        given = {field["name"]: field for field in item["get"].get("parameters", [])}
        needed = [name for name, field in given.items() if field["required"] and field["in"] == "query"]
        status = server.get(path.replace("{name}", "counts")).status
        assert status == (400 if needed or path.endswith("evidence") else 200)


# Limits -------------------------------------------------------------------------------------------------------------


def test_an_endless_query_gets_503_in_time_and_words(folder: Path) -> None:
    with serving(folder, "--timeout", "2.5") as server:
        reply = server.post("/sparql", ENDLESS.encode(), QUERY)
        assert (reply.status, reply.json["error"]["code"]) == (503, "unavailable")
        assert "no answer within 2.5 s" in reply.message
        assert server.post("/sparql", ASK.encode(), QUERY).status == 200


def test_a_body_too_large_is_refused(server: Running) -> None:
    reply = server.post("/sparql", b"#" * ((1 << 20) + 1), QUERY)
    assert (reply.status, reply.message) == (413, "the body has more than 1,048,576 bytes")


def test_a_client_that_goes_away_frees_its_worker(server: Running) -> None:
    for _ in range(6):
        connection = socket.create_connection(("127.0.0.1", server.port))
        body = ENDLESS.encode()
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {QUERY}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        time.sleep(0.05)
        connection.close()
    start = time.monotonic()
    assert server.post("/sparql", ASK.encode(), QUERY).status == 200
    assert time.monotonic() - start < 15  # the six would have kept every worker for the 20 s that each may take


def test_head_has_no_body(server: Running) -> None:
    reply = server.send("HEAD", f"/sparql?{urlencode({'query': NAMES})}")
    assert (reply.status, reply.body) == (200, b"")


# Doors --------------------------------------------------------------------------------------------------------------


def test_another_host_name_is_refused(server: Running) -> None:
    """A page on the web whose name resolves to this machine must not be able to read the graph."""
    assert server.get("/sparql", Host="evil.example").status == 421
    assert server.get("/sparql", Host="localhost:1").status == 200


def test_token_and_origins(tmp_path: Path) -> None:
    graph.write(tmp_path)
    with serving(tmp_path, "--cors", "https://a.example", KG_TOKEN="s3cret") as server:
        refused = server.get("/sparql")
        assert (refused.status, refused.json["error"]["code"]) == (401, "token-needed")
        assert "Basic" in refused.headers["www-authenticate"]
        assert server.get("/", Authorization="Bearer wrong").status == 401
        assert server.get("/", Authorization="Basic !!!").status == 401
        assert server.get("/sparql", Authorization="Bearer s3cret").status == 200
        basic = base64.b64encode(b"anyone:s3cret").decode()
        reply = server.get("/sparql", Authorization=f"Basic {basic}", Origin="https://a.example")
        assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://a.example")
        other = server.get("/sparql", Authorization=f"Basic {basic}", Origin="https://b.example")
        assert "access-control-allow-origin" not in other.headers
        preflight = server.send(
            "OPTIONS", "/sparql", Origin="https://a.example", Access_Control_Request_Method="POST",
            Access_Control_Request_Headers="authorization,content-type",
        )  # fmt: skip
        assert preflight.status == 200
        assert "there is no <code>graph.html</code>" in server.get("/", Authorization="Bearer s3cret").text.lower()
    assert "s3cret" not in server.log.read_text(encoding="utf-8")


# The end ------------------------------------------------------------------------------------------------------------


def test_it_logs_json_lines_and_ends_in_order(tmp_path: Path) -> None:
    graph.write(tmp_path)
    replies: list[int] = []
    with serving(tmp_path, "--host", "0.0.0.0", "--timeout", "10") as server:
        slow = (
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(STR(?c)) + STRLEN(STR(?i)) > 0) }"
        )
        thread = threading.Thread(target=lambda: replies.append(server.post("/sparql", slow.encode(), QUERY).status))
        thread.start()
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(20)
        thread.join(20)
    assert replies in ([200], [503])
    lines = server.log.read_text(encoding="utf-8").splitlines()
    assert "kg: warning: 0.0.0.0 is open to everyone who can reach this machine" in lines[0]
    records = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"time", "client", "method", "path", "status", "bytes", "milliseconds"} == set(records[0])
    assert not [line for line in lines if "Traceback" in line]


def test_a_folder_without_a_build_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"kg: .*no store there; build first: kg build INPUT"), serving(tmp_path):
        pass


def test_a_port_in_use_is_one_message(server: Running) -> None:
    command = [sys.executable, "-m", "kg", "serve", "-o", str(server.log.parent), "--port", str(server.port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == 1
    assert f"kg: cannot listen on 127.0.0.1 port {server.port} (Address already in use); --port takes" in done.stderr
    assert "Traceback" not in done.stderr
