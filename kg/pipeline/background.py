"""Processes that work beside this one and do not outlive it."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from kg.errors import KgError, StoreError

T = TypeVar("T")


@contextmanager
def beside(task: Callable[..., T], *arguments: Any) -> Iterator[Callable[[], T]]:
    """Run `task` in a process of its own; the block is given a function that waits for the result.

    That function raises the `KgError` that the task raised, and `StoreError` if its process was ended from outside.
    Where the block ends without the result having been asked for, the process is ended. Where the system starts no
    process, the task runs in this one when its result is asked for.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, task, arguments), daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        yield lambda: task(*arguments)
        return
    finally:
        theirs.close()
    try:
        yield lambda: _result(ours)
    finally:
        process.kill()  # it has sent its result, or nobody waits for one
        process.join()
        ours.close()


def _run(channel: Connection, task: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the one that asked decides
    end_with_parent()
    try:
        channel.send((task(*arguments), None))
    except KgError as error:
        channel.send((None, error))


def _result(channel: Connection) -> Any:
    try:
        value, error = channel.recv()
    except EOFError as gone:
        raise StoreError("the process that builds the store was ended from outside (out of memory?)") from gone
    if error is not None:
        raise error
    return value


def end_with_parent() -> None:
    """End this process when the one that started it is gone, in whatever way it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: Any) -> None:
    parent.join()
    os._exit(1)
