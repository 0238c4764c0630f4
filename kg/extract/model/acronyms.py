"""Short forms that a text explains, as spans of the model's words."""

from kg.extract.acronyms import aligned, find_pairs
from kg.extract.model.words import Words

Span = tuple[int, int]


def find_acronyms(words: Words) -> list[tuple[Span, Span]]:
    """Pairs (short, long) of inclusive word spans, in reading order: those of `kg.extract.acronyms`."""
    return list(aligned(find_pairs(words.text), words.starts, words.ends))
