"""YAML files as plain values with a line for every one of them; the only use of PyYAML here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from assessor.model.basis import Scalar

Step = str | int
Value = Scalar | list["Value"] | dict[str, "Value"]

_CORE = "tag:yaml.org,2002:"
_SCALARS = frozenset(_CORE + name for name in ("int", "float", "bool", "null"))
_PLAIN = frozenset(_CORE + name for name in ("str", "timestamp", "value", "merge"))
_LARGEST_FILE = 2_000_000
_DEEPEST = 40


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a file of the rules folder, 1-based line (0 = the file as a whole)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed file. lines: path of keys and indices to every value, with the line of each."""

    file: str
    value: Value
    lines: Mapping[tuple[Step, ...], int]

    def line(self, path: Sequence[Step]) -> int:
        """The line of the value at the path, or of the nearest value around it."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(tuple(path[:length]))
            if line is not None:
                return line
        return 0


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a tree: what stands there, where, and what is wrong with it."""

    tree: Tree
    path: tuple[Step, ...] = ()

    def inside(self, *steps: Step) -> "Place":
        """The place that further steps lead to."""
        return Place(self.tree, (*self.path, *steps))

    def value(self) -> Value:
        """What stands there; None if nothing does."""
        value = self.tree.value
        for step in self.path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                return None
        return value

    def problem(self, message: str) -> Problem:
        """The problem `message` at this place's line."""
        return Problem(self.tree.file, self.tree.line(self.path), message)

    def __str__(self) -> str:
        return f"{self.tree.file}:{self.tree.line(self.path)}"


@dataclass(slots=True)
class _Reading:
    """What gathers while a document is walked."""

    file: str
    lines: dict[tuple[Step, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def blame(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, message))


def read(content: bytes, *, file: str) -> tuple[Tree, tuple[Problem, ...]]:
    """The one YAML document in `content`, with everything that is wrong with its form."""
    reading = _Reading(file)
    root = None
    if len(content) > _LARGEST_FILE:
        reading.problems.append(Problem(file, 0, f"larger than {_LARGEST_FILE} bytes"))
    else:
        root = _composed(content, reading)
    value = None if root is None else _value(root, (), reading=reading)
    return Tree(file=file, value=value, lines=reading.lines), tuple(reading.problems)


def _composed(content: bytes, reading: _Reading) -> yaml.Node | None:
    try:
        return yaml.compose(content.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        reading.problems.append(Problem(reading.file, 0, f"not UTF-8: {error.reason}"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        reading.problems.append(Problem(reading.file, line, f"not YAML: {error.problem}"))
    except (yaml.YAMLError, RecursionError) as error:
        said = " ".join(str(error).split())
        reading.problems.append(Problem(reading.file, 0, f"not YAML: {said}"))
    return None


def _value(node: yaml.Node, path: tuple[Step, ...], *, reading: _Reading) -> Value:
    reading.lines.setdefault(path, node.start_mark.line + 1)
    if id(node) in reading.seen:
        reading.blame(node, "aliases are not used here: write the value out")
        return None
    reading.seen.add(id(node))
    if len(path) > _DEEPEST:
        reading.blame(node, f"nested deeper than {_DEEPEST} levels")
        return None
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, reading=reading)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, at), reading=reading) for at, item in enumerate(node.value)]
    return _scalar(node, reading)


def _mapping(
    node: yaml.MappingNode, path: tuple[Step, ...], *, reading: _Reading
) -> dict[str, Value]:
    result: dict[str, Value] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            reading.blame(key, "a key must be plain text")
            continue
        name = str(key.value)
        if name in result:
            reading.blame(key, f"key `{name}` stands here twice")
        reading.lines[*path, name] = key.start_mark.line + 1
        result[name] = _value(item, (*path, name), reading=reading)
    return result


def _scalar(node: yaml.Node, reading: _Reading) -> Scalar:
    """Numbers, truth values and null as such, everything else (dates too) as its text."""
    if node.tag in _SCALARS:
        constructor = yaml.constructor.SafeConstructor()
        try:
            value: Scalar = constructor.construct_object(node)
        except ValueError as error:
            reading.blame(node, f"not a value: {error}")
            return None
        return value
    if node.tag not in _PLAIN:
        reading.blame(node, f"tag `{node.tag}` is not used here")
    return str(node.value)
