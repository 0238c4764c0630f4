"""The knowledge graph: claims of all papers assembled into nodes and assertions with evidence."""

from kg.graph.assemble import assemble
from kg.graph.confidence import confidence
from kg.graph.ids import digest, link_id, paper_id, paper_ids, slug, with_ids

__all__ = ["assemble", "confidence", "digest", "link_id", "paper_id", "paper_ids", "slug", "with_ids"]
