"""The trained model (`kg.extract.model`) as one more extractor."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.data import Mention
from kg.extract.decide import Opinion, Proposal, Same, Variant
from kg.extract.judge import Judge
from kg.extract.memory import Memory
from kg.extract.model.trees import Trees
from kg.extract.reading import Reading
from kg.ontology import Ontology

if TYPE_CHECKING:
    from kg.extract.model.runtime import ModelMention

_LEAST = 0.06
"""Score from which the model's doubtful finds are proposed: a rule that agrees may lift them over the bar."""


class ModelExtractor:
    """Proposes what the model finds; raises `ModelError` on construction where its files are missing or damaged."""

    name = "model"

    def __init__(self, ontology: Ontology, device: str = "cpu", memory: Memory | None = None) -> None:
        from kg.extract.model.runtime import load_model  # noqa: PLC0415 - onnxruntime need not be there for the rules

        self._ontology = ontology
        self._model = load_model(device=device)
        self._memory = memory

    @property
    def batch(self) -> int:
        """How many papers are best read at a time."""
        return self._model.network.batch

    def propose(self, reading: Reading) -> Iterator[Proposal]:
        """Its mentions with type, role and score, which of their forms name one thing, and what it holds of each."""
        return self.propose_each([reading])[0]

    def propose_each(self, readings: Sequence[Reading]) -> list[Iterator[Proposal]]:
        """What `propose` says of each of the papers, which are read together where the device does so faster."""
        known = [self._memory.recall(reading.paper) if self._memory else None for reading in readings]
        new = [reading for reading, found in zip(readings, known, strict=True) if found is None]
        asked = iter(self._ask(new))
        found = [next(asked) if some is None else some for some in known]
        return [proposals(reading, some, self._ontology) for reading, some in zip(readings, found, strict=True)]

    def _ask(self, readings: Sequence[Reading]) -> "list[list[ModelMention]]":
        ends = [len(reading.paper.title) for reading in readings]
        texts = [(reading.text[:end], reading.text[end + 1 :]) for reading, end in zip(readings, ends, strict=True)]
        found = self._model.predict(texts, least=_LEAST)
        if self._memory:
            for reading, some in zip(readings, found, strict=True):
                self._memory.keep(reading.paper, some)
        return found

    def judge(self) -> Judge:
        """The judge that was trained with the model."""
        return Judge(self._ontology, self._model.corpus, *self._model.judge_trees)

    def placing(self) -> Trees | None:
        """The trees of `kg.extract.placer`."""
        return self._model.placing_trees


def proposals(reading: Reading, found: Iterable["ModelMention"], ontology: Ontology) -> Iterator[Proposal]:
    """What the model's mentions say to the pipeline; a type that the ontology does not have is left out."""
    forms: dict[int, str] = {}
    for mention in found:
        if mention.type in ontology.type_by_name:
            text = reading.text[mention.start : mention.end]
            yield Mention(mention.start, mention.end, text, mention.type, mention.role, mention.score, ("model",))
            yield Opinion(mention.start, mention.end, mention.types, mention.roles)
            if (known := forms.setdefault(mention.group, text)) != text:
                yield Same(known, text)
            yield from (Variant(text, form) for form in mention.also)
