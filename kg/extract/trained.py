"""The trained model (`kg.extract.model`) as one more extractor."""

from collections.abc import Iterator

from kg.data import Mention
from kg.extract.decide import Opinion, Proposal, Same
from kg.extract.reading import Reading
from kg.ontology import Ontology

_LEAST = 0.12
"""Score from which the model's doubtful finds are proposed: a rule that agrees may lift them over the bar."""


class ModelExtractor:
    """Proposes what the model finds; raises `ModelError` on construction where its files are missing or damaged."""

    name = "model"

    def __init__(self, ontology: Ontology) -> None:
        from kg.extract.model import load_model  # noqa: PLC0415 - onnxruntime need not be there for the rules

        self._model = load_model()
        self._types = frozenset(type_.name for type_ in ontology.types)

    def propose(self, reading: Reading) -> Iterator[Proposal]:
        """Its mentions with type, role and score, and which of their forms name one thing."""
        title = reading.text[: len(reading.paper.title)]
        found = self._model.predict([(title, reading.text[len(title) + 1 :])], least=_LEAST)[0]
        forms: dict[int, str] = {}
        for mention in found:
            if mention.type in self._types:
                text = reading.text[mention.start : mention.end]
                yield Mention(mention.start, mention.end, text, mention.type, mention.role, mention.score, (self.name,))
                yield Opinion(mention.start, mention.end, mention.types, mention.roles)
                if (known := forms.setdefault(mention.group, text)) != text:
                    yield Same(known, text)
