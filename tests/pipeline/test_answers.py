"""What the model said once it is not asked again, and what comes out is the same."""

from pathlib import Path

import pytest

from kg.data import Paper
from kg.extract.model.runtime import SpanModel
from kg.pipeline import BuildOptions
from kg.pipeline.answers import open_answers
from kg.pipeline.build import build

LISTING = """{"title": "Quoxnet: sparse attention", "abstract": "We present Quoxnet for constituency parsing."}
{"title": "A study of zorping", "abstract": "We evaluate BERT and Quoxnet on GLUE and reach 71.2% accuracy."}
"""
NAMES = "name\ttype\nsparse attention\tTask\n"


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    file = tmp_path / "papers.jsonl"
    file.write_text(LISTING, encoding="utf-8")
    return file


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the papers of which the model is asked."""
    titles: list[str] = []
    genuine = SpanModel.predict

    def predict(self: SpanModel, texts, least=None):  # type: ignore[no-untyped-def]
        titles.extend(title for title, _ in texts)
        return genuine(self, texts, least)

    monkeypatch.setattr(SpanModel, "predict", predict)
    return titles


def _built(listing: Path, folder: Path, *ontology: Path) -> dict[str, bytes]:
    build([str(listing)], folder, BuildOptions(ontology=ontology, jobs=1), lambda *_: None)
    return {name: (folder / name).read_bytes() for name in ("graph.ttl", "papers.jsonl", "graph.graphml")}


def test_another_ontology_needs_the_rules_alone(listing: Path, tmp_path: Path, asked: list[str]) -> None:
    extension = tmp_path / "names.tsv"
    extension.write_text(NAMES, encoding="utf-8")
    before = _built(listing, tmp_path / "out")
    assert len(asked) == 2
    after = _built(listing, tmp_path / "out", extension)
    assert len(asked) == 2
    assert after != before
    assert after == _built(listing, tmp_path / "fresh", extension)
    assert len(asked) == 4


def test_only_new_texts_are_asked_about(listing: Path, tmp_path: Path, asked: list[str]) -> None:
    _built(listing, tmp_path / "out")
    listing.write_text(LISTING.replace("71.2%", "82.3%"), encoding="utf-8")
    again = _built(listing, tmp_path / "out")
    assert asked[2:] == ["A study of zorping"]
    assert again == _built(listing, tmp_path / "fresh")


def test_a_damaged_answer_is_asked_for_again(listing: Path, tmp_path: Path, asked: list[str]) -> None:
    expected = _built(listing, tmp_path / "out")
    paper = Paper("1", "Unheard of", "Nothing.")
    with open_answers(tmp_path / "out" / "cache", "one") as answers:
        answers.keep([(paper, b"no answer")])
        assert answers.recall([paper, Paper("2", "Other", "")]) == [b"no answer", b""]
    with open_answers(tmp_path / "out" / "cache", "two") as answers:
        assert answers.recall([paper]) == [b""]
    for file in (tmp_path / "out" / "cache").glob("extractions*"):
        file.unlink()
    (tmp_path / "out" / "graph.ttl").unlink()
    (tmp_path / "out" / "cache" / "answers.sqlite").write_bytes(b"no database at all, and longer than its header" * 9)
    assert _built(listing, tmp_path / "out") == expected
    assert len(asked) == 4
