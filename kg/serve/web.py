"""What all endpoints share: errors as JSON, bodies within bounds, answers of the pool as responses."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from kg.serve.frames import Head
from kg.serve.pool import Answer, CrashError, DeadlineError, OverloadError, Pool

_CHUNK = 1 << 16
_BODY_SECONDS = 30.0
_CODES = {
    400: "bad-request", 401: "token-needed", 403: "refused", 404: "not-found", 405: "method-not-allowed",
    406: "not-acceptable", 413: "too-large", 415: "unsupported-media-type", 421: "unknown-host", 503: "unavailable",
}  # fmt: skip


class ProblemError(HTTPException):
    """An answer that says what went wrong; it becomes a JSON object with ``status``, ``code`` and ``message``."""


def problem(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as JSON."""
    body = {"error": {"status": status, "code": _CODES.get(status, "error"), "message": message}}
    return JSONResponse(body, status_code=status, headers=dict(headers or {}))


async def on_problem(_request: Request, error: Exception) -> Response:
    """Starlette's hook for errors with a status."""
    if not isinstance(error, HTTPException):
        raise error
    return problem(error.status_code, error.detail, error.headers)


async def on_bug(_request: Request, _error: Exception) -> Response:
    """Starlette's hook for everything else; the traceback goes to the log."""
    return problem(500, "kg failed here; its log says where")


async def read_body(request: Request, most: int) -> bytes:
    """The body, at most `most` bytes of it. Raises `ProblemError`."""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise ProblemError(413, f"the body has more than {most:,} bytes")
    except TimeoutError as error:
        raise ProblemError(408, f"the body did not arrive within {_BODY_SECONDS:g} s") from error
    return bytes(body)


async def ask(request: Request, operation: str, payload: Head) -> Answer:
    """Have a worker answer; give up when the client leaves or the server ends. Raises `ProblemError`."""
    pool: Pool = request.app.state.pool
    asking = asyncio.ensure_future(pool.ask(operation, payload))
    leaving = asyncio.ensure_future(_left(request))
    try:
        stopping: asyncio.Future[None] = request.app.state.stopping
        waited: set[asyncio.Future[Any]] = {asking, leaving, stopping}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            gone = (499, "the client has gone") if leaving.done() else (503, "the server is stopping")
            raise ProblemError(*gone)
        answer = asking.result()
    except (DeadlineError, OverloadError, CrashError) as error:
        retry = {"Retry-After": "1"} if isinstance(error, OverloadError) else {}
        raise ProblemError(503, str(error), retry) from error
    finally:
        leaving.cancel()
        asking.cancel()
    if answer.head["error"]:
        status = {"query": 400, "too-large": 413}.get(answer.head["kind"], 500)
        raise ProblemError(status, answer.head["error"])
    return answer


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class AnswerResponse(Response):
    """The body of an answer, from memory or from its spool file, with a status that was known before the first byte."""

    def __init__(self, answer: Answer, media_type: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(b"", media_type=media_type, headers=dict(headers or {}))
        self._answer = answer
        self.headers["content-length"] = str(answer.size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the body, and close its file whatever happens."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if self._answer.file is None or scope["method"] == "HEAD":
            if self._answer.file is not None:
                self._answer.file.close()
            await send({"type": "http.response.body", "body": self._answer.data})
            return
        with self._answer.file as file:
            while chunk := file.read(_CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def host_url(request: Request, path: str) -> str:
    """The address of a path of ours as the client writes it."""
    return str(request.url.replace(path=path, query="", fragment=""))


def ontology_of(request: Request) -> Any:
    """The ontology of the build that is served."""
    return request.app.state.pool.ontology
