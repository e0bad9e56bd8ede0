"""Units and packages in figures: what refers to them, how stable and how abstract they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname

from assessor.graph.cycles import cycles_between
from assessor.model.metrics import FAR, Measured, PackageMetrics, UnitMetrics, Zone
from assessor.model.records import FileKind, Reference, Unit

_BY_NAME = frozenset({"csharp", "java", "kotlin", "python"})
_FAMILIES = {"kotlin": "java", "typescript": "javascript"}
_WITHOUT_ABSTRACT = frozenset({"javascript"})
Key = tuple[str, str]  # language, of a family the one that stands for it; name of the package
Links = Mapping[str, set[str]]


def metrics(units: Iterable[Unit], references: Iterable[Reference]) -> Measured:
    """The figures of source units and of their packages; the order of neither makes a difference.

    Source of the coupling of packages: R. C. Martin, OO Design Quality Metrics (1994), and Agile
    Software Development (2002), with units in place of classes.
    """
    wanted = sorted((unit for unit in units if unit.kind is FileKind.SOURCE), key=_path)
    home = {unit.path: _package(unit) for unit in wanted}
    outward: defaultdict[str, set[str]] = defaultdict(set)
    inward: defaultdict[str, set[str]] = defaultdict(set)
    for each in references:
        if each.source != each.target and each.source in home and each.target in home:
            outward[each.source].add(each.target)
            inward[each.target].add(each.source)
    links = {(home[a], home[b]) for a, to in outward.items() for b in to if home[a] != home[b]}
    names = _names(home.values())
    circles = cycles_between((names[a], names[b]) for a, b in links)
    cyclic = frozenset(name for circle in circles for name in circle.units)
    members: defaultdict[Key, list[Unit]] = defaultdict(list)
    for unit in wanted:
        members[home[unit.path]].append(unit)
    return Measured(
        units=tuple(_unit(unit, names[home[unit.path]], inward, outward) for unit in wanted),
        packages=tuple(
            _of_package(names[key], own, around=(home, inward, outward), cyclic=cyclic)
            for key, own in sorted(members.items())
        ),
        cycles=circles,
    )


def _path(unit: Unit) -> str:
    return unit.path


def _package(unit: Unit) -> Key:
    """The package that a unit lies in: by its name where that tells one, or else its folder."""
    language = _FAMILIES.get(unit.language, unit.language)
    name = unit.name.rpartition(".")[0] if unit.language in _BY_NAME else ""
    if unit.language == "python" and unit.path.endswith("/__init__.py"):
        name = unit.name
    return language, name or dirname(unit.path)


def _names(keys: Iterable[Key]) -> dict[Key, str]:
    """What each package is called; with its language where two are called the same."""
    every = sorted(set(keys))
    taken = Counter(name for _, name in every)
    return {
        (language, name): f"{name} ({language})" if taken[name] > 1 else name
        for language, name in every
    }


def _unit(unit: Unit, package: str, inward: Links, outward: Links) -> UnitMetrics:  # noqa: PLR0917 - both ways
    return UnitMetrics(
        path=unit.path,
        language=unit.language,
        package=package,
        code_lines=unit.code_lines,
        comment_lines=unit.comment_lines,
        functions=len(unit.functions),
        cyclomatic=unit.cyclomatic,
        cognitive=unit.cognitive,
        nesting=max((one.nesting for one in unit.functions), default=0),
        classes=len(unit.classes),
        lcom4=max((one.lcom4 for one in unit.classes), default=0),
        maintainability=unit.maintainability,
        fan_in=len(inward.get(unit.path, ())),
        fan_out=len(outward.get(unit.path, ())),
    )


def _of_package(
    name: str,
    units: Sequence[Unit],
    *,
    around: tuple[Mapping[str, Key], Links, Links],
    cyclic: frozenset[str],
) -> PackageMetrics:
    home, inward, outward = around
    own = home[units[0].path]
    afferent, efferent = (
        len({other for u in units for other in links.get(u.path, ()) if home[other] != own})
        for links in (inward, outward)
    )
    classes = [one for unit in units for one in unit.classes]
    abstract = sum(one.abstract for one in classes)
    languages = Counter(unit.language for unit in units)
    language = min(languages, key=lambda each: (-languages[each], each))
    instability = efferent / (efferent + afferent) if efferent + afferent else None
    typed = sum(bool(unit.classes) for unit in units)
    known = typed > 0 and typed >= len(units) / 2 and language not in _WITHOUT_ABSTRACT
    abstractness = abstract / len(classes) if known else None
    distance = _distance(instability, abstractness)
    return PackageMetrics(
        name=name,
        language=language,
        path=units[0].path,
        units=len(units),
        code_lines=sum(unit.code_lines for unit in units),
        classes=len(classes),
        abstract=abstract,
        afferent=afferent,
        efferent=efferent,
        instability=instability,
        abstractness=abstractness,
        distance=distance,
        zone=_zone(instability, abstractness),
        cycle=name in cyclic,
    )


def _distance(instability: float | None, abstractness: float | None) -> float | None:
    if instability is None or abstractness is None:
        return None
    return round(abs(abstractness + instability - 1), 9)


def _zone(instability: float | None, abstractness: float | None) -> Zone:
    """Far below the main sequence lies what is concrete and much relied on, far above what is
    abstract and relied on by nobody.
    """
    distance = _distance(instability, abstractness)
    if distance is None or distance < FAR or instability is None or abstractness is None:
        return ""
    return "pain" if instability + abstractness < 1 else "uselessness"
