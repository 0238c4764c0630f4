"""A page for each node, under the path of its IRI: as HTML, or as RDF for programs."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.ontology import Ontology
from kg.serve.negotiate import MEDIA_TYPES, PAGES, choose
from kg.serve.pages import page
from kg.serve.web import AnswerResponse, ProblemError, ask, ontology_of

_SHOWN = 200  # edges of one kind
_ENDINGS = {".ttl": "ttl", ".nt": "nt", ".rdf": "rdf", ".jsonld": "jsonld", ".html": "html"}


async def entity(request: Request) -> Response:
    """The node whose IRI ends in the path; an ending such as ``.ttl`` chooses the format, else the Accept header."""
    ontology, id_ = ontology_of(request), request.path_params["id"]
    ending = next((ending for ending in _ENDINGS if id_.endswith(ending)), "")
    id_ = id_.removesuffix(ending)
    if id_.partition("/")[0] not in _kinds(ontology):
        raise ProblemError(404, f"nothing is at /{id_[:100]}")
    format_name = _ENDINGS[ending] if ending else choose(request.headers.get("accept", ""), PAGES)
    if not format_name:
        raise ProblemError(406, f"a node can be had as {', '.join(PAGES)}")
    headers = {"Vary": "Accept", "Link": _links(id_)}
    if format_name != "html":
        answer = await ask(request, "describe", {"id": id_, "format": format_name})
        _found(answer.head, id_)
        return AnswerResponse(answer, MEDIA_TYPES[format_name], headers)
    node = _found((await ask(request, "node", {"id": id_})).head, id_)
    sentences = (await ask(request, "evidence", _about(id_))).head["statements"]
    return Response(_html(node, sentences, ontology), media_type="text/html", headers=headers)


async def vocabulary_page(_request: Request) -> Response:
    """Where the ontology's namespace leads: to its terms in JSON."""
    return RedirectResponse("/api/vocabulary", status_code=303)


def _kinds(ontology: Ontology) -> set[str]:
    return {one.iri for one in ontology.types if not one.abstract} | {"statement", "run"}


def _found(head: Mapping[str, Any], id_: str) -> Mapping[str, Any]:
    if not head["found"]:
        raise ProblemError(404, f"no node {id_[:100]!r} is in this graph")
    return head


def _about(id_: str) -> dict[str, Any]:
    as_subject = id_.startswith(("paper/", "result/"))
    return {"subject": id_ if as_subject else "", "predicate": "", "object": "" if as_subject else id_, "limit": 50}


def _links(id_: str) -> str:
    rest = [(ending, MEDIA_TYPES[name].partition(";")[0]) for ending, name in _ENDINGS.items() if name != "html"]
    return ", ".join(f'</{quote(id_)}{ending}>; rel="alternate"; type="{media}"' for ending, media in rest)


def _html(node: Mapping[str, Any], sentences: Iterable[Mapping[str, Any]], ontology: Ontology) -> str:
    type_ = ontology.type_by_name.get(node["type"])
    about = f'<p class="type" title="{escape(type_.description) if type_ else ""}">{escape(node["type"])}</p>'
    files = " ".join(
        f'<a href="/{quote(node["id"])}{ending}">{ending[1:]}</a>' for ending in _ENDINGS if ending != ".html"
    )
    parts = [
        about,
        f'<p class="iri"><code>{escape(node["iri"])}</code> {files}</p>',
        _facts(node["facts"]),
        _edges(node["out"], "→"),
        _edges(node["in"], "←"),
        _sentences(sentences),
    ]
    return page(node["name"], "".join(parts))


def _facts(facts: Mapping[str, Iterable[str]]) -> str:
    rows = "".join(f"<dt>{escape(_short(name))}</dt>{''.join(map(_fact, values))}" for name, values in facts.items())
    return f"<dl>{rows}</dl>" if rows else ""


def _fact(value: str) -> str:
    if value.startswith(("https://", "http://")):
        return f'<dd><a href="{escape(value)}" rel="noreferrer nofollow">{escape(value)}</a></dd>'
    return f"<dd>{escape(value)}</dd>"


def _short(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _edges(edges: Iterable[Mapping[str, Any]], arrow: str) -> str:
    groups: dict[str, list[str]] = {}
    for edge in edges:
        link = f'<a href="/{quote(edge["id"])}">{escape(edge["name"])}</a> <small>{escape(edge["type"])}</small>'
        groups.setdefault(edge["predicate"], []).append(f"<li>{link}</li>")
    return "".join(_group(name, arrow, items) for name, items in groups.items())


def _group(name: str, arrow: str, items: list[str]) -> str:
    rest = f"<li>and {len(items) - _SHOWN:,} more</li>" if len(items) > _SHOWN else ""
    title = f"{name} {arrow}" if arrow == "→" else f"{arrow} {name}"
    return f"<h2>{escape(title)} <small>{len(items):,}</small></h2><ul>{''.join(items[:_SHOWN])}{rest}</ul>"


def _sentences(statements: Iterable[Mapping[str, Any]]) -> str:
    rows = "".join(
        f"<li><q>{escape(one['sentence'])}</q> <small>{escape(one['predicate'])}, confidence {one['confidence']:.2f}, "
        f'<a href="/{quote(one["paper"])}">{escape(one["title"])}</a></small></li>'
        for one in statements
        if one["sentence"]
    )
    return f"<h2>Evidence</h2><ul class='evidence'>{rows}</ul>" if rows else ""
