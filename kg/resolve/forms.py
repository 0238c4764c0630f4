"""The forms that one name may take: inner acronyms spelled out, a generic head noun dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kg.normalize import clean_markup, compact, initials, normalize
from kg.ontology import Ontology, Term
from kg.resolve.anchors import PARTS, Anchors, index_anchors, is_proper, spell_out

_PROCESS = re.compile(r"(ing|tion|ment|sis|thought|feedback|reward|search|descent|ance|ence|tracking|ity)$")
_MODEL_HEADS = frozenset(("model", "network", "architecture", "module", "system", "library"))
_NEVER_HEADS = frozenset(("agent", "environment", "collection"))
_LONGEST_WORD = 5
_SAME_WORDS = {"robotic": "robot", "agentic": "agent", "inference time": "test time", "comprehension": "understanding"}
_VARIANT = re.compile(  # agentic evaluation is done by agents, test-time adaptation is a field of its own
    r"\b(?:robotic(?= \w{3})|agentic(?= (?!evaluation)\w{3})|inference time(?= (?!adaptation)\w{3}))"
    r"|(?<= )comprehension$"
)
_BASED = re.compile(r"\b(curriculum|diffusion|length|process|rubric|transformer) based(?= \w{3})")
_REMEMBERED = 1 << 18  # names


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name means on its own: the key of its node, the term that anchors it, the rule that led there."""

    key: str
    term: Term | None
    reason: str


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads names of one ontology, each pair of name and type once."""

    ontology: Ontology
    anchors: Anchors
    _known: dict[tuple[str, str], Reading] = field(default_factory=dict)

    def read(self, name: str, type_name: str) -> Reading:
        """The term that the name or one of its forms means, else the key that all its spellings share."""
        reading = self._known.get((name, type_name))
        if reading is None:
            if len(self._known) == _REMEMBERED:
                self._known.clear()
            reading = self._known[name, type_name] = self._read(name, type_name)
        return reading

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Terms by the key of their node."""
        return {anchor_key(term): term for term in reversed(self.ontology.terms) if not term.pattern}

    @cached_property
    def by_initials(self) -> dict[str, tuple[str, ...]]:
        """Keys of terms by the initials of their names of several words, none of which is an acronym itself."""
        found: dict[str, dict[str, None]] = {}
        for key, term in self.terms.items():
            for form in (term.name, *term.aliases):
                for letters in initials(form) if _is_long(form) else ():
                    found.setdefault(letters, {})[key] = None
        return {letters: tuple(keys) for letters, keys in found.items()}

    def _read(self, name: str, type_name: str) -> Reading:
        last = (name, "same normal form")
        for form, reason in self._forms(name, type_name):
            term = self.anchors.find(form, type_name)
            if term:
                same = "" if reason == "same normal form" else f" ({reason})"
                return Reading(anchor_key(term), term, f"lexicon {term.source}: {term.name}{same}")
            last = (form, reason)
        return Reading(_plain_key(last[0]), None, last[1])

    def _forms(self, name: str, type_name: str) -> Iterator[tuple[str, str]]:
        yield name, "same normal form"
        spelled = spell_out(name, self.anchors.expansions)
        if spelled != name:
            yield spelled, "acronym in it spelled out"
        other = in_other_words(spelled)
        if other != spelled:
            yield other, "another word for the same"
        short = self._without_head(name, type_name)
        if short != name:
            yield in_other_words(spell_out(short, self.anchors.expansions)), "generic head dropped"

    def _without_head(self, name: str, type_name: str) -> str:
        """The name without the noun that only says its type: "PS-KD framework" is PS-KD, "diffusion model" is whole."""
        rest, _, head = clean_markup(name).rpartition(" ")
        head = normalize(head)
        if not rest or head in _NEVER_HEADS or head not in self._heads(type_name):
            return name
        term = self.anchors.find(rest, type_name)
        if term is None:
            return rest if is_proper(rest) else name
        return rest if self._is_generic_after(head, rest, term, type_name) else name

    def _is_generic_after(self, head: str, rest: str, term: Term, type_name: str) -> bool:
        known = self.ontology.record_type(term.type)
        if known != self.ontology.record_type(type_name) and not (
            type_name in ("Dataset", "Benchmark") and term.type in ("Dataset", "Benchmark")
        ):
            return False
        if head not in _MODEL_HEADS or term.type == "Model":
            return True
        longs = [form for form in (term.name, *term.aliases) if " " in form]
        return is_proper(rest) and not any(_PROCESS.search(normalize(form)) for form in longs)

    def _heads(self, type_name: str) -> frozenset[str]:
        types = (self.ontology.type_by_name[name] for name in self.ontology.ancestors(type_name))
        heads = {normalize(head) for type_ in types for head in type_.heads}
        return frozenset(heads | ({"dataset", "corpus"} if type_name == "Benchmark" else set()))


@lru_cache(maxsize=2)
def make_reader(ontology: Ontology) -> Reader:
    """The reader of an ontology; made once, since it remembers what it has read."""
    return Reader(ontology, index_anchors(ontology))


def anchor_key(term: Term) -> str:
    """Key of the node of a term; no two terms share one."""
    return f"={term.type}:{term.name}"


def in_other_words(name: str) -> str:
    """A phrase with the words exchanged that mean the same as others in it, whatever the case: titles have capitals.

    >>> in_other_words("robotic control"), in_other_words("inference-time search"), in_other_words("Agentic-R")
    ('robot control', 'test time search', 'Agentic-R')
    """
    form = normalize(name)
    shared = _BASED.sub(r"\1", _VARIANT.sub(lambda found: _SAME_WORDS[found[0]], form))
    return name if shared == form else shared


def _is_long(form: str) -> bool:
    """Whether a form has several words, all of which are spelled out."""
    parts = PARTS.split(form)
    return len(parts) > 1 and not any(sum(map(str.isupper, part)) > 1 for part in parts)


def _plain_key(name: str) -> str:
    """Compact form; a short common word in lower case is told from a proper name of the same letters."""
    plain = clean_markup(name)
    word = plain.isalpha() and plain.islower() and len(plain) <= _LONGEST_WORD and re.search("[aeiou]", plain)
    return f"{compact(name)}~" if word else compact(name)
