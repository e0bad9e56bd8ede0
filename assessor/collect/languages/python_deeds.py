"""What phase A of Python tells of behaviour, and what it takes all files together to prove it.

A deed is a row of `behaviour` with what must hold for it: the import that names the library leads
out of the project, or a name of the project is made by a class of the library, a task, a signal.
"""

from collections.abc import Mapping, Sequence

from assessor.collect.languages import behaviour
from assessor.collect.languages.behaviour import Row, Value
from assessor.collect.languages.python_facts import Deed
from assessor.collect.languages.python_meaning import (
    Meaning,
    Names,
    Sort,
    as_class,
    bases,
    meaning,
)
from assessor.collect.languages.python_models import call_name, text
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import Artefact

LIBRARY, MADE, TASK, SENT, SIGNAL = "library", "made", "task", "sent", "signal"
_DEEPEST = 5  # names that stand for other names
_KIND, _CHANNEL, _BROKER, _FRAMEWORK = 1, 3, 4, 5  # places in a row of a message
_SIGNALS = (
    "django.dispatch.Signal",
    "django.dispatch.dispatcher.Signal",
    "django.db.models.signals.ModelSignal",
    "blinker.Namespace.signal",
    "blinker.signal",
    "blinker.Signal",
    "blinker.NamedSignal",
)
_APPLICATIONS: Mapping[str, tuple[str, ...]] = {
    "celery": ("celery.Celery", "celery.app.Celery", "celery.current_app"),
    "rq": ("rq.decorators.job", "rq.job"),
    "flask": ("flask.Flask", "flask.app.Flask", "quart.Quart"),
}

# Function of a file -> (channel, broker, framework) of the task that it is.
Tasks = Mapping[tuple[str, str], tuple[str, str, str]]


def deed(
    row: Row, *, number: int = -1, proof: str = LIBRARY, owner: str = "", function: str = ""
) -> Deed:
    """A row that holds if what `proof` says of `owner` does.

    number: of the import that names the library, or the owner; -1 = none does. function: that is
    declared a task.
    """
    return (row, number, proof, owner, function)


def artefacts(names: Names) -> tuple[Artefact, ...]:
    """What all files do, as far as it is proved."""
    told = {path: said["deeds"] for path, said in names.facts.items() if said["deeds"]}
    tasks = _tasks(names, told)
    files = [
        Extracted(
            names.files[path],
            {
                behaviour.FACTS: _rows(names, path, told.get(path, ()), tasks=tasks),
                behaviour.CONSTANTS: dict(said["constants"]),
            },
        )
        for path, said in sorted(names.facts.items())
        if path in told or said["constants"]
    ]
    return behaviour.artefacts(files)


def _tasks(
    names: Names, told: Mapping[str, Sequence[Deed]]
) -> dict[tuple[str, str], tuple[str, str, str]]:
    """All functions that are tasks, by file and name."""
    found = {}
    for path, deeds in sorted(told.items()):
        for row, number, proof, owner, function in deeds:
            if (
                proof == TASK
                and function
                and _is_task(names, path, number, owner=owner, by=str(row[_FRAMEWORK]))
            ):
                channel = str(row[_CHANNEL] or f"{names.known.names[path]}.{function}")
                found[path, function] = (channel, str(row[_BROKER]), str(row[_FRAMEWORK]))
    return found


def _rows(names: Names, path: str, deeds: Sequence[Deed], *, tasks: Tasks) -> list[Row]:
    settled = (_settled(names, path, each, tasks=tasks) for each in deeds)
    return [row for row in settled if row is not None]


def _settled(names: Names, path: str, given: Deed, *, tasks: Tasks) -> Row | None:
    """The row where it is proved, with the channel that all files together tell."""
    row, number, proof, owner, function = given
    if proof == LIBRARY:
        return list(row) if _is_outside(names, path, number) else None
    if proof == MADE:
        return list(row) if _is_made(names, path, owner, by=function) else None
    if proof == TASK:
        told = tasks.get((path, function))
        return _task(row, told) if told else None
    meant = meaning(names, path, owner)
    if meant is None:
        return None
    if proof == SENT:
        told = tasks.get((meant.path, meant.name)) if not meant.rest else None
        return _task(row, told) if told and told[2] in function.split() else None
    signal, framework = _signal(names, meant, deep=0)
    return _on(row, signal, str(row[_BROKER]), framework=framework) if signal else None


def _task(row: Row, told: tuple[str, str, str]) -> Row:
    return _on(row, told[0], told[1], framework=told[2])


def _on(row: Row, channel: str, broker: str, *, framework: str) -> Row:
    values: list[Value] = list(row)
    values[_CHANNEL], values[_BROKER], values[_FRAMEWORK] = channel, broker, framework
    return values


def _is_outside(names: Names, path: str, number: int) -> bool:
    return number < 0 or names.targets[path][number] is None


def _is_task(names: Names, path: str, number: int, *, owner: str, by: str) -> bool:
    if not owner:
        return _is_outside(names, path, number)
    return _is_made(names, path, owner, by=by)


def _is_made(names: Names, path: str, owner: str, *, by: str) -> bool:
    """A name of the project holds what a class of a library makes, itself or in a function.

    A function counts as what it makes (`app = create_app()`), a class of the project as those that
    it inherits from, `partial(f)` as `f`.
    """
    meant = meaning(names, path, owner)
    if meant is None or meant.rest:
        return False
    maker = _maker(names, meant)
    if maker is None or maker.sort is not Sort.FUNCTION:
        return maker is not None and _is_one(names, maker, _APPLICATIONS[by])
    inner = (
        meaning(names, maker.path, call_name(rows[-1].steps))
        for (scope, _), rows in names.values.get(maker.path, {}).items()
        if scope == maker.name
    )
    return any(each is not None and _is_one(names, each, _APPLICATIONS[by]) for each in inner)


def _is_one(names: Names, meant: Meaning, wanted: Sequence[str]) -> bool:
    """One of the wanted classes of a library, or a class of the project that inherits from it."""
    if meant.sort is Sort.OUTSIDE:
        return meant.name in wanted
    one = as_class(names, meant)
    above = bases(names, one) if one else ()
    return any(isinstance(each, Meaning) and each.name in wanted for each in above)


def _maker(names: Names, meant: Meaning) -> Meaning | None:
    """What is called to make a value; a function, or what lies outside, is its own maker."""
    if meant.sort is not Sort.VALUE:
        return meant
    steps = names.values[meant.path]["", meant.name][-1].steps
    maker = meaning(names, meant.path, call_name(steps))
    call = steps[-1] if isinstance(steps, list) and steps else None
    if maker and maker.name == "functools.partial" and isinstance(call, list) and len(call) > 1:
        return meaning(names, meant.path, call[1]) if isinstance(call[1], str) else None
    return maker


def _signal(names: Names, meant: Meaning, *, deep: int) -> tuple[str, str]:
    """Name and library of a signal of the project, "" twice for what is none."""
    if meant.sort is not Sort.VALUE or meant.rest or deep > _DEEPEST:
        return "", ""
    row = names.values[meant.path]["", meant.name][-1]
    call = row.steps[-1] if isinstance(row.steps, list) and row.steps else None
    if isinstance(call, list) and call[0] == "get_class" and len(call) > 2:  # noqa: PLR2004
        found = _loaded(names, text(call[1]), text(call[2]))
        return _signal(names, found, deep=deep + 1) if found else ("", "")
    made = _maker(names, meant)
    if made and made.sort is Sort.OUTSIDE and made.name in _SIGNALS:
        return meant.name, made.name.partition(".")[0]
    onward = meaning(names, meant.path, row.steps) if isinstance(row.steps, str) else None
    return _signal(names, onward, deep=deep + 1) if onward and onward != meant else ("", "")


def _loaded(names: Names, module: str, name: str) -> Meaning | None:
    """The value that `get_class("a.signals", "x")` loads, if only one file ends so and has it."""
    end = f"/{module.replace('.', '/')}.py"
    found = [
        path
        for path in names.values
        if f"/{path}".endswith(end) and ("", name) in names.values[path]
    ]
    return Meaning(Sort.VALUE, found[0], name) if len(found) == 1 else None
