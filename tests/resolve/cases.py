"""Small papers to resolve."""

from kg.data import Acronym, AnnotatedPaper, Paper, PaperEntity


def entity(name: str, *aliases: str, type_name: str = "Method", role: str = "uses") -> PaperEntity:
    return PaperEntity(type_name, name, aliases, role, 1.0, ())


def paper(
    number: int, *entities: PaperEntity, acronyms: tuple[tuple[str, str], ...] = (), text: str = "", title: str = ""
) -> AnnotatedPaper:
    pairs = tuple(Acronym(short, long) for short, long in acronyms)
    return AnnotatedPaper(Paper(f"p{number}", title or f"Paper {number}", text), (), (), entities, pairs, (), (), ())
