"""The lexicon holds together, and its check finds what it is there to find."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "ontology" / "lexicon"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_lexicon", ROOT / "scripts" / "check_lexicon.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


check = load_script()


@pytest.fixture(scope="module")
def rows():
    return {file: check.read_rows(FOLDER / file) for file in check.FILES}


def test_lexicon_has_no_problems(rows):
    assert check.lexicon_problems(rows) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("large language model", "Method"),
        ("support vector machine", "Method"),
        ("GRPO", "Method"),
        ("GPT-4o", "Model"),
        ("DeepSeek-R1", "Model"),
        ("machine translation", "Task"),
        ("visual question answering", "Task"),
        ("ImageNet", "Dataset"),
        ("CIFAR-100", "Dataset"),
        ("Penn Treebank", "Dataset"),
        ("MMLU", "Benchmark"),
        ("SWE-bench", "Benchmark"),
        ("BLEU", "Metric"),
        ("pass@1", "Metric"),
    ],
)
def test_well_known_name_has_its_type(rows, name, kind):
    assert [row.type for file in rows.values() for row in file if row.name == name] == [kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "CIFAR-100"),
        ("GPT-4", "GPT-4o"),
        ("precision", "average precision"),
        ("Llama 3", "Llama 3.1"),
        ("Qwen2.5", "Qwen2.5-VL"),
        ("AIME 2024", "AIME 2025"),
    ],
)
def test_neighbours_are_rows_of_their_own(rows, one, other):
    names = {row.name for file in rows.values() for row in file}
    assert {one, other} <= names


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("LLM", "large language model"),
        ("RLHF", "reinforcement learning from human feedback"),
        ("MS-COCO", "MS COCO"),
        ("CIFAR10", "CIFAR-10"),
        ("VQA", "visual question answering"),
        ("AIME24", "AIME 2024"),
        ("mIoU", "mIoU"),
    ],
)
def test_alias_leads_to_its_name(rows, alias, name):
    wanted = check.normalize(alias)
    owners = {r.name for file in rows.values() for r in file if wanted in map(check.normalize, r.forms)}
    assert owners == {name}


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("visual question answering", "question answering"),
        ("Llama-3.1-8B", "Llama 3.1"),
        ("Llama 3.1", "Llama"),
        ("CIFAR-100-C", "CIFAR-100"),
        ("post-training quantization", "quantization"),
    ],
)
def test_broader_is_the_family(rows, child, parent):
    assert [row.broader for file in rows.values() for row in file if row.name == child] == [parent]


def row(name, aliases=(), kind="Method", broader="", links="", note=""):
    return check.Row("methods.tsv:2", name, tuple(aliases), kind, broader, links, note)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (row("", ["x"]), "empty or padded"),
        (row("LoRA", [""]), "empty or padded"),
        (row("LoRA "), "empty or padded"),
        (row("LoRA", kind="Task"), "has type 'Task'"),
        (row("LoRA", note="generic"), "has note 'generic'"),
        (row("LoRA", links="www.example.org"), "has links"),
        (row("$$"), "nothing left"),
    ],
)
def test_bad_row_is_named(bad, message):
    assert any(message in problem for problem in check.row_problems(bad, "Method"))


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ([row("LoRA"), row("adapter", ["LoRAs"])], "is also a form of LoRA"),
        ([row("LoRA", ["lora"])], "the same but for case"),
    ],
)
def test_shared_form_is_found(pair, message):
    assert any(message in problem for problem in check.form_problems(pair))


def test_order_is_checked():
    assert list(check.order_problems([row("b"), row("A")])) == [
        "methods.tsv:2: A must come before b (sorted by name, case ignored)"
    ]


@pytest.mark.parametrize(
    ("family", "message"),
    [
        ([row("a", broader="b")], "is not a name"),
        ([row("a", broader="b"), row("b", broader="a")], "is its own ancestor"),
    ],
)
def test_broken_hierarchy_is_found(family, message):
    assert any(message in problem for problem in check.broader_problems(family))


@pytest.mark.parametrize(
    ("text", "message"),
    [("name\ttype\n", "1: header is"), ("name\taliases\ttype\tbroader\tlinks\tnote\nLoRA\tMethod\n", "2: 2 cells")],
)
def test_broken_file_is_named_with_its_line(tmp_path, text, message):
    file = tmp_path / "methods.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        check.read_rows(file)


def test_missing_folder_is_one_line(tmp_path, capsys):
    assert check.main(tmp_path) == 1
    assert "methods.tsv" in capsys.readouterr().err


def test_acronym_that_nothing_explains_is_a_problem():
    (problem,) = check.acronym_problems(row("superpixel", aliases=("SLIC", "superpixels")))
    assert "SLIC of superpixel wants" in problem


@pytest.mark.parametrize(
    "sound",
    [
        {"aliases": ("SLIC", "simple linear iterative clustering")},
        {"aliases": ("SLIC",), "note": "ambiguous"},
        {"aliases": ("SPX", "SPiXel")},
    ],
)
def test_acronym_that_is_spelled_or_ambiguous_is_sound(sound):
    assert list(check.acronym_problems(row("superpixel", **sound))) == []
