"""The network made over for a graphics card, on the processor's provider, and on the card's where there is one."""

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnxruntime.capi.onnxruntime_pybind11_state import Fail

from kg.data import AnnotatedPaper, Paper
from kg.errors import ModelError
from kg.extract import Extractor, load_extractor
from kg.extract.model import device
from kg.extract.model.device import CUDA, Together, batch_inputs, made_over, open_together
from kg.extract.model.encode import Window, encode
from kg.extract.model.network import Floats, OneByOne, Read, network_inputs
from kg.extract.model.runtime import DATA, SpanModel, load_model
from kg.extract.model.spans import candidate_spans
from kg.extract.model.words import split_words
from kg.ontology import load_ontology
from kg.pipeline.within import annotate_within
from kg.read import DEFAULT_LIMITS

CPU = "CPUExecutionProvider"
NETWORK = DATA / "model.onnx"
CARD = [pytest.param(CUDA, marks=pytest.mark.cuda)] if CUDA in onnxruntime.get_available_providers() else []
EXAMPLES = Path(__file__).parents[3] / "examples" / "papers.jsonl"
FIRST_PRODUCTS = [f"/{name}/MatMul_output_0" for name in ("query", "key", "value")]


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    records = map(json.loads, EXAMPLES.read_text(encoding="utf-8").splitlines()[:8])
    return [(record["title"], record["abstract"]) for record in records]


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return load_model()


@pytest.fixture(scope="module")
def windows(model: SpanModel, texts: list[tuple[str, str]]) -> list[Window]:
    found = []
    for title, abstract in texts:
        words = split_words(title, abstract)
        found += encode(words, candidate_spans(words, model.corpus.phrases), model.tokenizer)
    return found


@pytest.fixture(scope="module", params=[CPU, *CARD])
def network(request: pytest.FixtureRequest) -> Together:
    return open_together(NETWORK, request.param)


@pytest.fixture(scope="module")
def read(network: Together, windows: list[Window]) -> list[Read]:
    return network.read(windows)


def _apart(some: Iterable[Read], others: Iterable[Read]) -> Floats:
    """The largest difference of each span's probabilities."""
    pairs = [(a[part], b[part]) for a, b in zip(some, others, strict=True) for part in (0, 1)]
    return np.concatenate([np.abs(a - b).max(axis=1) for a, b in pairs])


def test_no_quantised_product_is_left_and_all_the_rest_is() -> None:
    over = made_over(onnx.load(NETWORK))
    onnx.checker.check_model(over)
    kinds = {node.op_type for node in over.graph.node}
    assert kinds.isdisjoint({"MatMulInteger", "DynamicQuantizeLinear"})
    assert {"MatMul", "Rounded", "MultiHeadAttention", "LayerNormalization"} <= kinds


def test_the_widened_weights_give_the_products_of_the_integers(windows: list[Window]) -> None:
    given = onnx.load(NETWORK)
    over = made_over(onnx.load(NETWORK))
    found = []
    for graph, inputs in ((given, network_inputs(windows[0])), (over, batch_inputs(windows[:1]))):
        graph.graph.output.extend(onnx.helper.make_tensor_value_info(name, 1, None) for name in FIRST_PRODUCTS)
        session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=[CPU])
        found.append([product[0] for product in session.run(FIRST_PRODUCTS, inputs)])
    for integers, floats in zip(*found, strict=True):
        assert np.abs(integers).max() > 1
        np.testing.assert_allclose(floats[: len(integers)], integers, atol=2e-5)


def test_probabilities_are_close_to_those_of_the_processor(
    model: SpanModel, windows: list[Window], read: list[Read]
) -> None:
    # Which number a rounding takes hangs on the last digit, so a few spans differ: with its optimisations off,
    # onnxruntime moves the shipped graph itself by up to 0.21 (scripts/bench_device.py).
    single = model.network.read(windows)
    apart = _apart(single, read)
    assert apart.mean() < 0.02
    assert np.quantile(apart, 0.99) < 0.12
    alike = np.concatenate([a[0].argmax(1) == b[0].argmax(1) for a, b in zip(single, read, strict=True)])
    assert alike.mean() > 0.995


def test_nearly_all_mentions_are_those_of_the_processor(
    model: SpanModel, network: Together, texts: list[tuple[str, str]]
) -> None:
    found = [
        {(row, m.start, m.end, m.type, m.role) for row, some in enumerate(one.predict(texts)) for m in some}
        for one in (model, replace(model, network=network))
    ]
    assert len(found[0]) > 100
    assert len(found[0] ^ found[1]) <= 0.1 * len(found[0])


@pytest.mark.parametrize("row", [0, 5])
def test_a_window_is_read_alike_in_any_company(
    network: Together, windows: list[Window], read: list[Read], row: int
) -> None:
    assert _apart(network.read([windows[row]]), [read[row]]).max() == 0


def test_what_stands_in_the_padding_changes_nothing(network: Together, windows: list[Window]) -> None:
    inputs = batch_inputs(windows[:1])
    pieces, spans = len(windows[0].pieces), len(windows[0].rows)
    assert inputs["pieces"].shape[1] > pieces
    assert inputs["start"].shape[1] > spans
    plain = network.session.run(None, inputs)
    inputs["pieces"][0, pieces:] = 1999
    inputs["start"][0, spans:] = 7
    for a, b in zip(plain, network.session.run(None, inputs), strict=True):
        np.testing.assert_array_equal(a[0, :spans], b[0, :spans])


def test_papers_are_read_together_and_each_gets_its_own(
    monkeypatch: pytest.MonkeyPatch, texts: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(device, "open_together", lambda path: open_together(path, CPU))
    extractor = load_extractor(load_ontology(), extractors=["model"], device="cuda")
    papers = [Paper(str(number), *text) for number, text in enumerate(texts[:3])]
    together = list(annotate_within(extractor, papers, DEFAULT_LIMITS))
    assert extractor.batch > 1
    assert all(annotated.mentions for annotated in together)
    assert together[1] == _alone(extractor, papers[1])


def _alone(extractor: Extractor, paper: Paper) -> AnnotatedPaper:
    return next(iter(extractor.annotate([paper])))


def test_without_its_provider_it_is_an_error_with_the_way_out() -> None:
    with pytest.raises(ModelError, match=r"built without NoSuchProvider.*uninstall --yes onnxruntime onnxruntime-gpu"):
        open_together(NETWORK, "NoSuchProvider")


def test_without_onnx_it_is_an_error_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ModelError, match=r"onnx is not installed.*uninstall --yes onnxruntime onnxruntime-gpu"):
        open_together(NETWORK, CPU)


class FallenBack:
    """A session of an onnxruntime that found no driver: it says so on standard output, and takes the processor."""

    def __init__(self, *_: object, **__: object) -> None:
        print("Failed to load libcublas")

    def get_providers(self) -> list[str]:
        return [CPU]


def test_a_card_that_cannot_be_used_is_an_error_and_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    monkeypatch.setattr(onnxruntime, "preload_dlls", lambda: None, raising=False)
    monkeypatch.setattr(onnxruntime, "InferenceSession", FallenBack)
    with pytest.raises(ModelError, match="Failed to load libcublas"):
        open_together(NETWORK)
    assert capsys.readouterr().out == ""


class Failing:
    """A session on a card whose memory is full."""

    def run(self, *_: object) -> Any:
        raise Fail("out of memory")


def test_a_card_that_fails_is_an_error_that_says_why(windows: list[Window]) -> None:
    with pytest.raises(ModelError, match=r"out of memory.*--jobs"):
        Together(Failing()).read(windows[:1])


@pytest.fixture
def cardless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CPU])


@pytest.mark.usefixtures("cardless")
def test_a_card_that_is_asked_for_is_never_left_out_in_silence() -> None:
    with pytest.raises(ModelError, match="without CUDAExecutionProvider"):
        load_extractor(load_ontology(), device="cuda")


def test_a_device_that_is_none_is_named() -> None:
    with pytest.raises(ModelError, match="no device named tpu; there are: cpu, cuda"):
        load_model(device="tpu")


def test_the_processor_is_what_is_taken_unless_asked(model: SpanModel) -> None:
    assert isinstance(model.network, OneByOne)
