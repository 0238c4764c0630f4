"""What the guard refuses and lets pass, judged against the engine and a listening socket."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import check_query

U = "http://127.0.0.1:9/"
CALLS = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "select * { service <U> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <U> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<U>{ ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <U> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <U> { ?s ?p ?o } }",
    "SELECT * { SER\\u0056ICE <U> \\u007b ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICEe:x{ ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICESILENTe:x { ?s ?p ?o } }",
    "PREFIX silent: <U> SELECT * { SERVICE silent:x { ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICE e:a\\#b { ?s ?p ?o } }",
    "SELECT * { ?a ?b true SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 1.0e5SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'@en SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c.SERVICE<U>{ ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { ?a ?b e:.SERVICE<U>{ ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { ?a ?b e:x;SERVICE<U>{ ?s ?p ?o } }",
    "SELECT * { # to here\rSERVICE <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE # and\n # on\r\n <U> # and on\n { ?s ?p ?o } }",
    'SELECT * { ?a ?b ?c FILTER(?a<?b#>"""\n) SERVICE <U> { ?s ?p ?o } #"""\n }',
    "SELECT * { ?a ?b ?c FILTER(?a<?b#>'''\n) SERVICE <U> { ?s ?p ?o } #'''\n }",
    "SELECT * { ?a <http://x/'> ?c . SERVICE <U> { ?s ?p ?o } #'\n }",
    "SELECT * { ?a <http://x/#> ?c . SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { ?a ?b '''it's \\''' ''' . SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { BIND(<U> AS ?v) SERVICE ?v { ?s ?p ?o } }",
    "SELECT * { BIND(<U> AS ?v\u0301) SERVICE ?v\u0301 { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <U> { ?s ?p ?o } } } }",
    "DESCRIBE ?s WHERE { SERVICE <U> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE <U> { ?s ?p ?o } } }",
]
HARMLESS = [
    "PREFIX ex: <U> SELECT * { ?s ex:SERVICE ?o }",
    "PREFIX ex: <U> SELECT * { ?s ex:service ?o . { ?a ?b ?c } }",
    "PREFIX ex: <U> SELECT * { ?s ex:service ?o { ?a ?b ?c } }",
    "PREFIX service: <U> SELECT * { ?s service:x ?o }",
    "PREFIX ex: <U> SELECT * { GRAPH ex:SERVICE { ?s ?p ?o } }",
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s <http://x/SERVICE> ?o }",
    "SELECT * { ?s <http://x/service#SERVICE> ?o . { ?a ?b ?c } }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { ?s ?p ?o }' }",
    'SELECT * { ?s ?p """say "SERVICE <http://x/> {" twice""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> { ?s ?p ?o }",
    "# SERVICE <http://x/> {\nSELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?s > 2) }",
    'SELECT * { ?s rdfs:label ?o FILTER(CONTAINS(LCASE(?o), "service")) }',
    "PREFIX insert: <U> SELECT ?delete { ?s insert:DROP ?delete }",
    "ASK { ?s ?p 'DELETE WHERE { }' }",
]
UPDATES = [
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
    ("PREFIX ex: <http://x/>\ninsert data { ex:a ex:b ex:c }", "INSERT"),
    ("# a comment\nBASE <http://x/> DELETE WHERE { ?s ?p ?o }", "DELETE"),
    ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
    ("\\u0049NSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
    ("LOAD <http://x/>", "LOAD"),
    ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <a:g>", "LOAD"),
    ("CLEAR ALL", "CLEAR"),
    ("DROP GRAPH <a:g>", "DROP"),
    ("CREATE GRAPH <a:g>", "CREATE"),
    ("COPY <a:g> TO <a:h>", "COPY"),
    ("MOVE <a:g> TO <a:h>", "MOVE"),
    ("ADD <a:g> TO <a:h>", "ADD"),
]
HOSTILE = [
    "SELECT * { " + "SERVICE" * 14_000,
    "service:" * 12_500,
    ";service:." * 9_000,
    "service?" * 12_500,
    "service<" * 12_500,
    "service<a>" * 9_000,
    "SELECT * {" + "service#" * 12_000,
    "SELECT * {" + "service\n#" * 11_000,
    "service " + "<" * 99_000,
    "service " + "<a>" * 33_000,
    "service " + "<#" * 49_000,
    "service " + '"""\\' * 24_000,
    "service " + "'" * 99_000,
    "service " + "\"'" * 49_000,
    "service " + "\\" * 99_000,
    "service " + "\\u0053" * 16_000,
    "service " + "a" * 99_000,
    "service " + "a:" * 49_000,
    "service " + " " * 99_000,
    "service silent " * 6_600,
    "service " + "?" * 99_000,
    "service " + "kg:Methd " * 11_000,
]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[int]]]:
    """The address of a socket, and a list that grows with each connection to it."""
    calls: list[int] = []
    server = socket.create_server(("127.0.0.1", 0))

    def count() -> None:
        while True:
            try:
                server.accept()[0].close()
            except OSError:
                return
            calls.append(1)

    thread = threading.Thread(target=count, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


@pytest.mark.parametrize("query", CALLS)
def test_service_is_refused_however_spelled(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check_query(query.replace("U>", U + ">"))


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_elsewhere_is_no_call(query: str) -> None:
    check_query(query.replace("U>", U + ">"))


def test_what_passes_never_reaches_another_machine(listener: tuple[str, list[int]]) -> None:
    address, calls = listener
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("o")))
    for query in HARMLESS:
        results = store.query(
            query.replace("U>", address + ">"), prefixes={"rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
        )
        if not isinstance(results, ox.QueryBoolean):
            list(results)
    assert not calls
    with pytest.raises(OSError, match=r".*"):  # the control: the engine itself would have called
        list(store.query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
    time.sleep(0.05)
    assert calls


@pytest.mark.parametrize(("update", "word"), UPDATES)
def test_updates_are_refused_by_name(update: str, word: str) -> None:
    with pytest.raises(QueryError, match=f"^{word} is refused: the graph is read-only"):
        check_query(update)


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_read_in_linear_time(query: str) -> None:
    start = time.process_time()
    with contextlib.suppress(QueryError):
        check_query(query)
    assert time.process_time() - start < 2


def test_too_long_and_empty_queries_are_refused() -> None:
    with pytest.raises(QueryError, match="100,001 characters"):
        check_query("x" * 100_001)
    with pytest.raises(QueryError, match="empty"):
        check_query(" \n")
