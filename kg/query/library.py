"""Named queries: ``.rq`` files with a title, parameters and a description in their first comment lines."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError
from kg.ontology import Ontology
from kg.query.search import SearchIndex, with_subtypes

_FOLDER = Path(__file__).parent / "named"
_PARAMETER = re.compile(r"# param (\w+): ([\w ]+?) = (.*)")
_ALIKE = 0.5  # similarity from which a name is offered instead


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable to be bound to a node of one of `types` found by its name, or to a number if they say ``number``."""

    name: str
    types: tuple[str, ...]
    default: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that is ready to ask."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


def named_queries(folder: Path = _FOLDER) -> dict[str, NamedQuery]:
    """All named queries by name, in alphabetical order."""
    return {file.stem: _parse(file) for file in sorted(folder.glob("*.rq"))}


def named_query(name: str, known: Mapping[str, NamedQuery] | None = None) -> NamedQuery:
    """One of `known` (by default: all) named queries. Raises `QueryError` with the nearest name."""
    known = named_queries() if known is None else known
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "kg query --list shows them all"
        raise QueryError(f"no query is named {name!r}; {hint}")
    return known[name]


def bind(query: NamedQuery, given: Mapping[str, str], index: SearchIndex, ontology: Ontology) -> dict[str, str]:
    """Values of the query's variables: names looked up in the index, defaults where nothing is given.

    Raises `QueryError` for a parameter that the query does not have or a name that the graph does not know.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            has = ", ".join(known) or "none"
            raise QueryError(f"{query.name} has no parameter {name!r}; it has: {has}")
    return {
        name: _value(parameter, given.get(name, parameter.default), index, ontology)
        for name, parameter in known.items()
    }


def _value(parameter: Parameter, value: str, index: SearchIndex, ontology: Ontology) -> str:
    if parameter.types == ("number",):
        if not (value.isascii() and value.isdecimal()):
            raise QueryError(f"parameter {parameter.name} takes a number, not {value!r}")
        return value
    hits = index.names(value, types=with_subtypes(ontology, parameter.types), limit=3)
    if hits and hits[0].score >= 1:
        return f"<{index.base}{hits[0].id}>"
    near = ", ".join(hit.name for hit in hits if hit.score >= _ALIKE)
    wanted = "nothing" if parameter.types == ("Entity",) else "no " + " or ".join(parameter.types)
    raise QueryError(f"{wanted} is named {value!r} in this graph" + (f"; did you mean: {near}?" if near else ""))


def _parse(file: Path) -> NamedQuery:
    text = file.read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("# ")]
    parameters = [match for line in head if (match := _PARAMETER.fullmatch(line))]
    return NamedQuery(
        name=file.stem,
        title=head[0].removeprefix("# title: "),
        description=" ".join(line[2:] for line in head[1:] if not line.startswith("# param ")),
        parameters=tuple(Parameter(match[1], tuple(match[2].split()), match[3]) for match in parameters),
        text="".join(line for line in text.splitlines(keepends=True) if not line.startswith("#")),
    )
