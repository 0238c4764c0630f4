"""Run the application until it is told to stop."""

import logging
import sys

import uvicorn

from kg.ontology import built_ontology
from kg.query import SearchIndex, open_store
from kg.serve.app import create_app
from kg.serve.gate import ACCESS
from kg.serve.options import ServeOptions

_PATIENCE = 5  # seconds that requests may still take after the signal to stop


def serve(options: ServeOptions, *, quiet: bool = False) -> None:
    """Serve a build until SIGINT or SIGTERM, which let requests end first. Raises `StoreError` if there is no build.

    Requests are logged to standard error, a JSON line each, unless `quiet`.
    """
    ontology = built_ontology(options.folder)
    open_store(options.folder / "store")  # here, so that a missing build is one message and not a traceback
    SearchIndex(options.folder / "search.sqlite", ontology.base).close()
    _start_log(quiet)
    config = uvicorn.Config(
        create_app(options, ontology),
        host=options.host,
        port=options.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
        timeout_keep_alive=30,
        limit_concurrency=options.queue + options.most_workers + 64,
        ws="none",
    )
    uvicorn.Server(config).run()


def _start_log(quiet: bool) -> None:
    if quiet:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    ACCESS.addHandler(handler)
    ACCESS.setLevel(logging.INFO)
    ACCESS.propagate = False
