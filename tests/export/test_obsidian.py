"""Notes that link to each other and leave the user's own alone."""

import re
from pathlib import Path

import yaml

from kg.export.obsidian import write_obsidian
from tests.export.hostile import GRAPHS, ONTOLOGY


def _front(path: Path) -> dict:
    _, front, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front)


def test_every_paper_and_entity_has_a_note_with_its_name_and_aliases(tmp_path: Path) -> None:
    for graph in GRAPHS.values():
        write_obsidian(graph, ONTOLOGY, tmp_path)
        for node in graph.nodes:
            note = tmp_path / f"{node.id}.md"
            assert note.exists() == (node.type == "Paper" or ONTOLOGY.is_a(node.type, "Entity"))
            if note.exists():
                front = _front(note)
                assert front["papergraph"] == ONTOLOGY.base + node.id
                assert node.type in front["tags"]
                assert node.name in front["aliases"] or not node.name.isprintable() or node.name != node.name.strip()


def test_every_link_leads_to_a_note(tmp_path: Path) -> None:
    for graph in (GRAPHS["names"], GRAPHS["parallel edges"]):
        write_obsidian(graph, ONTOLOGY, tmp_path)
        for node in graph.nodes:
            links = re.findall(
                r"^- \[\[([^|\]]+)\|([^\]]+)\]\]$", (tmp_path / f"{node.id}.md").read_text("utf-8"), re.M
            )
            said = sorted(one.object for one in graph.assertions if one.subject == node.id)
            assert sorted(target for target, _ in links) == said
            assert all((tmp_path / f"{target}.md").exists() for target, _ in links)


def test_names_cannot_make_markup(tmp_path: Path) -> None:
    write_obsidian(GRAPHS["names"], ONTOLOGY, tmp_path)
    text = (tmp_path / "paper/one.md").read_text(encoding="utf-8")
    assert "\n  > We propose \\<script\\>" in text
    assert "We propose \\[\\[wiki\\]\\] \\#tag" in text
    assert not list(tmp_path.parent.rglob("passwd*"))


def test_a_note_of_the_user_is_left_alone_and_one_of_ours_is_renewed(tmp_path: Path) -> None:
    write_obsidian(GRAPHS["parallel edges"], ONTOLOGY, tmp_path)
    mine, theirs, other = tmp_path / "method/a.md", tmp_path / "task/c.md", tmp_path / "method/my thoughts.md"
    mine.write_text(mine.read_text(encoding="utf-8") + "stale", encoding="utf-8")
    theirs.write_text("My own words.", encoding="utf-8")
    other.write_text("More of them.", encoding="utf-8")
    write_obsidian(GRAPHS["parallel edges"], ONTOLOGY, tmp_path)
    assert "stale" not in mine.read_text(encoding="utf-8")
    assert theirs.read_text(encoding="utf-8") == "My own words."
    assert other.read_text(encoding="utf-8") == "More of them."
