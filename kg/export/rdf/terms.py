"""RDF terms in N-Triples syntax (W3C RDF 1.1 N-Triples), which Turtle shares but for prefixes."""

import math
import re
from functools import lru_cache

from kg.ontology.namespaces import XSD

Pair = tuple[str, str]  # predicate and object, in N-Triples syntax
Subject = tuple[str, tuple[Pair, ...]]  # a subject with all its pairs
_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_UNSAFE_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff\ufffe\uffff]')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=1 << 16)  # the same few predicates, types and papers, millions of times
def iri(value: str) -> str:
    """An IRI in angle brackets; characters that no IRI may hold are percent-encoded."""
    return f"<{_UNSAFE_IRI.sub(_percent, value)}>"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


@lru_cache(maxsize=4096)  # a sentence is cited by several claims that follow each other
def text(value: str) -> str:
    """A plain string literal; control characters and lone surrogates, which XML tools choke on, become U+FFFD."""
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return f'"{_CONTROL.sub("�", value).translate(_ESCAPES)}"'


@lru_cache(maxsize=1 << 13)
def integer(value: int) -> str:
    """An ``xsd:integer`` literal."""
    return f'"{value}"^^<{XSD}integer>'


@lru_cache(maxsize=1 << 13)
def decimal(value: float) -> str:
    """An ``xsd:decimal`` literal in canonical form, to four places (the form that triple stores give back).

    XML Schema has no decimal for ``nan`` and ``inf``; they become 0, the confidence of what nothing is known about.

    >>> decimal(0.50), decimal(float("nan"))
    ('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    value = value if math.isfinite(value) else 0.0
    digits = f"{value:.4f}".rstrip("0").rstrip(".") or "0"
    return f'"{digits}"^^<{XSD}decimal>'


def date(value: str) -> str:
    """A date literal of the precision that `value` has: ``2017``, ``2017-06`` or ``2017-06-12``."""
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(value))
    return f'"{value}"^^<{XSD}{kind}>' if kind else text(value)
