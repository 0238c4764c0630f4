"""One worker process as the server sees it: pipes, a priority, an end."""

import asyncio
import contextlib
import os
import sys
import time

from kg.errors import StoreError
from kg.serve.frames import Head, pack, receive
from kg.serve.options import ServeOptions

_START = 30.0  # seconds within which a worker must have opened the store


class WorkerProcess:
    """A worker process with its pipes."""

    def __init__(self, process: asyncio.subprocess.Process, generation: object) -> None:
        self._process = process
        self.generation = generation
        self.slow = False
        self.idle_since = time.monotonic()

    @classmethod
    async def start(cls, options: ServeOptions, ontology: bytes, generation: object) -> "WorkerProcess":
        """A new worker that is ready to answer. Raises `StoreError` if it does not get so far."""
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "kg.serve.worker",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True, limit=1 << 20,
            )  # fmt: skip
        except OSError as error:
            reason = f"this system starts no process to answer with ({error.strerror or error})"
            raise StoreError(f"{reason}; end others, or ask with kg query, which needs none") from error
        worker = cls(process, generation)
        try:
            first: Head = {"folder": str(options.folder.resolve()), "max_memory": options.max_memory}
            await worker.send(first, ontology)
            head, _ = await asyncio.wait_for(worker.receive(), _START)
        except BaseException as error:
            await worker.kill()
            if isinstance(error, (OSError, asyncio.IncompleteReadError, TimeoutError)):
                raise StoreError(f"{options.folder}: a worker could not be started") from error
            raise
        if head["error"]:
            await worker.kill()
            raise StoreError(head["error"])
        return worker

    async def send(self, head: Head, body: bytes = b"") -> None:
        """Write one frame."""
        pipe = self._process.stdin
        if pipe is not None:
            pipe.write(pack(head, body))
            await pipe.drain()

    async def receive(self) -> tuple[Head, bytes]:
        """Read one frame."""
        pipe = self._process.stdout
        if pipe is None:
            raise asyncio.IncompleteReadError(b"", None)
        return await receive(pipe)

    def step_back(self) -> None:
        """Let quick queries go first. A process cannot take this back, so it is replaced when it is done."""
        self.slow = True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)

    def end(self) -> None:
        """Kill the process, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def kill(self) -> None:
        """Kill the process and wait until it has gone."""
        self.end()
        if self._process.stdin is not None:
            self._process.stdin.close()
        pipe = self._process.stdout
        with contextlib.suppress(RuntimeError):  # whoever waits for an answer reads to the end instead
            while pipe is not None and await pipe.read(1 << 16):
                pass
        await self._process.wait()
