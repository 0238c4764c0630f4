"""One place that decides whether a test may be left out: where `CI` is set, only for the reasons below.

`scripts/test` installs what the tests need, and `.ci/run` sets `CI`; a test that still misses something fails there.
"""

import os
import re
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# What scripts/test_spark runs, and what a container without rights over the machine cannot do.
MAY_SKIP = re.compile("PySpark is not installed|a small disk can only be mounted by root")
STRICT = os.environ.get("CI", "") not in ("", "0", "false")


def must_run(reason: str) -> bool:
    """Whether a test that was skipped for a reason should have run."""
    return STRICT and not MAY_SKIP.search(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that is skipped for want of something is a failure."""
    report = yield
    return _judged(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """As are all tests of a module that cannot be imported without it."""
    report = yield
    return _judged(report)


def _judged(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
        reason = str(report.longrepr[2])
        if must_run(reason):
            report.outcome = "failed"
            report.longrepr = f"{reason}: where CI is set, a test may not be skipped for this (see tests/conftest.py)"
    return report
