"""Run the application until it is told to stop."""

import asyncio
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import uvicorn

from kg.errors import KgError
from kg.ontology import Ontology, built_ontology
from kg.query import SearchIndex, open_store
from kg.serve.app import create_app
from kg.serve.gate import ACCESS
from kg.serve.options import ServeOptions
from kg.serve.pool import Pool

_PATIENCE = 4  # seconds that requests may still take after the signal to stop


class _Server(uvicorn.Server):
    """A server that tells waiting clients that it stops, before it leaves them."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note the signal; requests that still run after `_PATIENCE` seconds are answered with 503."""
        stopping = self.config.app.state.stopping  # type: ignore[union-attr]

        def stop() -> None:
            if not stopping.done():
                stopping.set_result(None)

        loop = stopping.get_loop()
        loop.call_soon_threadsafe(loop.call_later, _PATIENCE, stop)
        super().handle_exit(sig, frame)


def serve(options: ServeOptions, *, quiet: bool = False, ready: Callable[[], None] = lambda: None) -> None:
    """Serve a build until SIGINT or SIGTERM, which let requests end first; `ready` is called when all is well.

    Requests are logged to standard error, a JSON line each, unless `quiet`. Raises `StoreError` if there is no build
    or no process to answer with, `KgError` if the port cannot be had.
    """
    ontology = built_ontology(options.folder)
    open_store(options.folder / "store")  # here, so that a missing build is one message and not a traceback
    SearchIndex(options.folder / "search.sqlite", ontology.base).close()
    asyncio.run(_start_once(replace(options, workers=1), ontology))
    _start_log(quiet)
    config = uvicorn.Config(
        create_app(options, ontology),
        host=options.host,
        port=options.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE + 3,
        timeout_keep_alive=30,
        limit_concurrency=options.queue + options.most_workers + 64,
        ws="none",
    )
    with _listening(options) as listener:
        ready()
        _Server(config).run(sockets=[listener])


async def _start_once(options: ServeOptions, ontology: Ontology) -> None:
    """Start a worker and let it go: what hinders it is one message here, and a traceback where the server starts."""
    async with Pool(options, ontology):
        pass


def _listening(options: ServeOptions) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # Named TCP, because asyncio switches Nagle's algorithm off only where the protocol is named: else 40 ms a request.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there it would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
    except OSError as error:
        listener.close()
        reason = (error.strerror or str(error)).partition(" (while")[0]
        where = f"{options.host} port {options.port}"
        raise KgError(f"cannot listen on {where} ({reason}); --port takes another") from error
    return listener


def _start_log(quiet: bool) -> None:
    if quiet:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    ACCESS.addHandler(handler)
    ACCESS.setLevel(logging.INFO)
    ACCESS.propagate = False
