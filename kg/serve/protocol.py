"""The SPARQL 1.1 Protocol, for queries: https://www.w3.org/TR/sparql11-protocol/."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.negotiate import MEDIA_TYPES, PAGES, ROWS, TRIPLES, choose
from kg.serve.service import service_description
from kg.serve.web import AnswerResponse, ProblemError, ask, host_url, ontology_of, read_body

_MOST_GRAPHS = 100
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "SPARQL Update is refused: the graph is read-only; build again to change it"

Pairs = Sequence[tuple[str, str]]


async def endpoint(request: Request) -> Response:
    """Answer a query in any of the three forms of the protocol, or describe the service where there is none."""
    if request.method == "POST":
        query, pairs = await _posted(request)
    else:
        pairs = _pairs(request.url.query.encode())
        query = _one(pairs, "query")
    if _values(pairs, "update"):
        raise ProblemError(403, _READ_ONLY)
    if query is None:
        return _without_query(request)
    accept = request.headers.get("accept", "")
    payload: dict[str, Any] = {
        "query": query,
        "rows": choose(accept, ROWS),
        "triples": choose(accept, TRIPLES),
        "default": _graphs(pairs, "default-graph-uri"),
        "named": _graphs(pairs, "named-graph-uri"),
        "base": host_url(request, request.url.path),
    }
    if not payload["rows"] and not payload["triples"]:
        raise ProblemError(406, f"none of the accepted media types is to be had; there are {', '.join(ROWS | TRIPLES)}")
    answer = await ask(request, "sparql", payload)
    headers = {"Vary": "Accept"}
    if answer.head["hints"]:
        headers["X-KG-Note"] = "; ".join(answer.head["hints"]).encode("ascii", "replace").decode()
    return AnswerResponse(answer, MEDIA_TYPES[answer.head["format"]], headers)


def _without_query(request: Request) -> Response:
    accept = request.headers.get("accept", "")
    if request.method == "POST":
        raise ProblemError(400, "there is no query in this request; send it as the form field query, or as the body")
    if choose(accept, PAGES) == "html" and "text/html" in accept:
        return RedirectResponse("/editor", status_code=303)
    format_name = choose(accept, TRIPLES) or "ttl"
    body = service_description(host_url(request, request.url.path), ontology_of(request), format_name)
    return Response(body, media_type=MEDIA_TYPES[format_name], headers={"Vary": "Accept"})


async def _posted(request: Request) -> tuple[str | None, Pairs]:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    charset = dict(part.strip().lower().partition("=")[::2] for part in parameters.split(";")).get("charset", "utf-8")
    if charset.strip('"') not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, f"the charset {charset} is not taken; send UTF-8")
    body = await read_body(request, request.app.state.options.max_body)
    if kind == _UPDATE:
        raise ProblemError(403, _READ_ONLY)
    if kind == _FORM:
        pairs = _pairs(body)
        return _one(pairs, "query"), pairs
    if kind == _QUERY:
        pairs = _pairs(request.url.query.encode())
        if _values(pairs, "query"):
            raise ProblemError(400, "a query in the body and another in the address; send one")
        return _text(body), pairs
    raise ProblemError(415, f"content type {kind or '(none)'} is not taken; send {_QUERY} or {_FORM}")


def _pairs(text: bytes) -> Pairs:
    try:
        return parse_qsl(_text(text), keep_blank_values=True, errors="strict", max_num_fields=_MOST_GRAPHS * 2 + 10)
    except ValueError as error:
        raise ProblemError(400, f"the parameters cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"this is not UTF-8: byte {error.start} of the request") from error


def _one(pairs: Pairs, name: str) -> str | None:
    found = _values(pairs, name)
    if len(found) > 1:
        raise ProblemError(400, f"{len(found)} parameters named {name}; send one")
    return found[0] if found else None


def _values(pairs: Pairs, name: str) -> list[str]:
    return [value for key, value in pairs if key == name]


def _graphs(pairs: Pairs, name: str) -> list[str]:
    graphs = _values(pairs, name)
    if len(graphs) > _MOST_GRAPHS:
        raise ProblemError(400, f"{len(graphs)} parameters named {name}; at most {_MOST_GRAPHS} are taken")
    return graphs
