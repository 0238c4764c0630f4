"""Gold papers, and which candidate spans of their text the gold entities cover."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extract.describe import ROLES, TYPES
from kg.extract.model.spans import Spans
from kg.extract.model.words import Words, phrase_key


@dataclass(frozen=True, slots=True)
class GoldEntity:
    type: str
    role: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldResult:
    """A figure with what it was measured on, by which metric and for which method; each may be empty."""

    value: str
    on: str
    metric: str
    by: str


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """An annotated paper; ``id`` is "file/id of the paper", as listings share ids."""

    id: str
    title: str
    abstract: str
    entities: tuple[GoldEntity, ...]
    results: tuple[GoldResult, ...] = ()


def read_gold(gold: Path, papers: Path) -> list[GoldPaper]:
    """Papers of a gold file with their text; papers without a record are left out."""
    texts = {record["id"]: record for record in _records(papers)}
    return [
        GoldPaper(
            id=f"{gold.name.partition('.')[0]}/{record['id']}",
            title=texts[record["id"]]["title"],
            abstract=texts[record["id"]]["abstract"],
            entities=tuple(
                GoldEntity(entity["type"], entity["role"], (entity["name"], *entity["aliases"]))
                for entity in record["entities"]
            ),
            results=tuple(
                GoldResult(result["value"], result["on"] or "", result["metric"] or "", result["by"] or "")
                for result in record["results"]
            ),
        )
        for record in _records(gold)
    ]


def _records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def label_spans(paper: GoldPaper, words: Words, spans: Spans) -> tuple[np.ndarray, np.ndarray]:
    """Type and role index of each candidate span (0 and -1: none): every occurrence of every form, longest first.

    Forms agree by key, so that a plural or another case counts; where a form is one short word, case must agree too.
    """
    wanted: dict[str, list[tuple[str, GoldEntity]]] = {}
    for entity in paper.entities:
        for form in entity.forms:
            wanted.setdefault(phrase_key(form), []).append((form, entity))
    types = np.zeros(len(spans.keys), dtype=np.int64)
    roles = np.full(len(spans.keys), -1, dtype=np.int64)
    taken = np.zeros(len(words), dtype=bool)
    hits = [row for row, key in enumerate(spans.keys) if key in wanted]
    hits.sort(key=lambda row: (spans.first[row] - spans.last[row], spans.first[row]))
    for row in hits:
        first, last = int(spans.first[row]), int(spans.last[row])
        text = words.text[words.starts[first] : words.ends[last]]
        entity = _entity_of(text, wanted[spans.keys[row]])
        if entity is None or taken[first : last + 1].any():
            continue
        taken[first : last + 1] = True
        types[row], roles[row] = TYPES.index(entity.type), ROLES.index(entity.role)
    return types, roles


def _entity_of(text: str, options: list[tuple[str, GoldEntity]]) -> GoldEntity | None:
    for form, entity in options:
        if form == text:
            return entity
    for form, entity in options:
        if not _is_case_bound(form) or (text.isupper() and form[0].isupper()):
            return entity
    return None


def _is_case_bound(form: str) -> bool:
    """A name in one word that is written with capitals ("SAGE"): "sage" is something else."""
    return " " not in form and form != form.lower()
