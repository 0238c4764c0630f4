"""What each kind of extension file adds."""

import json
import time
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import check_files, configured_extensions, load_ontology, ontology_folder
from kg.ontology.scaffold import scaffold

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "ontologies"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def own_terms(ontology):
    return {term.name: term for term in ontology.terms if term.extension}


def test_built_in_ontology_is_sound():
    assert check_files(()) == ()


def test_built_in_ontology_loads_fast():
    load_ontology()
    from kg.ontology.load import _read_whole

    start = time.perf_counter()
    _read_whole(ontology_folder() / "kg.yaml")
    assert time.perf_counter() - start < 1.0  # 0.1 s on a free machine


def test_class_without_a_word_about_it_gets_all_it_needs(tmp_path):
    robot = load_ontology([write(tmp_path, "lab.yaml", "classes:\n  RobotArm: {}\n")]).type_by_name["RobotArm"]
    assert (robot.parent, robot.iri, robot.heads) == ("Entity", "robot-arm", ("robot arm",))
    assert robot.colour.startswith("#")
    assert robot.roles == ("introduces", "mentions")
    assert robot.description == "Robot arm."


def test_subclass_inherits_roles_and_is_its_parent():
    ontology = load_ontology([EXAMPLES / "safety.ttl"])
    assert ontology.roles("Safeguard") == ("introduces", "uses", "compares", "mentions")
    assert ontology.is_a("Safeguard", "Method")
    assert ontology.is_a("Attack", "Risk")
    assert ontology.record_type("Safeguard") == "Safeguard"


def test_what_a_paper_does_is_a_role_of_the_types_in_its_range():
    ontology = load_ontology([EXAMPLES / "robotics.yaml"])
    assert ontology.roles("RobotArm") == ("introduces", "deploysOn", "mentions")
    assert ontology.predicate_for_role("deploysOn") == "deploysOn"
    assert ontology.roles("Method") == load_ontology().roles("Method")


def test_known_slot_takes_more_types_and_cues(tmp_path):
    text = "classes:\n  Robot: {}\nslots:\n  uses:\n    range: Robot\n    annotations: {cues: [mounted on X]}\n"
    ontology = load_ontology([write(tmp_path, "lab.yaml", text)])
    uses = ontology.predicate_by_name["uses"]
    assert uses.range == ("Method", "Robot")
    assert uses.cues[-1].pattern == "mounted on X"
    assert "uses" in ontology.roles("Robot")
    assert uses.uri == load_ontology().predicate_by_name["uses"].uri


def test_turtle_gives_classes_relations_and_names_in_languages():
    ontology = load_ontology([EXAMPLES / "safety.ttl"])
    assert ontology.type_by_name["Risk"].aliases == ("Risiko", "risque")
    assert ontology.type_by_name["Attack"].parent == "Risk"
    mitigates = ontology.predicate_by_name["mitigates"]
    assert (mitigates.domain, mitigates.range, len(mitigates.cues)) == (("Method",), ("Risk",), 1)
    term = own_terms(ontology)["prompt injection"]
    assert term.type == "Attack"
    assert set(term.aliases) == {"Prompt-Injektion", "indirect prompt injection"}


def test_rdf_xml_is_read_too(tmp_path):
    import rdflib

    graph = rdflib.Graph().parse(EXAMPLES / "safety.ttl")
    file = tmp_path / "safety.owl"
    graph.serialize(file, format="xml")
    assert set(own_terms(load_ontology([file]))) == set(own_terms(load_ontology([EXAMPLES / "safety.ttl"])))


def test_union_of_domains(tmp_path):
    text = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix kg: <https://w3id.org/papergraph/ontology#> .
@prefix ex: <https://example.org/> .
ex:covers a owl:ObjectProperty ; rdfs:range kg:Task ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( kg:Dataset kg:Benchmark ) ] .
"""
    covers = load_ontology([write(tmp_path, "union.ttl", text)]).predicate_by_name["covers"]
    assert (covers.domain, covers.range) == (("Dataset", "Benchmark"), ("Task",))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("names.csv", "name,aliases,type\nSpot,BD Spot|Spot robot,Method\n"),
        ("semicolons.csv", "name;aliases;type\nSpot;BD Spot|Spot robot;Method\n"),
        ("names.tsv", "name\taliases\ttype\nSpot\tBD Spot|Spot robot\tMethod\n"),
        ("order.csv", "\ufefftype,name,aliases\r\nmethod,Spot,BD Spot|Spot robot\r\n"),
        ("synonyms.csv", 'label,synonyms,class\n"Spot","BD Spot|Spot robot",Method\n'),
    ],
)
def test_tables_of_names(tmp_path, name, text):
    term = own_terms(load_ontology([write(tmp_path, name, text)]))["Spot"]
    assert (term.type, term.aliases, term.source) == ("Method", ("BD Spot", "Spot robot"), f"{name}:2")


def test_entity_ruler_patterns(tmp_path):
    rows = [
        {"label": "METHOD", "pattern": "Spot", "id": "spot"},
        {"label": "METHOD", "pattern": "BD Spot", "id": "spot"},
        {"label": "Method", "pattern": [{"LOWER": "unitree"}, {"TEXT": {"REGEX": "^[GH][0-9]$"}}], "id": "unitree"},
    ]
    file = write(tmp_path, "rules.jsonl", "\n".join(map(json.dumps, rows)))
    terms = own_terms(load_ontology([file]))
    assert (terms["Spot"].type, terms["Spot"].aliases) == ("Method", ("BD Spot",))
    assert json.loads(terms["unitree"].pattern) == rows[2]["pattern"]


def test_a_pattern_may_hold_what_is_a_line_break_elsewhere(tmp_path):
    row = {"label": "METHOD", "pattern": [{"TEXT": {"REGEX": "[\u2028\x85]"}}], "id": "break"}
    file = write(tmp_path, "rules.jsonl", json.dumps(row, ensure_ascii=False) + "\r\n")
    assert json.loads(own_terms(load_ontology([file]))["break"].pattern) == row["pattern"]


def test_files_work_together(tmp_path):
    names = write(tmp_path, "names.csv", "name,type\nSpot,Robot\n")
    classes = write(tmp_path, "lab.yaml", "classes:\n  Robot: {}\n")
    assert own_terms(load_ontology([names, classes]))["Spot"].type == "Robot"
    with pytest.raises(OntologyError, match="unknown type 'Robot'"):
        load_ontology([names])


def test_digest_tells_extensions_apart(tmp_path):
    file = write(tmp_path, "names.csv", "name,type\nSpot,Method\n")
    first = load_ontology([file]).digest
    file.write_text("name,type\nSpot,Dataset\n", encoding="utf-8")
    assert len({first, load_ontology([file]).digest, load_ontology().digest}) == 3


def test_unused_prefix_and_taken_name_are_warnings(tmp_path):
    text = "prefixes:\n  ex: https://example.org/\nclasses:\n  Robot: {}\n"
    file = write(tmp_path, "lab.yaml", text)
    names = write(tmp_path, "names.csv", "name,type\nImageNet,Robot\n")
    told = [str(problem) for problem in check_files([file, names])]
    assert len(told) == 2
    assert f"{file}:2: warning: prefix ex is not used" in told
    assert "has the type Dataset in datasets.tsv" in told[1]
    assert own_terms(load_ontology([file, names]))["ImageNet"].type == "Robot"


@pytest.mark.parametrize("name", ["robot", "Robot Arm", "lab-equipment", "GPU"])
def test_scaffold_is_sound(tmp_path, name):
    for file, text in scaffold(name).items():
        write(tmp_path, file, text)
    assert check_files([next(tmp_path.glob("*.yaml"))]) == ()


def test_settings_of_a_folder(tmp_path):
    write(tmp_path, "names.csv", "name,type\nSpot,Method\n")
    assert configured_extensions(tmp_path) == ()
    write(tmp_path, "pyproject.toml", '[tool.kg]\nontology = ["names.csv"]\n')
    assert configured_extensions(tmp_path) == (tmp_path / "names.csv",)
    write(tmp_path, "kg.toml", "ontology = []\n")
    assert configured_extensions(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ontology = [", "not TOML"),
        ("ontology = 3", "must be a list of files"),
        ('ontology = ["nowhere.yaml"]', "no such file"),
    ],
)
def test_bad_settings(tmp_path, text, message):
    write(tmp_path, "kg.toml", text)
    with pytest.raises(OntologyError, match=message):
        configured_extensions(tmp_path)


def test_what_is_described_twice_and_prefixes_of_two_meanings_are_warnings(tmp_path):
    def lab(name, iri, description):
        head = f"default_prefix: lab\nprefixes:\n  lab: {iri}\nclasses:\n"
        return write(tmp_path, name, f"{head}  Anode:\n    is_a: Entity\n    description: {description}\n")

    one, two = lab("one.yaml", "https://a.org/#", "An electrode."), lab("two.yaml", "https://b.org/#", "Another.")
    told = "\n".join(map(str, check_files([one, two])))
    assert f"{two}:7: warning: Anode is there already (one.yaml:5): this is added to it" in told
    assert "warning: prefix lab is https://a.org/# in an earlier file; queries will take https://b.org/#" in told
    assert load_ontology([one, two]).type_by_name["Anode"].description == "An electrode."
    again = write(tmp_path, "again.yaml", "classes:\n  Method:\n    description: Mine.\n")
    assert "again.yaml:3: warning: Method is there already (kg.yaml:" in str(check_files([again])[0])


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("X / Y", ""),
        ("X|Y cells", "has no X for the mention; X and Y stand alone"),
        ("X (paired|matched) Y", "matches none of its examples; no text has the word '(paired'"),
    ],
)
def test_cues_with_signs(tmp_path, cue, said):
    slot = "slots:\n  pairs:\n    domain: Method\n    range: Method\n    annotations:\n"
    file = write(tmp_path, "lab.yaml", f"{slot}      cues: ['{cue}']\n      examples: [LFP/graphite]\n")
    problems = check_files([file])
    assert bool(problems) == bool(said)
    assert said in "".join(map(str, problems))
