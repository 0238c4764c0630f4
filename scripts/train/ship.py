"""The data folder of the package: graph, tokenizer, ranker, phrases, settings with digests."""

import hashlib
import json
import shutil
from pathlib import Path

from kg.extract.model.clusters import FEATURES
from kg.extract.model.phrases import read_phrases
from kg.extract.model.pieces import WordPieces
from kg.extract.model.runtime import DATA, FILES
from scripts.train.batches import collate
from scripts.train.examples import prepare
from scripts.train.export import export
from scripts.train.gold import ROLES, TYPES
from scripts.train.network import Batch, SpanNetwork
from scripts.train.score import ALLOWED


def export_network(network: SpanNetwork, folder: Path) -> Path:
    """Write ``model.fp32.onnx`` and its int8 version into a folder; returns the path of the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    _, small = export(network, _example_batch(), folder)
    return small


def write_data_folder(network: Path, work: Path, tokenizer_folder: Path, threshold: float) -> None:
    """Write everything that `kg.extract.model.runtime.load_model` reads; ``config.json`` last, with the digests."""
    write_tokenizer(tokenizer_folder / "tokenizer.json", DATA / "tokenizer.json")
    shutil.copyfile(network, DATA / "model.onnx")
    for name in ("ranker.npz", "known.tsv.gz", "wording.tsv.gz"):
        shutil.copyfile(work / name, DATA / name)
    config = {
        "types": TYPES,
        "roles": ROLES,
        "allowed": ALLOWED,
        "thresholds": dict.fromkeys(TYPES[1:], threshold),
        "features": len(FEATURES),
        "sha256": {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest() for name in FILES},
    }
    (DATA / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def write_tokenizer(source: Path, target: Path) -> None:
    """Copy the tokenizer without its padding and truncation, which belong to its first life."""
    record = json.loads(source.read_text(encoding="utf-8"))
    record["padding"] = record["truncation"] = None
    target.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _example_batch() -> Batch:
    tokenizer = WordPieces.from_file(DATA / "tokenizer.json")
    phrases = read_phrases(DATA / "phrases.tsv.gz")
    return collate(prepare("A Network for Tracing", "We trace it.", phrases, tokenizer).windows)
