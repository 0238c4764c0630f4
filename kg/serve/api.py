"""The JSON interface for the explorer, the editor and programs."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.ontology import Ontology, standard_prefixes
from kg.query import named_queries
from kg.serve.negotiate import MEDIA_TYPES
from kg.serve.operations import OPERATIONS, Operation, openapi, read_fields
from kg.serve.web import AnswerResponse, ProblemError, ask, host_url, ontology_of

_PARAMETER = 500  # characters of a value


def routes() -> list[Route]:
    """All routes under ``/api``."""
    table = [Route(f"/api/{one.name}", _endpoint(one), methods=["GET"]) for one in OPERATIONS]
    return [
        *table,
        Route("/api/openapi.json", _openapi, methods=["GET"]),
        Route("/api/vocabulary", _vocabulary, methods=["GET"]),
        Route("/api/queries", _queries, methods=["GET"]),
        Route("/api/queries/{name}", _query, methods=["GET"]),
        Route("/api/health", _health, methods=["GET"]),
    ]


def _endpoint(operation: Operation) -> Any:
    async def endpoint(request: Request) -> Response:
        payload = read_fields(operation, request.query_params.multi_items(), ontology_of(request).base)
        record = (await ask(request, operation.name, payload)).record
        if record.pop("found", True) is False:
            raise ProblemError(404, f"no node {record.get('missing') or payload.get('id')!r} is in this graph")
        return JSONResponse(record)

    return endpoint


async def _openapi(request: Request) -> Response:
    return JSONResponse(openapi(host_url(request, "/")))


async def _vocabulary(request: Request) -> Response:
    return JSONResponse(vocabulary(ontology_of(request)))


def vocabulary(ontology: Ontology) -> dict[str, Any]:
    """What an editor completes: prefixes, classes and predicates with their descriptions."""
    classes = [
        {"name": f"kg:{one.name}", "iri": one.iri, "about": one.description}
        for one in ontology.types
        if not one.abstract
    ]
    relations = [
        {"name": f"kg:{one.name}", "about": f"{' or '.join(one.domain)} → {' or '.join(one.range)}. {one.description}"}
        for one in ontology.predicates
    ]
    literals = [{"name": f"kg:{one.name}", "about": one.description} for one in ontology.properties]
    names = [{"name": name, "about": about} for name, about in _BORROWED.items()]
    return {
        "prefixes": standard_prefixes(ontology),
        "classes": classes,
        "predicates": relations + literals + names,
        "base": ontology.base,
    }


_BORROWED = {
    "kg:search": 'Nodes that a text search finds: ?x kg:search "words".',
    "skos:prefLabel": "The name of an entity, resource, author or venue.",
    "skos:altLabel": "Another name of it.",
    "rdfs:label": "The name of any node.",
    "rdfs:seeAlso": "What describes it elsewhere.",
    "dcterms:title": "The title of a paper.",
    "dcterms:abstract": "The abstract of a paper.",
    "dcterms:issued": "The date of a paper.",
    "schema:codeRepository": "The address of a repository.",
    "schema:url": "The address of another resource.",
    "rdf:subject": "The subject of a statement.",
    "rdf:predicate": "The predicate of a statement.",
    "rdf:object": "The object of a statement.",
    "prov:wasDerivedFrom": "The paper that makes a statement.",
}


async def _queries(_request: Request) -> Response:
    return JSONResponse({
        "queries": [
            {
                "name": one.name,
                "title": one.title,
                "description": one.description,
                "parameters": [
                    {"name": field.name, "types": list(field.types), "default": field.default}
                    for field in one.parameters
                ],
                "text": one.text.strip(),
            }
            for one in named_queries().values()
        ]
    })  # fmt: skip


async def _query(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in named_queries():
        raise ProblemError(404, f"no query is named {name[:100]!r}; /api/queries lists them")
    values = dict(request.query_params)
    if any(len(value) > _PARAMETER for value in values.values()):
        raise ProblemError(400, f"a parameter has more than {_PARAMETER} characters")
    answer = await ask(request, "sparql", {"name": name, "values": values, "rows": "json", "triples": "jsonld"})
    return AnswerResponse(answer, MEDIA_TYPES[answer.head["format"]])


async def _health(request: Request) -> Response:
    await ask(request, "sparql", {"query": "ASK { ?s ?p ?o }", "rows": "json", "triples": "nt"})
    return JSONResponse({"status": "ok"})
