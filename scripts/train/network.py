"""The network: MiniLM, features of words and spans, and one small classifier over candidate spans.

Tensors: B texts in a batch, T word pieces (padded), W words of all texts in one row, N candidate spans of all texts.
The word and span indices point into the flattened batch, so nothing but the word pieces is ever padded.
"""

from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn
from transformers import BertModel

from kg.extract.model.encode import TOKEN_FEATURE_SIZES
from kg.extract.model.spans import FEATURE_SIZES
from scripts.train.gold import ROLES, TYPES

SPAN_WIDTH = 256


@dataclass(frozen=True, slots=True)
class Batch:
    """Network input; see the module for the shapes. ``before`` and ``after`` are pieces beside the span."""

    pieces: Tensor
    mask: Tensor
    piece_features: Tensor
    start: Tensor
    end: Tensor
    before: Tensor
    after: Tensor
    span_features: Tensor


class SpanNetwork(nn.Module):
    """Scores every candidate span: type logits, role logits, and the logit of "is a keyword" for pre-training."""

    def __init__(self, encoder: BertModel, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        self.piece_tables = nn.ModuleList(nn.Embedding(size, hidden) for size in TOKEN_FEATURE_SIZES)
        self.span_tables = nn.ModuleList(nn.Embedding(size, SPAN_WIDTH) for size in FEATURE_SIZES)
        for table in (*self.piece_tables, *self.span_tables):
            nn.init.normal_(table.weight, std=0.02)
        self.project = nn.Linear(hidden, 6 * SPAN_WIDTH)
        self.norm = nn.LayerNorm(SPAN_WIDTH)
        self.inner = nn.Linear(SPAN_WIDTH, SPAN_WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.type_head = nn.Linear(SPAN_WIDTH, len(TYPES))
        self.role_head = nn.Linear(SPAN_WIDTH, len(ROLES))
        self.keyword_head = nn.Linear(SPAN_WIDTH, 1)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        spans = self.represent(batch)
        return self.type_head(spans), self.role_head(spans), self.keyword_head(spans).squeeze(-1)

    def represent(self, batch: Batch) -> Tensor:
        """Span vectors (N, SPAN_WIDTH)."""
        embedded = self.encoder.embeddings.word_embeddings(batch.pieces)
        for index, table in enumerate(self.piece_tables):
            embedded = embedded + table(batch.piece_features[..., index])
        states = self.encoder(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state
        flat = self.dropout(states.reshape(-1, states.shape[-1]))
        starts, ends, befores, afters, left, right = self.project(flat).float().split(SPAN_WIDTH, dim=-1)
        spans = starts[batch.start] + ends[batch.end] + befores[batch.before] + afters[batch.after]
        spans = spans + left[batch.start] * right[batch.end]
        for index, table in enumerate(self.span_tables):
            spans = spans + table(batch.span_features[:, index])
        spans = nn.functional.gelu(self.norm(spans))
        return nn.functional.gelu(self.inner(self.dropout(spans)))


def new_network(encoder: Path) -> SpanNetwork:
    """A network with pretrained MiniLM weights; the word embeddings are frozen.

    Dropout inside the encoder is off: on a CPU it costs as much as the matrix products. Regularisation comes from
    masked words, dropout on the states and weight averaging.
    """
    bert = BertModel.from_pretrained(
        encoder, add_pooling_layer=False, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0
    )
    bert.embeddings.word_embeddings.weight.requires_grad = False
    return SpanNetwork(bert)
