"""One small listing in every format, all of the same two invented papers, and what must be read from it."""

import gzip
import json
from pathlib import Path

from kg.data import Paper, Rejection
from kg.read import Limits, read_papers

TITLE_1 = "Maple-Net: Counting Leaves without a Ladder"
ABSTRACT_1 = (
    "Counting leaves is slow when it is done by hand. We propose Maple-Net, a small network that counts the leaves of "
    "a tree from one photograph, and LeafBench, a benchmark of four thousand trees. Maple-Net reaches 91.2% accuracy "
    "on LeafBench, and is twelve times faster than people with ladders. The code is at https://github.com/invented/maple."
)
TITLE_2 = "Do Teapots Dream? A Study of Kettles at Rest"
ABSTRACT_2 = (
    "Kettles rest for most of the day, and nothing is known about what they do then. In this paper we watch one "
    "hundred kettles for a year, and find that they do very little. We publish KettleSet, a dataset of all that "
    "happened, which is small, and show that a linear model predicts most of it without any training at all."
)
PAIRS = [(TITLE_1, ABSTRACT_1), (TITLE_2, ABSTRACT_2)]


def _json_lines(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _inverted(text: str) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for position, word in enumerate(text.split()):
        index.setdefault(word, []).append(position)
    return index


PLAIN: list[dict[str, object]] = [{"title": title, "abstract": abstract} for title, abstract in PAIRS]
DAILY: list[dict[str, object]] = [{"paper": {"title": title, "summary": text}} for title, text in PAIRS]
OPENALEX: list[dict[str, object]] = [
    {"id": f"https://openalex.org/W{n}", "display_name": title, "abstract_inverted_index": _inverted(text)}
    for n, (title, text) in enumerate(PAIRS, 1)
]
SCHOLAR: list[dict[str, object]] = [
    {"paperId": f"{n:040}", "externalIds": {"CorpusId": n}, "title": title, "abstract": text}
    for n, (title, text) in enumerate(PAIRS, 1)
]
SNAPSHOT: list[dict[str, object]] = [
    {
        "id": f"2401.0000{n}",
        "title": title,
        "abstract": f"  {text}\n",
        "categories": "cs.CV",
        "update_date": "2024-01-09",
    }
    for n, (title, text) in enumerate(PAIRS, 1)
]
BANNER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n"
DENSE_BANNER = (
    "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
)
ENTRY = "<entry>\n<id>http://arxiv.org/abs/2401.0000{}v2</id>\n<title>{}</title>\n<summary>{}</summary></entry>\n"
FEED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<title>Query</title>\n'
    + "".join(ENTRY.format(n, title, text) for n, (title, text) in enumerate(PAIRS, 1))
    + "</feed>\n"
)
CSV = "Title,Abstract\n" + "".join(f'"{title}","{text}"\n' for title, text in PAIRS)

# Format → listings of it; each holds the two papers above and nothing else.
SAMPLES: dict[str, list[str]] = {
    "hf-text": [
        BANNER + "\n\n".join(f"{title}\n\n{text}" for title, text in PAIRS),
        DENSE_BANNER + "\n".join(f"{title}\n{text}" for title, text in PAIRS) + "\n",
        "\n\n".join(f"{title}\n\n{text}" for title, text in PAIRS),
    ],
    "json": [
        json.dumps(PLAIN),
        json.dumps(PLAIN, indent=1),
        json.dumps({"count": 2, "papers": PLAIN}, indent=2),
        json.dumps(OPENALEX),
        json.dumps({"meta": {"count": 2}, "results": OPENALEX, "group_by": []}),
        json.dumps({"total": 2, "data": SCHOLAR}, indent=4),
        json.dumps(DAILY, indent=1),
    ],
    "jsonl": [_json_lines(PLAIN)],
    "hf-daily": [json.dumps(DAILY, indent=1), _json_lines(DAILY)],
    "openalex": [_json_lines(OPENALEX), json.dumps({"results": OPENALEX})],
    "semantic-scholar": [_json_lines(SCHOLAR), json.dumps({"data": [{"citingPaper": one} for one in SCHOLAR]})],
    "arxiv-json": [_json_lines(SNAPSHOT)],
    "atom": [FEED],
    "ris": ["".join(f"TY  - JOUR\nTI  - {title}\nAB  - {text}\nER  - \n\n" for title, text in PAIRS)],
    "bibtex": [
        "".join(
            f"@article{{k{n},\n  title = {{{title}}},\n  abstract = {{{text.replace('%', chr(92) + '%')}}},\n}}\n"
            for n, (title, text) in enumerate(PAIRS)
        )
    ],
    "csv": [
        CSV,
        CSV.replace('","', '"\t"').replace("Title,", "Title\t"),
        CSV.replace('","', '";"').replace("e,A", "e;A"),
    ],
}


def read(folder: Path, content: str | bytes, name: str = "listing", **options: object) -> list[Paper | Rejection]:
    """What is read from a file with `content`, named without an ending so that only the content can tell."""
    path = folder / name
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    format_name, limits = str(options.get("format_name", "")), options.get("limits")
    if isinstance(limits, Limits):
        return list(read_papers([str(path)], format_name=format_name, limits=limits))
    return list(read_papers([str(path)], format_name=format_name))


def papers(found: list[Paper | Rejection]) -> list[Paper]:
    """The papers among `found`."""
    return [one for one in found if isinstance(one, Paper)]


def rejections(found: list[Paper | Rejection]) -> list[Rejection]:
    """The rejections among `found`."""
    return [one for one in found if isinstance(one, Rejection)]


def packed(text: str) -> bytes:
    """`text` as gzip data."""
    return gzip.compress(text.encode("utf-8"), mtime=0)
