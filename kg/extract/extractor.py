"""The pipeline: a blank English spaCy pipeline whose components are ours.

spaCy carries each paper, cut into our words, through the components; only the token patterns of a user's ontology see
tokens of its own. Each component does one thing: let one extractor propose, or settle what was proposed.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from kg.data import AnnotatedPaper, Paper
from kg.errors import ModelError, OntologyError
from kg.extract.assemble import Assembler
from kg.extract.decide import Proposal
from kg.extract.extension import ExtensionExtractor
from kg.extract.lexicon import LexiconExtractor
from kg.extract.memory import Memory
from kg.extract.mentions import AcronymExtractor, CueExtractor, NameExtractor, TitleExtractor
from kg.extract.reading import Reading, read
from kg.extract.trained import ModelExtractor
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Component = Callable[["Doc"], "Doc"]

_BATCH = 32
_TOGETHER = 8  # papers that go through spaCy at a time: one by one, its pipeline is a tenth of the rules' time
_REMEMBERED = 512  # papers whose words share a store: to make one for each would take a tenth of the rules' time
_PENDING: dict[str, "Component"] = {}
_log = logging.getLogger(__name__)


class Proposer(Protocol):
    """What every extractor is: a name, and mentions for a reading."""

    name: str

    def propose(self, reading: Reading) -> Iterable[Proposal]:
        """Mentions that the extractor would make, in any order, overlapping or not, and forms of one thing."""


EXTRACTORS: dict[str, Callable[[Ontology], Proposer]] = {
    "acronym": AcronymExtractor,
    "cue": CueExtractor,
    "extension": ExtensionExtractor,
    "lexicon": LexiconExtractor,
    "model": ModelExtractor,
    "name": NameExtractor,
    "title": TitleExtractor,
}


class Extractor:
    """A loaded pipeline, for which ``batch`` papers are best read at a time.

    What is found in a paper depends on that paper alone, so batches and jobs change nothing. A graphics card is given
    batches of one size, so that this should hold there, too.
    """

    def __init__(self, nlp: "Language", names: tuple[str, ...], batch: int = 1) -> None:
        self.extractors = names
        self.batch = batch
        self._nlp = nlp
        self._vocab: Vocab | None = None
        self._since = 0

    def annotate(self, papers: Iterable[Paper]) -> Iterator[AnnotatedPaper]:
        """Annotate papers in order, a batch at a time."""
        stream = iter(papers)
        while batch := list(islice(stream, _BATCH)):
            vocab = self._words(len(batch))
            docs = [_to_doc(read(paper), vocab) for paper in batch]
            for doc in self._nlp.pipe(docs, batch_size=_BATCH):
                yield doc.user_data["kg"]["annotated"]

    def _words(self, papers: int) -> "Vocab":
        """Where spaCy keeps words. It never forgets one: a new store now and then keeps memory flat."""
        from spacy.vocab import Vocab  # noqa: PLC0415 - see `load_extractor`

        self._since += papers
        if self._vocab is None or self._since > _REMEMBERED:
            self._vocab, self._since = Vocab(), papers
        return self._vocab


def _to_doc(reading: Reading, vocab: "Vocab") -> "Doc":
    """A spaCy document whose tokens are our words and whose sentences are ours."""
    from spacy.tokens import Doc  # noqa: PLC0415 - see `load_extractor`

    numbers = reading.sentence_of
    begins: list[bool | int | None] = [not i or number != numbers[i - 1] for i, number in enumerate(numbers)]
    spaces = [reading.text[end : end + 1] == " " for end in reading.ends]
    doc = Doc(vocab, words=reading.words, spaces=spaces, sent_starts=begins)
    doc.user_data["kg"] = {"reading": reading, "proposals": []}
    return doc


def load_extractor(
    ontology: Ontology,
    *,
    extractors: Sequence[str] | None = None,
    min_score: float = 0.0,
    device: str = "cpu",
    memory: Memory | None = None,
) -> Extractor:
    """Build the pipeline with the named extractors, all by default, and the model on a ``device``: ``cpu`` or ``cuda``.

    Without its files the model is left out with a warning, unless it was asked for by name or for another device. What
    is in a ``memory`` the model is not asked again, and what it is asked is put there.

    Raises `OntologyError` for an unknown extractor or a cue or pattern that cannot be compiled, `ModelError` for a
    model that was asked for and cannot be loaded.
    """
    from spacy.lang.en import English  # noqa: PLC0415 - half a second that `kg --help` need not wait for

    names = tuple(EXTRACTORS) if extractors is None else tuple(dict.fromkeys(extractors))
    if unknown := [name for name in names if name not in EXTRACTORS]:
        raise OntologyError(f"no extractor named {', '.join(unknown)}; there are: {', '.join(EXTRACTORS)}")
    asked = extractors is not None or device != "cpu"
    loaded = _load(ontology, names, partial(ModelExtractor, device=device, memory=memory), asked=asked)
    nlp = English()
    batch = _TOGETHER
    for name, proposer in loaded.items():
        if isinstance(proposer, ModelExtractor):
            batch = max(batch, proposer.batch)
            _add(nlp, f"kg_{name}", _ProposingEach(proposer))
        else:
            _add(nlp, f"kg_{name}", _proposing(proposer))
    _add(nlp, "kg_assemble", _assembling(_assembler(ontology, loaded.get("model"), min_score)))
    return Extractor(nlp, tuple(loaded), batch)


def _assembler(ontology: Ontology, model: Proposer | None, min_score: float) -> Assembler:
    if not isinstance(model, ModelExtractor):
        return Assembler(ontology, min_score=min_score)
    return Assembler(ontology, min_score=min_score, with_model=True, judge=model.judge(), results=model.results())


def _load(
    ontology: Ontology, names: Sequence[str], model: Callable[[Ontology], ModelExtractor], *, asked: bool
) -> dict[str, Proposer]:
    makers = dict(EXTRACTORS)
    if makers["model"] is ModelExtractor:
        makers["model"] = model
    loaded: dict[str, Proposer] = {}
    for name in names:
        try:
            loaded[name] = makers[name](ontology)
        except (ModelError, ImportError) as error:
            if asked:
                raise ModelError(f"the extractor 'model' was asked for, but {error}") from error
            _log.warning("extracting without the trained model: %s", error)
    return loaded


def _add(nlp: "Language", name: str, component: Component) -> None:
    """Add a component of our own. spaCy builds components from factories known by name: ours hands over a ready one."""
    type(nlp).factory("kg_component", default_config={"key": ""}, func=_hand_over)
    key = str(id(component))
    _PENDING[key] = component
    nlp.add_pipe("kg_component", name=name, config={"key": key})


def _hand_over(nlp: "Language", name: str, key: str) -> Component:
    del nlp, name  # spaCy passes them to every factory
    return _PENDING.pop(key)


def _proposing(extractor: Proposer) -> Component:
    def component(doc: "Doc") -> "Doc":
        state: dict[str, Any] = doc.user_data["kg"]
        state["proposals"].extend(extractor.propose(state["reading"]))
        return doc

    return component


@dataclass(frozen=True, slots=True)
class _ProposingEach:
    """The model's component: spaCy gives it the papers of a batch together."""

    extractor: ModelExtractor

    def __call__(self, doc: "Doc") -> "Doc":
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable["Doc"], batch_size: int = _BATCH) -> Iterator["Doc"]:
        """The papers in order, with what is proposed."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            states: list[dict[str, Any]] = [doc.user_data["kg"] for doc in batch]
            proposed = self.extractor.propose_each([state["reading"] for state in states])
            for doc, state, proposals in zip(batch, states, proposed, strict=True):
                state["proposals"].extend(proposals)
                yield doc


def _assembling(assembler: Assembler) -> Component:
    def component(doc: "Doc") -> "Doc":
        state: dict[str, Any] = doc.user_data["kg"]
        state["annotated"] = assembler.assemble(state["reading"], state["proposals"])
        return doc

    return component
