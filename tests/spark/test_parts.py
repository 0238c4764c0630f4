"""The parts of the Spark engine that are plain functions over rows; they need neither Spark nor Java."""

from dataclasses import fields

import msgspec
import pytest

pytest.importorskip("pyarrow", reason="the Spark engine speaks Arrow")

from kg.data import AnnotatedPaper, Assertion, Node, Paper, PaperEntity, Source
from kg.errors import InputError
from kg.ontology import load_ontology
from kg.read import DEFAULT_LIMITS, unify
from kg.resolve import resolve
from kg.resolve.forms import Reader, make_reader
from kg.resolve.occurrences import Occurrence
from kg.spark.assemble import ASSERTIONS, NODES
from kg.spark.duplicates import _components, _keys, _unify
from kg.spark.inputs import Located, escaped, plain, walk_order
from kg.spark.names import Name, decoded, encoded
from kg.spark.read import Split, _first_lines, _read_lines, format_on_spark
from kg.spark.resolve import Counted, _apart
from kg.spark.senses import Corpus, PaperNeededError, SensesAtHand

LISTED = (
    Paper("1", "Deep Things", "An abstract about deep things.", arxiv="2401.00001", sources=(Source("a", 1),)),
    Paper("2", "Editorial", "Welcome to the spring issue.", sources=(Source("a", 2),)),
    Paper("1", "deep  things!", "Another abstract.", date="2024", sources=(Source("b", 1),)),
    Paper("3", "Editorial", "Welcome to the autumn issue.", sources=(Source("b", 2),)),
    Paper("4", "Other Words", "Same id as the first.", arxiv="2401.00001", urls=("https://x.org",)),
    Paper("5", "Alone", "Shares nothing with anybody.", sources=(Source("b", 4),)),
)


@pytest.mark.parametrize(
    ("given", "name"),
    [("", ""), ("TSV", "csv"), ("ndjson", "jsonl"), ("OpenAlex", "openalex"), ("Parquet", "parquet")],
)
def test_formats_are_called_as_locally_and_parquet_besides(given: str, name: str) -> None:
    assert format_on_spark(given) == name


def test_a_format_that_nobody_reads_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match=r"unknown format 'parkett' \(did you mean parquet\?\).*hf-text, parquet$"):
        format_on_spark("parkett")


def pack(*papers: Paper) -> list[tuple[int, bytes]]:
    return [(10 * place, msgspec.msgpack.encode(paper)) for place, paper in enumerate(papers)]


def test_listings_of_one_paper_are_brought_together() -> None:
    by_key: dict[str, list[int]] = {}
    for number, key in _keys(iter(pack(*LISTED))):
        by_key.setdefault(key, []).append(number)
    groups = _components(numbers for numbers in by_key.values() if len(numbers) > 1)
    assert groups == {0: 0, 20: 0, 40: 0, 10: 10, 30: 10}


def test_a_group_is_joined_as_the_local_engine_joins_it() -> None:
    rows = list(_unify([10 * place for place in range(len(LISTED))], LISTED))
    papers = [(number, msgspec.msgpack.decode(record, type=Paper)) for number, record, _ in rows if record]
    expected = unify(LISTED)
    assert [paper for _, paper in papers] == list(expected.papers)
    assert [number for number, _ in papers] == [0, 10, 30, 50]
    assert [number for number, record, _ in rows if not record] == [20, 40]


def test_lines_keep_their_numbers_whoever_reads_them() -> None:
    text = [b'{"title": "T%d one", "abstract": "An abstract."}\r' % number for number in range(1, 6)]
    text[2] = b"{broken"
    first = _first_lines([("/d/a", 0, 2), ("/d/a", 128, 2), ("/d/a", 256, 1)])
    split = Split({"/d/a": Located(3, "a.jsonl", "/d/a", "lines")}, "", DEFAULT_LIMITS, first)
    rows = [("file:/d/a", 128, text[2]), ("file:///d/a", 128, text[3]), ("file:/d/a", 256, text[4])]
    found = list(_read_lines(split, iter(rows)))
    papers = [msgspec.msgpack.decode(record, type=Paper) for _, record, _ in found if record]
    assert [paper.sources[0] for paper in papers] == [Source("a.jsonl", 4), Source("a.jsonl", 5)]
    assert [msgspec.msgpack.decode(record)["where"] for _, _, record in found if record] == ["a.jsonl:3"]
    assert [number for number, _, _ in found] == sorted(number for number, _, _ in found)
    assert all(number >> 40 == 3 for number, _, _ in found)


@pytest.mark.parametrize(
    ("address", "pattern"), [("/a/b[1]*.txt", r"/a/b\[1\]\*.txt"), ("s3a://b/{x}", r"s3a://b/\{x\}")]
)
def test_a_name_is_no_pattern(address: str, pattern: str) -> None:
    assert escaped(address) == pattern
    assert plain(address) == address


def test_files_come_before_folders_as_in_the_local_walk() -> None:
    assert sorted(["d/b.txt", "d/a/z.txt", "d/a/a/q", "d/c.txt"], key=walk_order) == [
        "d/b.txt", "d/c.txt", "d/a/z.txt", "d/a/a/q",
    ]  # fmt: skip


def test_a_corpus_says_which_paper_it_lacks() -> None:
    corpus = Corpus(1_000, {})
    assert len(corpus) == 1_000
    with pytest.raises(PaperNeededError):
        corpus[7]
    with pytest.raises(PaperNeededError):
        _ = SensesAtHand(corpus)._spread


def test_a_name_survives_being_text() -> None:
    name = Name("Method", "LoRA", ("low-rank",), "uses", "lora", False, "why", "lora", "", True, ("lora", "Method"))
    assert decoded(encoded(name)) == name


def occurrence(paper: int, type_: str, name: str, reader: Reader) -> Occurrence:
    reading = reader.read(name, type_)
    entity = PaperEntity(type_, name, (), "mentions", 1.0, ())
    return Occurrence(paper, 0, entity, reading.key, reading.term, reading.reason, short="qzx")


def test_kinds_are_told_apart_only_where_one_paper_names_both() -> None:
    reader = make_reader(load_ontology(()))
    one, other = (occurrence(5, type_, "Quazarix Worlds", reader) for type_ in ("Method", "Dataset"))
    items = [Counted("a", "", one, 3, (9, 0)), Counted("b", "", other, 1, (5, 1))]
    assert len({counted.item.key for counted in _apart(items, set(), reader)}) == 1
    assert len({counted.item.key for counted in _apart(items, {one.key}, reader)}) == 2
    annotated = AnnotatedPaper(LISTED[0], (), (), (one.entity, other.entity), (), (), (), ())
    assert len(set(resolve([annotated], load_ontology(())).papers[0].entity_ids)) == 2


def test_the_columns_of_nodes_and_assertions_are_the_fields_of_their_records() -> None:
    assert NODES.names == [field.name for field in fields(Node)]
    assert ASSERTIONS.names == [field.name for field in fields(Assertion)]
