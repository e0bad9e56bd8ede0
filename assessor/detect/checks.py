"""Three-valued checks of a node: True holds, False does not, None cannot be told from the file."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Protocol

from assessor.detect.paths import Found, find, has_wildcard, parse
from assessor.model.basis import Node, Scalar, Unread
from assessor.model.rules import Check

# Hostile files hold endless lines; a pattern looks at this much of a value.
_LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says, and the line of the node that decided it (0 = the judged node itself)."""

    holds: bool | None
    line: int = 0


Judge = Callable[[Node], Verdict]


def judge(check: Check, node: Node) -> Verdict:
    """What `check` says about `node`; its parts are combined as Kleene's logic does."""
    return judging(check)(node)


def judging(check: Check) -> Judge:
    """`judge` for this check, prepared once to be asked about many nodes."""
    if check.operator in COMBINATIONS:
        return _combining(check.operator, tuple(judging(part) for part in check.parts))
    if check.operator == "count_at_least":
        return partial(_counted, check)
    if check.operator == "exists":
        present = _comparing(check.path, _is_there)
        return present if check.operand is True else _opposing(present)
    negated = _NEGATIONS.get(check.operator)
    judged = _comparing(check.path, _prepared(negated or check.operator, check.operand))
    return judged if negated is None else _opposing(judged)


def _prepared(operator: str, operand: "_Operand") -> Callable[["_Value"], bool | None]:
    """The comparison with this operand; most values are texts, which need no look at what they
    are.
    """
    compare = partial(_COMPARISONS[operator], operand=operand)
    quick = _of_text(operator, operand)
    if quick is None:
        return compare
    return lambda value: quick(value) if type(value) is str else compare(value)


def _of_text(operator: str, operand: "_Operand") -> Callable[[str], bool] | None:
    """The comparison of texts with this operand, None where it is not a matter of texts."""
    if operator == "matches" and isinstance(operand, str):
        search = _pattern(operand).search
        return lambda text: search(text, 0, _LONGEST_TEXT) is not None
    if operator in {"equals", "one_of"}:
        every = operand if isinstance(operand, tuple) else (operand,)
        if isinstance(operand, tuple) != (operator == "one_of"):
            return None
        return frozenset(_written(each) for each in every).__contains__
    return None


def _combining(operator: str, parts: tuple[Judge, ...]) -> Judge:
    if operator == "any":
        opposed = tuple(_opposing(part) for part in parts)
        return lambda node: _opposite(together(part(node) for part in opposed))
    if operator == "all":
        return lambda node: together(part(node) for part in parts)
    return lambda node: _opposite(together(part(node) for part in parts))


def _opposing(judged: Judge) -> Judge:
    return lambda node: _opposite(judged(node))


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """All of them: the first that fails decides; one that cannot be told leaves all untold.

    Where all hold, the line is that of the first that has one.
    """
    untold: Verdict | None = None
    line = 0
    for verdict in verdicts:
        if verdict.holds is False:
            return verdict
        if verdict.holds is None and untold is None:
            untold = verdict
        line = line or verdict.line
    return untold or Verdict(holds=True, line=line)


def _opposite(verdict: Verdict) -> Verdict:
    if verdict.holds is None:
        return verdict
    return Verdict(holds=not verdict.holds, line=verdict.line)


def _comparing(path: str, compare: Callable[["_Value"], bool | None]) -> Judge:
    """True if one of the found nodes compares, None if none does but one cannot be told.

    Most paths are the name of a key, which is looked up without further ado.
    """
    steps = parse(path)
    key = steps[0] if len(steps) == 1 and isinstance(steps[0], str) else None

    def judged(node: Node) -> Verdict:
        child = node.value.get(key) if key is not None and isinstance(node.value, dict) else None
        if child is None:
            return _first(find(node, steps), compare)
        value = child.value
        return Verdict(None if isinstance(value, Unread) else compare(value), child.line)

    return judged


def _first(found: Found, compare: Callable[["_Value"], bool | None]) -> Verdict:
    untold: Verdict | None = Verdict(holds=None) if found.unsettled else None
    for each in found.nodes:
        holds = None if isinstance(each.value, Unread) else compare(each.value)
        if holds:
            return Verdict(holds=True, line=each.line)
        if holds is None and untold is None:
            untold = Verdict(holds=None, line=each.line)
    return untold or Verdict(holds=False, line=found.nodes[0].line if found.nodes else 0)


def _counted(check: Check, node: Node) -> Verdict:
    """Number of found nodes or, without a wildcard in the path, of items of the one found."""
    steps = parse(check.path)
    found = find(node, steps)
    items = found.nodes if has_wildcard(steps) else _items(found.nodes)
    settled = [item for item in items if item.value is not Unread.TEMPLATED]
    line = found.nodes[0].line if found.nodes else 0
    if isinstance(check.operand, (int, float)) and len(settled) >= check.operand:
        return Verdict(holds=True, line=line)
    unsettled = found.unsettled or len(settled) < len(items)
    return Verdict(holds=None if unsettled else False, line=line)


def _items(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    if not nodes:
        return ()
    value = nodes[0].value
    if isinstance(value, tuple):
        return value
    if isinstance(value, Mapping):
        return tuple(value.values())
    return () if value is None else nodes[:1]


_Value = Scalar | tuple[Node, ...] | Mapping[str, Node]
_Operand = Scalar | tuple[Scalar, ...]


class _Compare(Protocol):
    """Whether a value stands to an operand as an operator says, None = that cannot be told."""

    def __call__(self, value: _Value, /, operand: _Operand) -> bool | None: ...


def _is_there(value: _Value) -> bool:
    return value is not None


def _equals(value: _Value, operand: _Operand) -> bool:
    """Alike by value; a text and a number or truth value are alike if they are written alike."""
    if isinstance(value, (tuple, Mapping)) or isinstance(operand, tuple):
        return False
    if isinstance(value, str) or isinstance(operand, str):
        return _written(value) == _written(operand)
    if isinstance(value, bool) or isinstance(operand, bool):
        return value is operand
    return value == operand


def _written(value: Scalar) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _one_of(value: _Value, operand: _Operand) -> bool:
    return isinstance(operand, tuple) and any(_equals(value, each) for each in operand)


def _number(value: _Value | _Operand) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _at_least(value: _Value, operand: _Operand) -> bool:
    number, bound = _number(value), _number(operand)
    return number is not None and bound is not None and number >= bound


def _at_most(value: _Value, operand: _Operand) -> bool:
    number, bound = _number(value), _number(operand)
    return number is not None and bound is not None and number <= bound


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _matches(value: _Value, operand: _Operand) -> bool:
    if isinstance(value, (tuple, Mapping)) or value is None or not isinstance(operand, str):
        return False
    return _pattern(operand).search((_written(value) or "")[:_LONGEST_TEXT]) is not None


def _contains(value: _Value, operand: _Operand) -> bool | None:
    """A sequence holds such an item, a mapping such a key, a text such a part."""
    if isinstance(value, Mapping):
        return isinstance(operand, str) and operand in value
    if not isinstance(value, tuple):
        return isinstance(value, str) and isinstance(operand, str) and operand in value
    untold = False
    for item in value:
        if isinstance(item.value, Unread):
            untold = True
        elif _equals(item.value, operand):
            return True
    return None if untold else False


def version(text: str) -> tuple[int, ...] | None:
    """The numbers of a version such as `v1.20.3-alpine`: (1, 20, 3); None if it has none."""
    match = re.match(r"\s*[vV^~>=]*\s*(\d{1,9}(?:\.\d{1,9}){0,5})", text)
    if match is None:
        return None
    numbers = [int(part) for part in match[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _version_at_least(value: _Value, operand: _Operand) -> bool:
    if isinstance(value, (tuple, Mapping)) or isinstance(operand, tuple):
        return False
    mine, wanted = version(_written(value) or ""), version(_written(operand) or "")
    return mine is not None and wanted is not None and mine >= wanted


_COMPARISONS: dict[str, _Compare] = {
    "equals": _equals,
    "one_of": _one_of,
    "at_least": _at_least,
    "at_most": _at_most,
    "matches": _matches,
    "contains": _contains,
    "version_at_least": _version_at_least,
}
# What is not there is not equal to anything either: these hold where the path leads nowhere.
_NEGATIONS = {"not_equals": "equals", "none_of": "one_of", "not_matches": "matches"}

COMBINATIONS = ("all", "any", "not")
OPERATORS = ("exists", "count_at_least", *_COMPARISONS, *_NEGATIONS)
