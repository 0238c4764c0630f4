"""The process that answers one request at a time, and that the server kills when it takes too long.

It runs as ``python -m kg.serve.worker`` with frames on standard input and output. Once the store is open it gives up
the means to open anything else: no file, no socket, no memory beyond its share.
"""

import contextlib
import io
import os
import pickle
import signal
import sys
import time
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import KgError, QueryError
from kg.ontology import Ontology
from kg.query import (
    Browser,
    Dataset,
    Questions,
    SearchIndex,
    bind,
    gives_triples,
    named_queries,
    named_query,
    open_store,
    with_subtypes,
    write_results,
    write_triples,
)
from kg.serve.frames import Head, pack, read

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_CHUNK = 1 << 18
_GRACE = 5.0  # seconds after the deadline until the process ends itself, should the server not have ended it


class _TooLargeError(Exception):
    """The answer has more bytes than may be sent."""


class _Spool(io.RawIOBase):
    """Sends what is written to it in chunks, and stops an answer that grows too large."""

    def __init__(self, output: IO[bytes], most: int) -> None:
        self._output = output
        self._most = most
        self._buffer = bytearray()
        self.size = 0

    def write(self, data: Any) -> int:
        """Take bytes; a full chunk is sent. Raises `_TooLargeError`."""
        self.size += len(data)
        if self.size > self._most:
            raise _TooLargeError
        self._buffer += data
        if len(self._buffer) >= _CHUNK:
            self._output.write(pack({"part": True}, bytes(self._buffer)))
            self._output.flush()
            self._buffer.clear()
        return len(data)

    def rest(self) -> bytes:
        """What has not been sent."""
        return bytes(self._buffer)


class Worker:
    """One open store with the questions that requests ask of it; every public method is an operation."""

    def __init__(self, folder: Path, ontology: Ontology) -> None:
        store = open_store(folder / "store")
        self._index = SearchIndex(folder / "search.sqlite", ontology.base)
        self._index.names("warm")  # opens the file while files can still be opened
        self._index.texts("warm")
        self._named = named_queries()
        self._ontology = ontology
        self._questions = Questions(store, ontology, self._index)
        self._browser = Browser(store, ontology)

    def sparql(self, request: Head, spool: _Spool) -> Head:
        """Ask a query; ``rows`` and ``triples`` name the formats that the client takes for each kind of answer.

        Raises `QueryError`, also if it takes none that fits.
        """
        dataset = Dataset(tuple(request.get("default", ())), tuple(request.get("named", ())))
        values = request.get("values", {})
        if name := request.get("name"):
            query = named_query(name, self._named)
            text, values = query.text, bind(query, values, self._index, self._ontology)
        else:
            text = request["query"]
        results = self._questions.ask(text, values, dataset=dataset, base=request.get("base", ""))
        wanted = request["triples"] if gives_triples(results) else request["rows"]
        if not wanted:
            raise QueryError("none of the accepted media types fits the answer")
        write_results(results, wanted, cast(IO[bytes], spool), self._questions.prefixes)
        return {"format": wanted, "hints": self._questions.hints(text)}

    def describe(self, request: Head, spool: _Spool) -> Head:
        """The triples of one node, or ``found`` false."""
        if not self._browser.exists(request["id"]):
            return {"found": False}
        triples = self._browser.triples(request["id"])
        write_triples(triples, request["format"], cast(IO[bytes], spool), self._questions.prefixes)
        return {"found": True}

    def node(self, request: Head, _spool: _Spool) -> Head:
        """A node with its edges, or ``found`` false."""
        found = self._browser.exists(request["id"])
        return {"found": found} | (self._browser.node(request["id"]) if found else {})

    def neighbours(self, request: Head, _spool: _Spool) -> Head:
        """What is next to a node, or ``found`` false."""
        if not self._browser.exists(request["id"]):
            return {"found": False}
        return {"found": True} | self._browser.neighbours(request["id"], request["hops"], request["limit"])

    def path(self, request: Head, _spool: _Spool) -> Head:
        """A shortest path, or ``found`` false where an end is not in the graph."""
        ends = request["from"], request["to"]
        missing = [end for end in ends if not self._browser.exists(end)]
        if missing:
            return {"found": False, "missing": missing[0]}
        return {"found": True} | self._browser.path(*ends, request["hops"])

    def evidence(self, request: Head, _spool: _Spool) -> Head:
        """Statements that fit."""
        return self._browser.evidence(request["subject"], request["predicate"], request["object"], request["limit"])

    def search(self, request: Head, _spool: _Spool) -> Head:
        """Nodes by name, and papers by words."""
        types = with_subtypes(self._ontology, request["types"])
        names, texts = self._index.find(request["text"], types=types, limit=request["limit"])
        return {"names": [_record(hit) for hit in names], "texts": [_record(hit) for hit in texts]}


_OPERATIONS = ("sparql", "describe", "node", "neighbours", "path", "evidence", "search")


def _record(hit: Any) -> Head:
    return {"id": hit.id, "type": hit.type, "name": hit.name, "matched": hit.matched, "score": hit.score}


def _answer(worker: Worker, request: Head, output: IO[bytes]) -> None:
    spool = _Spool(output, request["max_result"])
    start = time.perf_counter()
    try:
        if request["operation"] not in _OPERATIONS:
            raise QueryError(f"no operation is named {request['operation']!r}")
        head = getattr(worker, request["operation"])(request, spool) | {"error": ""}
    except _TooLargeError:
        head = {"error": f"the answer has more than {request['max_result']:,} bytes; ask for less, with LIMIT"}
        head["kind"] = "too-large"
    except KgError as error:
        head = {"error": str(error), "kind": "query" if isinstance(error, QueryError) else "store"}
    head["seconds"] = time.perf_counter() - start
    output.write(pack(head | {"part": False}, b"" if head["error"] else spool.rest()))
    output.flush()


def _close_the_doors(max_memory: int) -> None:
    """No more files or sockets for this process, and no more memory than its share.

    Where there are no such limits (Windows), the guard of the query text stands alone.
    """
    if resource is None:
        return
    for limit, most in ((resource.RLIMIT_DATA, max_memory), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS does not know them all
            resource.setrlimit(limit, (most, most))
    highest = max(int(entry.name) for entry in Path("/dev/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))
    with contextlib.suppress(OSError):
        while True:  # take every number below the limit that is free
            os.dup(0)


def main() -> None:
    """Open the store that the first frame names, then answer until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, output = sys.stdin.buffer, sys.stdout.buffer
    first = read(source)
    if first is None:
        return
    head, body = first
    try:
        # What arrives here was pickled by the server that started this process.
        worker = Worker(Path(head["folder"]), pickle.loads(body))  # noqa: S301
        _close_the_doors(head["max_memory"])
    except KgError as error:
        output.write(pack({"error": str(error)}))
        output.flush()
        return
    output.write(pack({"error": ""}))
    output.flush()
    while (frame := read(source)) is not None:
        if hasattr(signal, "setitimer"):  # the default action of the alarm ends the process, whatever it is doing
            signal.setitimer(signal.ITIMER_REAL, frame[0]["seconds"] + _GRACE)
        _answer(worker, frame[0], output)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
