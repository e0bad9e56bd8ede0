"""Two cuts side by side in words and tables."""

from collections.abc import Sequence

from assessor.model.coupling import Coupling
from assessor.model.partition import Partition, Service
from assessor.model.view import Cell, Sentence, Table
from assessor.report.compared import Measure, Name, Shift, Ties, matched, ties, toned
from assessor.report.wording import NOTHING, Wording, say, share, short

_SHARES = frozenset({"icp", "largest"})
_COUNTS = frozenset({"services", "across"})
_NO_MOVE = "±0"


def value(measure: Measure) -> str:
    """The later figure as text."""
    return _text(measure.name, measure.after)


def difference(measure: Measure, wording: Wording) -> str:
    """By how much the later figure is another, with its sign; "" where no difference shows."""
    if measure.before is None or measure.after is None:
        return ""
    step = measure.after - measure.before
    if measure.name in _SHARES:
        return _points(step, wording)
    told = _signed(step, decimals=0 if measure.name in _COUNTS else 3)
    return "" if told == _NO_MOVE else told


def cost(found: Sequence[Measure], wording: Wording) -> Sentence:
    """In one line what a step costs or gains."""
    by_name = {measure.name: measure for measure in found}
    told = {
        name: difference(by_name[name], wording) or _NO_MOVE
        for name in ("across", "sm", "modularity")
    }
    return Sentence(say(wording, "compared.cost", **told), by_name["across"].tone)


def figures_table(found: Sequence[Measure], wording: Wording, *, names: tuple[str, str]) -> Table:
    """Both cuts side by side. names: what they are called."""
    rows = tuple(
        (
            Cell(say(wording, f"compared.{each.name}")),
            Cell(_text(each.name, each.before)),
            Cell(value(each)),
            _step(each, wording),
        )
        for each in found
    )
    heads = (say(wording, "compared.figure"), *names, say(wording, "compared.difference"))
    return Table(heads, rows, numeric=(1, 2, 3))


def _step(measure: Measure, wording: Wording) -> Cell:
    told = difference(measure, wording)
    return Cell(told, measure.tone) if told else Cell(_NO_MOVE)


def shifts_table(found: Sequence[Shift], wording: Wording, *, names: tuple[str, str]) -> Table:
    """Every unit that is elsewhere: where it was, where it is."""
    none = say(wording, "compared.none")
    rows = tuple(
        (
            Cell(short(each.unit)),
            Cell(each.before or none),
            Cell(each.after or none),
            Cell(each.unit.rpartition("/")[0], "quiet"),
        )
        for each in found
    )
    return Table((say(wording, "shared.unit"), *names, say(wording, "service.folder")), rows)


def services_table(
    coupling: Coupling, before: Partition, after: Partition, *, wording: Wording
) -> Table:
    """Each service of the later cut with what it was before; below, those that are gone."""
    same, old = matched(before, after), {each.name: each for each in before.services}
    crossing = ties(coupling, after)
    rows = [
        _row(
            each, old.get(same.get(each.name, "")), crossing=crossing, after=after, wording=wording
        )
        for each in after.services
    ]
    rows += [_gone(old[name], wording) for name in sorted(old.keys() - set(same.values()))]
    heads = (
        "services.name",
        "services.units",
        "compared.units-by",
        "services.cohesion",
        "compared.cohesion-by",
        "services.confidence",
        "compared.out",
        "compared.in",
        "compared.before",
    )
    return Table(
        columns=tuple(say(wording, head) for head in heads),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4, 5, 6, 7),
        note=say(wording, "compared.note"),
    )


def _row(
    service: Service,
    old: Service | None,
    *,
    crossing: Ties,
    after: Partition,
    wording: Wording,
) -> tuple[Cell, ...]:
    size, kept = len(service.units), service.cohesion
    more = size - len(old.units) if old else 0
    better = kept - old.cohesion if old else 0.0
    sure = [after.confidence[unit] for unit in service.units if unit in after.confidence]
    return (
        Cell(service.name, "strong"),
        Cell(f"{size:,}"),
        Cell(_signed(more, decimals=0) if more else ""),
        Cell(share(kept)),
        Cell(_points(better, wording), toned(round(better, 3), direction=1)),
        Cell(share(sum(sure) / len(sure) if sure else None)),
        Cell(f"{sum(n for (a, _), n in crossing.items() if a == service.name):,}"),
        Cell(f"{sum(n for (_, b), n in crossing.items() if b == service.name):,}"),
        Cell(_origin(service, old, wording)),
    )


def _origin(service: Service, old: Service | None, wording: Wording) -> str:
    if old is None:
        return say(wording, "compared.new")
    return "" if old.name == service.name else old.name


def _gone(old: Service, wording: Wording) -> tuple[Cell, ...]:
    blank = (Cell(NOTHING),)
    return (
        Cell(say(wording, "compared.gone", service=old.name), "quiet"),
        Cell("0"),
        Cell(_signed(-len(old.units), decimals=0)),
        *blank * 5,
        Cell(old.name),
    )


def ties_table(before: Ties, after: Ties, *, wording: Wording, most: int) -> Table:
    """References between services, those that changed first, then most first."""
    pairs = sorted(
        {*before, *after},
        key=lambda pair: (
            -abs(after.get(pair, 0) - before.get(pair, 0)),
            -after.get(pair, 0),
            pair,
        ),
    )
    rows = []
    for pair in pairs[:most]:
        step = after.get(pair, 0) - before.get(pair, 0)
        told = _signed(step, decimals=0) if step else ""
        cells = (Cell(pair[0]), Cell(pair[1]), Cell(f"{after.get(pair, 0):,}"))
        rows.append((*cells, Cell(told, toned(step, direction=-1))))
    heads = ("ties.from", "ties.to", "ties.references", "compared.difference")
    return Table(
        columns=tuple(say(wording, head) for head in heads),
        rows=tuple(rows),
        numeric=(2, 3),
        note=say(wording, "ties.note", shown=len(rows), total=len(pairs)),
    )


def _text(name: Name, figure: float | None) -> str:
    if figure is None:
        return NOTHING
    if name in _SHARES:
        return f"{figure * 100:.1f} %"
    return f"{figure:,.0f}" if name in _COUNTS else f"{figure:.3f}"


def _points(step: float, wording: Wording) -> str:
    told = _signed(step * 100, decimals=1)
    return "" if told == _NO_MOVE else say(wording, "compared.points", points=told)


def _signed(step: float, *, decimals: int) -> str:
    """The step with its sign; what rounds to nothing is said to be so."""
    text = f"{step:+,.{decimals}f}"
    return text if any(digit in text for digit in "123456789") else _NO_MOVE
