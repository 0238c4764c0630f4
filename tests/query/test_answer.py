"""Asking: prefixes declared, mistakes explained, values bound, answers in every format."""

import gzip
import json
from pathlib import Path

import pytest
import rdflib

from kg.errors import QueryError, StoreError
from kg.ontology import load_ontology
from kg.query import Questions, load_file, open_store, python_rows, serialize, table
from kg.query.hints import suggestions
from kg.query.values import bind_values
from tests.query import graph


@pytest.fixture(scope="module")
def questions(folder: Path) -> Questions:
    return graph.questions(folder)


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("SELECT * { ?s a kg:Methd }", "kg:Methd is not in the ontology; did you mean kg:Method?"),
        ("SELECT * { ?s kg:evaluateOn ?o }", "kg:evaluateOn is not in the ontology; did you mean kg:evaluatesOn?"),
        ("SELECT * { ?s kg:paperCont ?o }", "did you mean kg:paperCount?"),
        ("SELECT * { ?s kg:introducs* ?o }", "did you mean kg:introduces?"),
        ("SELECT * { ?s skos:preflabel ?o }", "kg writes no skos:preflabel; did you mean skos:prefLabel?"),
        ("SELECT * { ?s a schema:ScholarlyArticel }", "did you mean schema:ScholarlyArticle?"),
        ("SELECT * { ?s dcterms:titel ?o }", "did you mean dcterms:title?"),
    ],
)
def test_a_name_that_the_ontology_does_not_have_gets_a_hint(questions: Questions, query: str, hint: str) -> None:
    assert hint in "; ".join(questions.hints(query))


def test_names_of_ones_own_ontology_are_known_by_their_prefix(tmp_path: Path) -> None:
    file = tmp_path / "lab.yaml"
    head = "default_prefix: lab\nprefixes:\n  lab: https://example.org/lab#\n"
    file.write_text(head + "classes:\n  Anode:\n    is_a: Entity\n", encoding="utf-8")
    known = load_ontology([file])
    prefixes = {"kg": known.namespace, "lab": "https://example.org/lab#", "anode": f"{known.base}anode/"}
    for wrong in ("kg:Anode", "kg:Anod", "lab:anodes"):
        line = f"{wrong} is not in the ontology; did you mean lab:Anode?"
        assert suggestions(f"SELECT * {{ ?x a {wrong} }}", known, prefixes) == [line]
    assert suggestions("SELECT * { anode:x a lab:Anode, kg:Method }", known, prefixes) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a kg:Method, kg:Paper ; kg:confidence ?c ; kg:introduces/kg:broader+ ?x }",
        "SELECT * { ?s ?p 'kg:Nothing' } # kg:Nothing",
        "PREFIX kg: <http://example.org/> SELECT * { ?s a kg:Whatever }",
        "PREFIX mine: <http://example.org/> SELECT * { ?s a mine:Whatever . _:kg mine:x ?kg }",
        'SELECT * { ?x kg:search "words" }',
        "SELECT * { ?s rdfs:comment ?o ; schema:name ?n ; skos:broader/skos:notation ?x ; dcterms:creator ?c }",
        "PREFIX skos: <http://example.org/> SELECT * { ?s skos:preflabel ?o }",
    ],
)
def test_good_names_get_none(questions: Questions, query: str) -> None:
    assert questions.hints(query) == []


def test_every_name_that_a_graph_has_is_a_good_one(questions: Questions) -> None:
    found = table(questions.ask("SELECT DISTINCT ?name { { ?s ?name ?o } UNION { ?s a ?name } }"), questions, 0)
    names = [name for (name,) in found.rows]
    assert {"dcterms:title", "skos:Concept", "prov:wasDerivedFrom"} <= set(names)
    for name in names:
        assert questions.hints(f"SELECT * {{ ?s {name} ?o }}") == []
        assert name.startswith("kg:") or questions.hints(f"SELECT * {{ ?s {name}x ?o }}")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC * { ?s ?p ?o }", "cannot be parsed at line 1, column"),
        ("SELECT *\n{ ?s ?p }", "at line 2, column"),
        ("SELECT * { ?s skso:prefLabel ?o }", "prefix skso: is not declared; did you mean prefix skos:?"),
        ("SELECT * { ?s a <relative> }", "cannot be parsed"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", "cannot be parsed"),
    ],
)
def test_a_query_that_cannot_be_parsed_says_where_and_why(questions: Questions, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=r".") as caught:
        questions.ask(query)
    assert message in str(caught.value)


def test_instances_have_prefixes_by_type(questions: Questions) -> None:
    assert table(questions.ask("SELECT ?n { dataset:imagenet skos:prefLabel ?n }"), questions, 0).rows == (
        ("ImageNet",),
    )


@pytest.mark.parametrize(
    ("query", "values", "rows"),
    [
        ("SELECT ?n { ?x a kg:Dataset ; skos:prefLabel ?n }", {"x": f"<{graph.ontology().base}dataset/imagenet>"}, 1),
        ("SELECT ?x ?n { ?x skos:prefLabel ?n }", {"n": "ImageNet"}, 1),
        ("SELECT ?x { ?x kg:firstYear ?year }", {"year": "2020"}, 3),
        ("SELECT ?x { ?x kg:firstYear ?year . FILTER(STR(?year) != '?year') } # ?year", {"year": "2021"}, 2),
        ("ASK { ?x skos:prefLabel $n }", {"n": 'a"b\\ } INSERT'}, 1),
    ],
)
def test_values_take_the_place_of_variables(
    questions: Questions, query: str, values: dict[str, str], rows: int
) -> None:
    assert len(table(questions.ask(query, values), questions, 0).rows) == rows


@pytest.mark.parametrize("values", [{"y": "1"}, {"x y": "1"}, {"x": "<not an iri>"}, {"x": "<a> } #>"}])
def test_values_that_do_not_fit_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        bind_values("SELECT * { ?x ?p ?o }", values)


@pytest.mark.parametrize("format_name", ["json", "xml", "csv", "tsv"])
def test_rows_come_in_the_formats_of_sparql(questions: Questions, format_name: str) -> None:
    results = questions.ask("SELECT ?n { dataset:imagenet skos:prefLabel ?n }")
    assert b"ImageNet" in serialize(results, format_name)
    with pytest.raises(QueryError, match=r"SELECT and ASK give rows"):
        serialize(results, "ttl")


@pytest.mark.parametrize(("format_name", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")])
def test_triples_come_in_rdf(questions: Questions, format_name: str, parser: str) -> None:
    query = "DESCRIBE dataset:imagenet"
    body = serialize(questions.ask(query), format_name, questions.prefixes)
    assert len(rdflib.Graph().parse(data=body, format=parser)) == 10
    with pytest.raises(QueryError, match="give triples"):
        serialize(questions.ask(query), "csv")


def test_rows_in_python_types(questions: Questions) -> None:
    query = "SELECT * { VALUES (?a ?b ?c ?d ?e) { (1 1.5 'x' true UNDEF) } }"
    columns, rows = python_rows(questions.ask(query))
    assert set(columns) == set("abcde")
    assert rows == [{"a": 1, "b": 1.5, "c": "x", "d": True, "e": None}]


def test_a_cap_on_rows_is_told(questions: Questions) -> None:
    found = table(questions.ask("SELECT * { ?s ?p ?o }"), questions, 3)
    assert (len(found.rows), found.more) == (3, True)


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.nt.gz", "x.nq", "x.jsonld"])
def test_any_rdf_file_can_be_asked(tmp_path: Path, name: str) -> None:
    triple = "<http://a/s> <http://a/p> <http://a/o> .\n"
    text = json.dumps({"@id": "http://a/s", "http://a/p": {"@id": "http://a/o"}}) if name.endswith("ld") else triple
    file = tmp_path / name
    file.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    questions = Questions(load_file(file), graph.ontology())
    assert table(questions.ask("SELECT ?o { ?s ?p ?o }"), questions, 0).rows == (("http://a/o",),)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("x.txt", b"", "must end in one of"), ("x.ttl", b"<a> <b>", r"x\.ttl: "), ("x.nt.gz", b"no gzip", r"x\.nt\.gz: ")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreError, match=message):
        load_file(tmp_path / name)


def test_a_damaged_store_says_build_again(tmp_path: Path) -> None:
    graph.write(tmp_path)
    for file in (tmp_path / "store").glob("MANIFEST*"):
        file.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="build again"):
        open_store(tmp_path / "store")


def test_many_can_read_a_store_at_once(folder: Path) -> None:
    first, second = open_store(folder / "store"), open_store(folder / "store")
    assert len(first) == len(second) > 0
