"""What a worker process and the server say to each other: frames of a JSON head and bytes, over pipes."""

import asyncio
import json
import struct
from typing import IO, Any

_SIZES = struct.Struct(">II")

Head = dict[str, Any]


def pack(head: Head, body: bytes = b"") -> bytes:
    """One frame."""
    text = json.dumps(head).encode()
    return _SIZES.pack(len(text), len(body)) + text + body


def read(stream: IO[bytes]) -> tuple[Head, bytes] | None:
    """The next frame of a blocking stream, or None at its end."""
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    head, body = _SIZES.unpack(sizes)
    return json.loads(stream.read(head)), stream.read(body)


async def receive(stream: asyncio.StreamReader) -> tuple[Head, bytes]:
    """The next frame of a pipe. Raises `asyncio.IncompleteReadError` when the other end has gone."""
    head, body = _SIZES.unpack(await stream.readexactly(_SIZES.size))
    return json.loads(await stream.readexactly(head)), await stream.readexactly(body)
