"""The binary form of a page's table: a JSON header, then columns that JavaScript reads without parsing.

    0      4        4 + length, padded to a multiple of 8
    length header   columns one after another, each padded to a multiple of 8

A column of numbers is a typed array, little-endian. A column of strings is UTF-8, one value a line. The whole is
compressed (gzip without name or time, so that equal tables are equal bytes).
"""

import gzip
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

_BREAKS = re.compile(r"[\x00-\x1d\x1f\x85\u2028\u2029]")  # \x1e parts the values of a list
_LITTLE = {"u1": "Uint8Array", "u2": "Uint16Array", "u4": "Uint32Array"}
_LEVEL = 6  # of gzip; 9 takes four times as long for 0.8 % less

Column = np.ndarray | Sequence[str]


def pack(header: dict[str, Any], columns: dict[str, Column]) -> bytes:
    """A compressed container holding `header` and `columns`."""
    blobs: list[bytes] = []
    index: list[list[str | int]] = []
    for name, column in columns.items():
        kind, blob = _column(column)
        index.append([name, kind, len(blob), len(column)])
        blobs.append(blob + b"\0" * (-len(blob) % 8))
    head = json.dumps({**header, "columns": index}, ensure_ascii=False, sort_keys=True).encode()
    head += b" " * (-(len(head) + 4) % 8)
    raw = b"".join((len(head).to_bytes(4, "little"), head, *blobs))
    return gzip.compress(raw, compresslevel=_LEVEL, mtime=0)


def _column(column: Column) -> tuple[str, bytes]:
    if isinstance(column, np.ndarray):
        little = np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("<"))
        return _LITTLE[column.dtype.str[1:]], little.tobytes()
    return "strings", "\n".join(map(one_line, column)).encode("utf-8", "replace")


def one_line(text: str) -> str:
    """The text with each control character and line break replaced by one space, so that places in it stay put."""
    return _BREAKS.sub(" ", text)
