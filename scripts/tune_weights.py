"""Search for the weights with which rules and model are put together (`kg.extract.decide.WEIGHTS`).

    scripts/tune_weights.py NAME.gold.jsonl=NAME.papers.jsonl ... [--minutes 4] [--seed 1]

Use annotated papers that the model did not learn from, and not those that the scorecard is made on. Every extractor
proposes once; then weights, votes on the type and the least score are changed at random, one to three at a time, and
a change stays if the objective rises: typed F1, and a little of untyped F1, role accuracy and introduced-with-role.
"""

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

from kg.data import Paper
from kg.extract import EXTRACTORS, assemble, decide, to_record
from kg.extract.reading import read
from kg.ontology import Ontology, load_ontology
from kg.read import read_papers
from kg.scorecard import Ratio, count_paper, figures

EMPTY = {"entities": [], "links": [], "results": []}
Setting = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", metavar="GOLD=PAPERS")
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    ontology = load_ontology()
    proposers = {name: make(ontology) for name, make in EXTRACTORS.items()}
    papers = []
    for pair in arguments.gold:
        gold_file, paper_file = pair.split("=")
        lines = Path(gold_file).read_text(encoding="utf-8").splitlines()
        gold = {record["id"]: record for record in map(json.loads, lines)}
        for paper in read_papers([paper_file]):
            if isinstance(paper, Paper) and paper.id in gold:
                reading = read(paper)
                found = [one for proposer in proposers.values() for one in proposer.propose(reading)]
                papers.append((reading, found, gold[paper.id]))
    best = start()
    card = score(best, papers, ontology)
    rng = random.Random(arguments.seed)
    print(len(papers), "papers;", describe(card), flush=True)
    end = time.monotonic() + 60 * arguments.minutes
    while time.monotonic() < end:
        tried = changed(best, rng)
        found_card = score(tried, papers, ontology)
        if objective(found_card) > objective(card):
            best, card = tried, found_card
            print(describe(card), flush=True)
    print(json.dumps(best, indent=1))


def start() -> Setting:
    setting = {"least": decide.LEAST_BESIDE}
    for name, row in decide.WEIGHTS.items():
        if name != "extension":
            setting |= {f"beside {name}": row.beside, f"kind {name}": row.kind_beside}
    return setting


def changed(setting: Setting, rng: random.Random) -> Setting:
    tried = dict(setting)
    for key in rng.sample(list(tried), rng.choice((1, 1, 2, 3))):
        if key.startswith("kind"):
            tried[key] *= rng.choice((0.5, 0.7, 1.4, 2.0))
        else:
            tried[key] = min(1.0, max(0.0, round(tried[key] + rng.choice((-0.15, -0.08, -0.04, 0.04, 0.08, 0.15)), 3)))
    return tried


def score(setting: Setting, papers: list, ontology: Ontology) -> dict:
    """The scorecard under a setting."""
    rows = {"extension": decide.WEIGHTS["extension"]}
    for name in EXTRACTORS:
        if name != "extension":
            rows[name] = decide.Weights(0.0, setting[f"beside {name}"], 0.0, setting[f"kind {name}"])
    decide.WEIGHTS = rows
    assemble.LEAST_BESIDE = setting["least"]
    assembler = assemble.Assembler(ontology, with_model=True)
    total: Counter[str] = Counter()
    for reading, found, gold in papers:
        total.update(count_paper(to_record(assembler.assemble(reading, found)), gold or EMPTY)[0])
    return figures(total)


def objective(card: dict) -> float:
    typed, untyped = card["entities"], card["untyped"]
    assert isinstance(typed, Ratio)
    assert isinstance(untyped, Ratio)
    return typed.f1 + 0.1 * untyped.f1 + 0.05 * (card["introduced with role"] + card["role accuracy"])


def describe(card: dict) -> str:
    f1 = {name: round(value.f1, 3) for name, value in card.items() if isinstance(value, Ratio)}
    return f"typed {f1['entities']}, untyped {f1['untyped']}, role accuracy {card['role accuracy']:.3f}"


if __name__ == "__main__":
    main()
