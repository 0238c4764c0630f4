#!/usr/bin/env python3
"""Train the entity extractor: mine, pretrain, fit, rank, ship. See scripts/train/README.md for the whole recipe.

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
    _fit(commands.add_parser("fit", help="teach it types and roles from gold; predict what was held out"))
    _rank(commands.add_parser("rank", help="grow the ranker on predictions for papers not trained on"))
    _ship(commands.add_parser("ship", help="export to ONNX int8, write the data folder and score it"))
    args = parser.parse_args()
    stages.STAGES[args.command](args)


def _mine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--papers", type=Path, required=True, help="folder of gzipped JSON Lines")
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="papers whose keywords must not count")


def _pretrain(parser: argparse.ArgumentParser) -> None:
    _mine(parser)
    parser.add_argument("--most", type=int, default=6000, help="papers with machine-made keywords to learn from")


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="of the checkpoint and the predictions")
    parser.add_argument("--gold", action="append", required=True, metavar="GOLD=PAPERS", help="to train on")
    parser.add_argument("--predict", action="append", default=[], metavar="GOLD=PAPERS", help="held out, to predict")
    parser.add_argument("--fold", default="", metavar="K/N", help="hold out every N-th paper and predict it")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20261121)


def _rank(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("predictions", nargs="+", help="names that `fit` wrote predictions under")
    parser.add_argument("--gold", action="append", required=True, metavar="GOLD=PAPERS")


def _ship(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="checkpoint to ship")
    parser.add_argument("--threshold", type=float, default=0.45)
    parser.add_argument("--gold", action="append", default=[], metavar="GOLD=PAPERS", help="to measure on")


if __name__ == "__main__":
    main()
