"""The JSON interface as a table: what each operation takes. Requests are checked by it, OpenAPI is written from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg import __version__
from kg.serve.frames import Head
from kg.serve.web import ProblemError

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of an operation. A number if it has ``most``, else a text; ``key`` is its name in the request."""

    name: str
    key: str
    about: str
    default: str | None = None  # None: it must be given
    most: int = 0
    many: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the workers that is to be had at ``/api/<name>``."""

    name: str
    summary: str
    fields: tuple[Field, ...]


_ID = "Id of a node: its IRI path, such as method/bert, or the whole IRI."
_LIMIT = Field("limit", "limit", "At most so many.", "20", most=500)
OPERATIONS = (
    Operation(
        "search",
        "Nodes by name, typing errors forgiven, and papers by words of their title and sentences.",
        (
            Field("q", "text", "What to look for."),
            Field("type", "types", "Only nodes of this type. May be given several times.", "", many=True),
            _LIMIT,
        ),
    ),
    Operation("node", "All that is known of a node, and its edges.", (Field("id", "id", _ID),)),
    Operation(
        "neighbours",
        "What is next to a node.",
        (
            Field("id", "id", _ID),
            Field("hops", "hops", "So many steps away.", "1", most=3),
            Field("limit", "limit", "At most so many nodes.", "200", most=2000),
        ),
    ),
    Operation(
        "path",
        "A shortest path between two nodes.",
        (
            Field("from", "from", _ID),
            Field("to", "to", _ID),
            Field("hops", "hops", "At most so many steps.", "6", most=8),
        ),
    ),
    Operation(
        "evidence",
        "The sentences that say so. A subject or an object must be given.",
        (
            Field("subject", "subject", _ID, ""),
            Field("predicate", "predicate", "Name of a predicate of the ontology, such as introduces.", ""),
            Field("object", "object", _ID, ""),
            _LIMIT,
        ),
    ),
)


def read_fields(operation: Operation, given: Iterable[tuple[str, str]], base: str) -> Head:
    """The request that the parameters make. Raises `ProblemError` for one that is missing, unknown or out of bounds."""
    pairs = list(given)
    known = {field.name for field in operation.fields}
    for name, value in pairs:
        if name not in known:
            raise ProblemError(400, f"{operation.name} has no parameter {name!r}; it has {', '.join(sorted(known))}")
        if len(value) > _LONGEST:
            raise ProblemError(400, f"parameter {name} has more than {_LONGEST} characters")
    request: Head = {}
    for field in operation.fields:
        values = [value for name, value in pairs if name == field.name]
        if len(values) > 1 and not field.many:
            raise ProblemError(400, f"{len(values)} parameters named {field.name}; send one")
        request[field.key] = values if field.many else _value(field, values, base)
    return request


def _value(field: Field, values: list[str], base: str) -> str | int:
    if not values and field.default is None:
        raise ProblemError(400, f"parameter {field.name} is missing: {field.about}")
    value = values[0] if values else field.default or ""
    if not field.most:
        return value.removeprefix(base) if field.about == _ID else value
    if not (value.isascii() and value.isdecimal() and 1 <= int(value) <= field.most):
        raise ProblemError(400, f"parameter {field.name} is a number from 1 to {field.most}, not {value[:50]!r}")
    return int(value)


def openapi(root: str) -> dict[str, Any]:
    """The OpenAPI 3.1 description of everything under ``/api``."""
    paths = {f"/api/{one.name}": {"get": _described(one)} for one in OPERATIONS}
    paths["/api/queries"] = {"get": _plain("queries", "The named queries: title, description, parameters, text.")}
    paths["/api/queries/{name}"] = {"get": _named()}
    paths["/api/vocabulary"] = {"get": _plain("vocabulary", "Prefixes, classes and predicates of the ontology.")}
    paths["/api/version"] = {"get": _plain("version", "A digest that changes when the graph has been built anew.")}
    paths["/api/health"] = {"get": _plain("health", "Whether queries are being answered.")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "kg", "version": __version__, "description": "A knowledge graph of papers. SPARQL: /sparql."},
        "servers": [{"url": root.rstrip("/")}],
        "paths": paths,
    }


def _described(operation: Operation) -> dict[str, Any]:
    return _plain(operation.name, operation.summary) | {"parameters": [_parameter(field) for field in operation.fields]}


def _named() -> dict[str, Any]:
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    about = "Ask a named query; its parameters are given by their names. The answer is SPARQL 1.1 Results JSON."
    return _plain("query", about) | {"parameters": [name]}


def _parameter(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": _LONGEST}
    if field.most:
        schema = {"type": "integer", "minimum": 1, "maximum": field.most, "default": int(field.default or 1)}
    if field.many:
        schema = {"type": "array", "items": schema}
    parameter = {"name": field.name, "in": "query", "required": field.default is None, "description": field.about}
    return parameter | {"schema": schema}


def _plain(name: str, summary: str) -> dict[str, Any]:
    error = {"description": "error.message says what is wrong", "content": {"application/json": {}}}
    answers = {"200": {"description": "The answer", "content": {"application/json": {}}}, "4XX": error, "503": error}
    return {"operationId": name, "summary": summary, "responses": answers}
