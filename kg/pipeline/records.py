"""``papers.jsonl``: the extraction records with the ids that resolution gave."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.data import ResolvedPaper
from kg.extract import to_record
from kg.files import atomic_text


def resolved_record(paper: ResolvedPaper, node: str) -> dict[str, Any]:
    """The record of `kg extract`, with ``node`` (the paper in the graph) and an ``entity`` id in every entity."""
    record = to_record(paper.annotated)
    record["node"] = node
    for entity, entity_id in zip(record["entities"], paper.entity_ids, strict=True):
        entity["entity"] = entity_id
    return record


def recorded(papers: Iterable[tuple[ResolvedPaper, str]], path: Path) -> Iterator[tuple[ResolvedPaper, str]]:
    """Papers and their ids as they come, each written to `path` on its way, a JSON object a line.

    The file is there once all have been asked for.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with atomic_text(path) as stream:
        for paper, node in papers:
            stream.write(encode(resolved_record(paper, node)) + "\n")
            yield paper, node
