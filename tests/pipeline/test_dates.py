"""Papers from a date on: compared to the precision that both dates have, the others counted."""

import pytest

from kg.data import Paper
from kg.pipeline.dates import dated_from

PAPERS = [
    Paper(date or "none", "T", "A", date=date) for date in ("2023", "2024-05", "2024-06-30", "2024", "2025-01-02", "")
]


@pytest.mark.parametrize(
    ("since", "kept"),
    [
        ("", ["2023", "2024-05", "2024-06-30", "2024", "2025-01-02", "none"]),
        ("2024", ["2024-05", "2024-06-30", "2024", "2025-01-02"]),
        ("2024-06", ["2024-06-30", "2024", "2025-01-02"]),
        ("2024-06-30", ["2024-06-30", "2024", "2025-01-02"]),
        ("2024-07-01", ["2024", "2025-01-02"]),
        ("2026", []),
    ],
)
def test_papers_of_that_date_and_later_stay(since: str, kept: list[str]) -> None:
    assert [paper.id for paper in dated_from(PAPERS, since)[0]] == kept


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    _, told = dated_from(PAPERS, "2024-07")
    assert [(item.where, item.reason) for item in told] == [
        ("3 paper(s)", "dated before 2024-07"),
        ("1 paper(s)", "without a date, so not known to be of 2024-07 or later"),
    ]
