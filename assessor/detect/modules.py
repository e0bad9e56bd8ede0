"""The modules that a repository has today: its build modules, or else its packages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from posixpath import dirname

from assessor.model.records import Artefact, FileKind, Records, Unit

# Packages named after a technical layer say nothing of the domain.
LAYERS = frozenset(
    """
    action actions advice api aop application async auth base bean beans business client
    clients common commons component components conf config configuration constant constants
    controller controllers converter core dal dao data db decorators domain dto dtos entities
    entity enums error errors event events exception exceptions facade factory filter filters
    form forms handler handlers helper helpers http impl infra infrastructure integration
    interceptor interfaces internal io job jobs jpa lib listener listeners main management
    manager managers mapper mappers messaging middleware migrations model models mvc orm
    persistence pojo port presentation provider proxy remote repositories repository request
    resource resources response rest routes schema schemas security serializer serializers
    server service services servlet shared spi sql store support system tasks template
    templates test tests tool tools type types ui util utils validation validator validators
    value view views vo web ws
    """.split()  # noqa: SIM905 - a text of words is easier to read and to mend
)

# A package level is no boundary if nearly everything lies in one of its packages: look one deeper.
_NEARLY_ALL = 0.9
_ROOT = "(root)"


def modules(records: Records) -> dict[str, str]:
    """Path of every source unit -> name of the module it lies in.

    Build modules (folders with a Maven, Gradle or Python project of their own) where at least two
    hold source code; otherwise the first package level that tells the units apart.
    """
    units = [unit for unit in records.units if unit.kind is FileKind.SOURCE]
    built = _by_build(units, records.artefacts)
    return built if len(set(built.values())) > 1 else _by_package(units)


def _by_build(units: Sequence[Unit], artefacts: Sequence[Artefact]) -> dict[str, str]:
    """Unit -> folder of the innermost build project around it."""
    folders = {dirname(a.location.path) for a in artefacts if a.kind == "build.project"}
    return {unit.path: _innermost(unit.path, folders) for unit in units}


def _innermost(path: str, folders: set[str]) -> str:
    folder = dirname(path)
    while folder and folder not in folders:
        folder = dirname(folder)
    return folder or _ROOT


def _by_package(units: Sequence[Unit]) -> dict[str, str]:
    """Unit -> the part of its package that first tells it from the others."""
    packages = {unit.path: tuple(unit.name.split(".")[:-1]) for unit in units}
    prefix: tuple[str, ...] = ()
    while True:
        below = Counter(
            package[len(prefix)] for package in packages.values() if _under(package, prefix)
        )
        top = below.most_common(1)
        if not top or top[0][1] < _NEARLY_ALL * len(packages):
            break
        prefix = (*prefix, top[0][0])
    return {path: _segment(package, prefix) for path, package in packages.items()}


def _under(package: tuple[str, ...], prefix: tuple[str, ...]) -> bool:
    return package[: len(prefix)] == prefix and len(package) > len(prefix)


def _segment(package: tuple[str, ...], prefix: tuple[str, ...]) -> str:
    if _under(package, prefix):
        return package[len(prefix)]
    common = package[: len(prefix)]
    return _ROOT if common == prefix else ".".join(package) or _ROOT


def by_layer(module: str) -> bool:
    """The module is named after a technical layer."""
    return module.rpartition("/")[2].rpartition(".")[2].lower() in LAYERS


def domains(home: Mapping[str, str], proposed: Mapping[str, str]) -> Mapping[str, str]:
    """Unit -> the part of the domain it belongs to.

    The repository's own modules where at least half of them are named after a feature; where the
    code is cut by technical layers, the services that are proposed for it.
    """
    named = {module for module in home.values() if not module.startswith("(")}
    layers = sum(by_layer(module) for module in named)
    if not proposed or (len(named) > 1 and 2 * layers <= len(named)):
        return home
    return {path: proposed.get(path, module) for path, module in home.items()}


def packages(records: Records) -> Mapping[str, str]:
    """Path of every source unit -> its whole package, dotted."""
    return {
        unit.path: unit.name.rpartition(".")[0] or _ROOT
        for unit in records.units
        if unit.kind is FileKind.SOURCE
    }
