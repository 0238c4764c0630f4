"""What an abstract names: methods, tasks, data, benchmarks, metrics and links, with roles, relations and results."""

from kg.extract.extractor import EXTRACTORS, Extractor, load_extractor
from kg.extract.links import canonical_repository
from kg.extract.memory import Memory
from kg.extract.record import to_record

__all__ = ["EXTRACTORS", "Extractor", "Memory", "canonical_repository", "load_extractor", "to_record"]
