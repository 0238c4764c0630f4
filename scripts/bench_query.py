"""Measure queries and the server on a made graph of about a million triples.

    python scripts/bench_query.py [--triples N] [--requests N] [--skip-rdflib] [--folder DIR]

Prints one JSON object: seconds to load; milliseconds of each named query as `kg query` asks it (store opened and
answered, after imports), in the bare engine and over HTTP, these two by turns; how many times faster than rdflib the
engine answers each named query; what 200 requests at concurrency 16 with 10 % endless ones meet; the memory of the
server over many requests.
"""

import argparse
import http.client
import json
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.data import Assertion, Evidence, Graph, Node, Run
from kg.export.rdf import write_ntriples
from kg.ontology import built_ontology, load_ontology
from kg.pipeline.search import search_rows
from kg.query import Questions, SearchIndex, bind, build_index, build_store, named_queries, open_store, serialize
from kg.query.values import bind_values

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts import rdflib_times

ROOT = Path(__file__).parents[1]
PARAMETERS = {
    "paper": "Paper number 17 on thing 17",
    "method": "Method 10",
    "task": "Task 5",
    "data": "Dataset 5",
    "thing": "Method 10",
    "metric": "Metric 1",
    "since": "2023",
}  # fmt: skip - things that a few dozen papers speak of
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
QUICK = "SELECT ?name { ?x kg:introduces ?y . ?y skos:prefLabel ?name } LIMIT 5"
CONCURRENCY = 16
DEADLINE = 8.0


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--skip-rdflib", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        figures: dict[str, Any] = {"load": write_build(folder, given.triples)}
        figures["query"] = time_queries(folder)
        figures["serve"] = time_server(folder, given.requests)
        if not given.skip_rdflib:
            figures["rdflib"] = time_rdflib(folder, figures["query"])
        print(json.dumps(figures, indent=1))


# The graph ----------------------------------------------------------------------------------------------------------


def made_graph(triples: int) -> Graph:
    """Papers that use, introduce and measure things, few of them often; about 130 triples a paper."""
    chance = random.Random(7)
    papers = max(20, triples // 130)
    things = {kind: max(10, papers // share) for kind, share in (("method", 3), ("task", 20), ("dataset", 12))}
    nodes = {"metric/metric-1": Node("metric/metric-1", "Metric", "Metric 1", papers=1)}
    claims: dict[tuple[str, str, str], Assertion] = {}

    def thing(kind: str) -> str:
        number = 1 + int(things[kind] * chance.random() ** 3)  # the first of 2,500 methods: in 7 % of the papers
        id_ = f"{kind}/{kind}-{number}"
        nodes.setdefault(
            id_, Node(id_, kind.capitalize(), f"{kind.capitalize()} {number}", papers=1 + papers // number)
        )
        return id_

    def claim(subject: str, predicate: str, object_: str, paper: str) -> None:
        sentence = f"On {object_} we find that {subject} {predicate} it by {chance.random():.3f} points."
        said = Evidence(paper, 0, len(sentence), sentence, "cue+model", round(chance.random(), 3))
        claims[subject, predicate, object_] = Assertion(subject, predicate, object_, (said,), said.score, 1)

    for number in range(papers):
        paper, year = f"paper/p-{number}", 2012 + number * 13 // papers
        title = f"Paper number {number} on thing {number}"
        nodes[paper] = Node(
            paper, "Paper", title, first_year=year, last_year=year, date=f"{year}-01-02", abstract=title * 10
        )
        author, code = f"author/a-{number % 997}", f"repository/r-{number}"
        nodes[author] = Node(author, "Author", f"Author {number % 997}", papers=9)
        nodes[code] = Node(code, "Repository", f"o/{number}", url=f"https://example.org/o/{number}")
        claim(paper, "hasAuthor", author, paper)
        claim(paper, "hasRepository", code, paper)
        for predicate, kind in (("uses", "method"), ("uses", "method"), ("introduces", "method"), ("addresses", "task"),
                                ("evaluatesOn", "dataset"), ("trainsOn", "dataset")):  # fmt: skip
            claim(paper, predicate, thing(kind), paper)
        first, second = thing("method"), thing("method")
        if first != second:
            claim(first, "outperforms", second, paper)
    assertions = tuple(claims[key] for key in sorted(claims))
    return Graph(tuple(nodes[id_] for id_ in sorted(nodes)), assertions, (), Run("run/bench", "0", "0", "0", ()))


def write_build(folder: Path, triples: int) -> dict[str, Any]:
    """Write what `kg query` and `kg serve` need."""
    ontology = load_ontology()
    if not (folder / "search.sqlite").exists():
        graph = made_graph(triples)
        write_ntriples(graph, ontology, folder / "graph.nt.gz")
        start = time.perf_counter()
        build_store(folder / "graph.nt.gz", folder / "store")
        loaded = time.perf_counter()
        build_index(*search_rows(graph), folder / "search.sqlite")
        seconds = {"store s": round(loaded - start, 1), "index s": round(time.perf_counter() - loaded, 1)}
    else:
        seconds = {}
    return seconds | {"triples": len(open_store(folder / "store"))}


# Queries ------------------------------------------------------------------------------------------------------------


def time_queries(folder: Path) -> dict[str, Any]:
    """Each named query as `kg query` asks it, from opening the store to the bytes of the answer.

    Processor time is told besides, because a busy machine stretches the other.
    """
    wall, cpu = {}, {}
    for name, query in named_queries().items():
        times, used = [], []
        for _ in range(5):
            start, began = time.perf_counter(), time.process_time()
            ontology = built_ontology(folder)
            with SearchIndex(folder / "search.sqlite", ontology.base) as index:
                questions = Questions(open_store(folder / "store"), ontology, index)
                serialize(questions.ask(query.text, bind(query, _given(query), index, ontology)), "json")
            times.append(time.perf_counter() - start)
            used.append(time.process_time() - began)
        wall[name], cpu[name] = _milliseconds(times), _milliseconds(used)
    medians = statistics.median(wall.values()), statistics.median(cpu.values())
    return {"kg query ms": wall, "median ms": medians[0], "processor ms": cpu, "median processor ms": medians[1]}


def _given(query: Any) -> dict[str, str]:
    return {parameter.name: PARAMETERS[parameter.name] for parameter in query.parameters}


class Bare:
    """The engine on an open store, and the named queries with their values in place."""

    def __init__(self, folder: Path) -> None:
        self.ontology = built_ontology(folder)
        self.questions = Questions(open_store(folder / "store"), self.ontology)
        with SearchIndex(folder / "search.sqlite", self.ontology.base) as index:
            self.values = {
                name: bind(query, _given(query), index, self.ontology) for name, query in named_queries().items()
            }
        self.text = {name: bind_values(query.text, self.values[name])[0] for name, query in named_queries().items()}

    def ask(self, name: str) -> bytes:
        """The answer in JSON: parsed, evaluated and serialized by the engine."""
        return serialize(self.questions.ask(self.text[name]), "json")


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _processor(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _milliseconds(times: list[float]) -> float:
    return round(statistics.median(times) * 1000, 2)


# The server ---------------------------------------------------------------------------------------------------------


@contextmanager
def serving(folder: Path, deadline: float) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """``kg serve`` on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "-o", str(folder), "--port", str(port), "--timeout", str(deadline)]
    process = subprocess.Popen([*command, "--quiet"], cwd=ROOT)
    try:
        while True:
            try:
                _ask(port, "ASK {}")
                break
            except OSError:
                time.sleep(0.1)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _ask(port: int, query: str, connection: http.client.HTTPConnection | None = None) -> tuple[int, bytes]:
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    head = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
    own.request("POST", "/sparql", query.encode(), head)
    reply = own.getresponse()
    body = reply.read()
    if connection is None:
        own.close()
    return reply.status, body


def time_server(folder: Path, requests: int) -> dict[str, Any]:
    """Named queries over HTTP and in the bare engine, endless ones among quick ones, and memory over many requests."""
    with serving(folder, 120) as (port, process):
        figures = _by_turns(folder, port)
        figures["memory MB"] = _memory(port, process.pid, requests)
    with serving(folder, DEADLINE) as (port, _):
        figures["endless"] = _endless(port)
    return figures


def _by_turns(folder: Path, port: int) -> dict[str, Any]:
    bare = Bare(folder)
    ours, served = {}, {}
    for name, text in bare.text.items():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=130)
        if json.loads(_ask(port, text, connection)[1]) != json.loads(bare.ask(name)):
            raise SystemExit(f"{name}: the server's answer is not the engine's")
        turns = [(_seconds(lambda: bare.ask(name)), _seconds(lambda: _ask(port, text, connection))) for _ in range(9)]  # noqa: B023
        ours[name], served[name] = (_milliseconds(list(times)) for times in zip(*turns, strict=True))
        connection.close()
    medians = statistics.median(served.values()), statistics.median(ours.values())
    return {
        "bare engine ms": ours,
        "served ms": served,
        "served / bare, all queries": round(sum(served.values()) / sum(ours.values()), 3),
        "served / bare, median query": round(medians[0] / medians[1], 3),
    }


def _endless(port: int) -> dict[str, Any]:
    """200 requests at concurrency 16, every tenth without end."""
    expected = _ask(port, QUICK)[1]

    def one(number: int) -> tuple[bool, int, float, bool]:
        endless = number % 10 == 3
        start = time.perf_counter()
        status, body = _ask(port, ENDLESS if endless else QUICK)
        return endless, status, time.perf_counter() - start, body == expected

    with ThreadPoolExecutor(CONCURRENCY) as clients:
        results = list(clients.map(one, range(200)))
    quick = [result for result in results if not result[0]]
    return {
        "deadline s": DEADLINE,
        "quick answered rightly": sum(status == 200 and right for _, status, _, right in quick),
        "of": len(quick),
        "endless answered 503": sum(status == 503 for endless, status, _, _ in results if endless),
        "slowest quick s": round(max(seconds for _, _, seconds, _ in quick), 2),
        "slowest s": round(max(seconds for _, _, seconds, _ in results), 2),
    }


def _memory(port: int, pid: int, requests: int) -> dict[str, Any]:
    """Resident memory of the server with its workers, after a tenth of the requests and after all of them."""
    lock, left = threading.Lock(), [requests]
    points = {}

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                left[0] -= 1
                done = requests - left[0]
            if left[0] < 0:
                return
            _ask(port, QUICK if done % 50 else "SELECT * { ?s kg:uses ?o } LIMIT 20000", connection)
            if done in (requests // 10, requests // 2, requests):
                points[done] = _resident(pid)

    start = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    return {"after": dict(sorted(points.items())), "requests per second": round(requests / seconds)}


def _resident(pid: int) -> dict[str, Any]:
    """Megabytes of the server and of each of its workers (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return {"server": _megabytes(str(pid)), "workers": [_megabytes(child) for child in children]}


def _megabytes(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return round(int(status.partition("VmRSS:")[2].split()[0]) / 1024, 1)


# rdflib -------------------------------------------------------------------------------------------------------------


def time_rdflib(folder: Path, query: dict[str, Any]) -> dict[str, Any]:
    """Every named query in rdflib over the same triples, as ratios to the bare engine, and to `kg query`.

    From the shell rdflib has to load the triples for each query, and `kg query` to open its store. All is processor
    time, which other programs on the machine change least. A query ended at the cap counts as the cap, so the ratios
    are then the least that they can be.
    """
    bare = Bare(folder)
    graph, loaded = rdflib_times.load(folder / "graph.nt.gz")
    asked = {name: rdflib_times.ask(graph, text, bare.questions.prefixes) for name, text in bare.text.items()}
    ours = {name: statistics.median(_processor(lambda: bare.ask(name)) for _ in range(5)) for name in asked}  # noqa: B023
    rows = {name: len(json.loads(bare.ask(name))["results"]["bindings"]) for name in asked}
    theirs = {name: found.seconds for name, found in asked.items()}
    opened = {name: ms / 1000 for name, ms in query["processor ms"].items()}
    return {
        "load s": round(loaded, 1),
        "cap s": rdflib_times.CAP,
        "times": {name: round(theirs[name] / ours[name], 1) for name in asked},
        "ended at the cap": [name for name, found in asked.items() if found.rows is None],
        "other number of rows": [name for name, found in asked.items() if found.rows not in (None, rows[name])],
        "times, loaded": rdflib_times.ratios(theirs, ours),
        "times, from the shell": rdflib_times.ratios({name: loaded + s for name, s in theirs.items()}, opened),
    }


if __name__ == "__main__":
    main()
