"""Whether a cue is well formed, and whether it matches an example. What runs over papers is `kg.extract.cues`."""

import re
from collections.abc import Iterator, Sequence

from kg.ontology.model import Predicate

_TOKEN = re.compile(r"\w[\w'’.+@-]*\w|\w|[^\w\s]")
_LONGEST_MENTION = 6
_GAP = 4


def cue_fault(pattern: str, *, relation: bool) -> str:  # noqa: PLR0911 - a row of rules
    """Why a cue cannot be used, or empty. A `relation` joins X to Y, any other cue points at X.

    >>> cue_fault("we ... propose X", relation=False), cue_fault("propose", relation=False)
    ('', 'has no X for the mention')
    """
    parts = pattern.split()
    slots = [part for part in parts if part in ("X", "Y")]
    if "X" not in slots:
        return "has no X for the mention" + ("; X and Y stand alone, with spaces around them" if "X" in pattern else "")
    if len(set(slots)) < len(slots):
        return "has X or Y more than once"
    if relation and "Y" not in slots:
        return "has no Y; between two entities a cue needs X and Y"
    if not relation and "Y" in slots:
        return "has a Y, but what a paper does with an entity needs X alone"
    words = [part for part in parts if part not in ("X", "Y", "...")]
    if not any(not part.endswith("?") or part == "?" for part in words):
        return "has no word that must be there"
    if bad := next((part for part in words if "" in part.removesuffix("?").split("|") and part not in "?|"), ""):
        return f"has an empty choice in {bad!r}"
    if parts[0] == "..." or parts[-1] == "...":
        return "has a gap (...) at its end, which nothing bounds"
    return ""


def never_found(pattern: str) -> str:
    """A choice of a cue that is no single word or sign of a text, so that no text has it; or empty.

    >>> never_found("X (paired|matched) with Y"), never_found("X paired|matched-up with? Y"), never_found("X / Y")
    ('(paired', '', '')
    """
    for part in pattern.split():
        for choice in () if part in ("X", "Y", "...") else part.removesuffix("?").split("|"):
            if choice and _TOKEN.findall(choice) != [choice]:
                return choice
    return ""


def matches(pattern: str, example: str) -> bool:
    """Whether a cue holds somewhere in an example, with any one to six words for X and Y.

    >>> matches("we ... propose|introduce X", "Here we now propose PS-KD."), matches("using X", "We use LoRA")
    (True, False)
    """
    tokens = " ".join(_TOKEN.findall(example.casefold())) + " "
    return re.search("(?:^| )" + "".join(_element(part) for part in pattern.split()), tokens) is not None


def _element(part: str) -> str:
    if part in ("X", "Y"):
        return rf"(?:\S+ ){{1,{_LONGEST_MENTION}}}?"
    if part == "...":
        return rf"(?:\S+ ){{0,{_GAP}}}?"
    optional = part.endswith("?") and len(part) > 1
    words = "|".join(re.escape(word) for word in part.removesuffix("?").casefold().split("|"))
    return f"(?:(?:{words}) )?" if optional else f"(?:{words}) "


def idle_cues(predicate: Predicate) -> Iterator[int]:
    """Places of the cues that match none of the examples, if there are examples."""
    for place, cue in enumerate(predicate.cues if predicate.examples else ()):
        if not any(matches(cue.pattern, example) for example in predicate.examples):
            yield place


def idle_examples(predicate: Predicate) -> Sequence[str]:
    """Examples that no cue matches."""
    return [text for text in predicate.examples if not any(matches(cue.pattern, text) for cue in predicate.cues)]
