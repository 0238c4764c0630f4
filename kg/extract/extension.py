"""Terms of a user's own ontology: names as in the lexicon, and spaCy token patterns."""

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from kg.data import Mention
from kg.errors import OntologyError
from kg.extract.decide import Same
from kg.extract.lexicon import Lexicon, known_score
from kg.extract.reading import Reading
from kg.ontology import Ontology, Term

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc


_SURE = 0.5  # an ambiguous name in the middle of a sentence, in small letters and without company, stays below


class ExtensionExtractor:
    """Proposes what the user's files name; `kg.extract.decide` lets it win on its own spans.

    Patterns run on the tokens of spaCy's English tokenizer, as whoever writes one tries it out; it is only loaded if
    there are any.
    """

    name = "extension"

    def __init__(self, ontology: Ontology) -> None:
        terms = [term for term in ontology.terms if term.extension]
        self._lexicon = Lexicon(terms)
        self._heads = {type_.name: frozenset(type_.heads) for type_ in ontology.types}
        self._patterns = [term for term in terms if term.pattern]
        self._tokenizer: Callable[[str], Doc] | None = None
        self._matcher: Matcher | None = None
        if self._patterns:
            self._tokenizer, self._matcher = _load(self._patterns)

    def propose(self, reading: Reading) -> Iterator[Mention | Same]:
        """Mentions of the user's names and patterns, and which of them are spellings of one name.

        The longest match comes first where patterns overlap.
        """
        forms: dict[Term, str] = {}
        for start, end, term in self._lexicon.find(reading):
            if known_score(reading, start, end, term, self._heads.get(term.type, frozenset())) >= _SURE:
                mention = self._mention(reading, start, end, term)
                yield mention
                if forms.setdefault(term, mention.text) != mention.text:
                    yield Same(forms[term], mention.text)
        if self._tokenizer is None or self._matcher is None:
            return
        doc = self._tokenizer(reading.text)
        for key, first, last in self._matcher(doc):
            span = doc[first:last]
            yield self._mention(reading, span.start_char, span.end_char, self._patterns[int(doc.vocab.strings[key])])

    def _mention(self, reading: Reading, start: int, end: int, term: Term) -> Mention:
        return Mention(start, end, reading.text[start:end], term.type, "", 1.0, (self.name,))


def _load(patterns: list[Term]) -> "tuple[Callable[[str], Doc], Matcher]":
    from spacy.lang.en import English  # noqa: PLC0415 - only a user with patterns waits for it
    from spacy.matcher import Matcher  # noqa: PLC0415

    nlp = English()
    nlp.max_length = 10_000_000
    matcher = Matcher(nlp.vocab, validate=True)
    for number, term in enumerate(patterns):
        try:
            matcher.add(str(number), [_tokens(term)], greedy="LONGEST")
        except (ValueError, TypeError) as error:
            raise OntologyError(
                f"{term.source}: {term.name!r} has a token pattern that spaCy refuses: {error}"
            ) from error
    return nlp.tokenizer, matcher


def _tokens(term: Term) -> list[dict[str, Any]]:
    tokens = json.loads(term.pattern)
    if not isinstance(tokens, list):
        raise TypeError("expected a list of tokens")
    return tokens
