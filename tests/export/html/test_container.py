import gzip
import json

import numpy as np
import pytest

from kg.export.html.container import one_line, pack


def unpacked(table: bytes) -> tuple[dict[str, object], bytes]:
    raw = gzip.decompress(table)
    length = int.from_bytes(raw[:4], "little")
    return json.loads(raw[4 : 4 + length]), raw[4 + length :]


def test_columns_come_back_as_they_went_in() -> None:
    head, body = unpacked(pack({"title": "é"}, {"n": np.array([1, 70_000], np.uint32), "s": ["ä", "", "𝐀"]}))
    assert head["title"] == "é"
    assert head["columns"] == [["n", "Uint32Array", 8, 2], ["s", "strings", 8, 3]]
    assert np.frombuffer(body, "<u4", 2).tolist() == [1, 70_000]
    assert body[8:16].decode().split("\n") == ["ä", "", "𝐀"]


@pytest.mark.parametrize("size", range(9))
def test_every_column_begins_at_a_multiple_of_eight(size: int) -> None:
    table = pack({}, {"a": np.zeros(size, np.uint8), "b": np.array([7], np.uint32)})
    raw = gzip.decompress(table)
    _, body = unpacked(table)
    assert (len(raw) - len(body)) % 8 == 0
    assert np.frombuffer(body, "<u4", 1, offset=-(-size // 8) * 8).tolist() == [7]


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "\x00", "a\x85b", "tab\tend"])
def test_breaks_become_single_spaces(text: str) -> None:
    assert len(one_line(text)) == len(text)
    assert one_line(text).splitlines() == [one_line(text)]


def test_lone_halves_of_surrogates_do_not_stop_the_page() -> None:
    assert pack({}, {"s": ["bad \ud800 half"]})
