"""The connection to Spark, and the file system on which it keeps what lies between the stages."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.extras import how_to_install

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_HERE = "127.0.0.1"
_SETTINGS = {
    "spark.app.name": "kg build",
    "spark.ui.enabled": "false",
    "spark.executorEnv.OMP_NUM_THREADS": "1",  # a Python process a core, and a thread a process
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",  # of a few kilobytes each
    "spark.sql.parquet.compression.codec": "zstd",
}
_ALWAYS = {"spark.ui.showConsoleProgress": "false"}  # which PySpark itself switches on
_ON_THIS_MACHINE = {"spark.driver.bindAddress": _HERE, "spark.driver.host": _HERE}


@contextmanager
def open_session(master: str) -> Iterator["SparkSession"]:
    """A session on `master` (empty: what spark-submit or spark-defaults.conf says), stopped at the end.

    A session that is running already, in a notebook say, is used as it is and left running. What the user's own Spark
    settings say goes before ours. Raises `KgError` without PySpark or Java.
    """
    try:
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415 - an extra
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise KgError(f"the Spark engine needs PySpark ({error}): {how_to_install('spark')}") from error
    running: SparkSession | None = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        spark = _start(SparkSession.builder, master)
    except PySparkRuntimeError as error:
        raise KgError(f"Spark cannot be started ({error}); it needs Java 17, see docs/how-to/spark.md") from error
    spark.sparkContext.setLogLevel("FATAL")  # what goes wrong for good is raised; a lost worker is none of that
    try:
        yield spark
    finally:
        spark.stop()


def _start(builder: Any, master: str) -> "SparkSession":
    for key, value in _settings(master).items():
        builder = builder.config(key, value)
    spark: SparkSession = builder.getOrCreate()
    return spark


def _settings(master: str) -> dict[str, str]:
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - an extra

    SparkContext._ensure_initialized()  # starts Java, without which SparkConf knows none of the user's settings
    given = SparkConf()
    master = master or given.get("spark.master", "local[*]") or "local[*]"
    ours = _SETTINGS | (_ON_THIS_MACHINE if master.startswith("local") or _HERE in master else {})
    return {key: value for key, value in ours.items() if not given.contains(key)} | _ALWAYS | {"spark.master": master}


def setting(spark: "SparkSession", name: str, default: str) -> str:
    """A setting of ours in Spark's configuration (``--conf spark.kg.…``)."""
    return str(spark.conf.get(name, default))


class Shards:
    """A folder on any file system of Spark, with a folder of shards for each table."""

    def __init__(self, spark: "SparkSession", root: str) -> None:
        """`root` is an address (``hdfs://…``) or an absolute path."""
        self._spark = spark
        self.root = root.rstrip("/")

    def keep(self, name: str, frame: "DataFrame") -> "DataFrame":
        """Write a table that several later steps read, and read it again from there."""
        frame.write.mode("overwrite").parquet(self.path(name))
        return self.read(name)

    def read(self, name: str) -> "DataFrame":
        """A table that was written earlier."""
        return self._spark.read.parquet(self.path(name))

    def path(self, name: str) -> str:
        """Address of a table."""
        return f"{self.root}/{name}"

    def exists(self, name: str) -> bool:
        """Whether a table is there and whole."""
        path, system = self._hadoop(f"{name}/_SUCCESS")
        return bool(system.exists(path))

    def replace(self, name: str, source: "Shards") -> None:
        """Put the table `name` of another folder of the same file system in the place of ours. Raises `KgError`."""
        old, system = self._hadoop(name)
        new, _ = source._hadoop(name)
        system.mkdirs(old.getParent())
        system.delete(old, True)
        if not system.rename(new, old):
            raise KgError(f"{self.path(name)}: cannot be put in place of the old shards")

    def delete(self) -> None:
        """Remove the folder and all in it."""
        path, system = self._hadoop("")
        system.delete(path, True)

    def _hadoop(self, name: str) -> tuple[Any, Any]:
        """Path and file system in Hadoop's own words; Spark has none of its own for what lies beside its tables."""
        context: Any = self._spark.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(self.path(name) if name else self.root)
        return path, path.getFileSystem(context._jsc.hadoopConfiguration())
