"""Workers: deadlines that hold, waiting that ends, crashes that stay with the one who caused them."""

import asyncio
import contextlib
import errno
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kg.errors import StoreError
from kg.serve.options import ServeOptions
from kg.serve.pool import Answer, CrashError, DeadlineError, OverloadError, Pool
from kg.serve.process import WorkerProcess
from kg.serve.server import serve
from tests.query import graph

T = TypeVar("T")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
QUICK = "SELECT ?name { ?x a kg:Dataset ; skos:prefLabel ?name }"


def run(folder: Path, work: Callable[[Pool], Awaitable[T]], **options: Any) -> T:
    """Do something with a pool over the small graph."""

    async def main() -> T:
        settings = replace(ServeOptions(folder, workers=1, timeout=20), **options)
        async with Pool(settings, graph.ontology()) as pool:
            return await work(pool)

    return asyncio.run(main())


def ask(pool: Pool, query: str) -> Awaitable[Answer]:
    return pool.ask("sparql", {"query": query, "rows": "csv", "triples": "nt"})


def text(answer: Answer) -> str:
    return answer.read().decode()


def test_a_query_is_answered(folder: Path) -> None:
    answer = run(folder, lambda pool: ask(pool, QUICK))
    assert (text(answer), answer.size, answer.head["format"]) == ("name\r\nImageNet\r\n", 16, "csv")


def test_an_endless_query_is_killed_at_the_deadline_and_the_next_is_answered(folder: Path) -> None:
    async def work(pool: Pool) -> tuple[float, str]:
        start = time.monotonic()
        with pytest.raises(DeadlineError, match=r"no answer within 1.5 s"):
            await ask(pool, ENDLESS)
        return time.monotonic() - start, text(await ask(pool, QUICK))

    seconds, rows = run(folder, work, timeout=1.5)
    assert 1.4 < seconds < 30
    assert "ImageNet" in rows


def test_quick_queries_do_not_wait_for_endless_ones(folder: Path) -> None:
    async def work(pool: Pool) -> list[float]:
        endless = [asyncio.ensure_future(ask(pool, ENDLESS)) for _ in range(3)]
        await asyncio.sleep(0.1)
        times = []
        for _ in range(5):
            start = time.monotonic()
            text(await ask(pool, QUICK))
            times.append(time.monotonic() - start)
        results = await asyncio.gather(*endless, return_exceptions=True)
        assert all(isinstance(result, DeadlineError) for result in results)
        return times

    assert max(run(folder, work, timeout=8, most_workers=8)) < 6


def test_a_full_queue_refuses_at_once(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        endless = [asyncio.ensure_future(ask(pool, ENDLESS)) for _ in range(3)]
        await asyncio.sleep(0.2)
        with pytest.raises(OverloadError, match="2 requests wait already"):
            await ask(pool, QUICK)
        await asyncio.gather(*endless, return_exceptions=True)

    run(folder, work, timeout=1.5, most_workers=1, queue=2)


def test_whoever_gives_up_frees_the_worker(folder: Path) -> None:
    async def work(pool: Pool) -> str:
        endless = asyncio.ensure_future(ask(pool, ENDLESS))
        await asyncio.sleep(0.2)
        endless.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await endless
        return text(await ask(pool, QUICK))

    assert "ImageNet" in run(folder, work, most_workers=1, timeout=15)


def test_a_query_that_needs_too_much_memory_ends_only_its_worker(folder: Path) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"

    async def work(pool: Pool) -> str:
        with pytest.raises(CrashError, match="memory"):
            await ask(pool, greedy)
        return text(await ask(pool, QUICK))

    assert "ImageNet" in run(folder, work, max_memory=200 << 20, timeout=60)


def test_large_answers_are_spooled_and_too_large_ones_refused(folder: Path) -> None:
    wide = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    answer = run(folder, lambda pool: ask(pool, wide))
    assert answer.size > 1 << 20
    assert len(text(answer)) == answer.size
    refused = run(folder, lambda pool: ask(pool, wide), max_result=1 << 20)
    assert refused.head["error"] == "the answer has more than 1,048,576 bytes; ask for less, with LIMIT"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { ?s a kg:Methd", "did you mean kg:Method?"),
        ("SELECT * { ?s a foo:Bar }", "prefix foo: is not declared"),
        ("CLEAR ALL", "CLEAR is refused"),
    ],
)
def test_refusals_come_back_as_words(folder: Path, query: str, message: str) -> None:
    assert message in run(folder, lambda pool: ask(pool, query)).head["error"]


def test_a_worker_can_open_nothing_even_if_the_guard_were_fooled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the guard switched off in the worker, the call fails for want of a socket, and nobody is called."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.5)
    (tmp_path / "sitecustomize.py").write_text(
        "import kg.query.answer\nkg.query.answer.check_query = lambda query: None\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    address = f"http://127.0.0.1:{server.getsockname()[1]}/"
    answer = run(folder, lambda pool: ask(pool, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
    with server:
        assert answer.head["error"]
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_store_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="build first"):
        run(tmp_path, lambda pool: ask(pool, QUICK))


def test_a_new_build_is_served_without_a_restart(tmp_path: Path) -> None:
    graph.write(tmp_path)

    async def work(pool: Pool) -> tuple[str, str]:
        before = text(await ask(pool, QUICK))
        old = graph.graph()
        nodes = tuple(replace(node, name=node.name.replace("ImageNet", "NewNet")) for node in old.nodes)
        graph.write(tmp_path, replace(old, nodes=nodes))
        return before, text(await ask(pool, QUICK))

    before, after = run(tmp_path, work)
    assert "ImageNet" in before
    assert "NewNet" in after


def test_a_system_that_starts_no_process_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    graph.write(tmp_path)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", refused)
    with pytest.raises(StoreError, match=r"starts no process to answer with \(Resource .*kg query"):
        serve(ServeOptions(tmp_path), quiet=True)


def test_a_worker_that_opens_the_files_of_two_builds_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.write(tmp_path)
    genuine, starts = WorkerProcess.start, []

    async def start(*arguments: Any) -> WorkerProcess:
        starts.append(arguments)
        if len(starts) == 1:
            graph.write(tmp_path)  # takes the place of the build that this worker was opening
            raise StoreError("Corruption: Sst file size mismatch")
        return await genuine(*arguments)

    monkeypatch.setattr(WorkerProcess, "start", start)
    assert "ImageNet" in run(tmp_path, lambda pool: _text_of(pool, QUICK))
    assert len(starts) == 2


async def _text_of(pool: Pool, query: str) -> str:
    return text(await ask(pool, query))
