"""What annotators say of the phrases of a paper, and which roles they give to which type."""

from kg.extract.model.words import phrase_key
from scripts.train.gold import GoldPaper

ALLOWED = {
    "Method": ("introduces", "uses", "compares", "mentions"),
    "Task": ("addresses", "mentions"),
    "Dataset": ("introduces", "evaluates", "trains", "mentions"),
    "Benchmark": ("introduces", "evaluates", "trains", "mentions"),
    "Metric": ("introduces", "reports", "mentions"),
}


def gold_of(paper: GoldPaper) -> dict[str, tuple[str, str, int]]:
    """Key → (type, role, index of the entity)."""
    return {
        phrase_key(form): (entity.type, entity.role, index)
        for index, entity in enumerate(paper.entities)
        for form in entity.forms
    }
