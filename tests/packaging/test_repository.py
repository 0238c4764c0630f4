"""What the repository shows strangers, apart from code: workflow, templates, citation, versions that agree."""

import re
import tomllib

import pytest
import yaml

import kg
from scripts.distribution import ROOT

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
TEMPLATES = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
STEPS = [step.get("run", "") for job in WORKFLOW["jobs"].values() for step in job["steps"]]


def test_every_script_that_the_workflow_runs_is_there() -> None:
    named = set(re.findall(r"scripts/[\w.]+", " ".join(STEPS)))
    assert {"scripts/test", "scripts/check", "scripts/docs"} <= named
    assert all((ROOT / script).is_file() for script in named)


def test_the_workflow_may_read_only() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("job", ["linux", "package"])
def test_every_python_that_is_promised_is_tested(job: str) -> None:
    promised = {line.split(" :: ")[-1] for line in PROJECT["classifiers"] if line.startswith("Programming Language")}
    assert set(WORKFLOW["jobs"][job]["strategy"]["matrix"]["python"]) == promised - {"Only"}


@pytest.mark.parametrize("file", [file for file in TEMPLATES if file.name != "config.yml"], ids=lambda file: file.stem)
def test_an_issue_template_is_complete(file: object) -> None:
    form = yaml.safe_load((ROOT / str(file)).read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    ids = [part["id"] for part in form["body"]]
    assert len(set(ids)) == len(ids)
    assert all(part["attributes"]["label"] for part in form["body"])


def test_the_citation_is_of_this_version_and_licence() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == kg.__version__ == PROJECT["version"]
    assert citation["license"] in PROJECT["license"].split(" AND ")
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()


def test_the_image_is_made_from_files_that_it_may_see() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if line[0] == "!"}
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = {word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", recipe, re.MULTILINE) for word in line.split()}
    assert copied == allowed
    assert re.search(r"^USER (?!root)", recipe, re.MULTILINE)


def test_every_extra_is_in_the_page_on_installing_and_known_to_the_doctor() -> None:
    from kg.cli.doctor import _EXTRAS

    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    for extra in PROJECT["optional-dependencies"]:
        assert f"| `{extra}` |" in page, extra
        assert extra in _EXTRAS
