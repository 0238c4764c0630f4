"""YAML with the line of every value, so that each message can say where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.ontology.problems import Problem

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_BYTES = 5_000_000
_MOST_VALUES = 200_000
_DEEPEST = 20
Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Marked:
    """A YAML document as plain dictionaries, lists and strings, with the line on which each of them begins.

    Scalars stay strings but for ``true`` and ``false``: a name written ``1.0`` or ``on`` is that name.
    """

    file: Path
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def where(self, *path: str | int) -> str:
        """``file:line`` of the value at a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.file}:{self.lines.get(path, 1)}"

    def complain(self, message: str, *path: str | int) -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(self.where(*path), message))


def read_marked(file: Path) -> Marked:
    """Parse a file; what cannot be parsed is among the problems."""
    marked = Marked(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        marked.problems.append(Problem(str(file), f"cannot be read ({error.strerror or error})"))
        return marked
    if len(content) > _MOST_BYTES:
        marked.complain(f"larger than {_MOST_BYTES // 1_000_000} MB; put the names into a TSV file")
        return marked
    try:
        node = yaml.compose(content.decode("utf-8-sig"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        marked.problems.append(Problem(f"{file}:{line}", f"not UTF-8 (byte {content[error.start]:#04x})"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        marked.problems.append(Problem(f"{file}:{line}", f"not YAML: {error.problem or error}"))
    except RecursionError:
        marked.complain("nested too deeply")
    except yaml.YAMLError as error:
        marked.complain(f"not YAML: {str(error).splitlines()[0]}")
    else:
        marked.data = {} if node is None else _convert(node, (), marked, frozenset())
    return marked


def _convert(node: yaml.Node, path: Path_, marked: Marked, open_: frozenset[int]) -> Any:
    marked.lines.setdefault(path, node.start_mark.line + 1)  # a key has set its own line already
    if id(node) in open_ or len(marked.lines) > _MOST_VALUES:
        marked.problems.append(
            Problem(f"{marked.file}:{node.start_mark.line + 1}", "aliases that multiply without end")
        )
        return ""
    if len(path) > _DEEPEST:
        marked.problems.append(Problem(f"{marked.file}:{node.start_mark.line + 1}", "nested too deeply"))
        return ""
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, marked, open_ | {id(node)})
    if isinstance(node, yaml.SequenceNode):
        inside = open_ | {id(node)}
        return [_convert(item, (*path, number), marked, inside) for number, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    return "" if node.tag == "tag:yaml.org,2002:null" else node.value


def _mapping(node: yaml.MappingNode, path: Path_, marked: Marked, open_: frozenset[int]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            marked.problems.append(Problem(f"{marked.file}:{line}", "a key must be a word"))
            continue
        key = key_node.value
        if key in found:
            first = marked.lines[*path, key]
            marked.problems.append(Problem(f"{marked.file}:{line}", f"{key!r} is given twice (first on line {first})"))
            continue
        marked.lines[*path, key] = line
        found[key] = _convert(value_node, (*path, key), marked, open_)
    return found
