"""What a build is asked to do, and what it has done."""

from dataclasses import dataclass, field
from pathlib import Path

from kg.data import Rejection
from kg.query import Violation
from kg.read import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """What is written. ``formats`` empty means the default ones; ``provenance`` is ``none``, ``compact`` or ``full``.

    ``html_top`` keeps the strongest nodes on the page (0: all), ``html_focus`` those within ``html_hops`` of one name.
    No more than ``shown`` nodes are drawn in any file; the explorer has been tried with 260,000.
    """

    formats: tuple[str, ...] = ()
    provenance: str = "compact"
    html_top: int = 0
    html_focus: str = ""
    html_hops: int = 2
    shown: int = 300_000


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Settings of a build. ``since`` drops older papers.

    ``device`` is where the trained model runs, ``cpu`` or ``cuda``. ``jobs`` 0 means as many processes as cores and
    memory carry, or one that has the graphics card to itself. ``room`` is how many records of one kind (papers, nodes,
    assertions) are held in memory; more lie on disk.
    """

    ontology: tuple[Path, ...] = ()
    overrides: tuple[Path, ...] = ()
    format_name: str = ""
    since: str = ""
    jobs: int = 0
    min_score: float = 0.0
    extractors: tuple[str, ...] = ()
    device: str = "cpu"
    output: OutputOptions = OutputOptions()
    limits: Limits = DEFAULT_LIMITS
    room: int = 200_000


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: counts by name, seconds by stage, what was refused or breaks a shape, where the files are.

    ``timings`` are seconds on the clock (the store is built and validated while other files are exported), ``cpu``
    those of a processor.
    """

    folder: Path
    counts: dict[str, int]
    timings: dict[str, float]
    rejections: tuple[Rejection, ...]
    extracted: int
    written: tuple[str, ...] = field(default=())
    violations: tuple[Violation, ...] = ()
    cpu: dict[str, float] = field(default_factory=dict)
