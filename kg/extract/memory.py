"""What the trained model said of papers, packed, so that it need not be asked twice.

The model is most of the time of an extraction, and knows nothing of the ontology or of other extractors: when those
change, what it said still stands.
"""

import zlib
from typing import TYPE_CHECKING

import msgspec

from kg.data import Paper

if TYPE_CHECKING:
    from kg.extract.model.runtime import ModelMention

_FAST = 1  # of the levels of zlib


class Memory:
    """Answers of the model by title and abstract: put here from outside, or kept by the extractor as it asks."""

    def __init__(self) -> None:
        self._packed: dict[tuple[str, str], bytes] = {}

    def put(self, paper: Paper, packed: bytes) -> None:
        """Take over an answer that another memory has `packed`."""
        self._packed[paper.title, paper.abstract] = packed

    def packed(self, paper: Paper) -> bytes:
        """The answer as bytes; empty if there is none."""
        return self._packed.get((paper.title, paper.abstract), b"")

    def recall(self, paper: Paper) -> "list[ModelMention] | None":
        """The answer, if there is one."""
        from kg.extract.model.runtime import ModelMention  # noqa: PLC0415 - onnxruntime need not be there for the rules

        if not (packed := self.packed(paper)):
            return None
        try:
            return msgspec.msgpack.decode(zlib.decompress(packed), type=list[ModelMention])
        except (zlib.error, msgspec.MsgspecError):  # damaged where it was kept: it can be asked again
            return None

    def keep(self, paper: Paper, found: "list[ModelMention]") -> None:
        """Keep what the model has just said."""
        self.put(paper, zlib.compress(msgspec.msgpack.encode(found), _FAST))

    def clear(self) -> None:
        """Forget everything."""
        self._packed.clear()
