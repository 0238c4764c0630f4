"""Names that say half of what they mean: "KV" in a paper that says "KV cache" too."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

from kg.data import PaperEntity
from kg.normalize import compact, normalize
from kg.resolve.forms import Reader, Reading

_FEW = 3
_TURNING = frozenset("anti inverse negative non over quality reverse un under".split())


def whole_of(entity: PaperEntity, reader: Reader) -> Reading | None:
    """The one known thing that the aliases mean, if the name is the first or last part of one.

    Not for what the paper introduces, for a known name, for the other side of a thing ("refusal", "over-refusal"), nor
    for a word that many known names begin or end with: "segmentation" is no more "part segmentation" than another.
    """
    if entity.role == "introduces" or compact(entity.name) in reader.anchors.by_form:
        return None
    found = {alias: reader.read(alias, entity.type) for alias in entity.aliases}
    known = {alias: reading for alias, reading in found.items() if reading.term}
    if len({reading.key for reading in known.values()}) != 1:
        return None
    for alias, reading in known.items():
        term = reading.term
        if term and reader.anchors.same_block(term.type, entity.type) and _says_half(entity.name, alias, reader):
            return Reading(reading.key, term, f"part of {alias!r} in the same paper; {reading.reason}")
    return None


def _says_half(name: str, whole: str, reader: Reader) -> bool:
    part, words = normalize(name).split(), normalize(whole).split()
    if len(part) >= len(words) or part not in (words[: len(part)], words[-len(part) :]):
        return False
    wholes = _wholes(reader)
    others = wholes.get(" ".join(part), frozenset()) - wholes.get(" ".join(words), frozenset())
    return words[0] not in _TURNING and len(others) <= _FEW


@lru_cache(maxsize=2)
def _wholes(reader: Reader) -> Mapping[str, AbstractSet[str]]:
    """Keys of the known things by the words that their names begin or end with, short of whole names."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, term in reader.terms.items():
        for form in (term.name, *term.aliases):
            words = normalize(form).split()
            for size in range(1, len(words)):
                found[" ".join(words[:size])].add(key)
                found[" ".join(words[-size:])].add(key)
    return found
