"""The explorer at the root: the page with the data of the present build, else the file that the build wrote."""

import re
from functools import cache

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from kg.errors import StoreError
from kg.export.html import TITLE, live_page
from kg.serve.explorer import Explorer
from kg.serve.pages import home
from kg.serve.web import ProblemError

_FILE = "graph.html"
# The file also opens from disk, so its script and style stand in it; it states its own, narrower policy besides.
_FILE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_POLICY = re.compile(r'Content-Security-Policy" content="([^"]*)"')


def routes() -> list[Route]:
    """The page, its data, and what tells it of a newer build."""
    return [
        Route("/", _explorer, methods=["GET"]),
        Route(f"/{_FILE}", _file, methods=["GET"]),
        Route("/explorer/{version}/{table}", _table, methods=["GET"]),
        Route("/api/version", _version, methods=["GET"]),
    ]


async def _explorer(request: Request) -> Response:
    explorer: Explorer = request.app.state.explorer
    if version := await explorer.version():
        explorer.prepare(version)  # while the browser reads the page
        return Response(live_page(TITLE), media_type="text/html", headers={"Content-Security-Policy": _policy()})
    if (request.app.state.options.folder / _FILE).is_file():
        return await _file(request)
    return Response(home(str(request.app.state.options.folder)), media_type="text/html")


@cache
def _policy() -> str:
    found = _POLICY.search(live_page(TITLE))
    return f"{found[1] if found else ''}; frame-ancestors 'none'"


async def _file(request: Request) -> Response:
    file = request.app.state.options.folder / _FILE
    if not file.is_file():
        raise ProblemError(404, f"this build has no {_FILE}")
    return FileResponse(file, media_type="text/html", headers={"Content-Security-Policy": _FILE_POLICY})


async def _table(request: Request) -> Response:
    explorer: Explorer = request.app.state.explorer
    try:
        file = await explorer.table(request.path_params["version"], request.path_params["table"])
    except StoreError as error:
        raise ProblemError(503, str(error)) from error
    if file is None:
        raise ProblemError(404, "that build is not here any more; reload the page")
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}  # the address has the digest of the graph
    return FileResponse(file, media_type="application/gzip", headers=headers)


async def _version(request: Request) -> Response:
    """Which graph is served, for whoever wants to know whether there is a newer one; and where its file is."""
    explorer: Explorer = request.app.state.explorer
    offline = _FILE if (request.app.state.options.folder / _FILE).is_file() else ""
    return JSONResponse({"version": await explorer.version(), "offline": offline})
