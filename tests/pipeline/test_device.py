"""What a build makes of the device that its model runs on."""

import os
from dataclasses import replace

from kg.ontology import load_ontology
from kg.pipeline import BuildOptions
from kg.pipeline.build import fingerprint_of, jobs_of

OPTIONS = BuildOptions()


def test_the_cache_never_mixes_devices_and_that_of_the_processor_is_as_ever() -> None:
    ontology = load_ontology()
    plain = fingerprint_of(ontology, OPTIONS)
    assert plain.endswith(f" {OPTIONS.limits.mentions} {OPTIONS.limits.seconds}")
    assert fingerprint_of(ontology, replace(OPTIONS, device="cuda")) == f"{plain} cuda"


def test_one_process_has_the_card_unless_more_are_asked_for() -> None:
    assert jobs_of(OPTIONS) == os.cpu_count()
    assert jobs_of(replace(OPTIONS, device="cuda")) == 1
    assert jobs_of(replace(OPTIONS, device="cuda", jobs=3)) == 3
