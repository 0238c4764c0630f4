"""Put values in the place of variables of a query.

The engine can do so only for variables that a query selects, and parameters are mostly those that it does not.
"""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.tokens import OPAQUE

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_NAME = re.compile(r"[A-Za-z]\w*")
_VARIABLE = re.compile(rf"{OPAQUE}|[?$](?P<name>\w++)", re.DOTALL)


def bind_values(query: str, values: Mapping[str, str]) -> tuple[str, dict[ox.Variable, Term]]:
    """The query with values written into it, and those that the engine is to substitute because they are selected.

    Values in angle brackets are IRIs, whole numbers are numbers, all else is text. Raises `QueryError` for a variable
    that the query does not have.
    """
    terms = {name: _term(name, value) for name, value in values.items()}
    selected = _variables(query.partition("{")[0])
    missing = terms.keys() - _variables(query)
    if missing:
        raise QueryError(f"the query has no variable ?{sorted(missing)[0]}")

    def written(match: re.Match[str]) -> str:
        name = match["name"]
        return match[0] if name is None or name not in terms or name in selected else str(terms[name])

    return _VARIABLE.sub(written, query), {ox.Variable(name): terms[name] for name in terms.keys() & selected}


def _variables(query: str) -> set[str]:
    return {match["name"] for match in _VARIABLE.finditer(query) if match["name"]}


def _term(name: str, value: str) -> Term:
    if not _NAME.fullmatch(name):
        raise QueryError(f"{name!r} is no name of a variable")
    if value.startswith("<") and value.endswith(">"):
        try:
            return ox.NamedNode(value[1:-1])
        except ValueError as error:
            raise QueryError(f"the value of ?{name} is no IRI: {error}") from error
    return ox.Literal(int(value)) if value.isascii() and value.isdecimal() else ox.Literal(value)
