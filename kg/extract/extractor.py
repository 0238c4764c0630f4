"""The pipeline: a blank English spaCy pipeline whose components are ours.

spaCy cuts tokens, carries each paper through the components and runs the token patterns of a user's ontology. Each
component does one thing: read the paper into words and sentences, let one extractor propose, settle what was proposed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from kg.data import AnnotatedPaper, Mention, Paper
from kg.errors import OntologyError
from kg.extract.assemble import Assembler
from kg.extract.lexicon import LexiconExtractor
from kg.extract.mentions import AcronymExtractor, CueExtractor, NameExtractor, TitleExtractor
from kg.extract.reading import Reading, read
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 32


class Proposer(Protocol):
    """What every extractor is: a name, and mentions for a reading."""

    name: str

    def propose(self, reading: Reading) -> Iterable[Mention]:
        """Mentions that the extractor would make, in any order, overlapping or not."""


EXTRACTORS: dict[str, Callable[[Ontology], Proposer]] = {
    "acronym": AcronymExtractor,
    "cue": CueExtractor,
    "lexicon": LexiconExtractor,
    "name": NameExtractor,
    "title": TitleExtractor,
}


class Extractor:
    """A loaded pipeline. What is found in a paper depends on that paper alone, so batches and jobs change nothing."""

    def __init__(self, nlp: "Language", names: tuple[str, ...]) -> None:
        self.extractors = names
        self._nlp = nlp

    def annotate(self, papers: Iterable[Paper]) -> Iterator[AnnotatedPaper]:
        """Annotate papers in order, a batch at a time."""
        stream = iter(papers)
        while batch := list(islice(stream, _BATCH)):
            for doc in self._nlp.pipe((self._doc(paper) for paper in batch), batch_size=_BATCH):
                yield doc.user_data["kg"]["annotated"]

    def _doc(self, paper: Paper) -> "Doc":
        reading = read(paper)
        doc = self._nlp.make_doc(reading.text)
        doc.user_data["kg"] = {"reading": reading, "proposals": []}
        return doc


def load_extractor(ontology: Ontology, *, extractors: Sequence[str] | None = None, min_score: float = 0.0) -> Extractor:
    """Build the pipeline with the named extractors, all by default.

    Raises `OntologyError` for an unknown extractor or a cue that cannot be compiled.
    """
    from spacy.lang.en import English  # noqa: PLC0415 - half a second that `kg --help` need not wait for

    names = tuple(EXTRACTORS) if extractors is None else tuple(dict.fromkeys(extractors))
    if unknown := [name for name in names if name not in EXTRACTORS]:
        raise OntologyError(f"no extractor named {', '.join(unknown)}; there are: {', '.join(EXTRACTORS)}")
    nlp = English()
    nlp.max_length = 10_000_000
    _add(nlp, "kg_sentences", _mark_sentences)
    for name in names:
        _add(nlp, f"kg_{name}", _proposing(EXTRACTORS[name](ontology)))
    _add(nlp, "kg_assemble", _assembling(Assembler(ontology, min_score)))
    return Extractor(nlp, names)


def _add(nlp: "Language", name: str, component: Callable[["Doc"], "Doc"]) -> None:
    """Add a component of our own. spaCy wants it registered by name first; the last one of a name counts."""
    type(nlp).component(name, func=component)
    nlp.add_pipe(name)


def _mark_sentences(doc: "Doc") -> "Doc":
    """Tell spaCy where our sentences begin."""
    reading: Reading = doc.user_data["kg"]["reading"]
    starts = {start for start, _ in reading.sentences}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


def _proposing(extractor: Proposer) -> Callable[["Doc"], "Doc"]:
    def component(doc: "Doc") -> "Doc":
        state: dict[str, Any] = doc.user_data["kg"]
        state["proposals"].extend(extractor.propose(state["reading"]))
        return doc

    return component


def _assembling(assembler: Assembler) -> Callable[["Doc"], "Doc"]:
    def component(doc: "Doc") -> "Doc":
        state: dict[str, Any] = doc.user_data["kg"]
        state["annotated"] = assembler.assemble(state["reading"], state["proposals"])
        return doc

    return component
