"""The page as one text: markup, style, script and data, with a policy that lets nothing else in."""

import base64
import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

# Every script after those it imports from; `join_scripts` sets them one after another in one scope.
SCRIPTS = (
    "dom.js", "data.js", "theme.js", "network.js", "filters.js", "search.js", "camera.js", "raster.js",
    "shapes.js", "picture.js", "labels.js", "view.js", "radial.js", "printing.js", "address.js", "steps.js",
    "files.js", "evidence.js", "links.js", "names.js", "aliases.js", "code.js", "chart.js", "scores.js", "board.js",
    "panel.js", "pair.js", "legend.js", "finder.js", "table.js", "timeline.js", "leaders.js", "help.js", "actions.js",
    "edges.js", "input.js", "main.js",
)  # fmt: skip
STYLES = ("base.css", "layout.css", "panel.css", "dialog.css")
# What the page has besides where a server shows it: nothing that fetches stands in the file.
LIVE_SCRIPTS = (*SCRIPTS[:-1], "live.js", SCRIPTS[-1])
LIVE_STYLES = (*STYLES, "live.css")

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?(function|const|let|class)\b)", re.MULTILINE)


def page_file(name: str) -> str:
    """Text of one of the page's source files."""
    return (files("kg.export.html") / "page" / name).read_text(encoding="utf-8")


def join_scripts(names: Sequence[str] = SCRIPTS) -> str:
    """Modules as one script, in this order: imports dropped, exports made plain."""
    parts = [_EXPORT.sub("", _IMPORT.sub("", page_file(name))) for name in names]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"


def assemble(title: str, tables: Mapping[str, bytes]) -> str:
    """The page as a file: `tables` are in it, in base64, and its policy lets nothing be fetched."""
    chunks = "\n".join(
        f'<script type="application/octet-stream" id="data-{name}">{base64.b64encode(table).decode("ascii")}</script>'
        for name, table in tables.items()
    )
    return _joined(title, chunks, join_scripts(), _styles(STYLES))


@cache
def live_page(title: str) -> str:
    """The page for a server: it fetches its tables from where it came from, and nothing from elsewhere."""
    return _joined(title, "", join_scripts(LIVE_SCRIPTS), _styles(LIVE_STYLES), "connect-src 'self'; ")


def _joined(title: str, chunks: str, script: str, style: str, sources: str = "") -> str:
    values = {
        "policy": f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; {sources}"
        "img-src blob: data:; base-uri 'none'; form-action 'none'",
        "title": html.escape(title),
        "style": style,
        "markup": page_file("markup.html"),
        "chunks": chunks,
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], page_file("page.html"))


def _styles(names: Sequence[str]) -> str:
    return "\n".join(page_file(name) for name in names)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
