"""Learn which words part the names of one paper, for ``kg/extract/data/alike.tsv``.

    python scripts/learn_alike.py GOLD.jsonl PAPERS.jsonl [GOLD PAPERS ...] [--folds N]

Every pair of spellings that the gold has for things of one type in a paper, and that begin or end alike, is an example:
one thing, or two. A logistic regression with a penalty on the weights is fitted to `kg.extract.alike.features`. With
``--folds`` nothing is written: pairs are judged by weights of other papers and the precision and recall of some
thresholds printed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.extract.acronyms import find_pairs
from kg.extract.alike import _FILE, Phrase, Speller, features, numbers
from kg.extract.lexicon import Lexicon
from kg.files import atomic_text
from kg.ontology import load_ontology

_LEAST = 3
"""Pairs that must show a feature."""
_PENALTY = 1.5
_ROUNDS = 400
_RATE = 0.5
_SMALLEST = 0.03

Example = tuple[list[str], bool, int]


def examples(files: Sequence[Path]) -> Iterator[Example]:
    """Features of each pair, whether it is one thing, and the number of the paper."""
    lexicon = Lexicon(load_ontology().terms)
    number = 0
    for gold, papers in zip(files[::2], files[1::2], strict=True):
        texts = {record["id"]: f"{record['title']}\n{record['abstract']}" for record in _records(papers)}
        for record in _records(gold):
            text = texts[record["id"]]
            explained = {text[a:b]: text[c:d] for (a, b), (c, d) in find_pairs(text)}
            speller = Speller(lexicon, explained)
            number += 1
            for found, same in _pairs(text, record["entities"], speller):
                yield found, same, number


def _records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _pairs(text: str, entities: list[dict], speller: Speller) -> Iterator[tuple[list[str], bool]]:
    phrases: dict[tuple[str, tuple[str, ...]], Phrase] = {}
    things: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    places = [(max(0, text.find(form)), place, form) for place, e in enumerate(entities) for form in _forms(e)]
    for start, place, form in sorted(places):
        phrase = speller.phrase(form, start)
        key = (entities[place]["type"], phrase.words)
        phrases.setdefault(key, phrase)
        things.setdefault(key, set()).add(place)
    for one, other in combinations(phrases, 2):
        comparable = one[0] == other[0] and numbers(one[1]) == numbers(other[1])
        if comparable and (found := features(phrases[one], phrases[other], one[0])):
            yield found, bool(things[one] & things[other])


def _forms(entity: dict) -> tuple[str, ...]:
    return (entity["name"], *entity["aliases"])


def fit(chosen: Sequence[Example]) -> dict[str, float]:
    """Weights by feature; the intercept is that of the empty name."""
    counts = Counter(name for found, _, _ in chosen for name in set(found))
    names = ["", *sorted(name for name, count in counts.items() if count >= _LEAST)]
    place = {name: index for index, name in enumerate(names)}
    rows = [(row, place[name]) for row, (found, _, _) in enumerate(chosen) for name in (*found, "") if name in place]
    row, column = np.array(rows).T
    same = np.array([float(answer) for _, answer, _ in chosen])
    weights, squares = np.zeros(len(names)), np.full(len(names), 1e-8)
    for _ in range(_ROUNDS):
        logits = np.bincount(row, weights[column], len(chosen))
        error = 1 / (1 + np.exp(-logits)) - same
        slope = np.bincount(column, error[row], len(names)) + _PENALTY * weights
        squares += slope**2
        weights -= _RATE * slope / np.sqrt(squares)
    return dict(zip(names, weights.tolist(), strict=True))


def chances(weights: dict[str, float], chosen: Sequence[Example]) -> list[float]:
    """Probabilities of the examples."""
    totals = [weights[""] + sum(weights.get(name, 0.0) for name in found) for found, _, _ in chosen]
    return [float(1 / (1 + np.exp(-total))) for total in totals]


def cross_validate(known: Sequence[Example], folds: int) -> None:
    """Print precision and recall of thresholds over held-out pairs."""
    judged: list[tuple[float, bool]] = []
    for fold in range(folds):
        weights = fit([example for example in known if example[2] % folds != fold])
        held = [example for example in known if example[2] % folds == fold]
        judged += zip(chances(weights, held), (same for _, same, _ in held), strict=True)
    whole = sum(same for _, same in judged)
    print(f"pairs\t{len(judged)}\tone thing\t{whole}")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        taken = [same for chance, same in judged if chance >= least]
        print(f"{least}\tprecision {sum(taken) / max(1, len(taken)):.3f}\trecall {sum(taken) / max(1, whole):.3f}")


def main() -> None:
    """Write the table, or print what cross-validation says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="gold and papers, in turn")
    parser.add_argument("--folds", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    known = list(examples(arguments.files))
    if arguments.folds:
        cross_validate(known, arguments.folds)
        return
    weights = fit(known)
    with atomic_text(_FILE) as stream:
        for name, weight in sorted(weights.items()):
            if not name or abs(weight) >= _SMALLEST:
                stream.write(f"{name}\t{weight:.2f}\n")


if __name__ == "__main__":
    main()
