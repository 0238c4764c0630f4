"""How a server is to run."""

import os
from dataclasses import dataclass
from pathlib import Path

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Settings of a server. Times are in seconds, sizes in bytes.

    ``workers`` processes are kept warm; where queries are slow, more are started, up to ``most_workers``. At most
    ``queue`` requests wait for one. ``cors`` are origins that browsers may call from (``*``: any). ``max_memory``
    bounds what one worker may allocate. The explorer shows the strongest ``top`` nodes (0: all).
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str = ""
    cors: tuple[str, ...] = ()
    timeout: float = 30.0
    workers: int = max(2, os.cpu_count() or 2)
    most_workers: int = 24
    queue: int = 64
    max_body: int = 1 << 20
    max_result: int = 64 << 20
    max_memory: int = 2 << 30
    top: int = 100_000

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOCAL_HOSTS
