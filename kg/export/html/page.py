"""The page as one text: markup, style, script and data, with a policy that lets nothing else in."""

import base64
import hashlib
import html
import re
from importlib.resources import files

# Every script after those it imports from; `join_scripts` sets them one after another in one scope.
SCRIPTS = (
    "dom.js", "data.js", "theme.js", "network.js", "filters.js", "search.js", "camera.js", "raster.js",
    "shapes.js", "picture.js", "labels.js", "view.js", "radial.js", "address.js", "files.js", "evidence.js",
    "names.js", "links.js", "chart.js", "board.js", "panel.js", "pair.js", "legend.js", "finder.js", "table.js",
    "timeline.js", "actions.js", "input.js", "main.js",
)  # fmt: skip
STYLES = ("base.css", "layout.css", "panel.css", "dialog.css")

_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?(function|const|let|class)\b)", re.MULTILINE)


def page_file(name: str) -> str:
    """Text of one of the page's source files."""
    return (files("kg.export.html") / "page" / name).read_text(encoding="utf-8")


def join_scripts() -> str:
    """All modules as one script: imports dropped, exports made plain, in the order of `SCRIPTS`."""
    parts = [_EXPORT.sub("", _IMPORT.sub("", page_file(name))) for name in SCRIPTS]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"


def assemble(title: str, chunks: dict[str, str]) -> str:
    """The finished page. `chunks` are base64 containers by the name under which the script looks for them."""
    script, style = join_scripts(), "\n".join(page_file(name) for name in STYLES)
    values = {
        "policy": _policy(script, style),
        "title": html.escape(title),
        "style": style,
        "markup": page_file("markup.html"),
        "chunks": "\n".join(
            f'<script type="application/octet-stream" id="{name}">{data}</script>' for name, data in chunks.items()
        ),
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], page_file("page.html"))


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src blob: data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
