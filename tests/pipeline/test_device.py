"""What a build makes of the device that its model runs on."""

from dataclasses import replace

import pytest

from kg.ontology import load_ontology
from kg.pipeline import BuildOptions
from kg.pipeline.build import jobs_of
from kg.pipeline.fingerprint import fingerprint_of
from kg.pipeline.jobs import default_jobs

OPTIONS = BuildOptions()


def test_the_cache_mixes_neither_devices_nor_versions_of_what_runs_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    ontology = load_ontology()
    plain = fingerprint_of(ontology, OPTIONS)
    assert fingerprint_of(ontology, replace(OPTIONS, device="cuda")) != plain
    rules = replace(OPTIONS, extractors=("title",))
    of_rules = fingerprint_of(ontology, rules)
    monkeypatch.setattr("kg.pipeline.fingerprint._runtime", lambda: "onnxruntime 0.1")
    assert fingerprint_of(ontology, OPTIONS) != plain
    assert fingerprint_of(ontology, rules) == of_rules


def test_one_process_has_the_card_unless_more_are_asked_for() -> None:
    assert jobs_of(OPTIONS) == default_jobs()
    assert jobs_of(replace(OPTIONS, device="cuda")) == 1
    assert jobs_of(replace(OPTIONS, device="cuda", jobs=3)) == 3
