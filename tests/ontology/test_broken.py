"""Each broken file is refused whole, with a message of its own that names the line."""

import csv
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import check_files, load_ontology

FOLDER = Path(__file__).parent / "broken"


def rows():
    with (FOLDER / "expected.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_file_is_refused_with_line_and_reason(row):
    file = FOLDER / row["file"]
    with pytest.raises(OntologyError) as error:
        load_ontology([file])
    told = [line.strip() for line in str(error.value).splitlines()]
    assert any(line.startswith(f"{file}:{row['line']}: ") and row["message"] in line for line in told), told


def test_every_broken_file_is_expected():
    files = {file.name for file in FOLDER.iterdir()} - {"expected.tsv", "unknown-format.docx"}
    assert files == {row["file"] for row in rows()}


def test_messages_differ():
    told = {str(problem).partition(": ")[2] for row in rows() for problem in check_files([FOLDER / row["file"]])}
    assert len(told) >= len(rows())


def test_unknown_format_is_refused():
    with pytest.raises(OntologyError, match=r"no ontology format ends in '\.docx'"):
        load_ontology([FOLDER / "unknown-format.docx"])


def test_missing_file_is_refused():
    with pytest.raises(OntologyError, match="there is no such file"):
        load_ontology([FOLDER / "nowhere.yaml"])


def test_sound_file_beside_a_broken_one_is_not_taken_either(tmp_path):
    sound = tmp_path / "sound.csv"
    sound.write_text("name,type\nSpot,Method\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="bad-colour"):
        load_ontology([sound, FOLDER / "bad-colour.yaml"])
    assert not any(term.extension for term in load_ontology().terms)


def test_all_problems_are_told_at_once(tmp_path):
    file = tmp_path / "lab.yaml"
    file.write_text("classes:\n  Robot:\n    is_a: Enty\n  Arm:\n    is_a: Robbot\n", encoding="utf-8")
    with pytest.raises(OntologyError) as error:
        load_ontology([file])
    assert "lab.yaml:3" in str(error.value)
    assert "lab.yaml:5" in str(error.value)
