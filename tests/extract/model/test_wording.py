"""What is known of the words that a phrase begins and ends in."""

import gzip
from math import log1p
from pathlib import Path

import pytest

from kg.extract.model.wording import WORDING, Wording, read_wording, wordings

TABLE = Wording({("last", "attention"): (100, 80, 79, 1), ("last", "strategy"): (50, 10, 10, 0)})


def row(key: str) -> dict[str, float]:
    return dict(zip(WORDING, TABLE.features(key), strict=True))


def test_a_head_that_is_seldom_an_entity_speaks_against_a_phrase() -> None:
    attention, strategy = row("sliding window attention"), row("first last frame strategy")
    assert attention["last-entities"] > 0.75
    assert strategy["last-entities"] < 0.3
    assert attention["last-methods"] > strategy["last-methods"]
    assert attention["last-things"] == pytest.approx(log1p(100))


def test_words_that_nobody_counted_say_what_is_usual() -> None:
    unseen = row("zorblax")
    assert unseen["last-things"] == 0
    assert unseen["first-entities"] == unseen["last-entities"] == unseen["ending-entities"]


def test_one_word_has_no_ending_of_two() -> None:
    assert wordings("attention") == (("first", "attention"), ("last", "attention"), ("ending", ""))


def test_a_phrase_without_words_is_described_too() -> None:
    assert len(TABLE.features("")) == len(WORDING)


def test_the_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wording.tsv.gz"
    path.write_bytes(gzip.compress(b"ending\twindow attention\t7\t6\t5\t1\nlast\tattention\t100\t80\t79\t1\n"))
    assert read_wording(path).counts == {
        ("ending", "window attention"): (7, 6, 5, 1),
        ("last", "attention"): (100, 80, 79, 1),
    }
