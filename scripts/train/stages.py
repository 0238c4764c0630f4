"""The stages of the recipe, each a function of the command line's arguments."""

import argparse
import json
import pickle
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from kg.extract.assemble import Assembler
from kg.extract.credit import of_methods, of_metrics
from kg.extract.describe import Case, Describer
from kg.extract.judge import Verdict
from kg.extract.model.clusters import Scores
from kg.extract.model.known import Corpus, read_acronyms
from kg.extract.model.network import OneByOne
from kg.extract.model.phrases import Phrases, read_phrases
from kg.extract.model.pieces import WordPieces
from kg.extract.model.runtime import DATA, SpanModel, load_model
from kg.extract.model.spans import candidate_spans
from kg.extract.model.trees import Trees, write_trees
from kg.extract.model.wording import Wording
from kg.extract.model.words import split_words
from kg.extract.offers import Setting
from kg.extract.placer import FEATURES as PLACING
from kg.extract.results import ResultReader
from kg.ontology import Ontology, load_ontology
from scripts.train.corpus import (
    count_acronyms,
    count_phrases,
    read_corpora,
    title_key,
    write_acronyms,
    write_phrases,
)
from scripts.train.credit import credits_of
from scripts.train.credit import cross_accuracy as credit_accuracy
from scripts.train.examples import Prepared, gold_examples, keyword_examples, prepare
from scripts.train.fit import Plan, fit, gold_loss, keyword_loss
from scripts.train.forest import as_trees
from scripts.train.gold import ROLES, TYPES, GoldPaper, read_gold
from scripts.train.held import HeldOut
from scripts.train.judge import cases, cross_judged, grow_judge, reliability, table
from scripts.train.network import new_network
from scripts.train.renaming import renamed
from scripts.train.results import choices, cross_accuracy, grow, rule_accuracy
from scripts.train.ship import export_network, write_data_folder
from scripts.train.tally import tally, write_known
from scripts.train.wording import held_out, tallies, wording_of, write_wording

_SHUFFLE = 7


def mine(args: argparse.Namespace) -> None:
    """Write the tables of phrases and acronyms into the model's data folder."""
    papers = list(read_corpora(args.papers))
    write_acronyms(count_acronyms(papers), DATA / "acronyms.tsv.gz")
    counts = count_phrases(papers, _titles(args.exclude))
    write_phrases(counts, DATA / "phrases.tsv.gz")
    print(f"{len(counts)} phrases")


def pretrain(args: argparse.Namespace) -> None:
    """One pass over papers with machine-made keywords; writes ``pretrained.pt``."""
    phrases, tokenizer = _resources(args)
    excluded = _titles(args.exclude)
    papers = [
        paper
        for paper in read_corpora(args.papers)
        if paper.machine_keywords and len(paper.keywords) >= 4 and title_key(paper.title) not in excluded
    ]
    random.Random(1).shuffle(papers)
    examples = [example for paper in papers[: args.most] for example in keyword_examples(paper, phrases, tokenizer)]
    network = fit(new_network(args.encoder), examples, Plan(epochs=1, masked=0.08), keyword_loss, _say)
    torch.save(network.state_dict(), args.work / "pretrained.pt")


def fit_gold(args: argparse.Namespace) -> None:
    """Train on gold; writes ``NAME.pt`` and its ONNX version into the folder ``NAME``."""
    _fit(args, _gold(args.gold), args.name)


def _fit(args: argparse.Namespace, papers: list[GoldPaper], name: str) -> None:
    phrases, tokenizer = _resources(args)
    random.Random(_SHUFFLE).shuffle(papers)
    examples = [
        example
        for paper in renamed(papers, args.renamed, args.seed)
        for example in gold_examples(paper, prepare(paper.title, paper.abstract, phrases, tokenizer))
    ]
    network = new_network(args.encoder)
    network.load_state_dict(torch.load(args.work / f"{args.start}.pt"))
    plan = Plan(args.epochs, args.encoder_rate, args.head_rate, seed=args.seed, most_seconds=args.most_seconds)
    network = fit(network, examples, plan, gold_loss, _say)
    torch.save(network.state_dict(), args.work / f"{name}.pt")
    export_network(network, args.work / name)


def predict(args: argparse.Namespace) -> None:
    """Score papers that a network did not learn from, as the package will; writes ``NAME.scores.pkl``."""
    _predict(args, _gold(args.gold), args.name, args.name)


def _predict(args: argparse.Namespace, papers: Iterable[GoldPaper], network: str, name: str) -> None:
    model = _with_network(args.work / network / "model.onnx")
    found = {}
    for paper in papers:
        words = split_words(paper.title, paper.abstract)
        spans = candidate_spans(words, model.corpus.phrases)
        scores = model.score(words, spans)
        found[paper.id] = (scores.types.astype(np.float32), scores.roles.astype(np.float32))
    (args.work / f"{name}.scores.pkl").write_bytes(pickle.dumps(found))
    print(f"{len(found)} papers")


def fold(args: argparse.Namespace) -> None:
    """Cross-validate the network: each fold of the gold scored by one that learned from the other folds.

    Writes, for fold K, ``NAME-K.pt``, its ONNX version and ``NAME-K.scores.pkl``; `rank` takes these names together.
    """
    papers = _gold(args.gold)
    random.Random(_SHUFFLE).shuffle(papers)
    for at in range(args.folds) if args.only is None else (args.only,):
        name = f"{args.name}-{at}"
        _fit(args, [paper for number, paper in enumerate(papers) if number % args.folds != at], name)
        _predict(args, papers[at :: args.folds], name, name)


def rank(args: argparse.Namespace) -> None:
    """Grow ranker and judge on held-out scores; writes ``ranker.npz``, two tables and prints what to expect."""
    phrases, tokenizer = _resources(args)
    found = {}
    for name in args.name.split(","):
        found |= pickle.loads((args.work / f"{name}.scores.pkl").read_bytes())
    everything = _gold(args.gold)
    known = tally(everything, _prepared(everything, phrases, tokenizer))
    papers = [paper for paper in everything if paper.id in found]
    corpus = Corpus(phrases, known, read_acronyms(DATA / "acronyms.tsv.gz"), Wording({}))
    held = HeldOut.of(papers, _prepared(papers, phrases, tokenizer), [Scores(*found[p.id]) for p in papers], corpus)
    ontology = load_ontology()
    ready = cases(ontology, papers, held.mentions)
    counted = tallies(papers, ready)
    describers = [Describer(ontology, replace(corpus, wording=wording)) for wording in held_out(counted)]
    rows = table(describers, papers, ready)
    judged = cross_judged(ontology, rows, ready)
    settings = _settings(ontology, ready, judged)
    types, roles = grow_judge(rows)
    ensembles = held.ensembles() | {
        "judge-types": as_trees(types, len(TYPES)),
        "judge-roles": as_trees(roles, len(ROLES)),
    }
    if any(paper.results for paper in papers):
        ensembles |= _result_trees(papers, settings)
    write_trees(args.work / "ranker.npz", ensembles)
    write_known(known, args.work / "known.tsv.gz")
    write_wording(wording_of(counted), args.work / "wording.tsv.gz")
    print(f"{len(papers)} papers, {len(rows.types)} things, {(rows.types > 0).sum()} right; held-out scores by tenths:")
    for low, count, mean, right in reliability(rows, judged):
        print(f"| {low:.1f} | {count} | {mean:.3f} | {right:.3f} |")
    (args.work / "judged.pkl").write_bytes(pickle.dumps((papers, ready, judged)))


def _settings(
    ontology: Ontology, ready: Sequence[Case], judged: Sequence[Sequence[Verdict]]
) -> list[Sequence[Setting]]:
    assembler, reader = Assembler(ontology, with_model=True), ResultReader(ontology)
    return [
        list(reader.settings(case.reading, *assembler.entities(case, verdicts)))
        for case, verdicts in zip(ready, judged, strict=True)
    ]


def _result_trees(papers: Sequence[GoldPaper], settings: Sequence[Sequence[Setting]]) -> dict[str, Trees]:
    """The trees for results; prints what they reach on papers that they did not see."""
    placing = choices(papers, settings)
    rule = rule_accuracy(placing, PLACING.index("rule"))
    print(f"results F1: rules {rule:.3f}, trees {cross_accuracy(placing):.3f}")
    grown = {"placing": as_trees(grow(placing.features, placing.right), 2)}
    for name, field, credited in (("metric", "metric", of_metrics), ("method", "by", of_methods)):
        found = credits_of(papers, settings, credited, field)
        print(f"{name} of a figure: {credit_accuracy(found):.3f} right")
        grown[name] = as_trees(grow(found.features, found.right), 2)
    return grown


def ship(args: argparse.Namespace) -> None:
    """Write the data folder of the package."""
    write_data_folder(args.work / args.name / "model.onnx", args.work, args.encoder, args.threshold)


STAGES: dict[str, Callable[[argparse.Namespace], None]] = {
    "mine": mine,
    "pretrain": pretrain,
    "fit": fit_gold,
    "predict": predict,
    "fold": fold,
    "rank": rank,
    "ship": ship,
}


def _resources(args: argparse.Namespace) -> tuple[Phrases, WordPieces]:
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = WordPieces.from_file(args.encoder / "tokenizer.json")
    return read_phrases(DATA / "phrases.tsv.gz"), tokenizer


def _with_network(path: Path) -> SpanModel:
    """The model of the package with another network."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return replace(load_model(), network=OneByOne(onnxruntime.InferenceSession(str(path), options)))


def _gold(pairs: Iterable[str]) -> list[GoldPaper]:
    split = [pair.partition("=") for pair in pairs]
    return [paper for gold, _, papers in split for paper in read_gold(Path(gold), Path(papers))]


def _prepared(papers: Sequence[GoldPaper], phrases: Phrases, tokenizer: WordPieces) -> list[Prepared]:
    return [prepare(paper.title, paper.abstract, phrases, tokenizer) for paper in papers]


def _titles(paths: Iterable[Path]) -> frozenset[str]:
    return frozenset(
        title_key(json.loads(line)["title"])
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )


def _say(line: str) -> None:
    print(line, flush=True)
