"""Graphs made up for tests and benchmarks: typed, with a power law, topics, years, evidence. Every name is invented."""

import random
from collections import defaultdict

from kg.data import Assertion, Evidence, Graph, Node

_SHARES = (
    ("Method", 40), ("Model", 8), ("Task", 3), ("Dataset", 8), ("Benchmark", 5), ("Metric", 1), ("Repository", 5),
    ("Result", 3),
)  # fmt: skip
_PREDICATES = {
    "Method": ("introduces", "uses", "comparesWith", "mentions"), "Model": ("uses", "comparesWith", "mentions"),
    "Task": ("addresses",), "Dataset": ("evaluatesOn", "trainsOn"), "Benchmark": ("evaluatesOn", "introduces"),
    "Metric": ("reports",), "Repository": ("hasRepository",),
}  # fmt: skip
_STARTS = "Ar Bel Cor Dra El Fen Gra Hel Is Jun Kal Lum Mir Nov Or Pra Quil Ros Sol Tar Ul Ver Wil Xen Yor Zel".split()
_ENDS = "Net Former Mix Prompt Tune Flow Graph Vision Diff Bench Code Scale Route Merge Lens Cast Loop Mind".split()
_TOPICS = (
    "image generation", "machine translation", "speech recognition", "code completion", "reasoning", "retrieval",
    "robot control", "video understanding", "table parsing", "molecule design", "speech synthesis", "recommendation",
)  # fmt: skip
_VERBS = {
    "introduces": "We propose {}, which learns {} from far fewer examples.",
    "uses": "Our system builds on {} and adapts it to {}.",
    "comparesWith": "It outperforms {} by a wide margin on {}.",
    "mentions": "Earlier work such as {} treats {} as a separate step.",
    "addresses": "We study {} together with {} in one setting.",
    "evaluatesOn": "Experiments on {} show that {} improves steadily.",
    "trainsOn": "The model is trained on {} with a loss made for {}.",
    "reports": "Measured by {}, the quality of {} rises with scale.",
    "hasRepository": "Code is available at {} for {}.",
}


def synthetic_graph(count: int, seed: int = 1) -> Graph:
    """A graph of `count` nodes and about three times as many edges; the same arguments give the same graph."""
    source = random.Random(seed)
    papers = max(2, int(count * 0.27))
    topics = max(4, min(60, int(count**0.5 / 4)))
    entities = [_entity(source, number) for number in range(count - papers)]
    pools: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(entities)):
        pools[int(source.random() ** 1.5 * topics)].append(number)
    everything = list(range(len(entities)))
    nodes = {node.id: node for node in entities}
    claims: defaultdict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    for number in range(papers):
        topic = int(source.random() ** 1.5 * topics)
        chosen = _choose(source, pools[topic] or everything, everything)
        paper = _paper(number, topic, source, [entities[index] for index in chosen], claims)
        nodes[paper.id] = paper
    _between(source, entities, pools, claims, round(count * 3) - len(claims))
    return _graph(nodes, claims)


def _entity(source: random.Random, number: int) -> Node:
    type_ = source.choices([name for name, _ in _SHARES], [share for _, share in _SHARES])[0]
    if type_ == "Result":
        value = f"{30 + source.random() * 65:.1f}"
        return Node(f"result/{number:06x}", type_, f"{value} accuracy", value=value)
    name = f"{source.choice(_STARTS)}{source.choice(_STARTS).lower()}{source.choice(_ENDS)}"
    name += f"-{number}" if number > 40 else ""
    if type_ == "Task":
        name = f"{source.choice(_TOPICS)} {number}"
    prefix = type_.lower()
    if type_ == "Repository":
        url = f"https://example.org/{name.lower()}"
        return Node(f"{prefix}/{name.lower()}", type_, url.removeprefix("https://"), url=url)
    aliases = (f"{name.replace('-', ' ')} model",) if source.random() < 0.3 else ()
    return Node(f"{prefix}/{name.lower().replace(' ', '-')}-{number}", type_, name, aliases)


def _choose(source: random.Random, pool: list[int], everything: list[int]) -> list[int]:
    """Indices with a power law: low positions of a topic's pool are its well-known things."""
    picks = {
        (pool if source.random() < 0.82 else everything)[int(source.random() ** 3.2 * len(pool))]
        for _ in range(source.randint(5, 14))
        if pool
    }
    return sorted(picks)


def _paper(number: int, topic: int, source: random.Random, cited: list[Node], claims: dict) -> Node:  # type: ignore[type-arg]
    about = _TOPICS[topic % len(_TOPICS)]
    title = f"Study {number}: {source.choice(_STARTS)}{source.choice(_ENDS)} for {about}"
    key = f"paper/study-{number}"
    text = title + "\n"
    for node in cited:
        choices = _PREDICATES.get(node.type)
        if not choices:
            continue
        predicate = source.choice(choices)
        before, after = _VERBS[predicate].split("{}", 1)
        sentence = before + node.name + after.format(about)
        start = len(text) + len(before)
        text += sentence + " "
        evidence = Evidence(key, start, start + len(node.name), sentence, "cue+lexicon", round(source.random(), 2))
        claims[key, predicate, node.id].append(evidence)
    year = 2014 + int(12 * source.random() ** 0.5)
    abstract = text.split("\n", 1)[1].strip()
    return Node(
        key, "Paper", title, papers=1, first_year=year, last_year=year, date=f"{year}-0{number % 9 + 1}-11",
        arxiv=f"{year % 100}{number % 12 + 1:02}.{number % 100000:05}", abstract=abstract,
    )  # fmt: skip


def _between(source: random.Random, entities: list[Node], pools: dict, claims: dict, wanted: int) -> None:  # type: ignore[type-arg]
    """Claims between entities until there are enough, results among them."""
    by_id = list(claims)
    fit = {
        ("Method", "Method"): "basedOn", ("Method", "Task"): "solves", ("Method", "Dataset"): "trainedOn",
        ("Method", "Benchmark"): "evaluatedOn", ("Model", "Method"): "basedOn", ("Dataset", "Task"): "benchmarkFor",
        ("Benchmark", "Task"): "benchmarkFor", ("Result", "Benchmark"): "onBenchmark", ("Result", "Method"): "resultOf",
        ("Result", "Metric"): "metric", ("Model", "Model"): "outperforms", ("Model", "Benchmark"): "evaluatedOn",
    }  # fmt: skip
    topics = [number for number, pool in sorted(pools.items()) if len(pool) > 3]
    tries = 0
    while wanted > 0 and tries < 40 * len(entities) and topics:
        tries += 1
        pool = pools[topics[int(source.random() * len(topics))]]
        one = entities[pool[int(source.random() * len(pool))]]
        two = entities[pool[int(source.random() ** 3 * len(pool))]]
        predicate = fit.get((one.type, two.type))
        if not predicate or one is two or (one.id, predicate, two.id) in claims:
            continue
        paper = by_id[int(source.random() * len(by_id))][0]
        sentence = f"{one.name} is reported together with {two.name}."
        claims[one.id, predicate, two.id].append(Evidence(paper, 0, 0, sentence, "pattern", 0.6))
        wanted -= 1


def _graph(nodes: dict[str, Node], claims: dict) -> Graph:  # type: ignore[type-arg]
    years = {key: node.first_year for key, node in nodes.items() if node.type == "Paper"}
    seen: defaultdict[str, set[str]] = defaultdict(set)
    edges = []
    for subject, predicate, target in sorted(claims):
        proof = tuple(claims[subject, predicate, target])
        papers = {item.paper for item in proof}
        seen[subject] |= papers
        seen[target] |= papers
        known = [years[paper] for paper in papers]
        sure = round(sum(item.score for item in proof) / len(proof), 2)
        edges.append(Assertion(subject, predicate, target, proof, sure, len(papers), min(known), max(known)))
    return Graph(tuple(_supported(nodes[key], seen[key], years) for key in sorted(nodes)), tuple(edges))


def _supported(node: Node, papers: set[str], years: dict[str, int]) -> Node:
    if node.type == "Paper":
        return node
    known = [years[paper] for paper in papers] or [0]
    extra = {field: getattr(node, field) for field in ("aliases", "url", "value")}
    return Node(
        node.id, node.type, node.name, papers=len(papers), first_year=min(known), last_year=max(known),
        confidence=round(1 - 0.6 ** max(1, len(papers)), 2), **extra,
    )  # fmt: skip
