"""A graph whose every text tries to become something else than text."""

from kg.data import Assertion, Evidence, Graph, Node

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
TURNED = "safe\u202egnp.exe"
LINK = "javascript:alert(3)"
PLANTED = "We propose <b>Bold</b> 😀 and \N{MATHEMATICAL BOLD CAPITAL A}Net &amp; more."


def hostile_graph() -> Graph:
    """Five nodes: markup, a script's end and turned text as names, links that run code, characters beyond 16 bit."""
    abstract = f"{PLANTED} {SCRIPT}"
    text = f"{IMAGE}\n{abstract}"
    start = text.index("\N{MATHEMATICAL BOLD CAPITAL A}Net")
    said = Evidence("paper/hostile", start, start + 4, PLANTED, "cue", 0.9)
    ids = (LINK, "data:text/html,<b>", "arxiv:1706.03762")
    loose = Evidence("paper/hostile", 0, 0, SCRIPT, "x", 1.0)
    listed = Evidence("paper/hostile", 0, 0, "", "listing", 1.0)
    nodes = (
        Node("dataset/tpl", "Dataset", "{{chunks}} ${alert(4)}\n\u2028<!--", papers=1),
        Node("method/script", "Method", SCRIPT, (IMAGE, '"><svg onload=alert(5)>'), ids, papers=1),
        Node("method/turned", "Method", TURNED, papers=1),
        Node("page/link", "Page", LINK, url=LINK, papers=1),
        Node("paper/hostile", "Paper", IMAGE, papers=1, first_year=2020, last_year=2020, abstract=abstract, doi=LINK),
    )  # fmt: skip
    edges = (
        Assertion("paper/hostile", "evaluatesOn", "dataset/tpl", (loose,), 1.0, 1),
        Assertion("paper/hostile", "hasPage", "page/link", (listed,), 1.0, 1),
        Assertion("paper/hostile", "introduces", "method/script", (said,), 0.9, 1, 2020, 2020),
        Assertion("paper/hostile", "uses", "method/turned", (said,), 0.9, 1, 2020, 2020),
    )  # fmt: skip
    return Graph(nodes, edges)
