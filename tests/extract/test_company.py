"""How the things of one paper stand to each other."""

from dataclasses import dataclass

import pytest

from kg.data import Mention, Paper
from kg.extract.company import COMPANY, company
from kg.extract.decide import Opinion
from kg.extract.group import Group
from kg.extract.reading import Reading, read

TEXT = (
    "Fern obtains 81.2 on COCO, LVIS and the ADE20K. We compare Fern with Moss; Fern wins. "
    "Code: https://github.com/someone/fern-code and https://fern.example.org."
)


@dataclass(frozen=True)
class Found:
    """A text with the mentions of some names and a group for each name."""

    reading: Reading
    mentions: list[Mention]
    groups: list[Group]

    def rows(self, opinions: dict[str, Opinion] | None = None) -> dict[str, dict[str, float]]:
        spans = {
            (mention.start, mention.end): opinions[mention.text]
            for mention in self.mentions
            if opinions and mention.text in opinions
        }
        rows = company(self.reading, self.mentions, self.groups, spans)
        named = zip(self.groups, rows, strict=True)
        return {group.name: dict(zip(COMPANY, row, strict=True)) for group, row in named}


def find(text: str, *names: str) -> Found:
    reading = read(Paper("p", "A title", text))
    mentions, groups = [], []
    for name in names:
        places = []
        start = reading.text.find(name)
        while start >= 0:
            places.append(len(mentions))
            mentions.append(Mention(start, start + len(name), name, "Method", "uses", 0.5, ("name",)))
            start = reading.text.find(name, start + 1)
        groups.append(Group("Method", name, (), tuple(places)))
    return Found(reading, mentions, groups)


def opinion(kind: int, new: float) -> Opinion:
    types = tuple(0.9 if number == kind else 0.02 for number in range(6))
    return Opinion(0, 0, types, (new, 1 - new, 0, 0, 0, 0, 0, 0))


def test_things_of_one_list_tell_what_the_others_are() -> None:
    rows = find(TEXT, "COCO", "LVIS", "ADE20K", "Moss").rows({"COCO": opinion(3, 0), "LVIS": opinion(3, 0)})
    assert rows["ADE20K"]["list-size"] == 2
    assert rows["ADE20K"]["list-3"] == 0.9
    assert rows["ADE20K"]["list-best"] == 0.5
    assert rows["COCO"]["list-3"] == 0.9, "LVIS alone: nobody speaks for ADE20K"
    assert rows["Moss"]["list-size"] == 0
    assert rows["Moss"]["list-3"] == -1


def test_a_name_is_new_beside_the_others() -> None:
    rows = find(TEXT, "Fern", "Moss", "COCO").rows({"Fern": opinion(1, 0.8), "Moss": opinion(1, 0.3)})
    assert rows["Fern"]["new-rank"] == 0
    assert rows["Moss"]["new-rank"] == 1
    assert rows["Moss"]["new-others"] == rows["Fern"]["new"] > rows["Moss"]["new"]
    assert rows["COCO"]["new"] == -1


def test_who_acts_opens_sentences_and_is_linked_to() -> None:
    rows = find(TEXT, "Fern", "Moss", "someone/fern-code").rows()
    assert (rows["Fern"]["acts"], rows["Fern"]["opens"], rows["Fern"]["linked"]) == (1, 1, 1)
    assert 0 < rows["Fern"]["acts-share"] < 1
    assert (rows["Moss"]["acts"], rows["Moss"]["opens"], rows["Moss"]["linked"]) == (0, 0, 0)
    assert rows["Fern"]["mentions-rank"] == 0
    assert rows["Moss"]["mentions-rank"] >= 1


@pytest.mark.parametrize(
    ("name", "link", "linked"),
    [
        ("Fern", "https://github.com/someone/Fern.git.", 1),
        ("Fern", "fern.github.io", 1),
        ("Fern", "sites.google.com/view/fern", 1),
        ("Fern", "https://github.com/someone/fernery", 0),
        ("Fern", "and/or fern/moss", 0),
        ("蕨", "https://example.org/a/.", 0),
    ],
)
def test_a_thing_is_linked_to_by_whatever_is_a_link_of_the_paper(name: str, link: str, linked: float) -> None:
    assert find(f"We present {name}. Code: {link}", name).rows()[name]["linked"] == linked


def test_a_paper_without_links_or_opinions_has_rows_all_the_same() -> None:
    rows = find("Nothing but Moss.", "Moss").rows()
    assert rows["Moss"]["linked"] == 0
    assert rows["Moss"]["new-others"] == -1
