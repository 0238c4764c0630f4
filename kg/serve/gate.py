"""What every request passes: who may come in, which headers go out, and what is written down of it."""

import base64
import hmac
import json
import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.options import LOCAL_HOSTS, ServeOptions
from kg.serve.web import problem

ACCESS = logging.getLogger("kg.serve.access")
_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Gate:
    """ASGI middleware: host and token are checked, security headers set, and each request logged as a JSON line."""

    def __init__(self, app: ASGIApp, options: ServeOptions) -> None:
        self._app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, seen = time.perf_counter(), {"status": 500, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                _set_headers(MutableHeaders(scope=message))
            seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            refusal = self._refusal(Headers(scope=scope))
            await (refusal or self._app)(scope, receive, sending)
        finally:
            _log(scope, seen, time.perf_counter() - start)

    def _refusal(self, headers: Headers) -> ASGIApp | None:
        if self._options.is_local and _host(headers) not in LOCAL_HOSTS:  # a page elsewhere whose name leads here
            return problem(421, f"this server answers to localhost only, not to {_host(headers)[:100]!r}")
        if self._options.token and not _knows(headers.get("authorization", ""), self._options.token):
            message = "send the token: Authorization: Bearer TOKEN, or as password of any user name"
            return problem(401, message, {"WWW-Authenticate": 'Basic realm="kg", charset="UTF-8"'})
        return None


def _host(headers: Headers) -> str:
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _knows(authorization: str, token: str) -> bool:
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except ValueError:
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), token.encode())


def _set_headers(headers: MutableHeaders) -> None:
    for name, value in _HEADERS.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", _OWN)
    headers.setdefault("Cache-Control", "no-cache")


def _log(scope: Scope, seen: Mapping[str, int], seconds: float) -> None:
    record = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": (scope.get("client") or ("",))[0],
        "method": scope["method"],
        "path": scope["path"],
        "status": seen["status"],
        "bytes": seen["bytes"],
        "milliseconds": round(seconds * 1000, 1),
    }
    ACCESS.info(json.dumps(record))
