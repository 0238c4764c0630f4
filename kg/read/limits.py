"""How much one listing and one paper may cost: a few numbers instead of a machine that runs out of memory or time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest sizes that are read. Sizes in bytes are counted after decompression, sizes in characters after cleaning.

    ``gzip_ratio`` is checked from ``gzip_free_bytes`` on: a real listing shrinks to a third or a tenth, a bomb to a
    thousandth. ``document_bytes`` holds for formats that have to be in memory whole (a JSON array), not for lines.
    ``mentions`` and ``seconds`` (of the processor; 0: any number) bound what is extracted from one paper.
    """

    file_bytes: int = 8 << 30
    document_bytes: int = 256 << 20
    line_bytes: int = 20 << 20
    gzip_ratio: int = 200
    gzip_free_bytes: int = 64 << 20
    title_chars: int = 2_000
    abstract_chars: int = 200_000
    authors: int = 10_000
    mentions: int = 5_000
    seconds: float = 60.0


DEFAULT_LIMITS = Limits()
