"""The explorer's data: the tables of the present build, packed when first asked for and kept by the graph's digest.

A page that was opened before a new build still finds its tables for a while: those of the last few builds are kept.
"""

import asyncio
import contextlib
import hashlib
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from kg import __version__
from kg.errors import StoreError
from kg.export.archive import ARCHIVE
from kg.export.html import TABLES, TITLE, live_page
from kg.files import MANIFEST, file_digest
from kg.ontology import BUILT
from kg.serve.options import ServeOptions

_KEPT = 3  # builds


class Explorer:
    """Tables by version. Use it as an asynchronous context manager: it has a temporary folder and processes."""

    def __init__(self, options: ServeOptions) -> None:
        self._folder = options.folder.resolve()
        self._top = options.top
        self._place = Path()
        self._lock = asyncio.Lock()
        self._stamp: object = None
        self._version = ""
        self._packing: dict[str, asyncio.Task[Path]] = {}

    async def __aenter__(self) -> "Explorer":
        self._place = Path(tempfile.mkdtemp(prefix="kg-explorer-"))
        return self

    async def __aexit__(self, *_error: object) -> None:
        for task in self._packing.values():
            task.cancel()
        await asyncio.gather(*self._packing.values(), return_exceptions=True)
        shutil.rmtree(self._place, ignore_errors=True)

    async def version(self) -> str:
        """The digest of the graph that was built last, and of what makes its tables; "" if there is none."""
        stamp = self._stamped()
        if stamp != self._stamp:
            async with self._lock:
                if stamp != self._stamp:
                    self._version = await asyncio.to_thread(self._digest)
                    self._stamp = stamp
        return self._version

    async def table(self, version: str, name: str) -> Path | None:
        """The file of a table, or None if that version is neither the present one nor kept.

        Raises `StoreError` where the build cannot be read.
        """
        if name not in TABLES or (version not in self._packing and version != await self.version()):
            return None
        folder = await asyncio.shield(self.prepare(version))
        return folder / name

    def prepare(self, version: str) -> "asyncio.Task[Path]":
        """Pack the tables of the present version, unless that is done or being done."""
        task = self._packing.get(version)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._packing[version] = asyncio.get_running_loop().create_task(self._pack(version))
            task.add_done_callback(_seen)
            for old in list(self._packing)[:-_KEPT]:
                self._packing.pop(old).cancel()
                shutil.rmtree(self._place / old, ignore_errors=True)
        return task

    async def _pack(self, version: str) -> Path:
        target = self._place / version
        target.mkdir(exist_ok=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.serve.tables", str(self._folder), str(target), str(self._top),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        try:
            _, said = await process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        if process.returncode:
            raise StoreError(
                said.decode("utf-8", "replace").strip().rpartition("\n")[2] or "the tables cannot be packed"
            )
        if await asyncio.to_thread(self._digest) != version:
            self._stamp = None
            raise StoreError("the graph is being built anew; try again in a moment")
        return target

    def _stamped(self) -> object:
        """What changes when a build has ended. A folder that was copied without its manifest goes by its graph."""
        for name in (MANIFEST, ARCHIVE):
            with contextlib.suppress(OSError):
                found = (self._folder / name).stat()
                return name, found.st_ino, found.st_mtime_ns, found.st_size
        return None

    def _digest(self) -> str:
        total = hashlib.sha256(f"{__version__} {self._top} {_code()}".encode())
        try:
            for name in (ARCHIVE, BUILT):
                if name == ARCHIVE or (self._folder / name).exists():
                    total.update(file_digest(self._folder / name).encode())
        except OSError:
            return ""
        return total.hexdigest()[:16]


def _code() -> str:
    """A digest of page and packing, so that no browser keeps tables for a page that reads them otherwise."""
    packing = (files("kg.export.html") / name for name in ("container.py", "tables.py", "evidence.py", "packing.py"))
    text = "".join(file.read_text(encoding="utf-8") for file in packing)
    return hashlib.sha256((live_page(TITLE) + text).encode()).hexdigest()


def _seen(task: "asyncio.Task[Path]") -> None:
    """Look at a failure that nobody may be waiting for; whoever asks for the tables is told of it."""
    if not task.cancelled():
        task.exception()
