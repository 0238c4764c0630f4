"""Further spellings of a kept thing in its paper, which are no mentions of their own because another covers them.

The network may hold two overlapping phrases for a name, "haze removal" and "real-world haze removal": the likelier is
the mention, the other an alias if `kg.extract.alike` holds it for the same thing. A form with an explained acronym in
it has others, too: "CoT prompting", "chain-of-thought (CoT) prompting".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.data import PaperEntity
from kg.extract.acronyms import explained
from kg.extract.alike import Speller, likeness
from kg.extract.decide import Variant
from kg.extract.lexicon import Lexicon
from kg.extract.reading import Reading
from kg.ontology import Ontology

_LEAST = 0.6
_MOST_FORMS = 12
"""Forms of a thing that are spelled otherwise: a thing has some two."""


class VariantReader:
    """Adds variants to the aliases of things; nothing else of them changes, and no two get the same one."""

    def __init__(self, ontology: Ontology) -> None:
        self._lexicon = Lexicon(ontology.terms)
        self._kinds = {type_.name: ontology.record_type(type_.name) for type_ in ontology.types}

    def with_variants(
        self, reading: Reading, entities: Sequence[PaperEntity], offered: Sequence[Variant]
    ) -> tuple[PaperEntity, ...]:
        """The things in their order, with further aliases that stand in the text."""
        acronyms = explained(reading.text)
        if not acronyms and not offered:
            return tuple(entities)
        speller = Speller(self._lexicon, acronyms)
        known = {form.casefold() for entity in entities for form in (entity.name, *entity.aliases)}
        richer = []
        for entity in entities:
            forms = (entity.name, *entity.aliases)
            found: dict[str, str] = {}
            for form in (*self._offered(speller, entity, offered), *_spelled(reading.text, forms, acronyms)):
                if form.casefold() not in known:
                    found.setdefault(form.casefold(), form)
            known.update(found)
            richer.append(replace(entity, aliases=(*entity.aliases, *found.values())) if found else entity)
        return tuple(richer)

    def _offered(self, speller: Speller, entity: PaperEntity, offered: Sequence[Variant]) -> Iterator[str]:
        forms = {entity.name, *entity.aliases}
        phrases = [speller.phrase(form) for form in sorted(forms)]
        kind = self._kinds.get(entity.type, entity.type)
        for form in dict.fromkeys(variant.form for variant in offered if variant.of in forms):
            if max(likeness(known, speller.phrase(form), kind) for known in phrases) >= _LEAST:
                yield form


def _spelled(text: str, forms: Sequence[str], acronyms: Mapping[str, str]) -> Iterator[str]:
    """Forms of the text with an acronym written otherwise: short, long, or in a longer name "long (short)"."""
    folded = text.casefold()
    if len(folded) != len(text):
        return
    for form in forms[:_MOST_FORMS]:
        for short, long in acronyms.items():
            both = f"{long} ({short})"
            written = next((way for way in (both, long, short) if way in form), "")
            if written:
                ways = (short, long) if written == form else (short, long, both)
                yield from _standing(text, folded, (form.replace(written, way) for way in ways))


def _standing(text: str, folded: str, forms: Iterator[str]) -> Iterator[str]:
    """As the text writes them, the forms that stand in it as whole words."""
    for form in forms:
        place = folded.find(form.casefold())
        end = place + len(form)
        inside = text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()
        if place >= 0 and not inside and text[end : end + 1] != "-":
            yield text[place:end]
