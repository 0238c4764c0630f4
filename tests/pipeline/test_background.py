"""A process beside this one gives its result or its error, and ends when nobody waits for it."""

import errno
import multiprocessing
import os
import signal
import time

import pytest

from kg.errors import ExportError, StoreError
from kg.pipeline.background import beside


def double(number: int) -> int:
    return 2 * number


def refuse() -> None:
    raise ExportError("no room")


def end_at_once() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_the_result_of_a_task_comes_back() -> None:
    with beside(double, 21) as result:
        assert result() == 42


def test_an_error_of_ours_comes_back_as_it_is() -> None:
    with beside(refuse) as result, pytest.raises(ExportError, match="no room"):
        result()


def test_a_process_that_is_killed_is_told_of() -> None:
    with beside(end_at_once) as result, pytest.raises(StoreError, match="ended from outside"):
        result()


def test_no_process_is_left_when_the_block_ends_early() -> None:
    with pytest.raises(KeyError), beside(time.sleep, 600):
        raise KeyError
    assert multiprocessing.active_children() == []


def test_where_no_process_can_be_started_the_task_runs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_process: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refused)
    with beside(double, 21) as result:
        assert result() == 42
    with beside(refuse) as result, pytest.raises(ExportError, match="no room"):
        result()
