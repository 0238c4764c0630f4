"""The stages of the recipe, each a function of the command line's arguments."""

import argparse
import json
import pickle
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from kg.extract.model.clusters import Scores
from kg.extract.model.known import Corpus, read_acronyms
from kg.extract.model.phrases import Phrases, read_phrases
from kg.extract.model.runtime import DATA, load_model
from kg.extract.model.trees import write_trees
from scripts.train.corpus import (
    count_acronyms,
    count_phrases,
    read_corpora,
    title_key,
    write_acronyms,
    write_phrases,
)
from scripts.train.examples import Prepared, gold_examples, keyword_examples, prepare
from scripts.train.fit import Plan, fit, gold_loss, keyword_loss
from scripts.train.forest import as_trees
from scripts.train.gold import ROLES, TYPES, GoldPaper, read_gold
from scripts.train.grow import cluster_table, grow_roles, grow_types
from scripts.train.network import SpanNetwork, new_network
from scripts.train.pairs import merged_clusters
from scripts.train.score import mention_entities, score_papers
from scripts.train.ship import write_data_folder
from scripts.train.tally import tally, write_known

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
    """Train on gold; writes ``NAME.pt`` and the predictions for what was held out, ``NAME.pkl``."""
    phrases, tokenizer = _resources(args)
    papers = _gold(args.gold)
    random.Random(_SHUFFLE).shuffle(papers)
    held = _gold(args.predict)
    if args.fold:
        fold, folds = map(int, args.fold.split("/"))
        held += papers[fold::folds]
        papers = [paper for index, paper in enumerate(papers) if index % folds != fold]
    examples = [
        example
        for paper in papers
        for example in gold_examples(paper, prepare(paper.title, paper.abstract, phrases, tokenizer))
    ]
    network = new_network(args.encoder)
    network.load_state_dict(torch.load(args.work / "pretrained.pt"))
    network = fit(network, examples, Plan(epochs=args.epochs, seed=args.seed), gold_loss, _say)
    torch.save(network.state_dict(), args.work / f"{args.name}.pt")
    scores = score_papers(network, _prepared(held, phrases, tokenizer))
    found = {paper.id: (score.types, score.roles) for paper, score in zip(held, scores, strict=True)}
    (args.work / f"{args.name}.pkl").write_bytes(pickle.dumps(found))


def rank(args: argparse.Namespace) -> None:
    """Grow the ranker on held-out predictions; writes ``ranker.npz`` and ``known.tsv.gz``."""
    phrases, tokenizer = _resources(args)
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for name in args.predictions:
        found |= pickle.loads((args.work / f"{name}.pkl").read_bytes())
    papers = [paper for paper in _gold(args.gold) if paper.id in found]
    scores = [Scores(*found[paper.id]) for paper in papers]
    prepared = _prepared(papers, phrases, tokenizer)
    known = tally(papers, prepared)
    corpus = Corpus(phrases, known, read_acronyms(DATA / "acronyms.tsv.gz"))
    merged, pair_trees = merged_clusters(papers, prepared, scores, corpus)
    table = cluster_table(papers, prepared, scores, merged, corpus)
    ensembles = {
        "types": as_trees(grow_types(table), len(TYPES)),
        "roles": as_trees(grow_roles(table), len(ROLES)),
        "pairs": pair_trees,
    }
    write_trees(args.work / "ranker.npz", ensembles)
    write_known(known, args.work / "known.tsv.gz")
    print(f"{len(papers)} papers, {len(table.types)} clusters, {(table.types > 0).sum()} right")


def ship(args: argparse.Namespace) -> None:
    """Write the data folder; then predict each gold file with what was shipped, as ``GOLD.predicted.jsonl``."""
    network = SpanNetwork(new_network(args.encoder).encoder)
    network.load_state_dict(torch.load(args.work / f"{args.name}.pt"))
    write_data_folder(network, args.work, args.encoder, args.threshold)
    model = load_model(threads=args.threads)
    for pair in args.gold:
        records = []
        for paper in _gold([pair]):
            entities = mention_entities(model.predict([(paper.title, paper.abstract)])[0])
            records.append({"id": paper.id, "entities": entities, "links": [], "results": []})
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (args.work / f"{Path(pair).stem}.predicted.jsonl").write_text(lines, encoding="utf-8")


STAGES: dict[str, Callable[[argparse.Namespace], None]] = {
    "mine": mine,
    "pretrain": pretrain,
    "fit": fit_gold,
    "rank": rank,
    "ship": ship,
}


def _resources(args: argparse.Namespace) -> tuple[Phrases, Tokenizer]:
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return read_phrases(DATA / "phrases.tsv.gz"), tokenizer


def _gold(pairs: Iterable[str]) -> list[GoldPaper]:
    split = [pair.partition("=") for pair in pairs]
    return [paper for gold, _, papers in split for paper in read_gold(Path(gold), Path(papers))]


def _prepared(papers: Sequence[GoldPaper], phrases: Phrases, tokenizer: Tokenizer) -> list[Prepared]:
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
