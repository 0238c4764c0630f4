"""The frame around the pages that the server writes itself."""

from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/static/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<nav><a href="/">Explorer</a> <a href="/editor">SPARQL editor</a> <a href="/api/openapi.json">API</a>
<a href="/.well-known/void">VoID</a></nav>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(title: str, body: str) -> str:
    """A whole page; `title` is text, `body` is HTML that the caller has escaped."""
    return _PAGE.format(title=escape(title), body=body)


def home(folder: str) -> str:
    """What stands at ``/`` where no explorer was built."""
    return page(
        "Knowledge graph",
        f"<p>There is no <code>graph.html</code> in <code>{escape(folder)}</code>: build with the html format to see "
        'the explorer here. Meanwhile, ask the graph in the <a href="/editor">editor</a>.</p>',
    )
