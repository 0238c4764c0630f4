"""Resolution as a whole: what is joined, what is kept apart, and what the result says about it."""

import os
import subprocess
import sys

import pytest

from kg.resolve import Override, resolve, same_thing, senses
from tests.resolve.cases import entity, paper

CL = ("CL", "contrastive learning"), ("CL", "continual learning"), ("CL", "curriculum learning")


def ids(resolution):
    return [paper.entity_ids for paper in resolution.papers]


def test_spellings_acronym_and_plural_are_one_node_with_reasons(ontology):
    names = ["LLMs", "LLM", "Large Language Model", "large language models"]
    resolution = resolve([paper(number, entity(name)) for number, name in enumerate(names)], ontology)
    assert set(ids(resolution)) == {("method/large-language-model",)}
    assert {merge.name for merge in resolution.merges} == set(names)
    assert all(merge.reason.startswith("lexicon methods.tsv:") for merge in resolution.merges)


def test_every_entity_of_every_paper_keeps_an_id(ontology):
    papers = [
        paper(1, entity("LLM"), entity("large language models")),
        paper(2),
        paper(3, entity("Foo"), entity("foo")),
    ]
    resolution = resolve(papers, ontology)
    assert [len(given) for given in ids(resolution)] == [2, 0, 2]
    assert {own for given in ids(resolution) for own in given} == {node.id for node in resolution.entities}


def test_acronym_stated_in_a_paper_binds_there_and_elsewhere_if_it_has_one_meaning(ontology):
    long = "progressive zebra distillation"
    papers = [
        paper(1, entity("PZDX", long), acronyms=(("PZDX", long),)),
        paper(2, entity("PZDX")),
        paper(3, entity(long)),
    ]
    assert len(set(ids(resolve(papers, ontology)))) == 1


def test_ambiguous_acronym_never_joins_its_meanings(ontology):
    papers = [paper(n, entity("CL", long), acronyms=((short, long),)) for n, (short, long) in enumerate(CL)]
    assert len(set(ids(resolve(papers, ontology)))) == 3


def test_unexplained_acronym_goes_where_its_context_points_or_stays_apart(ontology):
    stated = [
        paper(n, entity("ZQ", long), entity(friend), acronyms=(("ZQ", long),))
        for n, (long, friend) in enumerate([("zonal quilting", "BERT"), ("zero quenching", "ResNet")] * 2)
    ]
    with_context, without = paper(8, entity("ZQ"), entity("ResNet")), paper(9, entity("ZQ"))
    found = ids(resolve([*stated, with_context, without], ontology))
    assert found[4][0] == found[1][0]
    assert found[5][0] not in (found[0][0], found[1][0])


def test_what_is_remembered_of_papers_changes_nothing(ontology, monkeypatch):
    stated = [
        paper(n, entity(short, long), entity(friend), acronyms=((short, long),))
        for n, (short, long, friend) in enumerate(
            [("ZQ", "zonal quilting", "BERT"), ("ZQ", "zero quenching", "ResNet"), ("QV", "quilted vision", "ResNet"),
             ("QV", "quiet voting", "BERT")] * 2
        )
    ]  # fmt: skip
    asking = [paper(8 + n, entity(short), entity("ResNet")) for n, short in enumerate(("ZQ", "QV", "ZQ"))]
    much = resolve([*stated, *asking], ontology)
    monkeypatch.setattr(senses, "_REMEMBERED_FORMS", 1)
    monkeypatch.setattr(senses, "_REMEMBERED_PAPERS", 1)
    assert resolve([*stated, *asking], ontology) == much
    assert ids(much)[8][0] == ids(much)[10][0] == ids(much)[1][0]
    assert ids(much)[9][0] == ids(much)[2][0]


def test_known_acronym_with_another_expansion_is_another_thing(ontology):
    long = "sharpened aerial matching"
    papers = [paper(1, entity("SAM")), paper(2, entity("SAM", long), acronyms=(("SAM", long),))]
    known, other = ids(resolve(papers, ontology))
    assert known == ("model/segment-anything-model",)
    assert other != known


def test_long_forms_that_differ_in_small_words_only_share_the_acronym(ontology):
    longs = ["reward learning with zany signals", "reward learning from zany signals"]
    papers = [paper(n, entity("RLZS", long), acronyms=(("RLZS", long),)) for n, long in enumerate(longs)]
    assert len(set(ids(resolve(papers, ontology)))) == 1


def test_dataset_here_and_benchmark_there_is_one_thing_with_the_type_of_most_evidence(ontology):
    papers = [
        paper(1, entity("ZebraBench", type_name="Dataset", role="mentions")),
        paper(2, entity("ZebraBench", type_name="Benchmark", role="introduces")),
    ]
    resolution = resolve(papers, ontology)
    (node,) = resolution.entities
    assert (node.id, node.type) == ("dataset/zebrabench", "Benchmark")
    assert "Benchmark rather than Dataset by votes 3 to 1" in resolution.merges[0].reason


def test_method_and_task_of_one_name_are_one(ontology):
    papers = [paper(1, entity("zebra learning")), paper(2, entity("zebra learning", type_name="Task"))]
    assert len(resolve(papers, ontology).entities) == 1


def test_method_and_dataset_of_one_paper_are_two(ontology):
    both = paper(1, entity("ZebraNet"), entity("ZebraNet", type_name="Dataset"))
    assert ids(resolve([both], ontology)) == [("method/zebranet", "dataset/zebranet")]


def test_short_names_of_different_kinds_are_two(ontology):
    papers = [paper(1, entity("ZQW")), paper(2, entity("ZQW", type_name="Benchmark"))]
    assert len(resolve(papers, ontology).entities) == 2


def test_names_coined_twice_in_different_case_are_two(ontology):
    one = paper(1, entity("ZuPO", role="introduces"), title="ZuPO: Zebras")
    coined = paper(2, entity("ZUPO", role="introduces"), title="ZUPO: Optimization")
    used = paper(2, entity("ZUPO", role="introduces"), title="Zebras")
    assert len(resolve([one, coined], ontology).entities) == 2
    assert len(resolve([one, used], ontology).entities) == 1


def test_thing_coined_under_a_known_word_is_another_thing(ontology):
    papers = [
        paper(1, entity("Alpaca", type_name="Model")),
        paper(2, entity("Alpaca", role="introduces"), title="Alpaca: A New Thing"),
    ]
    known, coined = ids(resolve(papers, ontology))
    assert known == ("model/alpaca",)
    assert coined != known


@pytest.mark.parametrize(
    ("one", "other", "type_name"),
    [
        ("PZ-KD framework", "PZ-KD", "Method"),
        ("CIFAR-10 dataset", "CIFAR10", "Dataset"),
        ("MMLU benchmark", "MMLU", "Benchmark"),
        ("BERT model", "BERT", "Method"),
        ("F1 score", "F1", "Metric"),
        ("multimodal LLMs", "multimodal large language models", "Method"),
        ("VQA task", "visual question answering", "Task"),
    ],
)
def test_generic_heads_and_inner_acronyms_do_not_matter(ontology, one, other, type_name):
    assert same_thing(one, other, ontology, type_name=type_name)


@pytest.mark.parametrize(
    ("one", "other", "type_name"),
    [
        ("diffusion model", "diffusion", "Method"),
        ("LLM agent", "LLM", "Method"),
        ("CLIP score", "CLIP", "Metric"),
        ("SFT model", "SFT", "Method"),
        ("Multi-View dataset", "Multi-View", "Dataset"),
        ("SAM", "sam", "Method"),
    ],
)
def test_heads_that_say_something_stay(ontology, one, other, type_name):
    assert not same_thing(one, other, ontology, type_name=type_name)


def test_lexicon_rows_never_merge(ontology):
    names = ["large language model", "small language model", "vision-language model", "large vision-language model"]
    found = ids(resolve([paper(n, entity(name)) for n, name in enumerate(names)], ontology))
    assert len(set(found)) == len(names)


def test_papers_added_later_rename_nothing(ontology):
    first = [
        paper(1, entity("ZebraBench", type_name="Dataset")),
        paper(2, entity("zonal quilting")),
        paper(3, entity("C+")),
    ]
    later = [
        paper(4, entity("Zebra-Bench", type_name="Benchmark", role="introduces")),
        paper(5, entity("ZEBRABENCH", type_name="Benchmark")),
        paper(6, entity("ZQ", "Zonal Quilting"), acronyms=(("ZQ", "Zonal Quilting"),)),
        paper(7, entity("C plus")),
    ]
    before, after = resolve(first, ontology), resolve([*first, *later], ontology)
    assert ids(after)[: len(first)] == ids(before)
    assert {node.id for node in before.entities} <= {node.id for node in after.entities}


def test_names_with_one_slug_get_different_ids(ontology):
    found = ids(
        resolve([paper(1, entity("ZAB+")), paper(2, entity("ZAB plus zeta")), paper(3, entity("ZAB plus"))], ontology)
    )
    assert found[0] == ("method/zab-plus",)
    assert found[2][0].startswith("method/zab-plus-")
    assert len(set(found)) == 3


SCRIPT = """
from kg.ontology import load_ontology
from kg.resolve import resolve
from tests.resolve.cases import entity, paper
longs = ["contrastive learning", "continual learning", "curriculum learning"]
papers = [paper(n, entity("CL", l), entity("BERT"), acronyms=(("CL", l),)) for n, l in enumerate(longs)]
print(resolve([*papers, paper(9, entity("CL"), entity("BERT"), entity("Zed", type_name="Task"))], load_ontology()))
"""


def test_hash_seed_changes_nothing():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_unknown_name_may_be_empty_of_letters(ontology):
    assert len(resolve([paper(1, entity("数据"), entity("$$"))], ontology).entities) == 2


def test_merges_count_papers(ontology):
    papers = [paper(n, entity("Zebra-Net")) for n in range(3)] + [paper(9, entity("ZebraNet"))]
    (merge,) = resolve(papers, ontology).merges
    assert (merge.name, merge.papers) == ("ZebraNet", 1)


def test_override_wins_over_the_lexicon(ontology):
    row = Override(True, "LLM", "small language model", "", "mine.tsv:1")
    assert same_thing("LLM", "small language model", ontology, overrides=(row,))


@pytest.mark.parametrize(
    ("name", "other", "type_name"),
    [("large language model inference", "LLM inference", "Task"), ("LLMs-as-Judges", "LLM-as-a-judge", "Method")],
)
def test_acronyms_inside_lexicon_names_may_be_spelled_out(ontology, name, other, type_name):
    assert same_thing(name, other, ontology, type_name=type_name)


def test_initials_of_a_form_with_an_acronym_in_it_join_nothing(ontology):
    (found,) = resolve([paper(1, entity("AURC", type_name="Metric"))], ontology).entities
    assert found.name == "AURC"


def test_r_at_1_is_not_r1(ontology):
    assert not same_thing("R1", "R@1", ontology, type_name="Metric")
    assert same_thing("R@1", "Recall@1", ontology, type_name="Metric")


@pytest.mark.parametrize(
    ("name", "other", "type_name"),
    [
        ("robotic control", "Robot Control", "Task"),
        ("Inference-Time Search", "test-time search", "Method"),
        ("agentic memory", "agent memory", "Method"),
        ("video comprehension", "video understanding", "Task"),
        ("agentic SFT", "agent supervised fine-tuning", "Method"),
        ("transformer-based encoders", "transformer encoder", "Method"),
        ("length-based reward", "length reward", "Method"),
    ],
)
def test_words_that_mean_the_same_in_a_phrase_join(ontology, name, other, type_name):
    assert same_thing(name, other, ontology, type_name=type_name)


@pytest.mark.parametrize(
    ("name", "other", "type_name"),
    [
        ("Agentic-R", "Agent-R", "Method"),
        ("robotic", "robot", "Method"),
        ("agentic evaluation", "agent evaluation", "Task"),
        ("inference-time adaptation", "test-time adaptation", "Task"),
        ("comprehension", "understanding", "Task"),
        ("knowledge-based reasoning", "knowledge reasoning", "Task"),
        ("workflow-based agents", "workflow agents", "Method"),
        ("agentic reasoning", "agent reasoning", "Task"),
    ],
)
def test_words_that_mean_something_else_there_do_not(ontology, name, other, type_name):
    assert not same_thing(name, other, ontology, type_name=type_name)


@pytest.mark.parametrize(
    ("name", "other", "type_name"),
    [
        ("Claude Sonnet 3.5", "Claude 3.5 Sonnet", "Model"),
        ("Gemini-Pro-1.5", "Gemini 1.5 Pro", "Model"),
        ("R1", "DeepSeek-R1", "Model"),
        ("GPT-o1", "OpenAI o1", "Model"),
        ("maximal update parametrization", "muP", "Method"),
        ("V* Benchmark", "V* Bench", "Benchmark"),
    ],
)
def test_other_spellings_that_the_lexicon_lists(ontology, name, other, type_name):
    assert same_thing(name, other, ontology, type_name=type_name)


@pytest.mark.parametrize(
    ("name", "other", "type_name"),
    [
        ("camera control", "camera-controlled video generation", "Task"),
        ("human-AI interaction", "human-AI collaboration", "Task"),
        ("text-guided image editing", "instruction-based image editing", "Task"),
        ("ImgEdit", "ImgEdit-Bench", "Benchmark"),
        ("xbench", "xbench-DeepSearch", "Benchmark"),
    ],
)
def test_things_that_only_resemble_each_other_have_rows_of_their_own(ontology, name, other, type_name):
    assert not same_thing(name, other, ontology, type_name=type_name)
