"""How many worker processes a machine carries: one a core that is ours, as long as their memory lasts."""

import math
import os
from contextlib import suppress
from pathlib import Path

_WORKER = 350 << 20
"""Bytes that one worker process takes with the trained model loaded, and somewhat more (220 MB are measured)."""
_BUILD = 1 << 30
"""Bytes that are left to the build itself."""
_CGROUP = Path("/sys/fs/cgroup")  # of a container, seen from inside (version 2)
_MEMINFO = Path("/proc/meminfo")


def default_jobs() -> int:
    """At least 1. A container's limits count, as far as Linux tells of them; Windows only tells of cores."""
    jobs = _cores()
    memory = _memory()
    if memory is not None:
        jobs = min(jobs, (memory - _BUILD) // _WORKER)
    return max(1, jobs)


def _cores() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = (_CGROUP / "cpu.max").read_text(encoding="ascii").split()
        cores = min(cores, math.ceil(int(quota) / int(period)))  # a quota of "max" is no number
    return cores


def _memory() -> int | None:
    """Bytes that are to be had, if the system tells."""
    known: list[int] = []
    with suppress(OSError, ValueError):
        known.append(int((_CGROUP / "memory.max").read_text(encoding="ascii")))  # "max" is no number
    with suppress(OSError, ValueError):
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
        known += [int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:")]
    if not known and hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        known.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min(known, default=None)
