"""What annotators thought of a phrase, with the paper in hand and without it."""

from kg.extract.model.known import KNOWN_FEATURES, Known

KNOWN = Known({"clip": (4, 3, 0, 0, 0, 0), "rare": (3, 1, 0, 0, 0, 0), "twice": (2, 2, 0, 0, 0, 0)})
UNKNOWN = KNOWN.features(("nobody wrote it",))


def test_a_phrase_has_its_counts() -> None:
    row = dict(zip(KNOWN_FEATURES, KNOWN.features(("clip",)), strict=True))
    assert row["known-papers"] == 4
    assert row["known-type-1"] == 1
    assert row["known-share"] > 0.6


def test_a_paper_is_taken_off_the_counts_whether_it_takes_the_phrase_for_an_entity_or_not() -> None:
    as_entity = dict(zip(KNOWN_FEATURES, KNOWN.features(("clip",), {"clip": 1}), strict=True))
    as_nothing = dict(zip(KNOWN_FEATURES, KNOWN.features(("clip",), {}), strict=True))
    assert as_entity["known-papers"] == as_nothing["known-papers"] == 3
    assert as_entity["known-share"] < as_nothing["known-share"]


def test_what_is_an_entity_in_that_paper_alone_is_unknown_without_it() -> None:
    assert KNOWN.features(("rare",), {"rare": 1}) == UNKNOWN
    assert KNOWN.features(("rare",), {}) != UNKNOWN


def test_what_one_other_paper_writes_is_unknown_without_the_paper() -> None:
    assert KNOWN.features(("twice",), {"twice": 1}) == UNKNOWN
