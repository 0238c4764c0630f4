"""RDF terms in N-Triples syntax (W3C RDF 1.1 N-Triples), which Turtle shares but for prefixes."""

import math
import re
from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv6Address

from kg.ontology.namespaces import XSD

Pair = tuple[str, str]  # predicate and object, in N-Triples syntax
Subject = tuple[str, tuple[Pair, ...]]  # a subject with all its pairs
_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_PLAIN_IRI = re.compile(r"[a-z][a-z0-9+.-]*+:(?://[A-Za-z0-9.-]++)?[A-Za-z0-9._~/-]*+(?:#[A-Za-z0-9._~/-]*+)?")
_IRI_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+:)?(?:(//)([^/?#]*+))?([^#]*+)(#?)(.*+)", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(.*?)(:[0-9]*)?", re.DOTALL)
_NO_IRI = re.compile(  # all but what RFC 3987 lets stand in a path, less the marks that turn the writing direction
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%\xa0-\u200d\u2010-\u2029\u202f-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"\\U{plane:04x}0000-\\U{plane:04x}fffd" for plane in range(1, 14))
    + r"\U000e1000-\U000efffd]|%(?![0-9A-Fa-f]{2})"
)
_DELIMITERS = re.compile("[:@/?]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=1 << 16)  # the same few predicates, types and papers, millions of times
def iri(value: str) -> str:
    """An IRI in angle brackets; characters that cannot stand where they do are percent-encoded (RFC 3987).

    >>> iri("https://x.org/a[1] 100%#b#c"), iri("https://[::1]/"), iri("https://x.org:port/")
    ('<https://x.org/a%5B1%5D%20100%25#b%23c>', '<https://[::1]/>', '<https://x.org%3Aport/>')
    """
    if _PLAIN_IRI.fullmatch(value):
        return f"<{value}>"
    found = _IRI_PARTS.fullmatch(value)
    scheme, slashes, authority, path, mark, fragment = found.groups() if found else ("", "", "", value, "", "")
    start = f"{scheme or ''}{slashes or ''}{_authority(authority or '')}"
    return f"<{start}{_NO_IRI.sub(_percent, path)}{mark}{_NO_IRI.sub(_percent, fragment)}>"


def _authority(value: str) -> str:
    """User, host and port; what is no host that a parser of IRIs would take becomes a name of encoded characters."""
    found = _AUTHORITY.fullmatch(value)
    user, host, port = found.groups() if found else (None, value, None)
    before = "" if user is None else f"{_DELIMITERS.sub(_percent, _NO_IRI.sub(_percent, user))}@"
    if not _is_ipv6(host):
        host = _DELIMITERS.sub(_percent, _NO_IRI.sub(_percent, host))
    return f"{before}{host}{port or ''}"


def _is_ipv6(host: str) -> bool:
    if not (host.startswith("[") and host.endswith("]")) or "%" in host:
        return False
    with suppress(ValueError):
        IPv6Address(host[1:-1])
        return True
    return False


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
