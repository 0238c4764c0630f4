"""What a graphics card could spare, and what it would change: the network's share, and the graph made over for CUDA.

    scripts/bench_device.py PAPERS.jsonl [--gold GOLD.jsonl] [--provider CUDAExecutionProvider] [--most 200]

Without --provider the graph made over runs on the processor: the same function, far slower, for where there is no card.
Times are those of the processor, one thread. The yardstick for differences is the shipped graph with the optimisations
of onnxruntime turned off: the same numbers, added in another order.
"""

import argparse
import json
import platform
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime

from kg.data import Paper
from kg.extract import load_extractor, to_record
from kg.extract.model import runtime
from kg.extract.model.device import open_together
from kg.extract.model.encode import Window
from kg.extract.model.network import Network, OneByOne, Read, open_network, session_options
from kg.ontology import load_ontology
from kg.pipeline.within import annotate_within
from kg.read import DEFAULT_LIMITS, read_papers
from kg.scorecard import count_paper, figures

Record = dict[str, object]


@dataclass
class Watched:
    """A network that keeps what it said, and counts the seconds."""

    network: Network
    seconds: float = 0.0
    said: list[Read] = field(default_factory=list)

    @property
    def batch(self) -> int:
        return self.network.batch

    def read(self, windows: Sequence[Window]) -> list[Read]:
        begun = time.process_time()
        said = self.network.read(windows)
        self.seconds += time.process_time() - begun
        self.said += said
        return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--gold", type=Path, help="annotations of these papers, to score what is found")
    parser.add_argument("--provider", default="CPUExecutionProvider")
    parser.add_argument("--most", type=int, default=200, help="how many papers")
    arguments = parser.parse_args()
    papers = [
        found for found in islice(read_papers([str(arguments.papers)]), arguments.most) if isinstance(found, Paper)
    ]
    gold = arguments.gold.read_text(encoding="utf-8").splitlines() if arguments.gold else []
    wanted = {record["id"]: record for record in map(json.loads, gold)}
    version = onnxruntime.__version__
    print(f"{len(papers)} papers, {platform.machine()}, Python {platform.python_version()}, onnxruntime {version}")
    shipped, records = _found(papers, wanted, lambda path: open_network(path, "cpu", threads=1), "as shipped")
    print("\n| beside what ships | probabilities, mean | 99 % | most | of mentions lost | new |")
    _beside(shipped, records, papers, wanted, _plain, "optimisations off")
    _beside(shipped, records, papers, wanted, lambda path: open_together(path, arguments.provider), "made over")


def _found(
    papers: list[Paper], wanted: dict[str, Record], opening: Callable[[Path], Network], name: str
) -> tuple[Watched, list[Record]]:
    """What is found with a network, and its share of the time."""
    watched: list[Watched] = []

    def opened(path: Path, *_: object) -> Watched:
        watched.append(Watched(opening(path)))
        return watched[0]

    runtime.open_network = opened
    extractor = load_extractor(load_ontology(), extractors=None)
    list(annotate_within(extractor, papers[:4], DEFAULT_LIMITS))
    watched[0].seconds = 0
    watched[0].said.clear()
    begun = time.process_time()
    records = [to_record(annotated) for annotated in annotate_within(extractor, papers, DEFAULT_LIMITS)]
    seconds = time.process_time() - begun
    share = watched[0].seconds / seconds
    score = _score(records, wanted) if wanted else ""
    print(f"{name}: {1000 * seconds / len(papers):.1f} ms a paper, the network {share:.0%} of it{score}", flush=True)
    return watched[0], records


def _score(records: list[Record], wanted: dict[str, Record]) -> str:
    total: Counter[str] = Counter()
    for record in records:
        if record["id"] in wanted:
            total.update(count_paper(record, wanted[str(record["id"])])[0])
    card = figures(total)
    return f"; F1 of entities {card['entities'].f1:.3f}, of entities without type {card['untyped'].f1:.3f}"


def _beside(
    shipped: Watched,
    records: list[Record],
    papers: list[Paper],
    wanted: dict[str, Record],
    opening: Callable[[Path], Network],
    name: str,
) -> None:
    other, others = _found(papers, wanted, opening, name)
    pairs = [(a[part], b[part]) for a, b in zip(shipped.said, other.said, strict=True) for part in (0, 1)]
    apart = np.concatenate([np.abs(a - b).max(axis=1) for a, b in pairs])
    mine, theirs = _mentions(records), _mentions(others)
    lost, new = (len(some - rest) / len(mine) for some, rest in ((mine, theirs), (theirs, mine)))
    row = (name, f"{apart.mean():.4f}", f"{np.quantile(apart, 0.99):.3f}", f"{apart.max():.2f}")
    print(f"| {' | '.join(row)} | {lost:.1%} | {new:.1%} |", flush=True)


def _mentions(records: list[Record]) -> set[tuple[object, ...]]:
    return {
        (record["id"], mention["start"], mention["end"], mention["type"])
        for record in records
        for mention in record["mentions"]  # type: ignore[attr-defined]
    }


def _plain(path: Path) -> OneByOne:
    options = session_options(1)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return OneByOne(onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))


if __name__ == "__main__":
    main()
