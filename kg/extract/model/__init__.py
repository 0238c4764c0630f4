"""The trained entity extractor: a small network over candidate spans and a ranker over what they name."""

from kg.extract.model.runtime import ModelMention, SpanModel, load_model

__all__ = ["ModelMention", "SpanModel", "load_model"]
