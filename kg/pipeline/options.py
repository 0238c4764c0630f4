"""What a build is asked to do, and what it has done."""

from dataclasses import dataclass, field
from pathlib import Path

from kg.data import Rejection
from kg.query import Violation


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Settings of a build. ``jobs`` 0 means as many processes as there are cores; ``formats`` empty means all."""

    ontology: tuple[Path, ...] = ()
    overrides: tuple[Path, ...] = ()
    format_name: str = ""
    jobs: int = 0
    min_score: float = 0.0
    extractors: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    provenance: str = "compact"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: counts by name, seconds by stage, what was refused or breaks a shape, where the files are."""

    folder: Path
    counts: dict[str, int]
    timings: dict[str, float]
    rejections: tuple[Rejection, ...]
    extracted: int
    written: tuple[str, ...] = field(default=())
    violations: tuple[Violation, ...] = ()
