"""One ONNX graph for a single text: softmaxed type and role of each candidate span, weights in int8.

The network is written out once more, as a single text needs it: no mask, attention as the one operator that
onnxruntime keeps in the processor's cache, the six vectors of a word piece read where they stand. The function is that
of `scripts.train.network`, which `export` verifies; it takes a sixth less time.
"""

from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from scripts.train.network import SPAN_WIDTH, Batch, SpanNetwork

_INPUTS = ("pieces", "piece_features", "start", "end", "before", "after", "span_features")
_TOLERANCE = 1e-4


class _Attention(torch.autograd.Function):
    """Attention without a mask, (1, T, hidden) each, as onnxruntime's own operator."""

    @staticmethod
    def forward(context: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        del context  # nothing to keep: gradients are not asked for
        parts = (part.unflatten(-1, (heads, -1)).transpose(1, 2) for part in (query, key, value))
        return nn.functional.scaled_dot_product_attention(*parts).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        found = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return found.setType(query.type())


class _OneText(nn.Module):
    """The network for one text. A text is never padded, so nothing is masked."""

    def __init__(self, network: SpanNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        batch = Batch(inputs[0], torch.empty(0), *inputs[1:])
        spans = self._represent(batch, self._encode(batch))
        return self.network.type_head(spans).softmax(-1), self.network.role_head(spans).softmax(-1)

    def _encode(self, batch: Batch) -> Tensor:
        """States of the word pieces (T, hidden)."""
        encoder = self.network.encoder
        embeddings = encoder.embeddings
        states = embeddings.word_embeddings(batch.pieces)
        for index, table in enumerate(self.network.piece_tables):
            states = states + table(batch.piece_features[..., index])
        states = states + embeddings.position_embeddings.weight[: batch.pieces.shape[1]]
        states = embeddings.LayerNorm(states + embeddings.token_type_embeddings.weight[0])
        for layer in encoder.encoder.layer:
            own, after = layer.attention.self, layer.attention.output
            heads = own.num_attention_heads
            seen = _Attention.apply(own.query(states), own.key(states), own.value(states), heads)
            states = after.LayerNorm(after.dense(seen) + states)
            inner = nn.functional.gelu(layer.intermediate.dense(states))
            states = layer.output.LayerNorm(layer.output.dense(inner) + states)
        return states.squeeze(0)

    def _represent(self, batch: Batch, states: Tensor) -> Tensor:
        """Span vectors (N, SPAN_WIDTH), as `SpanNetwork.represent` makes them."""
        network = self.network
        parts = network.project(states).reshape(-1, SPAN_WIDTH)
        first, last = batch.start * 6, batch.end * 6
        spans = parts[first] + parts[last + 1] + parts[batch.before * 6 + 2] + parts[batch.after * 6 + 3]
        spans = spans + parts[first + 4] * parts[last + 5]
        for index, table in enumerate(network.span_tables):
            spans = spans + table(batch.span_features[:, index])
        return nn.functional.gelu(network.inner(nn.functional.gelu(network.norm(spans))))


def export(network: SpanNetwork, example: Batch, folder: Path) -> tuple[Path, Path]:
    """Write ``model.fp32.onnx`` and its int8 version ``model.onnx``; returns both paths.

    Raises `ValueError` where the graph's function would not be the network's.
    """
    full, small = folder / "model.fp32.onnx", folder / "model.onnx"
    inputs = tuple(getattr(example, name) for name in _INPUTS)
    axes = {name: {0: "spans"} for name in (*_INPUTS[2:], "types", "roles")}
    axes |= {name: {1: "length"} for name in _INPUTS[:2]}
    graph = _OneText(network).eval()
    _verify(graph, inputs)
    torch.onnx.export(
        graph,
        inputs,
        str(full),
        input_names=list(_INPUTS),
        output_names=["types", "roles"],
        dynamic_axes=axes,
        opset_version=17,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )
    quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    onnx.checker.check_model(str(small))
    return full, small


def _verify(graph: _OneText, inputs: tuple[Tensor, ...]) -> None:
    with torch.no_grad():
        types, roles, _ = graph.network(Batch(inputs[0], torch.ones_like(inputs[0]), *inputs[1:]))
        pairs = zip((types.softmax(-1), roles.softmax(-1)), graph(*inputs), strict=True)
        apart = max(float((wanted - found).abs().max()) for wanted, found in pairs)
    if apart > _TOLERANCE:
        raise ValueError(f"the graph for one text is not the network: probabilities differ by {apart:.2g}")
