"""The trained extractor at run time: onnxruntime and numpy."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.errors import ModelError
from kg.extract.model.clusters import (
    Cluster,
    Scores,
    choose_spans,
    cluster_features,
    cluster_spans,
    rivals,
    role_rows,
)
from kg.extract.model.encode import Window, encode
from kg.extract.model.known import Corpus, read_acronyms, read_known
from kg.extract.model.merge import merge_clusters
from kg.extract.model.network import Network, Read, open_network
from kg.extract.model.phrases import read_phrases
from kg.extract.model.pieces import WordPieces
from kg.extract.model.spans import Spans, candidate_spans
from kg.extract.model.trees import Trees, read_trees, tree_names
from kg.extract.model.wording import read_wording
from kg.extract.model.words import Words, split_words

DATA = Path(__file__).parent / "data"
RESULT_TREES = ("placing", "metric", "method")
FILES = (
    "model.onnx",
    "tokenizer.json",
    "phrases.tsv.gz",
    "known.tsv.gz",
    "wording.tsv.gz",
    "acronyms.tsv.gz",
    "ranker.npz",
)


@dataclass(frozen=True, slots=True)
class ModelMention:
    """A name found in a text. The span is half-open, in code points of title + newline + abstract.

    Type, role and score are those of the thing named, judged over all its mentions in the text: the score is the
    probability that the thing belongs in the graph. ``group`` numbers the things of one text, so that a short form and
    its expansion carry the same number. ``types`` and ``roles`` are the probabilities of all classes, "none" first.
    ``also`` are phrases around or inside the thing's mentions that may spell it too.
    """

    start: int
    end: int
    text: str
    type: str
    role: str
    score: float
    group: int
    types: tuple[float, ...] = ()
    roles: tuple[float, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Judged:
    """A cluster's type, role and score, and the probabilities of all types and roles."""

    type: str
    role: str
    score: float
    types: tuple[float, ...]
    roles: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What `config.json` says: classes in the order of the outputs, roles a type allows, least score a type."""

    types: tuple[str, ...]
    roles: tuple[str, ...]
    allowed: dict[str, tuple[str, ...]]
    thresholds: dict[str, float]


@dataclass(frozen=True, slots=True)
class SpanModel:
    """A loaded model. On a processor texts are read one by one, so what is found in one never depends on the others.

    ``judge_trees``, for types and roles, belong to `kg.extract.judge`, which weighs the model against the rules, and
    ``result_trees`` to `kg.extract.results`; a model that learned from papers without results has none.
    """

    network: Network
    tokenizer: WordPieces
    corpus: Corpus
    type_trees: Trees
    role_trees: Trees
    pair_trees: Trees
    judge_trees: tuple[Trees, Trees]
    result_trees: tuple[Trees, ...]
    settings: Settings

    def predict(self, texts: Sequence[tuple[str, str]], least: float | None = None) -> list[list[ModelMention]]:
        """Mentions of each (title, abstract), in reading order, without overlap.

        ``least`` replaces the thresholds of the settings: 0 gives all that the network would consider.
        """
        size = self.network.batch
        batches = (texts[start : start + size] for start in range(0, len(texts), size))
        return [mentions for batch in batches for mentions in self._predict(batch, least)]

    def _predict(self, texts: Sequence[tuple[str, str]], least: float | None) -> Iterator[list[ModelMention]]:
        split = [split_words(title, abstract) for title, abstract in texts]
        candidates = [(words, candidate_spans(words, self.corpus.phrases)) for words in split]
        for (words, spans), scores in zip(candidates, self.scores(candidates), strict=True):
            if not len(spans.keys):
                yield []
                continue
            clusters = cluster_spans(words, spans, choose_spans(spans, scores))
            clusters = merge_clusters(words, spans, scores, clusters, self.corpus, self.pair_trees)
            yield self.mentions(words, spans, scores, clusters, least)

    def mentions(
        self,
        words: Words,
        spans: Spans,
        scores: Scores,
        clusters: list[Cluster],
        least: float | None = None,
        own: Mapping[str, int] | None = None,
    ) -> list[ModelMention]:
        """Mentions of the clusters that the trees hold for names. ``own``: see `Known.features`; for training."""
        features = cluster_features(words, spans, scores, clusters, self.corpus, own)
        mentions = []
        for group, (cluster, judged) in enumerate(zip(clusters, self._judge(features), strict=True)):
            if judged.score >= (self.settings.thresholds[judged.type] if least is None else least):
                also = tuple(dict.fromkeys(_form(words, spans, row) for row in rivals(spans, scores, cluster)))
                mentions += [replace(mention, also=also) for mention in _mentions(words, spans, cluster, judged, group)]
        return sorted(mentions, key=lambda mention: (mention.start, mention.end))

    def score(self, words: Words, spans: Spans) -> Scores:
        """What the network says of each candidate of one text."""
        return self.scores([(words, spans)])[0]

    def scores(self, texts: Sequence[tuple[Words, Spans]]) -> list[Scores]:
        """What the network says of each candidate of each text."""
        encoded = [encode(words, spans, self.tokenizer) if len(spans.keys) else [] for words, spans in texts]
        windows = [[window for window in some if len(window.rows)] for some in encoded]
        read = iter(self.network.read([window for some in windows for window in some]))
        return [self._joined(len(spans.keys), some, read) for (_, spans), some in zip(texts, windows, strict=True)]

    def _joined(self, count: int, windows: Sequence[Window], read: Iterator[Read]) -> Scores:
        """The scores of `count` candidates: where windows overlap, that with the span further from its edge decides."""
        types = np.zeros((count, len(self.settings.types)))
        roles = np.zeros((count, len(self.settings.roles)))
        margin = np.full(count, -1)
        for window, (type_part, role_part) in zip(windows, read, strict=False):
            edge = np.minimum(window.span_first, len(window.word_first) - 1 - window.span_last)
            better = edge > margin[window.rows]
            rows = window.rows[better]
            margin[rows], types[rows], roles[rows] = edge[better], type_part[better], role_part[better]
        return Scores(types, roles)

    def _judge(self, features: np.ndarray) -> list["_Judged"]:
        """What the trees say of each cluster."""
        if not len(features):
            return []
        types = self.type_trees.probabilities(features)
        kinds = 1 + types[:, 1:].argmax(axis=1)
        roles = self.role_trees.probabilities(role_rows(features, kinds))
        settings = self.settings
        judged = []
        for index, number in enumerate(kinds):
            kind = settings.types[number]
            likely = dict(zip(settings.roles, roles[index], strict=True))
            role = max(settings.allowed[kind], key=likely.__getitem__)
            shares = (tuple(np.round(part[index], 4).tolist()) for part in (types, roles))
            judged.append(_Judged(kind, role, round(float(1 - types[index, 0]), 4), *shares))
        return judged


def _mentions(words: Words, spans: Spans, cluster: Cluster, judged: _Judged, group: int) -> list[ModelMention]:
    mentions = []
    for row in cluster.rows:
        start, end = words.starts[int(spans.first[row])], words.ends[int(spans.last[row])]
        form = words.text[start:end]
        shares = (judged.types, judged.roles)
        mentions.append(ModelMention(start, end, form, judged.type, judged.role, judged.score, group, *shares))
    return mentions


def _form(words: Words, spans: Spans, row: int) -> str:
    return words.text[words.starts[int(spans.first[row])] : words.ends[int(spans.last[row])]]


def load_model(path: Path | None = None, threads: int = 1, device: str = "cpu") -> SpanModel:
    """Load the model from a folder (the one in the package by default) and check every file's digest.

    Raises `ModelError` if a file is missing or is not the one that was shipped, or if the device cannot be used.
    """
    folder = path or DATA
    settings, digests = _read_settings(folder / "config.json")
    for name in FILES:
        _check(folder / name, digests.get(name, ""))
    ranker = folder / "ranker.npz"
    return SpanModel(
        network=open_network(folder / "model.onnx", device, threads),
        tokenizer=WordPieces.from_file(folder / "tokenizer.json"),
        corpus=Corpus(
            read_phrases(folder / "phrases.tsv.gz"),
            read_known(folder / "known.tsv.gz"),
            read_acronyms(folder / "acronyms.tsv.gz"),
            read_wording(folder / "wording.tsv.gz"),
        ),
        type_trees=read_trees(ranker, "types"),
        role_trees=read_trees(ranker, "roles"),
        pair_trees=read_trees(ranker, "pairs"),
        judge_trees=(
            read_trees(ranker, "judge-types"),
            read_trees(ranker, "judge-roles"),
        ),
        result_trees=_result_trees(ranker),
        settings=settings,
    )


def _result_trees(ranker: Path) -> tuple[Trees, ...]:
    """Those of `RESULT_TREES`, or none of them."""
    known = set(RESULT_TREES) <= set(tree_names(ranker))
    return tuple(read_trees(ranker, name) for name in RESULT_TREES) if known else ()


def _read_settings(path: Path) -> tuple[Settings, dict[str, str]]:
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path}: cannot be read ({error}); reinstall the package, or leave out the extractor 'model'"
        ) from error
    settings = Settings(
        types=tuple(config["types"]),
        roles=tuple(config["roles"]),
        allowed={kind: tuple(roles) for kind, roles in config["allowed"].items()},
        thresholds=config["thresholds"],
    )
    return settings, config["sha256"]


def _check(path: Path, expected: str) -> None:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); reinstall the package, or leave out the extractor 'model'"
        ) from error
    if found != expected:
        raise ModelError(
            f"{path}: damaged, SHA-256 {found[:12]}… where config.json says {expected[:12] or 'nothing'}…; reinstall"
        )
