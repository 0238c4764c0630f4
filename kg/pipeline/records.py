"""``papers.jsonl``: the extraction records with the ids that resolution gave."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.data import Resolution, ResolvedPaper
from kg.extract import to_record
from kg.files import atomic_text
from kg.graph import paper_ids


def resolved_record(paper: ResolvedPaper, node: str) -> dict[str, Any]:
    """The record of `kg extract`, with ``node`` (the paper in the graph) and an ``entity`` id in every entity."""
    record = to_record(paper.annotated)
    record["node"] = node
    for entity, entity_id in zip(record["entities"], paper.entity_ids, strict=True):
        entity["entity"] = entity_id
    return record


def write_papers(resolution: Resolution, path: Path) -> None:
    """One JSON object a line, in the order of the papers."""
    deque(recorded(resolution.papers, paper_ids(paper.annotated.paper for paper in resolution.papers), path), maxlen=0)


def recorded(papers: Iterable[ResolvedPaper], nodes: Iterable[str], path: Path) -> Iterator[ResolvedPaper]:
    """The papers as they come, each written to `path` on its way; the file is there once all have been asked for."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with atomic_text(path) as stream:
        for paper, node in zip(papers, nodes, strict=True):
            stream.write(encode(resolved_record(paper, node)) + "\n")
            yield paper
