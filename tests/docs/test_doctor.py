"""``kg doctor`` and ``kg --version``."""

import hashlib
import json
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import doctor
from kg.cli.main import cli
from kg.cli.versions import model_version, ontology_version
from kg.extract.model import device
from kg.ontology import load_ontology


def _checks() -> dict[str, dict[str, str]]:
    result = CliRunner().invoke(cli, ["doctor", "--json"])
    return {check["name"]: check for check in json.loads(result.stdout)}


def _model(folder: Path) -> Path:
    (folder / "model.onnx").write_bytes(b"weights")
    digests = {"model.onnx": hashlib.sha256(b"weights").hexdigest()}
    (folder / "config.json").write_text(json.dumps({"sha256": digests}), encoding="utf-8")
    return folder


def test_version_names_software_ontology_and_model() -> None:
    said = CliRunner().invoke(cli, ["--version"]).output
    assert said == f"kg {kg.__version__} (ontology {ontology_version()}, model {model_version()})\n"


def test_the_version_read_cheaply_is_that_of_the_loaded_ontology() -> None:
    assert ontology_version() == load_ontology().version


def test_doctor_finds_packages_and_ontology_here() -> None:
    checks = _checks()
    assert checks["packages"]["status"] == "ok"
    assert checks["ontology"]["status"] == "ok"
    assert kg.__version__ in checks["kg"]["found"]


def test_whatever_is_not_there_comes_with_the_way_to_get_it() -> None:
    for check in _checks().values():
        assert check["status"] in ("ok", "absent", "wrong")
        assert check["status"] == "ok" or check["advice"], check


def test_a_missing_package_is_wrong_and_a_missing_extra_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["no-such-package>=1", 'neither-this>=2; extra == "mcp"', 'other>=1; sys_platform == "beos"']
    monkeypatch.setattr(metadata, "requires", lambda _: lines)
    result = CliRunner().invoke(cli, ["doctor"])
    assert result.exit_code == 1
    assert "pip install 'no-such-package>=1'" in result.output
    assert "absent  [mcp]" in result.output
    assert "other" not in result.output


def test_the_onnxruntime_for_cards_stands_in_for_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "onnxruntime-gpu":
            return "1.99"
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(metadata, "requires", lambda _: ["onnxruntime>=1.20"])
    assert doctor._group("") == doctor.Check("packages", "ok", "onnxruntime 1.99")


def test_a_card_that_can_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(device, "open_together", opened.append)
    assert doctor._graphics_card().status == "ok"
    assert [path.name for path in opened] == ["model.onnx"]


def test_the_model_is_checked_file_by_file(tmp_path: Path) -> None:
    assert doctor._model(tmp_path).status == "absent"
    folder = _model(tmp_path)
    assert doctor._model(folder).status == "ok"
    assert len(model_version(folder)) == 8
    (folder / "model.onnx").write_bytes(b"other weights")
    assert "damaged" in doctor._model(folder).found
    (folder / "model.onnx").unlink()
    assert "missing" in doctor._model(folder).found
    (folder / "config.json").write_text("{", encoding="utf-8")
    assert doctor._model(folder).status == "wrong"
    assert model_version(folder) == "damaged"
