"""The lexicon as anchors: which known thing a name of a type means."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.normalize import clean_markup, compact, is_short_for, normalize
from kg.ontology import Ontology, Term

_SAME_BLOCK = {"Task": "Method", "Metric": "Method", "Benchmark": "Dataset"}
PARTS = re.compile(r"[\s\-/]+")
SHORT = re.compile(r"[A-Z]{2,5}s?$")
"""A name that many things may share."""


@dataclass(frozen=True)
class Anchors:
    """Terms by compact form of name and aliases, and what the acronyms among the aliases stand for.

    `blocks` tells which types may be one thing under one name: a method is often a task as well, a dataset a benchmark.
    """

    by_form: Mapping[str, tuple[tuple[str, Term], ...]]
    expansions: Mapping[str, str]
    blocks: Mapping[str, str]

    def find(self, name: str, type_name: str) -> Term | None:
        """The term that `name` means: the best fitting spelling first, then the best fitting type; None if unsure."""
        ranked = [
            (self._misfit(name, form, type_name, term), place, term)
            for place, (form, term) in enumerate(self.by_form.get(compact(name), ()))
            if self._may_be(name, form, type_name, term)
        ]
        return min(ranked, key=lambda item: item[:2])[2] if ranked else None

    def _misfit(self, name: str, form: str, type_name: str, term: Term) -> int:
        spelling = 0 if form == name else 1 if normalize(form) == normalize(name) else 2
        kind = 0 if term.type == type_name else 1 if self.same_block(term.type, type_name) else 4
        return 2 * kind + spelling

    def _may_be(self, name: str, form: str, type_name: str, term: Term) -> bool:
        exact = clean_markup(name) == form
        if self.same_block(term.type, type_name):
            return exact or not term.ambiguous or not _is_other_word(name, form, term.type == type_name)
        plain = exact or (is_proper(name) and is_proper(form))
        return plain and not term.ambiguous and not SHORT.match(form)

    def same_block(self, one: str, other: str) -> bool:
        """Whether things of the two types may be one."""
        return self.block(one) == self.block(other)

    def block(self, type_name: str) -> str:
        """The types that may be one thing under one name, by the name of one of them."""
        return self.blocks.get(type_name, type_name)

    def block_of(self, key: str) -> str:
        """Block of the term that a node's key names; empty for other nodes."""
        type_name = key[1:].partition(":")[0] if key.startswith("=") else ""
        return self.block(type_name)


def is_proper(name: str) -> bool:
    """Whether a name is plainly a proper one: each word has a capital, one of them inside a word, or a digit.

    >>> [is_proper(name) for name in ("PS-KD", "GPT-4", "LLaVA", "graph neural", "Multi-View", "Diffusion")]
    [True, True, True, False, False, False]
    """
    words = PARTS.split(name)
    if not all(word[:1].isupper() or word[:1].isdigit() or any(map(str.isupper, word)) for word in words):
        return False
    return any(any(map(str.isupper, word[1:])) or any(map(str.isdigit, word)) for word in words)


def is_word_for(name: str, form: str) -> bool:
    """Whether `name` is but a common word beside the proper name `form`: "sam" beside SAM, "align" beside ALIGN.

    >>> is_word_for("sam", "SAM"), is_word_for("SAMs", "SAM"), is_word_for("Llava", "LLaVA")
    (True, False, False)
    """
    return name.islower() and not form.islower() and " " not in name and name.isalpha()


def _is_other_word(name: str, form: str, same_type: bool) -> bool:
    return is_word_for(name, form) or (not same_type and name[:1].islower() != form[:1].islower())


@lru_cache(maxsize=2)
def index_anchors(ontology: Ontology) -> Anchors:
    """Anchors of all terms; a term's own name goes before another's alias, and both before names spelled out."""
    by_form: defaultdict[str, list[tuple[str, Term]]] = defaultdict(list)
    terms = [term for term in ontology.terms if not term.pattern]
    for term in terms:
        by_form[compact(term.name)].append((term.name, term))
    for term in terms:
        for alias in term.aliases:
            by_form[compact(alias)].append((alias, term))
    expansions = _expansions(terms)
    for form, term in _spelled_forms(terms, expansions):
        if compact(form) not in by_form:
            by_form[compact(form)].append((form, term))
    tops = {type_.name: ontology.top(type_.name) for type_ in ontology.types}
    blocks = {name: _SAME_BLOCK.get(top, top) for name, top in tops.items()}
    return Anchors({form: tuple(known) for form, known in by_form.items()}, expansions, blocks)


def _spelled_forms(terms: Iterable[Term], expansions: Mapping[str, str]) -> Iterator[tuple[str, Term]]:
    """Names with the acronyms in them spelled out, so that a paper may do so too: "large language model inference"."""
    for term in terms:
        for form in (term.name, *term.aliases):
            spelled = spell_out(form, expansions)
            if spelled != form:
                yield spelled, term


def spell_out(name: str, expansions: Mapping[str, str]) -> str:
    """The name with the acronyms among its words spelled out; a name of one word stays as it is.

    >>> spell_out("LLM inference", {"llm": "large language model"}), spell_out("LLM", {"llm": "large language model"})
    ('large language model inference', 'LLM')
    """
    parts = PARTS.split(clean_markup(name))
    if len(parts) < 2:
        return name
    spelled = [expansions.get(compact(part), part) if sum(map(str.isupper, part)) > 1 else part for part in parts]
    return " ".join(spelled) if spelled != parts else name


def _expansions(terms: Iterable[Term]) -> dict[str, str]:
    """Normal long form by compact acronym, where the lexicon knows one only: what "LLM" is in "multimodal LLM"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for term in terms:
        forms = (term.name, *term.aliases)
        longs = [form for form in forms if " " in form]
        for short in forms:
            if not term.ambiguous and short.isalnum() and sum(map(str.isupper, short)) > 1:
                long = next((long for long in longs if is_short_for(short, long)), "")
                if long:
                    found[compact(short)].add(normalize(long))
    return {short: next(iter(longs)) for short, longs in found.items() if len(longs) == 1}
