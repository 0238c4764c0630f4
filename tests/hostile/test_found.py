"""What the fuzzer found once, and what it begins with, run through its targets; atheris is not needed for that."""

from pathlib import Path

import pytest

from fuzz import seeds
from fuzz.targets import TARGETS, within_a_second

FOUND = Path(__file__).parent / "found"
CASES = sorted(FOUND.glob("*/*"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_that_was_found_is_mended(case: Path) -> None:
    within_a_second(TARGETS[case.parent.name].run, case.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_what_it_begins_with(name: str) -> None:
    for seed in (b"", *seeds.of(name)):
        within_a_second(TARGETS[name].run, seed)


def test_what_was_found_belongs_to_a_target() -> None:
    assert {case.parent.name for case in CASES} <= set(TARGETS)
