"""The worked extensions, from text to every output: `kg build` with --ontology, then what the files hold."""

import base64
import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.query import open_store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "ontologies"
KG = "https://w3id.org/papergraph/ontology#"

PAPERS = [
    {
        "id": "walk", "date": "2025-01-02",
        "title": "StrideNet: Learning to Walk on Rough Ground",
        "abstract": "We propose StrideNet, a policy for legged robots. StrideNet controls a Unitree Go2 over stairs. "
        "We deploy the policy on a Boston Dynamics Spot robot and hold cups with an Allegro Hand. "
        "Depth comes from an Intel RealSense camera. Arms such as the Franka Panda are left for later. "
        "The simulator is built on MuJoCo and the training code uses Stable-Baselines3.",
    },
    {
        "id": "guard", "date": "2025-03-04",
        "title": "ShieldLM: Fewer Harmful Answers",
        "abstract": "We propose ShieldLM, a filter for language models. ShieldLM mitigates prompt injection in agents. "
        "We study reward hacking in long runs. As a baseline we use Llama Guard. Data poisoning is out of scope. "
        "All models are served with vLLM. We use scikit-learn and XGBoost to compute the features.",
    },
]  # fmt: skip
CASES = {
    "robotics.yaml": {
        "Boston Dynamics Spot": ("Robot", ("Robot",)),
        "Unitree Go2": ("Robot", ("Robot",)),
        "Franka Panda": ("RobotArm", ("RobotArm", "Robot")),
        "Allegro Hand": ("Gripper", ("Gripper",)),
        "Intel RealSense": ("Sensor", ("Sensor",)),
    },
    "safety.ttl": {
        "prompt injection": ("Attack", ("Attack", "Risk")),
        "reward hacking": ("Risk", ("Risk",)),
        "data poisoning": ("Attack", ("Attack", "Risk")),
        "Llama Guard": ("Safeguard", ("Safeguard", "Method")),
    },
    "software.csv": {
        "MuJoCo": ("Benchmark", ("Benchmark",)),
        "Stable-Baselines3": ("Method", ("Method",)),
        "scikit-learn": ("Method", ("Method",)),
        "XGBoost": ("Method", ("Method",)),
    },
}
RELATIONS = {
    "robotics.yaml": [
        ("StrideNet", "https://example.org/robotics#controls", "Unitree Go2"),
        (
            "StrideNet: Learning to Walk on Rough Ground",
            "https://example.org/robotics#deploysOn",
            "Boston Dynamics Spot",
        ),
    ],
    "safety.ttl": [
        ("ShieldLM", "https://example.org/safety#mitigates", "prompt injection"),
        ("ShieldLM: Fewer Harmful Answers", "https://example.org/safety#studiesRisk", "reward hacking"),
    ],
    "software.csv": [("ShieldLM: Fewer Harmful Answers", KG + "uses", "scikit-learn")],
}


@pytest.fixture(scope="module", params=CASES)
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("extension")
    listing = folder / "papers.jsonl"
    listing.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS), encoding="utf-8")
    arguments = ["build", str(listing), "-o", str(folder / "out"), "--ontology", str(EXAMPLES / request.param)]
    result = CliRunner().invoke(cli, [*arguments, "--jobs", "1", "--quiet"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return request.param, folder / "out"


def select(folder, query):
    return {tuple(term.value for term in row) for row in open_store(folder / "store").query(query)}


def uri_of(ontology_file, type_name):
    own = {"robotics.yaml": "https://example.org/robotics#", "safety.ttl": "https://example.org/safety#"}
    return (KG if type_name in ("Method", "Benchmark") else own[ontology_file]) + type_name


def test_names_are_found_by_sparql_with_type_and_supertypes(built):
    file, folder = built
    for name, (_, types) in CASES[file].items():
        query = f'SELECT ?t {{ ?n <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}" ; a ?t }}'
        assert {uri_of(file, one) for one in types} <= {row[0] for row in select(folder, query)}, name


def test_relations_are_found_by_sparql(built):
    file, folder = built
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    for subject, predicate, object_ in RELATIONS[file]:
        query = f'SELECT ?s ?o {{ ?s <{predicate}> ?o ; {label} "{subject}" . ?o {label} "{object_}" }}'
        assert select(folder, query), (subject, predicate, object_)


def test_turtle_has_the_nodes_under_their_own_prefix(built):
    file, folder = built
    store = ox.Store()
    store.load((folder / "graph.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    for name, (type_name, _) in CASES[file].items():
        rows = store.query(f'SELECT ?n {{ ?n <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}" }}')
        (node,) = [row["n"].value for row in rows]
        prefix = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type_name).lower()
        assert node.startswith(f"https://w3id.org/papergraph/{prefix}/")


def test_graphml_has_the_types(built):
    file, folder = built
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(folder / "graph.graphml").getroot()
    keys = {key.get("id"): key.get("attr.name") for key in root.iter(f"{space}key") if key.get("for") == "node"}
    nodes = [{keys.get(d.get("key")): d.text for d in node.iter(f"{space}data")} for node in root.iter(f"{space}node")]
    types = {node["label"]: node["type"] for node in nodes}
    assert {name: types.get(name) for name in CASES[file]} == {name: kind for name, (kind, _) in CASES[file].items()}


def test_tables_have_the_types(built):
    file, folder = built
    text = (folder / "tables" / "nodes.csv").read_text(encoding="utf-8")
    for name, (type_name, _) in CASES[file].items():
        assert re.search(rf"^[^\n]*{re.escape(name)}[^\n]*{type_name}|{type_name}[^\n]*{re.escape(name)}", text, re.M)


def test_page_has_the_types_in_its_legend(built):
    file, folder = built
    page = (folder / "graph.html").read_text(encoding="utf-8")
    chunks = re.findall(r'<script type="application/octet-stream" id="[^"]+">([^<]*)</script>', page)
    data = b"".join(gzip.decompress(base64.b64decode(chunk)) for chunk in chunks)
    for name, (type_name, _) in CASES[file].items():
        assert name.encode() in data
        legend = re.search(rb'\{[^{}]*"name": ?"' + type_name.encode() + rb'"[^{}]*\}', data)
        assert legend, type_name
        assert re.search(rb'"colour": ?"#[0-9a-f]{6}"', legend.group())


def test_graph_has_no_violations(built):
    _, folder = built
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["violations"] == []
    result = CliRunner().invoke(cli, ["validate", "-o", str(folder)])
    assert (result.exit_code, result.output) == (0, "no violations\n")
