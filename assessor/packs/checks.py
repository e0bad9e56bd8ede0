"""Reads the checks of declared facts and says, with lines, what is wrong with them."""

import re

from assessor.detect.checks import COMBINATIONS, OPERATORS
from assessor.detect.paths import parse
from assessor.model.basis import Scalar
from assessor.model.rules import Check
from assessor.packs.tree import Place, Problem, Value

NUMBERS = ("at_least", "at_most", "count_at_least")
LISTS = ("one_of", "none_of")
TEXTS = ("matches", "not_matches", "version_at_least")


def read(place: Place, *, problems: list[Problem]) -> tuple[Check, ...]:
    """The checks at the place, one or a list of them; what is wrong is added to `problems`."""
    value = place.value()
    if value is None:
        return ()
    if not isinstance(value, list):
        checks = [_check(place, problems=problems)]
    else:
        checks = [_check(place.inside(at), problems=problems) for at in range(len(value))]
        if not value:
            problems.append(place.problem("a list of checks that holds nothing"))
    return tuple(check for check in checks if check is not None)


def one(place: Place, *, problems: list[Problem]) -> Check | None:
    """The checks at the place as one, a list meaning all; None if there are none."""
    checks = read(place, problems=problems)
    if len(checks) > 1:
        return Check(operator="all", parts=checks)
    return checks[0] if checks else None


def _check(place: Place, *, problems: list[Problem]) -> Check | None:
    value = place.value()
    if not isinstance(value, dict):
        problems.append(place.problem("a check must be a mapping"))
        return None
    operators = [key for key in value if key != "path"]
    unknown = [key for key in operators if key not in (*OPERATORS, *COMBINATIONS)]
    known = ", ".join((*OPERATORS, *COMBINATIONS))
    problems.extend(
        place.inside(key).problem(f"unknown operator `{key}`; known: {known}") for key in unknown
    )
    if unknown:
        return None
    if len(operators) != 1:
        said = f"a check has exactly one operator, here are {len(operators)}"
        problems.append(place.problem(said))
        return None
    if operators[0] in COMBINATIONS:
        return _combination(place, operators[0], problems=problems)
    return _comparison(place, operators[0], problems=problems)


def _combination(place: Place, operator: str, *, problems: list[Problem]) -> Check | None:
    if place.inside("path").value() is not None:
        problems.append(place.inside("path").problem(f"`{operator}` takes no path"))
    here = place.inside(operator)
    parts = read(here, problems=problems)
    if not parts:
        problems.append(here.problem(f"`{operator}` needs checks"))
        return None
    return Check(operator=operator, parts=parts)


def _comparison(place: Place, operator: str, *, problems: list[Problem]) -> Check | None:
    path, here = place.inside("path").value(), place.inside(operator)
    operand = here.value()
    wrong = [*wrong_path("" if path is None else path), *_wrong_operand(operator, operand)]
    problems.extend(here.problem(message) for message in wrong)
    if wrong:
        return None
    return Check(operator=operator, path=str(path or ""), operand=_operand(operand))


def wrong_path(path: Value) -> list[str]:
    """What is wrong with a path, in at most one sentence."""
    if not isinstance(path, str):
        return ["`path` must be text"]
    try:
        parse(path)
    except ValueError as error:
        return [str(error)]
    return []


def _wrong_operand(operator: str, operand: Value) -> list[str]:
    """What is wrong with an operand, in at most one sentence."""
    if operator in LISTS:
        good = isinstance(operand, list) and operand and not any(map(_nested, operand))
        return [] if good else [f"`{operator}` needs a list of values"]
    if operator in NUMBERS:
        good = isinstance(operand, (int, float)) and not isinstance(operand, bool)
        return [] if good else [f"`{operator}` needs a number"]
    if operator in TEXTS:
        return _wrong_text(operator, operand)
    if operator == "exists":
        return [] if isinstance(operand, bool) else ["`exists` needs true or false"]
    return [f"`{operator}` needs a single value"] if _nested(operand) else []


def _nested(value: Value) -> bool:
    return isinstance(value, (list, dict))


def _wrong_text(operator: str, operand: Value) -> list[str]:
    if not isinstance(operand, str):
        return [f"`{operator}` needs text (quote it)"]
    if operator == "version_at_least":
        return []
    try:
        re.compile(operand)
    except re.error as error:
        return [f"`{operator}`: wrong regular expression: {error}"]
    return []


def _operand(value: Value) -> Scalar | tuple[Scalar, ...]:
    if isinstance(value, list):
        return tuple(each for each in value if not isinstance(each, (list, dict)))
    return None if isinstance(value, dict) else value
