"""The page as a file: whole, closed to the outside, the same every time."""

import base64
import hashlib
import re
from collections import defaultdict
from pathlib import Path

import pytest

from kg.data import Graph, Node
from kg.errors import ExportError
from kg.export.html import TITLE, live_page, render_html, write_html
from kg.export.html.page import LIVE_SCRIPTS, LIVE_STYLES, SCRIPTS, STYLES, join_scripts, page_file
from kg.ontology import load_ontology
from tests.browser.hostile import hostile_graph
from tests.browser.synthetic import synthetic_graph

ONTOLOGY = load_ontology(())
_TOP = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)
_IMPORTS = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";', re.MULTILINE)


def digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_names_exactly_what_the_page_holds() -> None:
    page = render_html(synthetic_graph(60), ONTOLOGY)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert [f"'{digest(text)}'" in policy[1] for text in (*scripts, *styles)] == [True, True]
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def test_the_page_of_a_server_has_no_data_and_may_fetch_from_there_only() -> None:
    page = live_page(TITLE)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "connect-src 'self'" in policy[1]
    assert "unsafe" not in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert f"'{digest(scripts[0])}'" in policy[1]
    assert (len(scripts), page.count("<script")) == (1, 1)
    assert not re.search(r"(?:fetch|open)\(['\"`]?(?:https?:)?//", page)


def test_the_file_has_none_of_what_a_server_adds() -> None:
    page = render_html(synthetic_graph(60), ONTOLOGY)
    assert "connect-src" not in page
    for name in {*LIVE_SCRIPTS, *LIVE_STYLES} - {*SCRIPTS, *STYLES}:
        assert page_file(name) not in page
    assert "api/version" not in page


def test_the_page_refers_to_nothing_outside() -> None:
    page = render_html(Graph((), ()), ONTOLOGY)
    assert not re.search(r"<(?:link|iframe|object|embed|base)\b", page)
    assert not re.search(r'\s(?:src|href|action)="(?!#)', page)
    assert not re.search(r"@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|importScripts", page)


def test_no_script_makes_markup_from_text() -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc",
        join_scripts(LIVE_SCRIPTS),
    )


def test_hostile_names_stay_inside_the_data() -> None:
    page = render_html(hostile_graph(), ONTOLOGY, title="</title><script>alert(1)</script>")
    assert "alert(" not in page.replace("&lt;script&gt;alert(1)", "")
    assert page.count("<script") == 4
    assert page.count("</script>") == 4


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert render_html(synthetic_graph(300), ONTOLOGY) == render_html(synthetic_graph(300), ONTOLOGY)


def test_the_file_is_written_whole_as_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "new" / "graph.html"
    write_html(Graph((Node("method/é", "Method", "Café 𝐀"),), ()), ONTOLOGY, file, title="Café 𝐀")
    assert "<title>Café 𝐀</title>" in file.read_text(encoding="utf-8")
    assert list(file.parent.iterdir()) == [file]


def test_unknown_focus_is_refused_and_no_file_left(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing has that name"):
        write_html(synthetic_graph(60), ONTOLOGY, tmp_path / "graph.html", focus="No Such Thing")
    assert list(tmp_path.iterdir()) == []


def test_every_import_is_an_earlier_module_that_exports_it() -> None:
    for place, script in enumerate(LIVE_SCRIPTS):
        for names, module in _IMPORTS.findall(page_file(script)):
            assert LIVE_SCRIPTS.index(module) < place, f"{script} imports from {module}, which comes later"
            for name in map(str.strip, names.split(",")):
                assert re.search(
                    rf"^export (?:async )?(?:function\*?|const|let) {name}\b", page_file(module), re.MULTILINE
                ), (script, name)


def test_every_import_is_used() -> None:
    unused = [
        (script, name.strip())
        for script in LIVE_SCRIPTS
        for names, _ in _IMPORTS.findall(page_file(script))
        for name in names.split(",")
        if len(re.findall(rf"(?<![\w$.]){re.escape(name.strip())}\b", page_file(script))) < 2
    ]
    assert unused == []


def test_no_two_modules_share_a_top_level_name() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for script in LIVE_SCRIPTS:
        for name in _TOP.findall(page_file(script)):
            places[name].append(script)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_the_joined_script_has_no_module_words_left() -> None:
    assert not re.search(r"^(?:import|export)\b", join_scripts(), re.MULTILINE)
    assert not re.search(r"^(?:import|export)\b", join_scripts(LIVE_SCRIPTS), re.MULTILINE)


def test_all_sources_are_listed_small_and_explained() -> None:
    folder = Path(__file__).parents[3] / "kg" / "export" / "html" / "page"
    assert {file.name for file in folder.iterdir()} == {*LIVE_SCRIPTS, *LIVE_STYLES, "page.html", "markup.html"}
    for script in LIVE_SCRIPTS:
        assert len(page_file(script).splitlines()) <= 300, script
        assert page_file(script).startswith("// "), script
