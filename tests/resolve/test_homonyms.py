"""Several things of one name: which papers coin a thing of their own, and whom the others mean."""

from dataclasses import replace

import pytest

from kg.data import AnnotatedPaper
from kg.resolve import Override, resolve
from kg.resolve.likeness import likeness, shared
from tests.resolve.cases import entity, paper

FOLDING = "A kernel folds protein chains of amino acids: helices, sheets and residues of enzymes, found in sequences."
ROBOTS = (
    "A planner steers fleets of forklifts through warehouses: pallets, aisles, docks and collisions, all scheduled."
)
MUSIC = (
    "A decoder composes melodies for violins: chords, harmonies, tempo and rhythm of symphonies, played by orchestras."
)


def coin(
    number: int,
    about: str,
    name: str = "Zebrix",
    *,
    title: str = "",
    role: str = "introduces",
    type_name: str = "Method",
) -> AnnotatedPaper:
    """A paper on `about` that introduces a thing, by default with its name for a title."""
    own = entity(name, type_name=type_name, role=role)
    return paper(number, own, text=about, title=title or f"{name}: {about.partition(':')[0]}")


def use(number: int, about: str, name: str = "Zebrix", **fields: str) -> AnnotatedPaper:
    """A paper on `about` that uses a thing."""
    found = paper(number, entity(name), text=about, title=f"Study {number}")
    return replace(found, paper=replace(found.paper, **fields))


def dated(found: AnnotatedPaper, date: str) -> AnnotatedPaper:
    return replace(found, paper=replace(found.paper, date=date))


def ids(papers, ontology, *overrides):
    return [own[0] for own in (each.entity_ids for each in resolve(papers, ontology, overrides).papers)]


def test_a_name_in_two_titles_is_two_things_and_the_first_keeps_the_id(ontology):
    first, second = ids([coin(1, FOLDING), coin(2, ROBOTS)], ontology)
    assert first == "method/zebrix"
    assert second.startswith("method/zebrix-")


def test_things_are_told_apart_by_their_titles_and_the_report_says_why(ontology):
    resolution = resolve([coin(1, FOLDING), coin(2, ROBOTS)], ontology)
    assert [(one.name, one.aliases) for one in resolution.entities] == [
        ("Zebrix", ("A kernel folds protein chains of amino acids",)),
        ("Zebrix", ("A planner steers fleets of forklifts through warehouses",)),
    ]
    assert [merge.name for merge in resolution.merges] == ["A kernel folds protein chains of amino acids", "Zebrix",
        "A planner steers fleets of forklifts through warehouses", "Zebrix"]  # fmt: skip
    reasons = [merge.reason for merge in resolution.merges]
    assert all(reason.endswith("the first of several things of this name") for reason in reasons[:2])
    assert all("another thing of this name: no author and link in common, words 0.0" in why for why in reasons[2:])


def test_papers_added_later_rename_no_thing_of_a_shared_name(ontology):
    papers = [use(0, ROBOTS), coin(1, FOLDING, type_name="Dataset"), coin(2, MUSIC)]
    before = resolve(papers, ontology)
    after = resolve([*papers, coin(3, ROBOTS), use(4, MUSIC)], ontology)
    assert ids(papers, ontology)[1:] == [own.entity_ids[0] for own in after.papers][1:3]
    assert {one.id for one in before.entities} < {one.id for one in after.entities}
    assert ids([coin(1, FOLDING), coin(3, ROBOTS)], ontology)[1] == after.papers[3].entity_ids[0]


def test_two_versions_of_a_paper_are_one_thing(ontology):
    other = coin(2, f"{FOLDING} Enzymes matter.", title="Zebrix: The Journal Version")
    assert len(set(ids([coin(1, FOLDING), other], ontology))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"authors": ("Ann A", "Bo B", "Cy C")}, {"authors": ("Bo B", "ann a")}),
        ({"urls": ("https://github.com/lab/Zebrix.git",)}, {"urls": ("https://github.com/lab/zebrix/tree/main",)}),
    ],
)
def test_what_shares_authors_or_a_link_is_one_thing(ontology, one, other):
    papers = [coin(1, FOLDING), coin(2, ROBOTS)]
    papers = [
        replace(each, paper=replace(each.paper, **fields)) for each, fields in zip(papers, (one, other), strict=True)
    ]
    assert len(set(ids(papers, ontology))) == 1


def test_what_is_spelled_out_alike_is_one_thing(ontology):
    long = "Zonal Edge Brokers"
    papers = [
        paper(n, entity("ZEB", long, role="introduces"), acronyms=(("ZEB", long),), text=about, title=f"ZEB: {n}")
        for n, about in enumerate((FOLDING, ROBOTS))
    ]
    assert len(set(ids(papers, ontology))) == 1


def test_one_author_or_a_link_of_another_name_is_not_enough():
    one, other = (
        replace(coin(1, FOLDING).paper, authors=("Wei Wang", own), urls=("https://huggingface.co/papers",))
        for own in ("Ann A", "Bo B")
    )
    assert shared(one, other, "Zebrix") == ""
    assert likeness(one, other, "Zebrix") == pytest.approx(1)


def test_a_thing_without_its_name_in_the_title_counts_if_another_has_it(ontology):
    untitled = coin(2, ROBOTS, title="Forklifts Without Collisions")
    assert len(set(ids([coin(1, FOLDING), untitled], ontology))) == 2
    assert len(set(ids([untitled, coin(1, FOLDING)], ontology))) == 2
    alike = coin(2, f"We extend it. {FOLDING}", title="Folding Again")
    assert len(set(ids([coin(1, FOLDING), alike], ontology))) == 1
    neither = coin(1, FOLDING, title="Folding")
    assert len(set(ids([neither, untitled], ontology))) == 1


def test_words_are_no_names_of_ones_own(ontology):
    for name in ("Zebra Herding", "zebras"):
        assert len(set(ids([coin(1, FOLDING, name), coin(2, ROBOTS, name)], ontology))) == 1


def test_who_uses_a_shared_name_means_what_its_context_supports(ontology):
    found = ids([coin(1, FOLDING), coin(2, ROBOTS), use(3, ROBOTS), use(4, FOLDING)], ontology)
    assert found[2:] == [found[1], found[0]]


def test_nobody_uses_what_is_not_there_yet(ontology):
    coined = [dated(coin(1, FOLDING), "2020-01"), dated(coin(2, ROBOTS), "2024-01")]
    early, late = use(3, ROBOTS, date="2022-01"), use(4, ROBOTS, date="2023-12")
    found = ids([*coined, early, late], ontology)
    assert found[2:] == [found[0], found[1]]
    before = ids([*coined, use(3, ROBOTS, date="2018")], ontology)
    assert before[2] == before[0]


def test_who_says_nothing_means_the_best_known(ontology):
    papers = [coin(1, FOLDING), coin(2, ROBOTS), use(3, ROBOTS), use(4, MUSIC)]
    found = ids(papers, ontology)
    assert found[3] == found[1]


def test_a_known_name_stays_with_one_of_those_that_coin_it_and_all_who_use_it(ontology):
    coined = [coin(1, FOLDING, "MIMO", type_name="Model"), coin(2, ROBOTS, "MiMo", type_name="Model")]
    found = ids([*coined, use(3, FOLDING, "MiMo")], ontology)
    assert found[1] == found[2] == "model/mimo"
    assert found[0].startswith("model/mimo-")


def test_studies_of_a_known_thing_coin_nothing(ontology):
    assert set(ids([coin(1, FOLDING, "SGD"), coin(2, ROBOTS, "SGD")], ontology)) == {
        "method/stochastic-gradient-descent"
    }


def test_an_override_joins_all_that_have_a_name(ontology):
    row = Override(True, "Zebrix", "Zebrix", "", "mine.tsv:1")
    assert set(ids([coin(1, FOLDING), coin(2, ROBOTS)], ontology, row)) == {"method/zebrix"}


def test_what_a_paper_introduces_is_not_what_one_other_paper_means_by_the_acronym(ontology):
    long = "zonal edge broker"
    stated = paper(1, entity("ZEB", long), acronyms=(("ZEBR", long),), text=FOLDING)
    stated = replace(stated, entities=(entity("ZEBR", long),))
    own, user = coin(2, ROBOTS, "ZEBR", title="Fleets"), use(3, ROBOTS, "ZEBR")
    found = ids([stated, own, user], ontology)
    assert found[0] == found[2] != found[1]


def test_what_was_used_before_it_was_titled_so_is_another_thing_unless_alike(ontology):
    coined = replace(coin(2, ROBOTS), paper=replace(coin(2, ROBOTS).paper, arxiv="2406.00001"))
    early, late = use(1, FOLDING, arxiv="2401.00001"), use(3, FOLDING, arxiv="2407.00001")
    found = ids([early, coined, late], ontology)
    assert found[0] == found[2] == "method/zebrix" != found[1]
    assert ids([coined, early, late], ontology)[0] == "method/zebrix" != ids([coined, early], ontology)[1]
    assert len(set(ids([use(1, f"It moves. {ROBOTS}", arxiv="2401.00001"), coined], ontology))) == 1
    assert len(set(ids([late, coined], ontology))) == 1
    assert len(set(ids([use(1, FOLDING, date="2020-01-01"), coined], ontology))) == 1


def test_who_used_a_name_before_stays_when_another_paper_introduces_it_later(ontology):
    coined = replace(coin(2, ROBOTS), paper=replace(coin(2, ROBOTS).paper, arxiv="2406.00001"))
    source = replace(coin(3, FOLDING), paper=replace(coin(3, FOLDING).paper, arxiv="2310.00001"))
    papers = [use(1, FOLDING, arxiv="2401.00001"), coined]
    before, after = ids(papers, ontology), ids([*papers, source], ontology)
    assert after == [*before, before[0]]
