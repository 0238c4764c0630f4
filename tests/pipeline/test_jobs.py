"""How many processes a build starts if nobody says."""

from pathlib import Path

import pytest

from kg.pipeline import jobs


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of eight cores whose limits stand in files of a folder."""
    monkeypatch.setattr(jobs, "_CGROUP", tmp_path)
    monkeypatch.setattr(jobs, "_MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    (tmp_path / "meminfo").write_text("MemTotal: 67108864 kB\nMemAvailable:   33554432 kB\n")
    return tmp_path


def test_one_a_core(machine: Path) -> None:
    (machine / "cpu.max").write_text("max 100000\n")
    (machine / "memory.max").write_text("max\n")
    assert jobs.default_jobs() == 8


def test_a_container_has_the_cores_that_it_may_use(machine: Path) -> None:
    (machine / "cpu.max").write_text("150000 100000\n")
    assert jobs.default_jobs() == 2


@pytest.mark.parametrize(("gigabytes", "expected"), [(2, 2), (1, 1), (64, 8)])
def test_no_more_than_memory_carries(machine: Path, gigabytes: int, expected: int) -> None:
    (machine / "memory.max").write_text(f"{gigabytes << 30}\n")
    assert jobs.default_jobs() == expected


def test_memory_that_others_use_does_not_count(machine: Path) -> None:
    (machine / "meminfo").write_text("MemTotal: 67108864 kB\nMemAvailable:   2097152 kB\n")
    assert jobs.default_jobs() == 2


def test_a_system_that_tells_nothing_has_its_cores(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "meminfo").unlink()
    monkeypatch.setattr("os.sysconf_names", {}, raising=False)
    assert jobs.default_jobs() == 8
