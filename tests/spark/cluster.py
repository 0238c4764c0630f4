"""A standalone Spark cluster on this machine: a master and two workers, each a process that can be killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_HERE = "127.0.0.1"
_SECONDS = 240
# Small graphs on a small machine: little memory, few partitions, and no second compilation of what runs once.
_JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true"
_SETTINGS = {
    "spark.default.parallelism": "4",
    "spark.driver.extraJavaOptions": _JAVA,
    "spark.driver.memory": "1g",
    "spark.executor.extraJavaOptions": _JAVA,
    "spark.executor.memory": "700m",
    "spark.network.timeout": "600s",
    "spark.executor.heartbeatInterval": "30s",
    "spark.rpc.askTimeout": "600s",
    "spark.sql.shuffle.partitions": "4",
    "spark.kg.papersAStep": "40",
}


def require_java() -> None:
    """Raise if there is no Java, which Spark runs on: these tests prove nothing without it."""
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise RuntimeError("the Spark tests need Java 17: apt-get install openjdk-17-jre-headless")


def environment(settings: Path, **others: str) -> dict[str, str]:
    """The environment of all Spark processes, with settings in a folder of their own; `others` have _ for a point."""
    settings.mkdir(parents=True, exist_ok=True)
    known = _SETTINGS | {key.replace("_", "."): value for key, value in others.items()}
    lines = (f"{key} {value}\n" for key, value in known.items())
    (settings / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    (settings / "log4j2.properties").write_text("rootLogger.level = error\n", encoding="utf-8")
    ours = {"SPARK_CONF_DIR": str(settings), "SPARK_LOCAL_IP": _HERE, "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": _JAVA, "SPARK_NO_DAEMONIZE": "1", "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_DIRS": str(settings / "local"), "OMP_NUM_THREADS": "1"}  # fmt: skip
    return {**os.environ, **ours}


class Cluster:
    """The processes of a cluster; each leads a process group, so that its executors end with it."""

    def __init__(self, folder: Path) -> None:
        self.port, self._page = _free_port(), _free_port()
        self.master = f"spark://{_HERE}:{self.port}"
        self.folder = folder
        self.env = environment(folder / "conf")
        self.workers: list[subprocess.Popen[bytes]] = []
        self._all: list[subprocess.Popen[bytes]] = []

    def start(self, workers: int) -> None:
        """Start the master and its workers, and wait until all are known to it."""
        where = ("--host", _HERE, "--port", str(self.port), "--webui-port", str(self._page))
        self._start("master", "org.apache.spark.deploy.master.Master", *where)
        self._wait_for(0)
        for number in range(workers):
            self.add_worker(f"worker-{number}")
        self._wait_for(workers)

    def add_worker(self, name: str) -> None:
        """Start one more worker."""
        limits = ("--cores", "1", "--memory", "900m", "--work-dir", str(self.folder / name))
        where = ("--host", _HERE, "--webui-port", str(_free_port()))
        worker = self._start(name, "org.apache.spark.deploy.worker.Worker", *where, *limits, self.master)
        self.workers.append(worker)

    def kill_worker(self) -> None:
        """Kill the first worker and its executors at once, as if the machine had gone."""
        worker = self.workers.pop(0)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        """End all processes."""
        for process in self._all:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, name: str, main: str, *arguments: str) -> "subprocess.Popen[bytes]":
        log = self.folder / f"{name}.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [_spark_class(), main, *arguments],
                env=self.env,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._all.append(process)
        return process

    def _wait_for(self, workers: int) -> None:
        """Wait until the master's page counts as many workers as there should be."""
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError), urllib.request.urlopen(f"http://{_HERE}:{self._page}/json/", timeout=30) as page:
                if f'"aliveworkers" : {workers}' in page.read().decode():
                    return
            time.sleep(1)
        logs = "\n".join(log.read_text(encoding="utf-8")[-2000:] for log in self.folder.glob("*.log"))
        raise RuntimeError(f"the cluster did not come up in {_SECONDS} s:\n{logs}")


@contextmanager
def running(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster that ends with the block."""
    require_java()
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder)
    try:
        cluster.start(workers)
        yield cluster
    finally:
        cluster.stop()


def _spark_class() -> str:
    import pyspark

    return str(Path(pyspark.__file__).parent / "bin" / "spark-class")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HERE, 0))
        port: int = probe.getsockname()[1]
        return port
