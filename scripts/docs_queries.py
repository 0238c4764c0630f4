"""Write docs/queries.md: every named query with its answer on the example graph.

python scripts/docs_queries.py [BUILD]      BUILD is a folder of ``kg build examples/papers.jsonl``; made if not given
"""

import sys
import tempfile
from pathlib import Path

from kg.files import atomic_text
from kg.ontology import built_ontology
from kg.pipeline import BuildOptions, build
from kg.query import NamedQuery, Questions, SearchIndex, Table, bind, named_queries, open_store, table

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "queries.md"
EXAMPLES = ROOT / "examples" / "papers.jsonl"
ROWS = 8
WIDEST = 70
HEAD = """# Named queries

Questions that are ready to ask: `kg query --name NAME`, with `--param NAME=VALUE` for another thing or year;
`kg query --list` lists them, `kg query --name NAME --show` prints the text to start one of your own from. The editor of
`kg serve` has them as examples, and `kg.open("output").named("NAME")` asks them in Python. The answers below are those
of the example graph (`kg build examples/papers.jsonl`); `scripts/docs_queries.py` wrote this page.
"""


def main() -> None:
    """Write the page, from a build that is given or made."""
    if len(sys.argv) > 1:
        text = page(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            build([str(EXAMPLES)], Path(folder), BuildOptions(), lambda *_: None)
            text = page(Path(folder))
    with atomic_text(PAGE) as stream:
        stream.write(text)
    print(f"{PAGE.relative_to(ROOT)}: {len(named_queries())} queries")


def page(folder: Path) -> str:
    """The whole page for the build in `folder`."""
    ontology = built_ontology(folder)
    with SearchIndex(folder / "search.sqlite", ontology.base) as index:
        questions = Questions(open_store(folder / "store"), ontology, index)
        parts = [HEAD]
        for query in named_queries().values():
            found = table(questions.ask(query.text, bind(query, {}, index, ontology)), questions, 0)
            parts.append(_section(query, found))
    return "\n".join(parts)


def _section(query: NamedQuery, found: Table) -> str:
    command = f"kg query --name {query.name}"
    for parameter in query.parameters:
        command += f' --param {parameter.name}="{parameter.default}"'
    rows = [f"| {' | '.join(map(_cell, row))} |" for row in found.rows[:ROWS]]
    rest = f"\n… {len(found.rows) - ROWS:,} more rows.\n" if len(found.rows) > ROWS else ""
    head = f"| {' | '.join(found.columns)} |\n|{'---|' * len(found.columns)}"
    answer = "\n".join([head, *rows]) if rows else "No rows."
    return f"## {query.title}\n\n{query.description}\n\n```sh\n{command}\n```\n\n{answer}\n{rest}"


def _cell(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "\\|")
    return plain if len(plain) <= WIDEST else plain[: WIDEST - 1].rstrip() + "…"


if __name__ == "__main__":
    main()
