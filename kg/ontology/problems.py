"""What is wrong with an ontology file, and where."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: ``where`` is ``file:line``. A warning is worth a look but does not keep the file from being used."""

    where: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {'warning: ' if self.warning else ''}{self.message}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known: the nearest of those that are, else all of them if they are few.

    >>> did_you_mean("is-a", ["is_a", "description"])
    '; did you mean is_a?'
    """
    choices = sorted(set(known))
    folded = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if near:
        return f"; did you mean {folded[near[0]]}?"
    return f"; there are: {', '.join(choices)}" if 0 < len(choices) <= 30 else ""


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `OntologyError` with all errors among `problems`, a line each; warnings pass."""
    errors = list(dict.fromkeys(str(problem) for problem in problems if not problem.warning))
    if len(errors) == 1:
        raise OntologyError(errors[0])
    if errors:
        raise OntologyError(f"{len(errors)} problems, nothing was loaded:\n  " + "\n  ".join(errors))
