"""Hand-made decisions: how they are read, and that they win."""

import pytest

from kg.errors import InputError
from kg.resolve import Override, builtin_overrides, idle, read_overrides, resolve, same_thing
from tests.resolve.cases import entity, paper


def test_rows_are_read_with_their_place(tmp_path):
    file = tmp_path / "mine.tsv"
    file.write_text("# comment\nsame\tFoo\tBar\n\ndifferent\tA\tB\tTask\n", encoding="utf-8")
    assert read_overrides(file) == (
        Override(True, "Foo", "Bar", "", "mine.tsv:2"),
        Override(False, "A", "B", "Task", "mine.tsv:4"),
    )


@pytest.mark.parametrize("line", ["same\tFoo", "equal\tFoo\tBar", "same\tFoo\t\tTask", "same\ta\tb\tc\td"])
def test_bad_row_is_named_with_file_and_line(tmp_path, line):
    file = tmp_path / "mine.tsv"
    file.write_text(f"same\tA\tB\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.tsv:2"):
        read_overrides(file)


def test_type_that_the_ontology_does_not_have_is_named(tmp_path, ontology):
    file = tmp_path / "mine.tsv"
    file.write_text("same\tA\tB\tTask\nsame\tA\tB\tTsk\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.tsv:2: unknown type 'Tsk'; did you mean Task\?"):
        read_overrides(file, ontology)


def test_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"none\.tsv"):
        read_overrides(tmp_path / "none.tsv")


def test_same_joins_unknown_names_and_says_why(ontology):
    rows = (Override(True, "Foozle", "Barzle net", "", "mine.tsv:7"),)
    resolution = resolve([paper(1, entity("Foozle")), paper(2, entity("Barzle net"))], ontology, rows)
    assert len(resolution.entities) == 1
    assert resolution.merges[0].reason == "override mine.tsv:7"


def test_different_parts_two_spellings(ontology):
    rows = (Override(False, "Foozle", "FOOZLE"),)
    assert same_thing("Foozle", "FOOZLE", ontology)
    assert not same_thing("Foozle", "FOOZLE", ontology, overrides=rows)
    assert same_thing("Foozle", "foozle", ontology, overrides=rows)


def test_different_parts_an_alias_from_its_lexicon_name(ontology):
    rows = (Override(False, "large language model", "LLM"),)
    found = resolve([paper(1, entity("LLM")), paper(2, entity("large language model"))], ontology, rows)
    assert [own.entity_ids[0] for own in found.papers] == ["method/llm", "method/large-language-model"]


def test_row_for_a_lower_case_word_leaves_the_proper_name_alone(ontology):
    rows = (Override(False, "SAM", "sam"),)
    found = resolve(
        [paper(1, entity("SAM", type_name="Model")), paper(2, entity("sam", type_name="Model"))], ontology, rows
    )
    assert found.papers[0].entity_ids == ("model/segment-anything-model",)
    assert found.papers[1].entity_ids == ("model/sam",)


def test_row_with_a_type_is_for_that_type_only(ontology):
    rows = (Override(True, "Foozle", "Barzle", "Task"),)
    assert same_thing("Foozle", "Barzle", ontology, type_name="Task", overrides=rows)
    assert not same_thing("Foozle", "Barzle", ontology, type_name="Method", overrides=rows)


def test_later_row_wins(ontology):
    rows = (Override(True, "Foozle", "Barzle"), Override(False, "Foozle", "Barzle"), Override(True, "Barzle", "Bazzle"))
    assert not same_thing("Foozle", "Barzle", ontology, overrides=rows)
    assert same_thing("Barzle", "Bazzle", ontology, overrides=rows)


def test_later_row_parts_again_what_is_spelt_otherwise(ontology):
    rows = (Override(True, "Foozle", "Barzle"), Override(False, "Barzle", "foozles"))
    assert not same_thing("Foozle", "Barzle", ontology, overrides=rows)


def test_rows_that_undo_each_other_leave_a_name_to_the_rules(ontology):
    rows = (
        Override(True, "Foozle", "barzles"),
        Override(True, "barzles", "barzles", "Model"),  # for this spelling alone
        Override(False, "Quuxle", "Barzle"),
        Override(False, "Quuxle", "foozles"),
    )
    assert same_thing("barzles", "barzles", ontology, type_name="Model", overrides=rows)


def test_same_rows_make_one_group(ontology):
    rows = (Override(True, "Foozle", "Barzle"), Override(True, "Bazzle", "Barzle"))
    assert same_thing("Foozle", "Bazzle", ontology, overrides=rows)


def test_row_that_joins_a_term_joins_its_aliases_too(ontology):
    rows = (Override(True, "knowledge distillation", "multi-agent framework"),)
    assert same_thing("multi-agent architecture", "knowledge distillation", ontology, overrides=rows)
    assert not same_thing("multi-agent architecture", "knowledge distillation", ontology)


def test_row_that_joins_a_term_for_one_type_leaves_its_aliases_elsewhere(ontology):
    rows = (Override(True, "knowledge distillation", "SWE-bench", "Method"),)
    assert not same_thing("SWE-bench", "knowledge distillation", ontology, type_name="Benchmark", overrides=rows)


def test_term_parted_again_by_a_later_row_keeps_its_aliases(ontology):
    joined = Override(True, "knowledge distillation", "multi-agent framework")
    rows = (joined, Override(False, "knowledge distillation", "multi-agent framework"))
    assert not same_thing("multi-agent architecture", "knowledge distillation", ontology, overrides=rows)


def test_what_is_kept_of_a_joined_term_is_no_decision_by_hand(ontology):
    rows = (Override(True, "knowledge distillation", "multi-agent framework"),)
    (merge,) = resolve([paper(1, entity("KD"))], ontology, rows).merges
    assert not merge.reason.startswith("override")


def test_packaged_rows_are_sound():
    assert all(row.left != row.right for row in builtin_overrides())


def test_row_with_a_name_that_nothing_has_is_told(ontology):
    rows = (
        Override(True, "Foozle", "Barzle net", "", "mine.tsv:1"),
        Override(True, "Foozle", "Barzel net", "", "mine.tsv:2"),
        Override(False, "BERT", "foozles", "", "mine.tsv:3"),  # one of the lexicon, one in another form
    )
    resolution = resolve([paper(1, entity("Foozle")), paper(2, entity("Barzle net"))], ontology, rows)
    told = idle(rows, resolution, ontology)
    assert [(one.stage, one.where, one.value) for one in told] == [("resolve", "mine.tsv:2", "Barzel net")]
