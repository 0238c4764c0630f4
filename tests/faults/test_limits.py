"""What costs too much is left out with a reason, and how much is too much is a setting."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import pytest

from kg.data import AnnotatedPaper, Link, Mention, Paper
from kg.extract import Extractor, load_extractor
from kg.ontology import load_ontology
from kg.pipeline.within import annotate_within
from kg.read import Limits
from tests.faults.conftest import RULES, kg_here, write_listing

LINK = Link("https://example.org", "page", 0, 1, "https://example.org")


class Slow:
    """An extractor that works for a second on a paper called "slow", and finds one mention a word."""

    batch = 1

    def annotate(self, papers: Iterable[Paper]) -> Iterator[AnnotatedPaper]:
        for paper in papers:
            end = time.process_time() + (1.0 if paper.title == "slow" else 0.0)
            while time.process_time() < end:
                pass
            words = paper.abstract.split()
            mentions = tuple(Mention(0, 1, word, "Method", "uses", 1.0, ("x",)) for word in words)
            yield AnnotatedPaper(paper, ((0, 1),), mentions, (), (), (LINK,), (), ())


def _within(limits: Limits, *papers: Paper) -> list[AnnotatedPaper]:
    return list(annotate_within(cast(Extractor, Slow()), papers, limits))


def test_a_paper_that_takes_too_long_is_kept_without_mentions_and_the_next_is_read() -> None:
    slow, quick = _within(Limits(seconds=0.2), Paper("1", "slow", "a b"), Paper("2", "quick", "a b"))
    assert slow.paper.id == "1"
    assert not slow.mentions
    assert "more than 0.2 s" in slow.rejections[0].reason
    assert len(quick.mentions) == 2
    assert not quick.rejections


def test_company_neither_costs_a_paper_time_nor_lends_it_any() -> None:
    extractor = Slow()
    extractor.batch = 2
    papers = [Paper("1", "quick", "a"), Paper("2", "slow", "a"), Paper("3", "quick", "a")]
    for seconds, kept in ((0.2, [1, 0, 1]), (0.7, [1, 0, 1]), (1.8, [1, 1, 1])):
        found = list(annotate_within(cast(Extractor, extractor), papers, Limits(seconds=seconds)))
        assert [one.paper.id for one in found] == ["1", "2", "3"]
        assert [len(one.mentions) for one in found] == kept


def test_a_paper_with_too_many_mentions_keeps_its_links() -> None:
    (found,) = _within(Limits(mentions=3), Paper("1", "quick", "a b c d"))
    assert (found.mentions, found.links) == ((), (LINK,))
    assert "4 mentions, more than 3" in found.rejections[0].reason


def test_no_limit_is_a_limit_of_zero_seconds() -> None:
    (found,) = _within(Limits(seconds=0), Paper("1", "slow", "a"))
    assert len(found.mentions) == 1


def test_no_word_of_a_paper_keeps_the_extractor_for_longer() -> None:
    word = "Aa" + "-bb" * 60 + "1"  # it once took twice as long with every hyphen
    extractor = load_extractor(load_ontology(), extractors=RULES.split(","))
    begun = time.process_time()
    papers = [Paper("1", f"The {word} Network", f"We propose {word} (LFM)."), Paper("2", "Net", "We propose Net.")]
    found = list(annotate_within(extractor, papers, Limits(seconds=3)))
    assert [one.paper.id for one in found] == ["1", "2"]
    assert found[1].mentions
    assert time.process_time() - begun < 30


def test_the_command_takes_limits_and_says_what_they_left_out(tmp_path: Path) -> None:
    listing = write_listing(tmp_path / "papers.jsonl", 2)
    done = kg_here("extract", listing, "--extractors", RULES, "--limit", "mentions=1", "--verbose")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["mentions"] for line in done.stdout.splitlines()] == [[], []]
    assert "more than 1 (limit mentions)" in done.stderr
    short = kg_here("extract", listing, "--extractors", RULES, "--limit", "abstract_chars=20")
    assert short.returncode == 1
    assert "at most 20 are read" in short.stderr


@pytest.mark.parametrize(
    ("setting", "message"),
    [("papers=1", "is no limit; there are: file_bytes"), ("seconds=soon", "a number must stand")],
)
def test_a_setting_that_is_none_is_refused(setting: str, message: str, tmp_path: Path) -> None:
    done = kg_here("extract", write_listing(tmp_path / "papers.jsonl", 1), "--limit", setting)
    assert done.returncode == 2
    assert message in done.stderr
