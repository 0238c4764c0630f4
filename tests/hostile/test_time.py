"""Time grows no faster than input. Each row once took seconds; all patterns are timed by scripts/time_patterns.py."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from kg.errors import KgError
from kg.normalize import compact
from kg.ontology import load_ontology
from kg.query.guard import check_query
from kg.query.hints import suggestions
from kg.read.bibtex import read_bibtex
from kg.read.people import split_names

SIZE = 100_000


def _bibtex(text: str) -> None:
    from kg.read import Limits
    from kg.read.listing import Listing

    content = f"@article{{k,\n author = {{{text}}},\n}}\n"
    list(read_bibtex(Listing("a", content, Limits(), iter([content.encode()]))))


@pytest.mark.parametrize(
    ("function", "unit"),
    [
        (check_query, "0"),
        (check_query, "a-"),
        (check_query, ":a:a:a service "),
        (lambda text: suggestions(text, load_ontology(), {}), "a-"),
        (split_names, " "),
        (split_names, " ,"),
        (_bibtex, " "),
        (compact, "'s"),
        (compact, "'"),
    ],
)
def test_a_hundred_thousand_characters_take_less_than_a_second(function: Callable[[str], object], unit: str) -> None:
    text = (unit * SIZE)[:SIZE]
    begun = time.process_time()
    with suppress(KgError):
        function(text)
    assert time.process_time() - begun < 1
