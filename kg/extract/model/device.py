"""The network on a graphics card: the shipped graph made over for onnxruntime's CUDA provider, many windows at a time.

What ships has products of int8 numbers and reads one text, which is fastest on a processor. CUDA has no such products,
and one text does not fill a card. So when a session is made, the weights are widened to floats once. What flows between
the layers is rounded as before, to 256 steps a text: the trees learned from probabilities that were made so, and find
less with others. Sums in another order then round another way here and there: probabilities are close to those of the
processor, not the same (see docs/how-to/speed.md).

`onnx` and `onnxruntime-gpu` come with the extra ``gpu``.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import EPFail, Fail, RuntimeException

from kg.errors import ModelError
from kg.extract.model.encode import TOKEN_FEATURE_SIZES, Window
from kg.extract.model.network import Read, network_inputs, session_options
from kg.extract.model.spans import FEATURE_SIZES as SPAN_FEATURE_SIZES
from kg.extras import how_to_install

if TYPE_CHECKING:
    from onnx import FunctionProto, GraphProto, ModelProto, NodeProto, ValueInfoProto

CUDA = "CUDAExecutionProvider"
_SETTINGS = {CUDA: {"use_tf32": "0"}}
"""Whole floats: the card would else cut their fractions to ten bits, for time that the network does not take."""
_FAILURES = (EPFail, Fail, RuntimeException)
_TEXTS = 32
_WINDOWS, _PIECES, _SPANS = 8, 128, 256
"""Windows of a batch, and what their word pieces and spans are padded to a multiple of.

A card chooses how it adds by the size of what it is given. Always the same size for a window, whatever is read with it,
means always the same sums.
"""
_OURS = "kg"
_INDICES = ("start", "end", "before", "after")
_INPUTS: dict[str, tuple[str, tuple[int, ...]]] = {
    "pieces": ("length", ()),
    "piece_features": ("length", (len(TOKEN_FEATURE_SIZES),)),
    "mask": ("length", ()),
    **dict.fromkeys((*_INDICES, "span_mask"), ("spans", ())),
    "span_features": ("spans", (len(SPAN_FEATURE_SIZES),)),
}
"""The second axis of each input, the first being windows, and what follows."""
_ROUNDED = """
<domain: "kg", opset_import: ["" : 17]>
Rounded (given, mask) => (rounded) {
    axis = Constant <value_ints: ints = [-1]> ()
    float_mask = Cast <to: int = 1> (mask)
    column = Unsqueeze (float_mask, axis)
    shown = Mul (given, column)
    none = Constant <value_float: float = 0.0> ()
    steps = Constant <value_float: float = 255.0> ()
    tiny = Constant <value_float: float = 1e-30> ()
    least_shown = ReduceMin <axes: ints = [1, 2], keepdims: int = 1> (shown)
    greatest_shown = ReduceMax <axes: ints = [1, 2], keepdims: int = 1> (shown)
    least = Min (least_shown, none)
    greatest = Max (greatest_shown, none)
    width = Sub (greatest, least)
    width_of_step = Div (width, steps)
    step = Max (width_of_step, tiny)
    zero_at = Div (least, step)
    zero = Round (zero_at)
    at = Div (given, step)
    whole = Round (at)
    moved = Sub (whole, zero)
    held = Clip (moved, none, steps)
    back = Add (held, zero)
    rounded = Mul (back, step)
}
"""


@dataclass(frozen=True, slots=True)
class Together:
    """The network on a card, which reads batches of one size."""

    session: onnxruntime.InferenceSession
    batch: int = _TEXTS

    def read(self, windows: Sequence[Window]) -> list[Read]:
        """What it says of each window. Raises `ModelError` if the card fails, for want of memory say."""
        read: dict[int, Read] = {}
        for rows in batches([(len(window.pieces), len(window.rows)) for window in windows]):
            part = [windows[row] for row in rows]
            try:
                types, roles = self.session.run(None, batch_inputs(part))
            except _FAILURES as error:
                raise ModelError(f"the graphics card failed ({error}); each of --jobs takes memory of it") from error
            for place, row in enumerate(rows):
                count = len(windows[row].rows)
                read[row] = types[place, :count], roles[place, :count]
        return [read[row] for row in range(len(windows))]


def batches(sizes: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Indices of windows with so many pieces and spans, together those that are padded to one size.

    >>> list(batches([(100, 90), (300, 90), (110, 200), (110, 300)]))
    [[0, 2], [1], [3]]
    """
    alike: dict[tuple[int, int], list[int]] = {}
    for row, size in enumerate(sizes):
        alike.setdefault(_padded(*size), []).append(row)
    for rows in alike.values():
        yield from (rows[start : start + _WINDOWS] for start in range(0, len(rows), _WINDOWS))


def _padded(pieces: int, spans: int) -> tuple[int, int]:
    return -(-pieces // _PIECES) * _PIECES, -(-spans // _SPANS) * _SPANS


def batch_inputs(windows: Sequence[Window]) -> dict[str, npt.NDArray[Any]]:
    """Arrays by the names of the inputs of the graph made over, for windows that `batches` puts together.

    Pieces are numbered through the padded windows, one after the other; windows that are not there are empty.
    """
    length, spans = _padded(len(windows[0].pieces), len(windows[0].rows))
    sizes = {"length": length, "spans": spans}
    inputs = {
        name: np.zeros((_WINDOWS, sizes[axis], *more), dtype=np.int32 if "mask" in name else np.int64)
        for name, (axis, more) in _INPUTS.items()
    }
    for row, window in enumerate(windows):
        inputs["mask"][row, : len(window.pieces)] = 1
        inputs["span_mask"][row, : len(window.rows)] = 1
        for name, alone in network_inputs(window).items():
            given = alone[0] if _INPUTS[name][0] == "length" else alone
            inputs[name][row, : len(given)] = given + row * length if name in _INDICES else given
    return inputs


def open_together(path: Path, provider: str = CUDA) -> Together:
    """The network in the file `path`, made over. Raises `ModelError`, with the way out, if `provider` is not at hand.

    Another provider than CUDA's serves to look at the graph where there is no card.
    """
    try:
        import onnx  # noqa: PLC0415 - of the extra
    except ImportError as error:
        raise _refused("the package onnx is not installed") from error
    if provider not in onnxruntime.get_available_providers():
        raise _refused(f"the onnxruntime that is installed was built without {provider}")
    graph = made_over(onnx.load(path)).SerializeToString()
    with redirect_stdout(io.StringIO()) as said:  # standard output is for records
        if provider == CUDA and hasattr(onnxruntime, "preload_dlls"):
            onnxruntime.preload_dlls()
        try:
            session = onnxruntime.InferenceSession(
                graph, session_options(1), providers=[(provider, _SETTINGS.get(provider, {}))]
            )
        except _FAILURES as error:
            raise _refused(str(error)) from error
    if provider not in session.get_providers():  # it has fallen back to the processor
        raise _refused(" ".join(said.getvalue().split()) or "no card was found, or no driver for it")
    session.disable_fallback()
    return Together(session)


def how_to_get_it() -> str:
    """What to type. Both packages of onnxruntime hold the same files: to take out one leaves the other in pieces."""
    first = how_to_install("gpu")
    return f"{first}, then pip uninstall --yes onnxruntime onnxruntime-gpu there, then the first command again"


def _refused(reason: str) -> ModelError:
    told = f"to get it: {how_to_get_it()}; without it the processor reads"
    return ModelError(f"--device cuda cannot be had: {reason}; {told}")


def made_over(model: "ModelProto") -> "ModelProto":
    """The graph of `scripts.train.export` for CUDA: products of floats, several texts padded to one size, two masks."""
    from onnx import helper  # noqa: PLC0415 - of the extra

    graph = model.graph
    nodes = [_batched(node) for node in _widened(graph)]
    wanted = {output.name for output in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):  # what only served the quantised products is no longer asked for
        if wanted & set(node.output):
            kept.append(node)
            wanted.update(node.input)
    weights = [weight for weight in graph.initializer if weight.name in wanted]
    return helper.make_model(
        helper.make_graph(kept[::-1], graph.name, *_declared(), weights),
        functions=[_rounded()],
        opset_imports=[*model.opset_import, helper.make_opsetid(_OURS, 1)],
        ir_version=model.ir_version,
    )


def _declared() -> "tuple[list[ValueInfoProto], list[ValueInfoProto]]":
    """The inputs and the outputs of the graph made over."""
    from onnx import TensorProto, helper  # noqa: PLC0415 - of the extra

    inputs = []
    for name, (axis, more) in _INPUTS.items():
        kind = TensorProto.INT32 if "mask" in name else TensorProto.INT64
        inputs.append(helper.make_tensor_value_info(name, kind, ["texts", axis, *more]))
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["texts", "spans", name]) for name in ("types", "roles")
    ]
    return inputs, outputs


def _rounded() -> "FunctionProto":
    """What `DynamicQuantizeLinear` loses, as a function: each text in 256 even steps from its least to its greatest."""
    from onnx import parser  # noqa: PLC0415 - of the extra

    return parser.parse_function(_ROUNDED)


def _widened(graph: "GraphProto") -> "Iterator[NodeProto]":
    """The nodes with a plain product in the place of each quantised one, whose weights are widened in `graph`.

    A quantised product is four nodes: what comes in is quantised, multiplied, made float, and scaled.
    """
    from onnx import helper, numpy_helper  # noqa: PLC0415 - of the extra

    makers = {output: node for node in graph.node for output in node.output}
    weights = {weight.name: weight for weight in graph.initializer}
    mask = "mask"
    for node in graph.node:
        product = _product_before(node, makers)
        if node.op_type == "Reshape":  # from here on, spans
            mask = "span_mask"
        if node.op_type == "DynamicQuantizeLinear":
            yield helper.make_node("Rounded", [node.input[0], mask], node.output[:1], domain=_OURS)
        elif product is not None:
            weight, zero = weights[product.input[1]], weights[product.input[3]]
            scale = weights[makers[node.input[1]].input[1]]
            steps = numpy_helper.to_array(weight).astype(np.float32) - numpy_helper.to_array(zero)
            wide = (steps * numpy_helper.to_array(scale)).astype(np.float32)
            weight.CopyFrom(numpy_helper.from_array(wide, weight.name))
            yield helper.make_node("MatMul", product.input[:2], node.output)
        else:
            yield node


def _product_before(node: "NodeProto", makers: "dict[str, NodeProto]") -> "NodeProto | None":
    """The quantised product that `node` scales, if it does."""
    made_float = makers.get(node.input[0]) if node.op_type == "Mul" else None
    product = makers.get(made_float.input[0]) if made_float is not None and made_float.op_type == "Cast" else None
    return product if product is not None and product.op_type == "MatMulInteger" else None


def _batched(node: "NodeProto") -> "NodeProto":
    """The node for several texts: attention looks at the mask, and none of the axes is taken for the only text."""
    from onnx import helper  # noqa: PLC0415 - of the extra

    if node.op_type == "MultiHeadAttention":
        node.input.extend(["", "mask"])
    elif node.op_type == "Squeeze":
        return helper.make_node("Identity", node.input[:1], node.output)
    elif node.op_type == "Gather" and node.input[0] == "span_features":
        return helper.make_node("Gather", node.input, node.output, axis=-1)
    return node
