"""The Spark engine against the local one: the same graph from two workers, whatever becomes of them."""

import json
from pathlib import Path

import pytest

from tests.spark.cluster import Cluster, environment, require_java
from tests.spark.conftest import EXAMPLES, OF_ONE_NAME, WITHOUT_PYSPARK, counts, finished, kg_build, triples, until

SAME_BYTES = (
    "graph.html", "graph.ttl", "graph.nt.gz", "graph.jsonld", "graph.graphml", "graph.gexf", "void.ttl",
    "tables/nodes.csv", "tables/edges.csv", "papers.jsonl",
)  # fmt: skip


def test_two_workers_write_the_triples_of_the_local_engine(local: Path, on_spark: Path) -> None:
    found = triples(on_spark)
    assert len(found) > 5_000
    assert found == triples(local)


@pytest.mark.parametrize("name", SAME_BYTES)
def test_a_small_graph_gets_the_files_of_the_local_engine(name: str, local: Path, on_spark: Path) -> None:
    assert (on_spark / name).read_bytes() == (local / name).read_bytes()


def test_the_report_counts_and_explains_the_same(local: Path, on_spark: Path) -> None:
    told = [json.loads((folder / "report.json").read_text(encoding="utf-8")) for folder in (local, on_spark)]
    rejections = [sorted(json.dumps(item) for item in report["rejections"]) for report in told]
    assert rejections[0] == rejections[1]
    assert [item["value"] for item in told[0]["rejections"] if item["stage"] == "resolve"] == ["language model score"]
    assert told[0]["merges"] == told[1]["merges"]
    assert counts(on_spark).items() >= counts(local).items()
    assert counts(on_spark)["rejections"] == len(rejections[0]) > 60  # the papers that are listed twice


def test_things_of_one_name_are_divided_as_the_local_engine_divides_them(local: Path, on_spark: Path) -> None:
    for folder in (local, on_spark):
        lines = map(json.loads, (folder / "papers.jsonl").read_text(encoding="utf-8").splitlines())
        said = {one["title"]: {e["entity"] for e in one["entities"] if e["name"] == "ZebRix"} for one in lines}
        (chains, docking), (robots, forklifts) = (
            [said[OF_ONE_NAME[n]["title"]] for n in two] for two in ((0, 1), (2, -1))
        )
        assert chains == docking == {"method/zebrix"}
        assert robots == forklifts != chains


def test_tables_hold_every_node_and_assertion(on_spark: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for name in ("nodes", "assertions"):
        assert parquet.read_table(on_spark / "shards" / name).num_rows == counts(on_spark)[name]


def test_a_worker_killed_in_the_middle_changes_nothing(
    listings: list[Path], local: Path, cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    build = kg_build(listings, folder, "--engine", "spark", "--master", cluster.master, env=cluster.env)
    kept = folder / "shards" / "kept"
    until(lambda: any(kept.glob("*/_SUCCESS")), build)  # a part is extracted, others and all that follows are not
    cluster.kill_worker()
    try:
        finished(build)
    finally:
        cluster.add_worker("worker-after")
    assert triples(folder) == triples(local)


def test_what_an_earlier_build_extracted_is_not_extracted_again(
    listings: list[Path], local: Path, cluster: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    options = ("--engine", "spark", "--master", "local[2]")
    finished(kg_build(listings[:1], folder, *options, "--formats", "nt", env=cluster.env))
    kept = set((folder / "shards" / "kept").rglob("part-*"))
    finished(kg_build(listings, folder, *options, "--formats", "nt", env=cluster.env))
    parquet = pytest.importorskip("pyarrow.parquet")
    new = set((folder / "shards" / "kept").rglob("part-*")) - kept
    assert sum(parquet.read_table(file).num_rows for file in new) == 2 + len(OF_ONE_NAME)  # and the editorials
    assert triples(folder) == triples(local)


def test_lines_in_parts_and_parquet_are_read_as_whole_listings_are(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason=WITHOUT_PYSPARK)
    require_java()
    plain, mixed = tmp_path / "plain", tmp_path / "mixed"
    for folder in (plain, mixed):
        folder.mkdir()
    lines = (EXAMPLES / "papers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for file, part in (
        (plain / "a.jsonl", lines[:30]),
        (mixed / "a.jsonl", lines[:30]),
        (plain / "b.jsonl", lines[30:]),
    ):
        file.write_text("".join(part), encoding="utf-8")
    write_parquet([json.loads(line) for line in lines[30:]], mixed / "b.parquet")
    parts = {"spark_kg_splitBytes": "1000", "spark_sql_files_maxPartitionBytes": "9000"}
    env = environment(tmp_path / "conf", **parts, spark_sql_files_openCostInBytes="1")
    options = ("--since", "2016", "--formats", "nt")
    finished(kg_build([plain], tmp_path / "local", *options, "--jobs", "1"))
    finished(kg_build([mixed], tmp_path / "spark", *options, "--engine", "spark", "--master", "local[2]", env=env))
    assert triples(tmp_path / "spark") == triples(tmp_path / "local")
    assert counts(tmp_path / "spark")["papers"] < len(lines)


def write_parquet(records: list[dict[str, object]], path: Path) -> None:
    """Records as a table; what one lacks is null."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = dict.fromkeys(key for record in records for key in record)
    parquet.write_table(arrow.table({key: [record.get(key) for record in records] for key in columns}), path)
