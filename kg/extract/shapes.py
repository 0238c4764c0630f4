"""Which words look like names, and which type the words around a name give it."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.extract.reading import Reading
from kg.extract.wordlists import word_list
from kg.normalize import singular
from kg.ontology import Ontology

UNTYPED = "Entity"
"""Type of a proposal that says "this is a name" and no more."""

_CAMEL = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}[a-z]")
_VERSION = re.compile(r"[vV]?\d+(?:\.\d+)*[A-Za-z]?$|\d+(?:\.\d+)?[BMK]$")
_QUANTITY = re.compile(
    r"[~<>±+-]?\$?\d[\d.,:/^]*(?:%|k|m|b|t|x|×|st|nd|rd|th|d|s|ms|gb|mb|fps|hz|kb|tb|pp|h|bit|times|-.*)?$",
    re.IGNORECASE,
)
_MADE_OF_WORDS = re.compile(r"[A-Z]?[a-z]+(?:-[A-Z]?[a-z]+)+$")
_MEASURE = re.compile(r"\d+[a-zA-Z]?-[a-z]+$|[A-Za-z]-[a-z]+$|(?:[A-Z]\d?)$")
_EDITIONS = frozenset(
    ("Mini", "Pro", "Sonnet", "Flash", "Turbo", "Ultra", "Large", "Small", "Base", "Verified", "Max", "Preview", "Nano",
     "Bench", "II", "III", "Opus", "Haiku", "Instruct", "Chat", "Thinking",
     "Coder", "Lite", "XL", "Medium", "Plus", "Next", "Omni", "Live")
)  # fmt: skip
_UNITS = frozenset(  # no names after a number
    (
        "Ah mAh mA kA mV kV eV meV keV MeV GeV TeV Wh mWh kWh MWh mW kW MW GW Hz kHz MHz GHz THz Pa hPa kPa MPa "
        "GPa kJ MJ mJ Da kDa nM µM μM mM dL mL µL μL mmHg mF nF mT kN USD EUR GBP"
    ).split()
)
_LOWER_TAIL = re.compile(r"-[a-z]{3,}$")
_BENCH_TAIL = re.compile(
    r"(?:bench|eval|arena|gym|benchmark|world|exam|quest)(?:[-+\d.vV]*)(?:-[A-Z]\w{0,4})?$", re.IGNORECASE
)
_DATA_TAIL = re.compile(r"(?:\d[kKM]|Dataset|Corpus|Data|-Set|Instruct-\d+\w?|Pile)$")
_MODIFIED_BY = re.compile(r"-(?:based|like|style|level|driven|guided|aware|augmented|enhanced|powered|free|trained)$")


@cache
def _not_names() -> frozenset[str]:
    return word_list("not_names")


@lru_cache(maxsize=1 << 16)
def is_name(word: str) -> bool:
    """Whether one word has the shape of a proper name.

    >>> [is_name(word) for word in ("GPT-4o", "LoRA", "BERT", "S3DIS", "3D", "10x", "Vision-language", "We")]
    [True, True, True, True, False, False, False, False]
    """
    if len(word) < 2 or not any(char.isupper() for char in word):
        return False
    if word.casefold().removesuffix("s") in _not_names() or word.casefold() in _not_names() or "://" in word:
        return False
    if _QUANTITY.fullmatch(word) or _MADE_OF_WORDS.fullmatch(word) or _MEASURE.fullmatch(word):
        return False
    if (tail := _LOWER_TAIL.search(word)) and not _CAMEL.search(word[: tail.start()]):
        return tail.group() in ("-bench", "-eval")
    return word.isupper() or bool(_CAMEL.search(word)) or _letters_and_digits(word) or _capital_parts(word)


def _letters_and_digits(word: str) -> bool:
    return word[0].isalpha() and any(char.isdigit() for char in word)


def _capital_parts(word: str) -> bool:
    """``Big-Bench`` yes, ``Vision-Language`` no: one part at least must not be an English-looking word."""
    parts = word.split("-")
    return len(parts) > 1 and any(part.isupper() and part.isalpha() for part in parts)


def shape_score(word: str) -> float:
    """How likely a word that `is_name` names an entity: measured on the training papers.

    >>> shape_score("LoRA") > shape_score("BERT") > shape_score("Share-A")
    True
    """
    if _CAMEL.search(word):
        return 0.88
    if _letters_and_digits(word):
        return 0.8
    return 0.72 if word.rstrip("s").isupper() else 0.45


@lru_cache(maxsize=2)
def names(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Word spans (first, last) that look like names: "LLaVA-1.5-7B", "Stable Diffusion 3", "Claude 3.5 Sonnet"."""
    spans: list[tuple[int, int]] = []
    done = -1
    for position, word in enumerate(reading.words):
        if position > done and word != reading.lower[position] and is_name(word) and not _is_unit(reading, position):
            done = _extend(reading, position)
            spans.append((position, done))
    return tuple(spans)


def _is_unit(reading: Reading, position: int) -> bool:
    return reading.words[position] in _UNITS and position > 0 and reading.words[position - 1][-1].isdigit()


def _extend(reading: Reading, position: int) -> int:
    """Last word of the name that begins here: versions, sizes and capitalised words that go on with it."""
    words, last = reading.words, position
    while (
        last + 1 < len(words) and last - position < 4 and reading.sentence_of[last + 1] == reading.sentence_of[position]
    ):
        if reading.starts[last + 1] != reading.ends[last] + 1:
            break
        word = words[last + 1]
        if (_VERSION.fullmatch(word) or word in _EDITIONS) and not (last + 2 < len(words) and words[last + 2] in "%"):
            last += 1
        else:
            break
    return last


def capital_runs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of two to six capitalised words in running text ("Ragged Paging"), those in brackets excepted."""
    words, position, count = reading.words, reading.title_words, len(reading.words)
    while position < count:
        if not words[position][0].isupper():
            position += 1
            continue
        last = _capital_run_end(reading, position)
        inside = position and reading.sentence_of[position - 1] == reading.sentence_of[position]
        linked = reading.lower[position - 1] in _RUN_LINKS and words[position - 2][0].isupper()
        explained = last + 1 < count and words[last + 1] in "(-"
        plain = any(reading.lower[index] in _not_names() for index in range(position, last + 1))
        if 1 <= last - position <= 5 and inside and not (linked or explained or plain):
            yield position, last
        position = max(last, position) + 1


def _capital_run_end(reading: Reading, first: int) -> int:
    last = first - 1
    for index in range(first, len(reading.words)):
        word = reading.words[index]
        if not (word[0].isupper() and _CAPITALISED.fullmatch(word)) or _LOWER_TAIL.search(word):
            break
        if reading.sentence_of[index] != reading.sentence_of[first]:
            break
        if index > first and reading.starts[index] != reading.ends[index - 1] + 1:
            break
        last = index
    return last


_RUN_LINKS = frozenset(("of", "from", "with", "and", "for", "to", "in", "as", "(", "-"))
_CAPITALISED = re.compile(r"[A-Z][A-Za-z0-9-]+")


class TypeReader:
    """Reads the type of a name from the words that follow it, its own tail, or the words before it."""

    def __init__(self, ontology: Ontology) -> None:
        self._heads: dict[str, str] = {}
        self._long: list[tuple[tuple[str, ...], str]] = []
        for type_ in ontology.types:
            for head in type_.heads:
                words = tuple(head.split())
                if len(words) == 1:
                    self._heads.setdefault(singular(head), type_.name)
                else:
                    self._long.append((words, type_.name))

    def head_type(self, reading: Reading, index: int) -> str:
        """Type whose head noun stands at a word, or empty."""
        if index >= len(reading.lower):
            return ""
        for words, name in self._long:
            if tuple(reading.lower[index : index + len(words)]) == words:
                return name
        return self._heads.get(singular(reading.lower[index]), "")

    def after(self, reading: Reading, last: int) -> str:
        """Type told by what follows: "X benchmark", "X, a new dataset", "X is a framework", "X: A Benchmark for"."""
        words, count = reading.lower, len(reading.lower)
        if last + 1 >= count:
            return ""
        if direct := self.head_type(reading, last + 1):
            return direct
        follows = words[last + 1]
        if follows == "(":
            close = next((i for i in range(last + 2, min(last + 12, count)) if words[i] == ")"), 0)
            return self.after(reading, close) if close else ""
        if follows in (",", ":", "-", "–", "—", "is", "as") and last + 2 < count:
            start = last + 2
            if follows in (",", "is", "as", "-", "–", "—") and words[start] not in ("a", "an", "the", "our", "one"):
                return ""
            return self._first_head(reading, start)
        return ""

    def _first_head(self, reading: Reading, start: int) -> str:
        """The last head noun of the noun phrase that begins here."""
        found = ""
        sentence = reading.sentence_of[start]
        for index in range(start, min(start + 14, len(reading.lower))):
            word = reading.lower[index]
            if reading.sentence_of[index] != sentence or word in _PHRASE_END:
                break
            if word == "," and found:
                break
            found = self.head_type(reading, index) or found
        return found

    def before(self, reading: Reading, first: int) -> str:
        """Type told by what precedes: "the benchmark X", "benchmarks such as X", "a framework called X"."""
        words = reading.lower
        index = first - 1
        skipped = 0
        while index >= 0 and skipped < 4 and words[index] in _LEAD:
            index -= 1
            skipped += 1
        if index < 0 or reading.sentence_of[index] != reading.sentence_of[first]:
            return ""
        return self.head_type(reading, index)

    @staticmethod
    def own(name: str) -> str:
        """Type told by the name itself: ``…Bench`` and ``…Eval`` are benchmarks, ``…-10K`` is data."""
        last = name.rsplit(maxsplit=1)[-1]
        if _BENCH_TAIL.search(last):
            return "Benchmark"
        return "Dataset" if _DATA_TAIL.search(last) else ""

    def read(self, reading: Reading, first: int, last: int) -> str:
        """Type of the words ``first`` to ``last``, or `UNTYPED`."""
        name = reading.text[reading.starts[first] : reading.ends[last]]
        return self.after(reading, last) or self.own(name) or self.before(reading, first) or UNTYPED


_PHRASE_END = frozenset(
    ("for", "that", "which", "to", "with", "of", "designed", "where", "in", "on", "by", "based", "from", "containing",
     "consisting", "comprising", "covering", "capable", "featuring", "built", "trained", "using", "via", "spanning",
     "tailored", "aimed", "towards", "toward", "and", "aligned", "whose", "specifically", "derived", "-", "–", ";", ":")
)  # fmt: skip
_LEAD = frozenset(
    ("called", "named", "dubbed", "termed", "coined", "such", "as", "like", "including", ",", ":", "(", "e.g", "namely",
     "i.e", "known")
)  # fmt: skip
