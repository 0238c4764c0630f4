"""``report.json``: what was read, refused, merged and written, by which versions, in how much time."""

import json
import platform
from collections import Counter
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import kg
from kg.data import Graph, Rejection, Resolution
from kg.files import atomic_text
from kg.ontology import Ontology
from kg.pipeline.options import BuildReport
from kg.query import Violation

_LIBRARIES = ("spacy", "networkx", "rdflib", "pyoxigraph", "onnxruntime")


def counts(graph: Graph, resolution: Resolution, papers: int, mentions: int) -> dict[str, int]:
    """Nodes by type, assertions by predicate and totals, in alphabetical order."""
    types = Counter(f"nodes.{node.type}" for node in graph.nodes)
    predicates = Counter(f"assertions.{assertion.predicate}" for assertion in graph.assertions)
    totals = {
        "papers": papers,
        "mentions": mentions,
        "entities": len(resolution.entities),
        "nodes": len(graph.nodes),
        "assertions": len(graph.assertions),
        "merges": len(resolution.merges),
    }
    return dict(sorted({**types, **predicates, **totals}.items()))


def write_report(path: Path, build: BuildReport, resolution: Resolution, ontology: Ontology, fingerprint: str) -> None:
    """Write the report. All of it but ``timings``, ``cpu`` and ``versions`` depends on the input alone."""
    report: dict[str, Any] = {
        "counts": build.counts,
        "rejections": [asdict(item) for item in build.rejections],
        "violations": [asdict(item) for item in build.violations],
        "merges": [asdict(item) for item in resolution.merges],
        "timings": {stage: round(seconds, 3) for stage, seconds in build.timings.items()},
        "cpu": {stage: round(seconds, 3) for stage, seconds in build.cpu.items()},
        "versions": {
            "kg": kg.__version__,
            "ontology": f"{ontology.version} {ontology.digest[:12]}",
            "extractor": fingerprint[:12],
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
    }
    with atomic_text(path) as stream:
        json.dump(report, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def read_report(folder: Path, files: tuple[str, ...], timings: dict[str, float]) -> BuildReport | None:
    """What an earlier run reported of a folder whose `files` are still current; `timings` are those of this run.

    None if the report is damaged.
    """
    try:
        told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        rejections = tuple(Rejection(**item) for item in told["rejections"])
        found = tuple(Violation(**item) for item in told["violations"])
        counted = dict(told["counts"])
    except (ValueError, KeyError, TypeError):
        return None
    return BuildReport(folder, counted, {**timings, "extract": 0.0}, rejections, 0, files, found)
