"""``kg ontology`` and ``kg validate`` as a user meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.main import cli

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "ontologies"


def run(*arguments):
    return CliRunner().invoke(cli, list(map(str, arguments)))


@pytest.mark.parametrize(
    "command", [["ontology"], *(["ontology", name] for name in ("show", "check", "new", "export")), ["validate"]]
)
def test_help_has_an_example(command):
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example: kg" in result.output


def test_show_prints_the_tree_with_own_names():
    result = run("ontology", "show", "--ontology", EXAMPLES / "safety.ttl", "--names")
    lines = result.output.splitlines()
    risk = next(number for number, line in enumerate(lines) if line.startswith("  Risk"))
    assert any(line.startswith("    Attack") for line in lines[risk:])
    assert "mitigates: Method → Risk" in result.output
    assert "- data poisoning | empoisonnement de données  safety.ttl:" in result.output


def test_check_tells_problems_and_fails(tmp_path):
    file = tmp_path / "lab.yaml"
    file.write_text("classes:\n  Robot:\n    is_a: Entty\n", encoding="utf-8")
    result = run("ontology", "check", file)
    assert result.exit_code == 1
    assert f"{file}:3: Robot: unknown parent 'Entty'; did you mean Entity?" in result.output


def test_check_of_sound_files():
    result = run("ontology", "check", EXAMPLES / "robotics.yaml", EXAMPLES / "software.csv")
    assert result.exit_code == 0
    assert "sound; adds 5 classes, 2 relations, 220 names" in result.output
    assert run("ontology", "check").output == "sound\n"


def test_new_ontology_works_at_once(tmp_path):
    result = run("ontology", "new", "robot arm", "-o", tmp_path)
    assert result.exit_code == 0, result.output
    file = tmp_path / "robot-arm.yaml"
    assert run("ontology", "check", file).exit_code == 0
    again = run("ontology", "new", "robot arm", "-o", tmp_path)
    assert again.exit_code == 1
    listing = tmp_path / "papers.jsonl"
    text = "We propose PS-KD. PS-KD runs on Example-RobotArm-1. We deploy PS-KD on ExRobotArmOne as well."
    listing.write_text(json.dumps({"title": "PS-KD: A Policy", "abstract": text}) + "\n", encoding="utf-8")
    result = run("extract", listing, "--ontology", file, "--quiet")
    record = json.loads(next(line for line in result.output.splitlines() if line.startswith("{")))
    (arm,) = (e for e in record["entities"] if e["type"] == "RobotArm")
    assert {arm["name"], *arm["aliases"]} == {"Example-RobotArm-1", "ExRobotArmOne"}


def test_new_ontology_needs_a_name_that_a_class_can_have(tmp_path):
    assert run("ontology", "new", "机器人", "-o", tmp_path).exit_code == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("kind", "sign"), [("owl", "owl:Class"), ("shacl", "sh:NodeShape"), ("yaml", "classes:")])
def test_export_writes_each_format(tmp_path, kind, sign):
    target = tmp_path / "out"
    result = run("ontology", "export", "--format", kind, "--ontology", EXAMPLES / "robotics.yaml", "-o", target)
    assert result.exit_code == 0, result.output
    text = target.read_text(encoding="utf-8")
    assert sign in text
    assert "Robot" in text


def test_settings_of_the_working_directory_are_used(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab.yaml").write_text("classes:\n  Robot: {}\n", encoding="utf-8")
    (tmp_path / "kg.toml").write_text('ontology = ["lab.yaml"]\n', encoding="utf-8")
    assert "  Robot" in run("ontology", "show").output


def test_validate_without_a_build_says_so(tmp_path):
    result = run("validate", "-o", tmp_path)
    assert result.exit_code == 1


def test_shacl_and_sparql_agree_on_a_build(tmp_path):
    pytest.importorskip("pyshacl")
    listing = tmp_path / "papers.jsonl"
    listing.write_text(
        json.dumps({"title": "PS-KD: A Method", "abstract": "We propose PS-KD."}) + "\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    assert run("build", listing, "-o", out, "--formats", "nt", "--jobs", 1, "--quiet").exit_code == 0
    for arguments in ((), ("--shacl",)):
        result = run("validate", "-o", out, *arguments)
        assert (result.exit_code, result.output) == (0, "no violations\n")
