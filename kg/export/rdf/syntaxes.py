"""The three syntaxes, each as text of what is said of a subject: fragments that many subjects share are made once."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

from kg.export.rdf.terms import Pair
from kg.ontology.namespaces import RDF, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
# Turtle reads a bare 1 as an integer and a bare 0.5 as a decimal; a decimal without a point keeps its type.
_NUMBER = re.compile(r'"(-?[0-9]+(?="\^\^\S+integer>)|-?[0-9]+\.[0-9]+(?="\^\^\S+decimal>))"\^\^\S+')
_TYPE = f"<{RDF}type>"
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>)?')
_NEXT_LINE = " ;\n    "
THIS = "\0"
"""Stands for the subject in a fragment; no term holds it."""


class _Shortener:
    """Turns full IRIs into prefixed names where Turtle allows it."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_uri = {uri: name for name, uri in names.items()}

    def short(self, term: str) -> str:
        """An IRI as a prefixed name, or as it is."""
        full = term[1:-1]
        cut = max(full.rfind("/"), full.rfind("#")) + 1
        name = self._by_uri.get(full[:cut])
        return f"{name}:{full[cut:]}" if name is not None and _LOCAL.fullmatch(full[cut:]) else term


class Syntax(Protocol):
    """A way to write a graph down, subject by subject."""

    def __init__(self, names: Mapping[str, str]) -> None: ...

    def head(self) -> str:
        """What stands before all subjects."""

    def said(self, pairs: Iterable[Pair]) -> str:
        """Pairs as a fragment that may stand in the block of any subject; those of one predicate belong together."""

    def block(self, subject: str, said: Iterable[str]) -> str:
        """One subject with all that is said of it."""

    def foot(self) -> str:
        """What stands after all subjects."""


class _NTriples:
    """N-Triples; whoever reads them needs no prefix."""

    def __init__(self, names: Mapping[str, str]) -> None:
        del names

    def head(self) -> str:
        return ""

    def said(self, pairs: Iterable[Pair]) -> str:
        return "".join([f"{THIS} {predicate} {object_} .\n" for predicate, object_ in pairs])

    def block(self, subject: str, said: Iterable[str]) -> str:
        return "".join(said).replace(THIS, subject)

    def foot(self) -> str:
        return ""


class _Turtle:
    """Turtle: prefixed names, bare numbers, objects of one predicate parted by commas."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._short = _Shortener(names).short
        self._remember = lru_cache(maxsize=1 << 16)(self._term)
        self._verb = lru_cache(maxsize=1 << 10)(lambda term: "a" if term == _TYPE else self._short(term))

    def head(self) -> str:
        return "".join(f"@prefix {name}: <{uri}> .\n" for name, uri in self._names.items())

    def said(self, pairs: Iterable[Pair]) -> str:
        term, verb = self._remember, self._verb
        said: dict[str, str] = {}
        for predicate, object_ in pairs:
            shown = object_ if object_[-1] == '"' else term(object_)
            said[predicate] = f"{said[predicate]}, {shown}" if predicate in said else shown
        return _NEXT_LINE.join([f"{verb(predicate)} {objects}" for predicate, objects in said.items()])

    def block(self, subject: str, said: Iterable[str]) -> str:
        return f"\n{self._short(subject)} {_NEXT_LINE.join(said)} .\n"

    def foot(self) -> str:
        return ""

    def _term(self, term: str) -> str:
        """An IRI, a number, or another literal with a type: whatever ends in ``>``."""
        if term[0] == "<":
            return self._short(term)
        number = _NUMBER.fullmatch(term)
        return number[1] if number else term


class _JsonLd:
    """JSON-LD. A plain literal is the same in N-Triples and in JSON: both escape by the same rules."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._short = _Shortener(names).short
        self._comma = ""
        self._remember = lru_cache(maxsize=1 << 16)(self._value)
        self._type = lru_cache(maxsize=1 << 10)(self._compact)
        self._key = lru_cache(maxsize=1 << 10)(lambda term: '"@type"' if term == _TYPE else self._compact(term))

    def head(self) -> str:
        return f'{{"@context": {json.dumps(self._names)},\n "@graph": ['

    def said(self, pairs: Iterable[Pair]) -> str:
        value, key = self._remember, self._key
        said: dict[str, str] = {}
        for predicate, object_ in pairs:
            shown = object_ if object_[-1] == '"' else (self._type if predicate == _TYPE else value)(object_)
            said[predicate] = f"{said[predicate]}, {shown}" if predicate in said else shown
        return ", ".join([f"{key(predicate)}: [{objects}]" for predicate, objects in said.items()])

    def block(self, subject: str, said: Iterable[str]) -> str:
        comma, self._comma = self._comma, ","
        return f'{comma}\n  {{"@id": {self._compact(subject)}, {", ".join(said)}}}'

    def foot(self) -> str:
        return "\n]}\n"

    def _compact(self, term: str) -> str:
        return f'"{self._short(term).strip("<>")}"'

    def _value(self, term: str) -> str:
        if term[0] == "<":
            return f'{{"@id": {self._compact(term)}}}'
        match = _LITERAL.fullmatch(term)
        if match is None:
            raise ValueError(f"not an RDF term: {term}")
        if match[2] == f"{XSD}integer":
            return str(int(match[1]))
        return f'{{"@value": "{match[1]}", "@type": "{match[2].replace(XSD, "xsd:")}"}}'


SYNTAXES: Mapping[str, type[Syntax]] = {"nt": _NTriples, "ttl": _Turtle, "jsonld": _JsonLd}
