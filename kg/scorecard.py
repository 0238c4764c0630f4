"""The scorecard: extracted records against annotated ones, paper by paper, so that it can also say how sure it is.

A predicted entity is right when it has the type of an annotated one and shares a surface form with it; case,
punctuation and a plural -s are ignored, and pairs are one to one. Confidence intervals are percentile bootstrap
intervals over papers (Efron 1979).
"""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
TYPES = ("Method", "Task", "Dataset", "Benchmark", "Metric")
_NOT_WORD = re.compile(r"[^a-z0-9α-ω+#]+")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision, recall and their harmonic mean, 0 to 1, over ``gold`` annotated things."""

    precision: float
    recall: float
    f1: float
    gold: int


@dataclass(frozen=True, slots=True)
class Errors:
    """What was found in error and what was missed: (type, name) with the number of papers."""

    wrong: Counter[tuple[str, str]]
    missed: Counter[tuple[str, str]]


def surface_key(text: str) -> str:
    """A surface form as the scorecard compares it.

    >>> surface_key("Vision-Language Models") == surface_key("vision language model")
    True
    >>> surface_key("α-Fe₂O₃"), surface_key("γ-Fe2O3")
    ('α fe2o3', 'γ fe2o3')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    words = _NOT_WORD.sub(" ", text.lower()).split()
    if words and len(words[-1]) > _SHORT and words[-1].endswith("s") and not words[-1].endswith("ss"):
        words[-1] = words[-1][:-1]
    return " ".join(words)


def count_paper(predicted: Record, gold: Record) -> tuple[Counter[str], Errors]:
    """Counts of one paper, to be summed over papers, and its errors."""
    count: Counter[str] = Counter()
    found, wanted = predicted["entities"], gold["entities"]
    typed = _pairs(found, wanted, lambda a, b: bool(a["type"] == b["type"]))
    count["hit"], count["predicted"], count["gold"] = len(typed), len(found), len(wanted)
    count["untyped"] = len(_pairs(found, wanted, lambda a, b: True))
    count["papers"] = 1
    for i, j in typed:
        count[f"hit {wanted[j]['type']}"] += 1
        count["role"] += found[i].get("role") == wanted[j]["role"]
        count["forms found"] += len(_forms(found[i]) & _forms(wanted[j]))
        count["forms"] += len(_forms(wanted[j]))
    count.update(f"predicted {entity['type']}" for entity in found)
    count.update(f"gold {entity['type']}" for entity in wanted)
    _count_introduced(count, found, wanted)
    _count_links(count, predicted["links"], gold["links"])
    _count_results(count, predicted.get("results", ()), gold["results"])
    hit_found, hit_wanted = {i for i, _ in typed}, {j for _, j in typed}
    wrong = Counter((e["type"], e["name"]) for i, e in enumerate(found) if i not in hit_found)
    missed = Counter((e["type"], e["name"]) for j, e in enumerate(wanted) if j not in hit_wanted)
    return count, Errors(wrong, missed)


def figures(count: Counter[str]) -> dict[str, Ratio | float]:
    """The scorecard of summed counts, by the names that the field uses; types of one's own follow the five."""
    card: dict[str, Ratio | float] = {"entities": _ratio(count["hit"], count["predicted"], count["gold"])}
    for name in (*TYPES, *_own_types(count)):
        card[name] = _ratio(count[f"hit {name}"], count[f"predicted {name}"], count[f"gold {name}"])
    card["untyped"] = _ratio(count["untyped"], count["predicted"], count["gold"])
    card["links"] = _ratio(count["link hit"], count["links predicted"], count["links"])
    card["results"] = _ratio(count["result hit"], count["results predicted"], count["results"])
    card["role accuracy"] = _share(count["role"], count["hit"])
    card["surface form recall"] = _share(count["forms found"], count["forms"])
    card["introduced recall"] = _share(count["new hit"], count["new"])
    card["introduced with role"] = _share(count["new role"], count["new"])
    return card


def _own_types(count: Counter[str]) -> list[str]:
    """Types beside the five that were annotated or found."""
    kinds = (key.partition(" ") for key in count)
    return sorted({type_ for what, _, type_ in kinds if what in ("gold", "predicted") and type_} - set(TYPES))


def intervals(
    counts: Sequence[Counter[str]], *, samples: int = 1000, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """Bootstrap interval of each figure (F1 where there are three), papers resampled with a fixed seed."""
    rng = random.Random(0)  # noqa: S311 - resampling, not secrets
    values: dict[str, list[float]] = {}
    keys = dict.fromkeys((key for one in counts for key in one), 0)
    for _ in range(samples):
        total = Counter(keys)  # so that a sample without a type has its row too
        for one in rng.choices(counts, k=len(counts)):
            total.update(one)
        for name, value in figures(total).items():
            values.setdefault(name, []).append(value.f1 if isinstance(value, Ratio) else value)
    low, high = int(samples * (1 - level) / 2), int(samples * (1 + level) / 2) - 1
    return {name: (sorted(sample)[low], sorted(sample)[high]) for name, sample in values.items()}


def _forms(entity: Record) -> set[str]:
    return {surface_key(form) for form in (entity["name"], *entity.get("aliases", ()))} - {""}


def _pairs(
    found: Sequence[Record], wanted: Sequence[Record], same: Callable[[Record, Record], bool]
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, most shared surface forms first, then in order."""
    options = []
    for i, a in enumerate(found):
        for j, b in enumerate(wanted):
            shared = len(_forms(a) & _forms(b)) if same(a, b) else 0
            if shared:
                options.append((-shared, i, j))
    taken_found: set[int] = set()
    taken_wanted: set[int] = set()
    pairs = []
    for _, i, j in sorted(options):
        if i not in taken_found and j not in taken_wanted:
            taken_found.add(i)
            taken_wanted.add(j)
            pairs.append((i, j))
    return pairs


def _count_introduced(count: Counter[str], found: Sequence[Record], wanted: Sequence[Record]) -> None:
    for entity in wanted:
        if entity["role"] == "introduces":
            same = [other for other in found if _forms(other) & _forms(entity)]
            count["new"] += 1
            count["new hit"] += bool(same)
            count["new role"] += any(other.get("role") == "introduces" for other in same)


def _url_key(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url.strip().lower()).rstrip("/").removesuffix(".git")


def _count_links(count: Counter[str], found: Sequence[Record], wanted: Sequence[Record]) -> None:
    kinds = {_url_key(link["url"]): link["kind"] for link in found}
    gold = {_url_key(link["url"]): link["kind"] for link in wanted}
    count["link hit"] = sum(kinds.get(url) == kind for url, kind in gold.items())
    count["links predicted"], count["links"] = len(kinds), len(gold)


def _result_key(result: Record) -> tuple[str, str]:
    return re.sub(r"[^\d.]", "", result["value"]) or result["value"].lower(), surface_key(result.get("on") or "")


def _count_results(count: Counter[str], found: Sequence[Record], wanted: Sequence[Record]) -> None:
    predicted, gold = Counter(map(_result_key, found)), Counter(map(_result_key, wanted))
    count["result hit"] = (predicted & gold).total()
    count["results predicted"], count["results"] = predicted.total(), gold.total()


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _ratio(hits: int, predicted: int, gold: int) -> Ratio:
    precision, recall = _share(hits, predicted), _share(hits, gold)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Ratio(precision, recall, f1, gold)
