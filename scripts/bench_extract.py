"""Abstracts a second of `kg`'s extractor beside spaCy's stock English pipeline, alternately and on the same abstracts.

    scripts/bench_extract.py PAPERS.jsonl [--stock PYTHON] [--rounds 3] [--processes 1 2]

PYTHON is the interpreter of an environment that has the stock pipeline `en_core_web_sm` 3.8 (or a package that carries
it, named with --package); without it only `kg` is measured. Each round starts fresh processes, one after the other;
of several processes each takes its share of the abstracts. Times are by the clock, after warming up: trust the ratio.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
from pathlib import Path

OURS = """
import json, resource, sys, time
from kg.data import Paper
from kg.extract import load_extractor
from kg.ontology import load_ontology
texts = json.load(sys.stdin)
names = sys.argv[1].split(",") if sys.argv[1] else None
extractor = load_extractor(load_ontology(), extractors=names)
papers = [Paper(str(number), title, abstract) for number, (title, abstract) in enumerate(texts)]
list(extractor.annotate(papers[:4]))
start = time.perf_counter()
found = sum(len(annotated.entities) for annotated in extractor.annotate(papers))
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found]))
"""
STOCK = """
import importlib, json, resource, sys, time
nlp = importlib.import_module(sys.argv[1]).load()
texts = ["\\n".join(pair) for pair in json.load(sys.stdin)]
list(nlp.pipe(texts[:4]))
start = time.perf_counter()
found = sum(len(doc.ents) for doc in nlp.pipe(texts))
print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, help="JSON Lines with title and abstract")
    parser.add_argument("--stock", default="", help="interpreter of the environment with the stock pipeline")
    parser.add_argument("--package", default="en_core_web_sm", help="module that carries it")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    records = map(json.loads, arguments.papers.read_text(encoding="utf-8").splitlines())
    texts = [(record["title"], record["abstract"]) for record in records]
    rules = "acronym,cue,extension,lexicon,name,title"
    contenders = {
        "kg, rules and model": [sys.executable, "-c", OURS, ""],
        "kg, rules alone": [sys.executable, "-c", OURS, rules],
    }
    if arguments.stock:
        contenders["stock pipeline"] = [arguments.stock, "-c", STOCK, arguments.package]
    print(
        f"{len(texts)} abstracts, {arguments.rounds} rounds, {platform.machine()}, Python {platform.python_version()}"
    )
    print("\n| | processes | abstracts a second | memory of a process, MB |\n|---|---|---|---|")
    for processes in arguments.processes:
        measured: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for _ in range(arguments.rounds):
            for name, command in contenders.items():
                measured[name].append(_measure(command, texts, processes))
        for name, runs in measured.items():
            rate, memory = statistics.median(run[0] for run in runs), max(run[1] for run in runs)
            print(f"| {name} | {processes} | {rate:.1f} | {memory:.0f} |", flush=True)


def _measure(command: list[str], texts: list[tuple[str, str]], processes: int) -> tuple[float, float]:
    """Abstracts a second and the largest memory of a process."""
    running = []
    for number in range(processes):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append((process, json.dumps(texts[number::processes])))
    for process, given in running:
        assert process.stdin is not None
        process.stdin.write(given)
        process.stdin.close()
    seconds, memory = [], []
    for process, _ in running:
        assert process.stdout is not None
        took, used, _ = json.loads(process.stdout.read())
        if process.wait() != 0:
            sys.exit(f"a process ended with {process.returncode}")
        seconds.append(took)
        memory.append(used)
    return len(texts) / max(seconds), max(memory)


if __name__ == "__main__":
    main()
