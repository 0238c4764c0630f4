"""One ONNX graph for a single text: softmaxed type and role of each candidate span, weights in int8."""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from scripts.train.network import Batch, SpanNetwork

_INPUTS = ("pieces", "piece_features", "start", "end", "before", "after", "span_features")


class _OneText(nn.Module):
    """The network without a mask: one text is never padded."""

    def __init__(self, network: SpanNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        pieces, rest = inputs[0], inputs[1:]
        types, roles, _ = self.network(Batch(pieces, torch.ones_like(pieces), *rest))
        return types.softmax(-1), roles.softmax(-1)


def export(network: SpanNetwork, example: Batch, folder: Path) -> tuple[Path, Path]:
    """Write ``model.fp32.onnx`` and its int8 version ``model.onnx``; returns both paths."""
    full, small = folder / "model.fp32.onnx", folder / "model.onnx"
    inputs = [getattr(example, name) for name in _INPUTS]
    axes = {name: {0: "spans"} for name in (*_INPUTS[2:], "types", "roles")}
    axes |= {name: {1: "length"} for name in _INPUTS[:2]}
    torch.onnx.export(
        _OneText(network).eval(),
        tuple(inputs),
        str(full),
        input_names=list(_INPUTS),
        output_names=["types", "roles"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    onnx.checker.check_model(str(small))
    return full, small
