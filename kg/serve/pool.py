"""Worker processes that answer requests, each with a deadline at which its worker is killed.

Nothing else stops a running query: neither a signal nor a thread does. A few workers are kept warm; while requests wait
behind slow ones, more are started, and those leave again when they have been idle for a while.
"""

import asyncio
import contextlib
import pickle
import tempfile
import time
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import IO, Any

from kg.errors import KgError, OntologyError, StoreError
from kg.ontology import Ontology, built_ontology
from kg.serve.frames import Head
from kg.serve.options import ServeOptions
from kg.serve.process import WorkerProcess

_PATIENCE = 0.15  # seconds that a request waits before another worker is started for it
_SLOW = 1.0  # seconds after which a worker yields the processor to others, and is replaced afterwards
_IDLE = 20.0  # seconds after which a worker beyond the warm ones is let go


class DeadlineError(KgError):
    """No answer before the deadline."""


class OverloadError(KgError):
    """Too many requests wait already."""


class CrashError(KgError):
    """The worker died: it ran out of memory, or was killed from outside."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker said: a head, and a body in memory or, if it is large, in a file that its reader closes."""

    head: Head
    data: bytes = b""
    file: IO[bytes] | None = None
    size: int = 0

    @property
    def record(self) -> Head:
        """The head without what the worker says to the server alone."""
        return {name: value for name, value in self.head.items() if name not in ("error", "seconds", "part")}

    def read(self) -> bytes:
        """The whole body."""
        if self.file is None:
            return self.data
        with self.file as file:
            return file.read()


class Pool:
    """All workers of a server. Use it as an asynchronous context manager."""

    def __init__(self, options: ServeOptions, ontology: Ontology) -> None:
        self._options = options
        self._ontology = ontology
        self._known = self.generation()
        self._free: deque[WorkerProcess] = deque()
        self._waiting: deque[tuple[float, asyncio.Future[WorkerProcess]]] = deque()
        self._alive: set[WorkerProcess] = set()
        self._starting = 0
        self._tasks: set[asyncio.Task[Any]] = set()
        self._tending: asyncio.Task[Any] | None = None
        self._closed = False

    async def __aenter__(self) -> "Pool":
        """Start the warm workers; the first tells whether the store can be opened at all. Raises `StoreError`."""
        await self._start()
        for _ in range(self._options.workers - 1):
            self._spawn()
        self._tending = self._later(self._tend())
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._closed = True
        for _, future in self._waiting:
            future.cancel()
        if self._tending is not None:
            self._tending.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)  # a worker that is starting is let start, then ended
        await asyncio.gather(*(worker.kill() for worker in self._alive))

    async def ask(self, operation: str, request: Head) -> Answer:
        """Answer one request within the timeout, waiting included.

        Raises `DeadlineError`, `OverloadError` or `CrashError`. What the worker refused is in the head under ``error``.
        """
        deadline = time.monotonic() + self._options.timeout
        worker = await self._take(deadline)
        request = request | {"operation": operation, "max_result": self._options.max_result}
        request["seconds"] = self._options.timeout
        yielding = asyncio.get_running_loop().call_later(_SLOW, worker.step_back)
        done = False
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                await worker.send(request)
                answer = await _read_answer(worker)
            done = True
            return answer
        except TimeoutError as error:
            raise DeadlineError(_late(self._options.timeout)) from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise CrashError("the query ended its worker, most likely because it needed too much memory") from error
        finally:
            yielding.cancel()
            self._give_back(worker, alive=done)

    async def _take(self, deadline: float) -> WorkerProcess:
        generation = self.generation()
        while self._free:
            free = self._free.pop()
            if free.generation == generation:
                return free
            self._drop(free)
        if len(self._waiting) >= self._options.queue:
            raise OverloadError(f"{len(self._waiting)} requests wait already; try again in a moment")
        future: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append((time.monotonic(), future))
        if len(self._alive) + self._starting < self._options.workers:
            self._spawn()
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                return await future
        except BaseException as error:
            self._waiting = deque(item for item in self._waiting if item[1] is not future)
            if future.done() and not future.cancelled() and not future.exception():
                self._give_back(future.result(), alive=True)  # it came in the moment in which the wait was given up
            if isinstance(error, TimeoutError):
                raise DeadlineError(_late(self._options.timeout)) from error
            raise

    def _give_back(self, worker: WorkerProcess, *, alive: bool) -> None:
        if not alive or worker.slow or self._closed or worker.generation != self.generation():
            self._drop(worker)
            if not self._closed and len(self._alive) + self._starting < self._options.workers:
                self._spawn()
            return
        self._offer(worker)

    def _offer(self, worker: WorkerProcess) -> None:
        worker.idle_since = time.monotonic()
        while self._waiting:
            _, future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._free.append(worker)

    def _drop(self, worker: WorkerProcess) -> None:
        self._alive.discard(worker)
        worker.end()
        self._later(worker.kill())

    def _spawn(self) -> None:
        self._starting += 1
        self._later(self._start_counted())

    async def _start_counted(self) -> None:
        try:
            await self._start()
        except StoreError as error:
            while self._waiting:
                _, future = self._waiting.popleft()
                if not future.done():
                    future.set_exception(error)
        finally:
            self._starting -= 1

    async def _start(self) -> None:
        worker = None
        while worker is None:
            generation, ontology = self.generation(), pickle.dumps(replace(self.ontology, terms=()))
            try:
                worker = await WorkerProcess.start(self._options, ontology, generation)
            except StoreError:  # it may have opened files of two builds, one taking the place of the other
                if self.generation() == generation:
                    raise
        self._alive.add(worker)
        self._offer(worker)

    async def _tend(self) -> None:
        """Start workers for requests that wait too long, two at a time, and let idle ones go."""
        while True:
            await asyncio.sleep(_PATIENCE / 2)
            now = time.monotonic()
            late = sum(now - since > _PATIENCE for since, _ in self._waiting)
            room = self._options.most_workers - len(self._alive) - self._starting
            for _ in range(min(late - self._starting, 2 - self._starting, room)):
                self._spawn()
            if self._free and len(self._alive) > self._options.workers and now - self._free[0].idle_since > _IDLE:
                self._drop(self._free.popleft())

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @property
    def ontology(self) -> Ontology:
        """Classes and slots of the build that is served now, which may have others than the one before."""
        if (generation := self.generation()) != self._known:
            with contextlib.suppress(OntologyError):  # then those of the build before are the best there are
                self._ontology = built_ontology(self._options.folder)
            self._known = generation
        return self._ontology

    def generation(self) -> object:
        """What changes when a build replaces store or index: workers of an older one are replaced too."""
        try:
            found = [(self._options.folder / name).stat() for name in ("store/CURRENT", "search.sqlite")]
        except OSError:
            return None
        return tuple((one.st_ino, one.st_mtime_ns) for one in found)


async def _read_answer(worker: WorkerProcess) -> Answer:
    head, data = await worker.receive()
    if not head["part"]:
        return Answer(head, data, None, len(data))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer's reader closes it
    try:
        file.write(data)
        while head["part"]:
            head, data = await worker.receive()
            file.write(data)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    if head["error"]:
        file.close()
        return Answer(head)
    return Answer(head, b"", file, size)


def _late(seconds: float) -> str:
    return f"no answer within {seconds:g} s; ask for less, or start the server with a longer --timeout"
