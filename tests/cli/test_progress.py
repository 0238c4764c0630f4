"""What a build says on standard error while it runs."""

import pytest

from kg.cli import progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that is set by hand."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_short_build_tells_of_its_papers_alone(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with progress.ProgressReport(quiet=False) as report:
        report("read", 0, 0)
        report("extract", 5, 10)
        clock[0] = 3.0
        report("extract", 10, 10)
        report("export", 0, 0)
    assert capsys.readouterr().err.splitlines() == ["extract: 10 of 10 papers"]


def test_a_long_build_names_each_stage_that_begins(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with progress.ProgressReport(quiet=False) as report:
        report("read", 0, 0)
        clock[0] = 11.0
        report("extract", 5, 10)
        report("extract", 6, 10)
        clock[0] = 20.0
        report("resolve", 0, 0)
        report("export", 0, 0)
    assert capsys.readouterr().err.splitlines() == ["extract: 5 of 10 papers", "resolve ...", "export ..."]


def test_a_terminal_shows_the_stage_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True, raising=False)
    with progress.ProgressReport(quiet=False) as report:
        report("read", 0, 0)
        report("extract", 5, 10)
        report("export", 0, 0)
        bars = {task.description: (task.completed, task.total, task.visible) for task in report._bar.tasks}  # type: ignore[union-attr]
    assert bars == {"read": (0, None, False), "extract": (5, 10, False), "export": (0, None, True)}
