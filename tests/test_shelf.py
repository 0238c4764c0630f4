"""What outgrows memory comes back as it was."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from kg import shelf
from kg.data import Evidence, Node
from kg.errors import StoreError
from kg.shelf import Groups, Picked, Room, Shelf, shelve

NAMES = ("", "LoRA", "line\nbreak\x00nul", "中文 🤗 𝔐ath", "e\u0301\u202e", "x" * 70_000)


FULL = Path("/dev/full")


def nodes(count: int) -> list[Node]:
    return [Node(f"method/{n:05}", "Method", NAMES[n % len(NAMES)], (f"a{n}", "b"), papers=n) for n in range(count)]


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_BLOCK", 4)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 8, 23])
def test_a_shelf_is_the_sequence_that_was_put_there(count: int, tmp_path: Path) -> None:
    given = nodes(count)
    kept = Shelf(iter(given), Node, tmp_path)
    assert len(kept) == count
    assert list(kept) == given
    assert [kept[place] for place in range(-count, count)] == given + given
    assert list(reversed(kept)) == given[::-1]


@pytest.mark.parametrize(
    "part", [slice(None), slice(2, 9), slice(-3, None), slice(9, 2), slice(0, 99, 5), slice(50, 60)]
)
def test_a_slice_of_a_shelf_is_that_of_a_tuple(part: slice, tmp_path: Path) -> None:
    given = tuple(nodes(23))
    assert Shelf(given, Node, tmp_path)[part] == given[part]


def test_what_is_picked_is_a_sequence_too(tmp_path: Path) -> None:
    given = nodes(23)
    some = Picked(Shelf(given, Node, tmp_path), [2, 3, 11, 22])
    assert (len(some), list(some)) == (4, [given[2], given[3], given[11], given[22]])
    assert some[1:3] == (given[3], given[11])


def test_a_place_beyond_the_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexError):
        Shelf(nodes(5), Node, tmp_path)[5]


def test_a_shelf_can_be_walked_twice_at_once(tmp_path: Path) -> None:
    given = nodes(9)
    kept = Shelf(given, Node, tmp_path)
    assert [(one, other) for one in kept for other in kept] == [(one, other) for one in given for other in given]


def test_what_fits_into_memory_is_a_tuple() -> None:
    assert shelve(iter(nodes(5)), Node, Room(5)) == tuple(nodes(5))
    assert isinstance(shelve(nodes(6), Node, Room(5)), Shelf)


@pytest.mark.parametrize("records", [1, 2, 7, 1000])
def test_groups_come_in_order_whatever_memory_holds(records: int, tmp_path: Path) -> None:
    rng = random.Random(records)
    keys = [(name, str(rng.randrange(9))) for _ in range(30) for name in NAMES[:5]]
    rng.shuffle(keys)
    groups: Groups[tuple[str, str], Evidence] = Groups(tuple[tuple[str, str], list[Evidence]], Room(records, tmp_path))
    for number, key in enumerate(keys):
        groups.add(key, Evidence("paper/x", number, number, key[0], "cue", 0.5))
    expected = [(key, [number for number, other in enumerate(keys) if other == key]) for key in sorted(set(keys))]
    assert [(key, [item.start for item in items]) for key, items in groups.taken()] == expected


@pytest.mark.skipif(sys.platform == "win32", reason="there the file has a name until it is closed")
def test_no_file_is_to_be_seen_and_it_is_closed_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[IO[bytes]] = []
    open_file = shelf.TemporaryFile

    def watched(**settings: Any) -> IO[bytes]:
        opened.append(open_file(**settings))
        return opened[-1]

    monkeypatch.setattr(shelf, "TemporaryFile", watched)
    kept = Shelf(nodes(9), Node, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
    assert not opened[0].closed
    del kept
    assert opened[0].closed


def test_an_error_while_records_come_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[Node]:
        yield from nodes(9)
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        Shelf(failing(), Node, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not FULL.exists(), reason="no such device on this system")
def test_a_full_disk_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "TemporaryFile", lambda **_: FULL.open("wb", buffering=0))
    with pytest.raises(StoreError, match="does not fit into memory cannot be written"):
        Shelf(nodes(9), Node, tmp_path)


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        Shelf(nodes(9), Node, tmp_path / "file" / "folder")
