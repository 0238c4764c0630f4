"""The application: which address is answered by what."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kg.ontology import Ontology
from kg.serve import api, home
from kg.serve.entities import entity, vocabulary_page
from kg.serve.explorer import Explorer
from kg.serve.gate import Gate
from kg.serve.negotiate import MEDIA_TYPES, TRIPLES, choose
from kg.serve.options import ServeOptions
from kg.serve.pool import Pool
from kg.serve.protocol import endpoint
from kg.serve.service import void, void_document
from kg.serve.web import ProblemError, ask, host_url, on_bug, on_problem, ontology_of

_PAGE = Path(__file__).parent / "page"
_STATIC = {"style.css": "text/css", "editor.css": "text/css", "editor.js": "text/javascript"}
_CLASSES = "SELECT ?name (COUNT(*) AS ?n) { ?s a ?name } GROUP BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?n) { ?s ?name ?o } GROUP BY ?name"


def create_app(options: ServeOptions, ontology: Ontology) -> Starlette:
    """An ASGI application that serves the build in ``options.folder``. Its workers start and end with it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.stopping = asyncio.get_running_loop().create_future()
        async with Pool(options, ontology) as pool, Explorer(options) as explorer:
            app.state.pool, app.state.explorer = pool, explorer
            yield

    app = Starlette(
        routes=[
            *home.routes(),
            Route("/sparql", endpoint, methods=["GET", "POST"]),
            Route("/editor", _editor, methods=["GET"]),
            Route("/static/{name}", _static, methods=["GET"]),
            Route("/.well-known/void", _void, methods=["GET"]),
            Route("/ontology", vocabulary_page, methods=["GET"]),
            *api.routes(),
            Route("/{id:path}", entity, methods=["GET"]),
        ],
        middleware=[*_cors(options), Middleware(Gate, options=options)],
        exception_handlers={HTTPException: on_problem, Exception: on_bug},
        lifespan=lifespan,
    )
    app.state.options = options
    app.state.void = {}
    return app


def _cors(options: ServeOptions) -> list[Middleware]:
    if not options.cors:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(options.cors),
            allow_methods=["GET", "POST"],
            allow_headers=["Accept", "Authorization", "Content-Type"],
            expose_headers=["X-KG-Note"],
        )
    ]


async def _editor(_request: Request) -> Response:
    return FileResponse(_PAGE / "editor.html", media_type="text/html")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise ProblemError(404, f"nothing is at /static/{name[:100]}")
    return FileResponse(_PAGE / name, media_type=_STATIC[name])


async def _void(request: Request) -> Response:
    format_name = choose(request.headers.get("accept", ""), TRIPLES) or "ttl"
    state, key = request.app.state, request.app.state.pool.generation()
    if key not in state.void:
        counts = [await _counts(request, query) for query in (_CLASSES, _PROPERTIES)]
        state.void = {key: counts}
    triples = void(host_url(request, "/"), ontology_of(request), *state.void[key])
    body = void_document(triples, ontology_of(request), format_name)
    return Response(body, media_type=MEDIA_TYPES[format_name], headers={"Vary": "Accept"})


async def _counts(request: Request, query: str) -> dict[str, int]:
    answer = await ask(request, "sparql", {"query": query, "rows": "json", "triples": "nt"})
    rows = json.loads(answer.read())["results"]["bindings"]
    return {row["name"]["value"]: int(row["n"]["value"]) for row in rows}
