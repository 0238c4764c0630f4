"""What a query may say: read-only, nothing outside the store, and names that the ontology knows."""

import difflib
import re
from collections.abc import Iterator

from kg.errors import QueryError
from kg.ontology import Ontology

# IRIs, strings and comments are skipped whole, so that words inside them are not taken for keywords. Every alternative
# starts with a character of its own and none can match in two ways, so the scan is linear.
_TOKEN = re.compile(
    r"""(?P<skip><[^<>"{}|^`\\\s]*>|"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|[?$@]\w+)"""
    r"""|(?P<name>[A-Za-z][\w.-]*)?:(?P<local>[\w-]+)?"""
    r"""|(?P<word>[A-Za-z_]\w*)""",
    re.DOTALL,
)
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def check_query(query: str) -> None:
    """Refuse updates and federation. Raises `QueryError` that names what was refused.

    The store is opened read-only and the engine has no update in its query grammar; this check exists for a clear
    message and because SERVICE, which would make a request to another machine, has no switch in the engine.
    """
    words = [match["word"].upper() for match in _TOKEN.finditer(query) if match["word"]]
    if "SERVICE" in words:
        raise QueryError("SERVICE is refused: kg never makes a request to another machine")
    forms = [word for word in words if word in _FORMS | _UPDATES]
    if forms and forms[0] in _UPDATES:
        raise QueryError(f"{forms[0]} is refused: the graph is read-only; build again to change it")


def used_prefixes(query: str) -> set[str]:
    """Prefixes that the query uses but does not declare itself."""
    declared = set(re.findall(r"(?i)\bPREFIX\s+([A-Za-z][\w.-]*)?:", query))
    return {prefix for prefix, _ in _names(query)} - declared


def suggestions(query: str, ontology: Ontology, prefixes: dict[str, str]) -> list[str]:
    """A line for each prefix, class or predicate that nobody declared, with the nearest one that exists."""
    lines = []
    for prefix in sorted(used_prefixes(query) - prefixes.keys()):
        lines.append(f"prefix {prefix}: is not declared" + _nearest(prefix, prefixes, ":"))
    known = {type_.name for type_ in ontology.types} | {one.name for one in ontology.predicates}
    known |= {one.name for one in ontology.properties}
    for prefix, local in sorted(set(_names(query))):
        if prefix == "kg" and local and local not in known:
            lines.append(f"kg:{local} is not in the ontology" + _nearest(local, known, ""))
    return lines


def _names(query: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(query):
        if match["skip"] is None and match["word"] is None:
            yield match["name"] or "", match["local"] or ""


def _nearest(name: str, known: "set[str] | dict[str, str]", suffix: str) -> str:
    by_key = {one.casefold(): one for one in sorted(known)}
    near = difflib.get_close_matches(name.casefold(), list(by_key), n=1, cutoff=0.5)
    return f"; did you mean {by_key[near[0]]}{suffix}?" if near else ""
