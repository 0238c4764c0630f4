"""A server of its own process, as users run it, and a client without any cleverness."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers["content-type"].partition(";")[0]

    @property
    def message(self) -> str:
        message: str = self.json["error"]["message"]
        return message


@dataclass(frozen=True)
class Running:
    """A server that listens on a port of this machine."""

    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """One request on a connection of its own; underscores in header names stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return Reply(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: bytes, kind: str, **headers: str) -> Reply:
        return self.send("POST", path, body, Content_Type=kind, **headers)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Running]:
    """``kg serve`` on a free port until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / f"serve-{port}.log"
    command = [sys.executable, "-m", "kg", "serve", "-o", str(folder), "--port", str(port), *options]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, cwd=ROOT, env=os.environ | environment)
    running = Running(port, log, process)
    try:
        _wait(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(running: Running) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if running.process.poll() is not None:
            raise AssertionError(running.log.read_text(encoding="utf-8"))
        try:
            running.get("/static/style.css")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start within a minute")
