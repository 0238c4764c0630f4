"""A resolved paper written by hand, for tests of the graph."""

from kg.data import (
    AnnotatedPaper,
    Entity,
    Evidence,
    Link,
    Mention,
    Paper,
    PaperEntity,
    Relation,
    Resolution,
    ResolvedPaper,
    Result,
)

TITLE = "TinyTeach: Teaching Small Networks"
ABSTRACT = "We propose TinyTeach. TinyTeach reaches 71.2% accuracy on ImageNet and outperforms BigTeach."
TEXT = f"{TITLE}\n{ABSTRACT}"


def _mention(text: str, type_: str, role: str, nth: int = 0, extractors: tuple[str, ...] = ("cue",)) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return Mention(start, start + len(text), text, type_, role, 0.8, extractors, telling=extractors != ("title",))


MENTIONS = (
    _mention("TinyTeach", "Method", "introduces", 0, ("title",)),
    _mention("TinyTeach", "Method", "introduces", 1),
    _mention("accuracy", "Metric", "reports"),
    _mention("ImageNet", "Dataset", "evaluates", 0, ("cue", "lexicon")),
    _mention("BigTeach", "Method", "compares"),
)
ENTITIES = (
    PaperEntity("Method", "TinyTeach", (), "introduces", 0.9, (0, 1)),
    PaperEntity("Metric", "accuracy", (), "reports", 0.8, (2,)),
    PaperEntity("Dataset", "ImageNet", (), "evaluates", 0.9, (3,)),
    PaperEntity("Method", "BigTeach", (), "compares", 0.8, (4,)),
)
IDS = ("method/tinyteach", "metric/accuracy", "dataset/imagenet", "method/bigteach")
SENTENCE = "TinyTeach reaches 71.2% accuracy on ImageNet and outperforms BigTeach."
EVIDENCE = Evidence("p1", TEXT.index("outperforms"), TEXT.index("outperforms") + 11, SENTENCE, "relations", 0.7)


def annotated(**changes: object) -> AnnotatedPaper:
    """The annotated paper; keywords replace fields of the `Paper`."""
    fields: dict[str, object] = {"id": "p1", "title": TITLE, "abstract": ABSTRACT, "date": "2024-05-01", **changes}
    first_end, second_end = len(TITLE) + 1, TEXT.index(" TinyTeach reaches") + 1
    return AnnotatedPaper(
        paper=Paper(**fields),  # type: ignore[arg-type]
        sentences=((0, first_end), (first_end, second_end), (second_end, len(TEXT))),
        mentions=MENTIONS,
        entities=ENTITIES,
        acronyms=(),
        links=(Link("https://github.com/Ann/Tiny.git", "repository", 0, 0, "https://github.com/ann/tiny"),),
        relations=(Relation(0, "outperforms", 3, EVIDENCE), Relation(2, "outperforms", 3, EVIDENCE)),
        results=(Result("71.2%", "accuracy", "ImageNet", "TinyTeach", EVIDENCE),),
    )


def resolution(*papers: AnnotatedPaper) -> Resolution:
    """A resolution in which every paper has the four entities above."""
    entities = tuple(Entity(id_, entity.type, entity.name) for id_, entity in sorted(zip(IDS, ENTITIES, strict=True)))
    return Resolution(tuple(ResolvedPaper(paper, IDS) for paper in papers), entities, (), ())
