"""Time every regular expression of kg on 100 KB of text made to slow it down.

    scripts/time_patterns.py [--size 100000] [--limit 50] [--match GLOB] [--all]

Patterns are found by compiling: all modules are imported, the extractors are loaded and read a paper, the commands'
own readers run once; whatever kg's code compiles on the way is timed, and so is every pattern that stands as text in a
call of `re`. The attacks are made from the parsed pattern: each of its repetitions is pumped, behind what must stand
before it, ended by what it cannot end with. Time is that of the processor, the best of three; exit code 1 if a pattern
takes longer than the limit (milliseconds).
"""

import argparse
import ast
import fnmatch
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "kg"
UNITS = (
    *("a", "A", "0", " ", "a ", "A ", "Aa ", "a-", "A-", "a.", "0.", "(", "((a", "[", "{", "$", "\\", "\\a{", '"', "'"),
    *(
        "<",
        "<a ",
        "http://",
        "a/",
        "a@",
        "\n",
        "\t ",
        "_",
        "__",
        "*",
        ",",
        "a, ",
        "and ",
        "é",
        "中",
        "\u202e",
        "%",
        "#",
    ),
    *("&", ":", "A1"),
)
SAMPLES = "aA0 -._/:'\"(){}[]<>&#%@$\\+*=,;!?~^|`\n\té中–“\u202e"
WHOLE = frozenset(("finditer", "findall", "sub", "subn", "split"))
HARDEST = 2.0  # seconds until a pattern is given up
# Characters that the code which asks a pattern hands over at most.
BOUNDED = {
    "kg/query/guard.py:_INSIDE_NAME": 200,
    "kg/extract/figures.py:_SPENT": 60,
    "kg/extract/figures.py:_NAMED": 60,
    "kg/extract/figures.py:_METRIC_OF": 60,
    "kg/extract/figures.py:_AMOUNT_OF": 60,
    "kg/extract/figures.py:_AND": 60,
    "kg/extract/measures.py:_SPENDING": 160,
    "kg/extract/places.py:_DIRECT": 24,
    "kg/extract/rivals.py:_ACTS": 320,
    "kg/extract/rivals.py:_GOVERNED": 320,
    "kg/extract/unreported.py:_VERSION": 60,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A pattern, the module and line that compile it, its name there, and the methods of `re` by which it is asked."""

    file: str
    line: int
    pattern: str
    flags: int
    name: str
    methods: tuple[str, ...]


def main() -> int:
    """Print a table of the slowest patterns."""
    options = _options()
    signal.signal(signal.SIGALRM, _give_up)
    places = [place for place in compiled() if fnmatch.fnmatch(f"{place.file}:{place.name}", options.match)]
    rows = sorted((slowest(place, options.size) for place in places), key=lambda row: -row[0])
    slow = [row for row in rows if row[0] * 1000 > options.limit]
    for seconds, place, attack in rows if options.all else rows[: max(10, len(slow))]:
        print(f"{seconds * 1000:9.1f} ms  {place.file}:{place.line}  {place.pattern[:70]!r}  on {attack}")
    print(f"{len(places)} patterns, {options.size} characters: {len(slow)} take more than {options.limit} ms")
    return 1 if slow else 0


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description="Time every regular expression of kg on hostile input.")
    options.add_argument("--size", type=int, default=100_000, help="characters of each input")
    options.add_argument("--limit", type=float, default=50, help="milliseconds")
    options.add_argument("--match", default="*", help="only those whose file:name fits this, as 'kg/read/*'")
    options.add_argument("--all", action="store_true", help="print all patterns, not only the slowest")
    return options.parse_args()


def compiled() -> list[Place]:
    """Every pattern that code of kg compiles, each once, in the order of files and lines."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    genuine = re._compiler.compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int = 0) -> Any:
        place = _caller()
        if place and isinstance(pattern, str):
            found.setdefault((pattern, int(flags)), place)
        return genuine(pattern, flags)

    re._compiler.compile = noting  # type: ignore[attr-defined]
    re.purge()
    _exercise()
    re._compiler.compile = genuine  # type: ignore[attr-defined]
    for pattern, flags, place in _written():
        found.setdefault((pattern, flags), place)
    places = [Place(*place, *key, *_asked(place)) for key, place in found.items()]
    return sorted(places, key=lambda place: (place.file, place.line, place.pattern))


def _caller() -> tuple[str, int] | None:
    """File and line that called `re`, if they are of kg."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and Path(frame.f_code.co_filename).parent == Path(re.__file__).parent:
        frame = frame.f_back
    path = Path(frame.f_code.co_filename) if frame else ROOT
    return (path.relative_to(ROOT).as_posix(), frame.f_lineno) if frame and path.is_relative_to(PACKAGE) else None


def _exercise() -> None:
    import kg

    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from kg.data import Paper
    from kg.extract import load_extractor
    from kg.ontology import load_ontology
    from kg.query.guard import check_query

    text = "We propose Net (N), a network for leaf counting, which outperforms Old on LeafBench by 2.1% accuracy."
    list(load_extractor(load_ontology()).annotate([Paper("p", "Net: A Network for Trees", text)]))
    check_query("SELECT ?x WHERE { ?x a kg:Method }")


def _written() -> Iterator[tuple[str, int, tuple[str, int]]]:
    """Patterns that stand as text in calls such as ``re.sub("…", …)``."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            owner, first = node.func.value, node.args[0]
            text = first.value if isinstance(first, ast.Constant) else None
            if ast.unparse(owner) == "re" and node.func.attr != "escape" and isinstance(text, str):
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
                yield text, int(flags), (file.relative_to(ROOT).as_posix(), node.lineno)


def _asked(place: tuple[str, int]) -> tuple[str, tuple[str, ...]]:
    """The name of the pattern that a line compiles, and how it is asked; all ways if the name leaves the module."""
    tree = ast.parse((ROOT / place[0]).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.lineno <= place[1] <= (node.end_lineno or 0):
            target = node.targets[0]
            if isinstance(target, ast.Name) and isinstance(node.value, ast.Call):
                return target.id, _calls(tree, target.id)
    return "", ("finditer",)


def _calls(tree: ast.Module, name: str) -> tuple[str, ...]:
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name]
    parents = [
        node.attr for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    ]  # fmt: skip
    if len(parents) < len(uses) - 1 or not parents:  # handed on, or used from another module
        return ("finditer", "fullmatch")
    return tuple(sorted({"finditer" if method in WHOLE else method for method in parents} - {"pattern"}))


def slowest(place: Place, size: int) -> tuple[float, Place, str]:
    """Seconds of the worst attack on a pattern, and what it looks like."""
    pattern = re.compile(place.pattern, place.flags)
    size = min(size, BOUNDED.get(f"{place.file}:{place.name}", size))
    worst, name = 0.0, ""
    for shown, text in attacks(place, size):
        for method in place.methods:
            seconds = _timed(_asking(pattern, method), text, worst)
            if seconds > worst:
                worst, name = seconds, f"{shown} ({method})"
            if worst >= HARDEST:
                return worst, place, name
    return worst, place, name


def _asking(pattern: re.Pattern[str], method: str) -> Callable[[str], object]:
    if method == "finditer":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return getattr(pattern, method)  # type: ignore[no-any-return]


def _timed(ask: Callable[[str], object], text: str, worst: float) -> float:
    """Processor seconds; measured twice more if it would be the worst so far, for a machine that is busy."""
    best = HARDEST
    for _ in range(3):
        begun = time.process_time()
        try:
            signal.alarm(int(HARDEST) * 4)
            ask(text)
        except TimeoutError:
            return HARDEST
        finally:
            signal.alarm(0)
        best = min(best, time.process_time() - begun)
        if best <= worst:
            break
    return best


def _give_up(*_: object) -> None:
    raise TimeoutError


def attacks(place: Place, size: int) -> Iterator[tuple[str, str]]:
    """Inputs of `size` characters, each with a short name."""
    for unit in UNITS:
        yield f"{unit!r} repeated", (unit * size)[:size]
    seen: set[str] = set()
    for before, body in pumps(place.pattern, place.flags):
        for ending in ("\0", "a", " "):
            for times in (1, 40, 400, size):
                block = before + body * min(times, size // max(1, len(body)))
                text = (block * (size // max(1, len(block)) + 1))[: size - 1] + ending
                if body and text not in seen:
                    seen.add(text)
                    yield f"({before[:20]!r} + {body[:20]!r} × {times}) repeated, then {ending!r}", text


def pumps(pattern: str, flags: int) -> Iterator[tuple[str, str]]:
    """For each repetition in a pattern: text that can stand before it, and text that it can repeat."""
    tree = parser.parse(pattern, flags)
    for choice in range(4):
        yield "", sample(tree, choice)
        yield from _repeats(tree, "", choice)


def _repeats(tree: Any, before: str, choice: int) -> Iterator[tuple[str, str]]:
    for operation, value in tree:
        for inner in _inside(operation, value):
            if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and value[1] > 8:
                yield before, sample(inner, choice)
                yield before, sample(inner, choice) + sample(inner, choice + 1)
            yield from _repeats(inner, before, choice)
        before += sample([(operation, value)], choice)


def _inside(operation: Any, value: Any) -> list[Any]:
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [value[2]]
    if operation is sre.SUBPATTERN:
        return [value[3]]
    if operation is sre.ATOMIC_GROUP:
        return [value]
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return list(value[1]) if operation is sre.BRANCH else []


def sample(tree: Any, choice: int) -> str:
    """Text that the parsed pattern matches, as far as its assertions let it; `choice` varies it."""
    return "".join(_sample_one(operation, value, choice) for operation, value in tree)


def _sample_one(operation: Any, value: Any, choice: int) -> str:
    if operation is sre.LITERAL:
        return chr(value)
    if operation in (sre.ANY, sre.NOT_LITERAL, sre.IN):
        return _character(operation, value, choice)
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return ""
    inside = _inside(operation, value)
    if operation is sre.BRANCH:
        return sample(inside[choice % len(inside)], choice)
    times = (
        max(value[0], min(1, value[1]))
        if len(inside) == 1 and operation not in (sre.SUBPATTERN, sre.ATOMIC_GROUP)
        else 1
    )
    return "".join(sample(one, choice) for one in inside) * min(times, 200)


def _character(operation: Any, value: Any, choice: int) -> str:
    tree = parser.SubPattern(parser.State(), [(operation, value)])
    asked = re._compiler.compile(tree, 0)  # type: ignore[attr-defined]
    fitting = [char for char in SAMPLES if asked.fullmatch(char)]
    if not fitting and operation is sre.IN:
        fitting = [
            chr(item[1] if item[0] is sre.LITERAL else item[1][0])
            for item in value
            if item[0] in (sre.LITERAL, sre.RANGE)
        ]
    return fitting[choice * 2 % len(fitting)] if fitting else "a"


if __name__ == "__main__":
    sys.exit(main())
