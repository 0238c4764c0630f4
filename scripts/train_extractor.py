#!/usr/bin/env python3
"""Train the entity extractor: mine, pretrain, fit, predict or fold, rank, ship. Recipe: scripts/train/README.md.

Run from the repository's root in an environment with the extra ``train`` and scikit-learn.
"""

import argparse
from pathlib import Path

from scripts.train import stages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with MiniLM's config, weights, tokenizer")
    parser.add_argument("--work", type=Path, default=Path("output/train"), help="checkpoints and predictions")
    parser.add_argument("--threads", type=int, default=2)
    commands = parser.add_subparsers(dest="command", required=True)
    _mine(commands.add_parser("mine", help="count keywords over unlabelled papers"))
    _pretrain(commands.add_parser("pretrain", help="teach the network what a keyword is"))
    _fit(commands.add_parser("fit", help="teach it types and roles from gold; export to ONNX int8"))
    _predict(commands.add_parser("predict", help="score papers that it did not learn from"))
    _fold(commands.add_parser("fold", help="score papers by networks that learned from the others (cross-validation)"))
    _rank(commands.add_parser("rank", help="grow ranker and judge on those scores"))
    _ship(commands.add_parser("ship", help="write the data folder of the package"))
    args = parser.parse_args()
    stages.STAGES[args.command](args)


def _mine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--papers", type=Path, required=True, help="folder of gzipped JSON Lines")
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="papers whose keywords must not count")


def _pretrain(parser: argparse.ArgumentParser) -> None:
    _mine(parser)
    parser.add_argument("--most", type=int, default=6000, help="papers with machine-made keywords to learn from")


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="of the checkpoint")
    parser.add_argument("--gold", action="append", required=True, metavar="GOLD=PAPERS", help="to train on")
    _plan(parser)


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--start", default="pretrained", help="checkpoint to start from")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--encoder-rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--renamed", type=float, default=0.0, help="share of papers read under other names")
    parser.add_argument("--most-seconds", type=float, default=0.0, help="end by the clock; 0: after the last epoch")
    parser.add_argument("--seed", type=int, default=20261121)


def _predict(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="of the checkpoint")
    parser.add_argument("--gold", action="append", required=True, metavar="GOLD=PAPERS", help="not trained on")


def _fold(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="of the checkpoints, one for each fold, and of the scores")
    parser.add_argument("--gold", action="append", required=True, metavar="GOLD=PAPERS", help="to train on and score")
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--only", type=int, help="train and score this fold alone, to run the folds side by side")
    _plan(parser)


def _rank(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="whose scores `predict` or `fold` wrote; several, joined by commas")
    parser.add_argument("--gold", action="append", required=True, metavar="GOLD=PAPERS", help="all gold, for the tally")


def _ship(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="checkpoint to ship")
    parser.add_argument("--threshold", type=float, default=0.45)


if __name__ == "__main__":
    main()
