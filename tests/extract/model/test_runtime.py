"""The shipped model, on texts written for the test."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.extract.model.runtime import DATA, SpanModel, load_model

TITLE = "PETALNET: Petal Networks for Image Classification"
ABSTRACT = (
    "Image classification is hard. We propose Petal Networks (PETALNET), which use knowledge distillation from a "
    "Vision Transformer (ViT). On ImageNet and CIFAR-100, PETALNET outperforms ResNet-50 by 3% in accuracy."
)


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return load_model()


def test_mentions_are_exact_spans_in_order_without_overlap(model: SpanModel) -> None:
    (mentions,) = model.predict([(TITLE, ABSTRACT)])
    text = f"{TITLE}\n{ABSTRACT}"
    assert mentions
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("name", "kind", "role"),
    [
        ("PETALNET", "Method", "introduces"),
        ("knowledge distillation", "Method", "uses"),
        ("Image classification", "Task", "addresses"),
        ("ImageNet", "Dataset", "evaluates"),
        ("ResNet-50", "Method", "compares"),
        ("accuracy", "Metric", "reports"),
    ],
)
def test_plain_names_are_found(model: SpanModel, name: str, kind: str, role: str) -> None:
    (mentions,) = model.predict([(TITLE, ABSTRACT)])
    assert (kind, role) in {(mention.type, mention.role) for mention in mentions if mention.text == name}


def test_short_form_and_expansion_are_one_group(model: SpanModel) -> None:
    (mentions,) = model.predict([(TITLE, ABSTRACT)])
    groups = {mention.text: mention.group for mention in mentions}
    assert groups["PETALNET"] == groups["Petal Networks"]


def test_offsets_count_code_points(model: SpanModel) -> None:
    title = f"𝔸😀é {TITLE}"
    (mentions,) = model.predict([(title, ABSTRACT)])
    assert all(f"{title}\n{ABSTRACT}"[mention.start : mention.end] == mention.text for mention in mentions)


def test_a_text_is_read_alike_in_any_company(model: SpanModel) -> None:
    others = [("A", ""), ("Long", "GANs generate images. " * 60), ("", "")]
    alone = model.predict([(TITLE, ABSTRACT)])[0]
    assert model.predict([others[0], (TITLE, ABSTRACT), *others[1:]])[1] == alone


def test_long_texts_are_read_to_the_end(model: SpanModel) -> None:
    filler = "This sentence says nothing that matters here. " * 150
    (mentions,) = model.predict([("A title", f"{filler} {ABSTRACT}")])
    assert "PETALNET" in {mention.text for mention in mentions}


@pytest.mark.parametrize("text", [("", ""), ("...", "!!!"), ("\u200b", "\ufeff\u0301"), ("a" * 3000, "")])
def test_odd_texts_do_not_break_it(model: SpanModel, text: tuple[str, str]) -> None:
    assert isinstance(model.predict([text])[0], list)


def test_no_score_is_under_the_least_asked_for(model: SpanModel) -> None:
    assert all(mention.score >= 0.9 for mention in model.predict([(TITLE, ABSTRACT)], least=0.9)[0])


@pytest.mark.parametrize("name", ["model.onnx", "config.json", "known.tsv.gz"])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_model(folder)


def test_damaged_file_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(DATA, tmp_path / "data")
    damaged = folder / "ranker.npz"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match=r"ranker\.npz.*damaged"):
        load_model(folder)
