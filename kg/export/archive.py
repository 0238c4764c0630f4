"""The graph itself in a file, whole and compact, so that a later command need not extract again.

Length-prefixed MessagePack blocks in a gzip stream: a header, the run, the layout, then blocks of nodes, assertions and
rejections. A record is a list of its fields with strings replaced by their place in the table of strings at the front
of the block, so that neither writing nor reading needs a second copy of the graph. The layout is there so that what is
exported later shows every node where the page shows it, and at once.
"""

import gzip
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import msgspec

from kg.data import Assertion, Evidence, Graph, Node, Rejection, Run
from kg.errors import StoreError
from kg.export.positions import Place, Seats, places, remember
from kg.files import atomic_binary
from kg.ontology import Ontology
from kg.shelf import Room, shelve

ARCHIVE = "cache/graph.msgpack.gz"
_FORMAT = "kg graph 2"
_BLOCK = 5_000  # records
# whatever a truncated or altered file makes gzip, msgspec and the records raise
_DAMAGE = (OSError, EOFError, zlib.error, ValueError, TypeError, LookupError, StopIteration, msgspec.MsgspecError)

Record = TypeVar("Record", Node, Rejection, Evidence, Assertion, Run)
Row = list[Any]


def write_archive(graph: Graph, ontology: Ontology, path: Path) -> None:
    """Write the graph to `path`; the same graph gives the same bytes."""
    del ontology  # which all exporters take
    pack = msgspec.msgpack.Encoder().encode
    with (
        atomic_binary(path) as stream,
        gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=4, mtime=0) as packed,
    ):
        for block in _blocks(graph, places(graph)):
            data = pack(block)
            packed.write(len(data).to_bytes(4, "big"))
            packed.write(data)


def read_graph(folder: Path, room: Room | None = None) -> Graph:
    """The graph of the build in `folder`, its layout remembered. Raises `StoreError` if it is missing or damaged.

    All of it is in memory, or if there is a `room`, no more than that holds: the rest is on disk (`kg.shelf`).
    """
    with _opened(folder) as blocks:
        return _graph(blocks, room)


def small_room(folder: Path) -> Room:
    """Room for a graph of which a part is wanted; where the build of `folder` cannot be written to, elsewhere."""
    cache = (folder / ARCHIVE).parent
    return Room(folder=cache if os.access(cache, os.W_OK) else None)


def walk_nodes(folder: Path) -> Iterator[Node]:
    """As the nodes of `read_graph`, some thousands in memory at a time. What is damaged behind them goes unseen."""
    with _opened(folder) as blocks:
        nodes, *_ = _counts(blocks)
        next(blocks), next(blocks)  # run and layout
        yield from _walk(blocks, nodes, _node, None)


def walk_assertions(folder: Path) -> Iterator[Assertion]:
    """As the assertions of `read_graph`, some thousands in memory at a time. The file is read to its end."""
    with _opened(folder) as blocks:
        nodes, assertions, _ = _counts(blocks)
        next(blocks), next(blocks)  # run and layout
        deque(_holding(blocks, nodes), maxlen=0)
        yield from _walk(blocks, assertions, _assertion, None)
        deque(blocks, maxlen=0)  # to the end, so that gzip compares its checksum


@contextmanager
def _opened(folder: Path) -> Iterator[Iterator[Row]]:
    """The blocks of the archive of a build. Raises `StoreError` if it is missing or damaged."""
    path = folder / ARCHIVE
    try:
        with gzip.open(path, "rb") as stream:
            yield _read_blocks(cast(BinaryIO, stream))
    except FileNotFoundError as error:
        raise StoreError(f"{path} does not exist; build first: kg build INPUT -o {folder}") from error
    except _DAMAGE as error:
        raise StoreError(f"{path} is damaged ({error}); build again") from error


def _blocks(graph: Graph, layout: Sequence[Place]) -> Iterator[Row]:
    yield [_FORMAT, len(graph.nodes), len(graph.assertions), len(graph.rejections)]
    yield _block((graph.run,), _packed_run)
    yield [[place.x for place in layout], [place.y for place in layout], [place.community for place in layout]]
    yield from _parts(graph.nodes, _packed_node)
    yield from _parts(graph.assertions, _packed_assertion)
    yield from _parts(graph.rejections, _packed_rejection)


class _Codes(dict[str, int]):
    """The place of each string in the table of its block; one that is new goes to the end."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


def _parts(records: Sequence[Record], pack: Callable[[Record, _Codes], Row]) -> Iterator[Row]:
    return (_block(records[start : start + _BLOCK], pack) for start in range(0, len(records), _BLOCK))


def _block(records: Sequence[Record], pack: Callable[[Record, _Codes], Row]) -> Row:
    codes = _Codes()
    rows = [pack(record, codes) for record in records]
    return [[text.encode("utf-8", "surrogatepass") for text in codes], rows]


# Each kind of record has a function of its own: one for all, that asks each value what it is, takes four times as long.


def _packed_run(run: Run, codes: _Codes) -> Row:
    texts = _coded((run.id, run.software, run.ontology, run.extractor), codes)
    return [*texts, [_coded(pair, codes) for pair in run.inputs]]


def _packed_node(node: Node, codes: _Codes) -> Row:
    return [
        codes[node.id], codes[node.type], codes[node.name], _coded(node.aliases, codes),
        _coded(node.identifiers, codes), node.papers, node.first_year, node.last_year, node.confidence,
        codes[node.date], codes[node.arxiv], codes[node.doi], codes[node.abstract], codes[node.url], codes[node.value],
        codes[node.measure],
    ]  # fmt: skip


def _packed_assertion(assertion: Assertion, codes: _Codes) -> Row:
    return [
        codes[assertion.subject], codes[assertion.predicate], codes[assertion.object],
        [
            [codes[item.paper], item.start, item.end, codes[item.sentence], codes[item.extractor], item.score]
            for item in assertion.evidence
        ],
        assertion.confidence, assertion.papers, assertion.first_year, assertion.last_year,
    ]  # fmt: skip


def _packed_rejection(rejection: Rejection, codes: _Codes) -> Row:
    return _coded((rejection.stage, rejection.where, rejection.value, rejection.reason), codes)


def _coded(texts: Sequence[str], codes: _Codes) -> Row:
    return [codes[text] for text in texts]


def _read_blocks(stream: BinaryIO) -> Iterator[Row]:
    decode = msgspec.msgpack.Decoder(list).decode
    while prefix := stream.read(4):
        data = stream.read(int.from_bytes(prefix, "big"))
        yield decode(data)


def _graph(blocks: Iterator[Row], room: Room | None) -> Graph:
    counts = _counts(blocks)
    if room and max(counts) <= room.records:
        room = None
    known: dict[str, str] = {}  # one object for equal strings of different blocks
    shared = None if room else known
    (run,) = _unpack(next(blocks), _run, known)
    seats = map(Place, *next(blocks))
    layout = Seats(seats) if room else list(seats)
    nodes = _held(_walk(blocks, counts[0], _node, shared), Node, room)
    assertions = _held(_walk(blocks, counts[1], _assertion, shared), Assertion, room)
    graph = Graph(nodes, assertions, tuple(_walk(blocks, counts[2], _rejection, known)), run)
    if next(blocks, None) is not None:  # reading to the end also lets gzip compare its checksum
        raise ValueError("it goes on after its end")
    if len(layout) != len(nodes):
        raise ValueError("its layout is of another graph")
    remember(graph, layout)
    return graph


def _held(records: Iterator[Record], kind: type[Record], room: Room | None) -> Sequence[Record]:
    return shelve(records, kind, room) if room else tuple(records)


def _counts(blocks: Iterator[Row]) -> Row:
    """How many nodes, assertions and rejections follow."""
    header: Row = next(blocks, [""])
    if header[:1] != [_FORMAT]:
        raise ValueError(f"written by another version of kg: {header[:1]}")
    return header[1:]


def _walk(
    blocks: Iterator[Row], count: int, build: Callable[[Row, list[str]], Record], known: dict[str, str] | None
) -> Iterator[Record]:
    """The next `count` records; equal strings are one object in all blocks if `known` gathers them, else in each."""
    for block in _holding(blocks, count):
        yield from _unpack(block, build, {} if known is None else known)


def _holding(blocks: Iterator[Row], count: int) -> Iterator[Row]:
    """The next blocks, which hold `count` records."""
    while count > 0:
        block = next(blocks, None)
        if block is None:
            raise EOFError("it ends too early")
        count -= len(block[1])
        yield block


def _unpack(block: Row, build: Callable[[Row, list[str]], Record], known: dict[str, str]) -> list[Record]:
    table, rows = block
    texts = [data.decode("utf-8", "surrogatepass") for data in table]
    texts = [known.setdefault(text, text) for text in texts]
    return [build(row, texts) for row in rows]


def _run(row: Row, texts: list[str]) -> Run:
    id_, software, ontology, extractor, inputs = row
    pairs = tuple((texts[name], texts[digest]) for name, digest in inputs)
    return Run(texts[id_], texts[software], texts[ontology], texts[extractor], pairs)


def _node(row: Row, texts: list[str]) -> Node:
    id_, type_, name, aliases, identifiers, papers, first, last, confidence, *rest = row
    names = tuple(texts[code] for code in aliases)
    links = tuple(texts[code] for code in identifiers)
    others = (texts[code] for code in rest)
    return Node(texts[id_], texts[type_], texts[name], names, links, papers, first, last, confidence, *others)


def _assertion(row: Row, texts: list[str]) -> Assertion:
    subject, predicate, object_, evidence, *numbers = row
    pieces = tuple(_evidence(piece, texts) for piece in evidence)
    return Assertion(texts[subject], texts[predicate], texts[object_], pieces, *numbers)


def _evidence(row: Row, texts: list[str]) -> Evidence:
    paper, start, end, sentence, extractor, score = row
    return Evidence(texts[paper], start, end, texts[sentence], texts[extractor], score)


def _rejection(row: Row, texts: list[str]) -> Rejection:
    return Rejection(*(texts[code] for code in row))
