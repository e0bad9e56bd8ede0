"""The modules that a repository has today: its build modules, or else its packages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename, dirname

from assessor.model.partition import Partition
from assessor.model.records import Artefact, FileKind, Records, Unit

# Packages named after a technical layer say nothing of the domain.
LAYERS = frozenset(
    """
    action actions advice aop api app application apps async auth base bean beans business
    client clients common commons component components conf config configuration constant
    constants controller controllers converter core dal dao data db decorators domain dto
    dtos entities entity enums error errors event events exception exceptions facade factory
    filter filters form forms framework handler handlers helper helpers http impl infra
    infrastructure integration interceptor interfaces internal io job jobs jpa lib listener
    listeners main management manager managers mapper mappers messaging middleware migrations
    model models modules mvc orm persistence pojo port presentation provider proxy remote
    repositories repository request resource resources response rest routes schema schemas
    security serializer serializers server service services servlet shared spi sql store
    support system tasks template templates templatetags test tests tool tools type types ui
    util utils validation validator validators value view views vo web ws
    """.split()  # noqa: SIM905 - a text of words is easier to read and to mend
)

# Packages that only hold the parts of the domain: the parts lie one level deeper.
CONTAINERS = frozenset({"apps", "bundles", "contexts", "domains", "features", "modules"})

# A package level is no boundary if nearly everything lies in one of its packages: look one deeper.
_NEARLY_ALL = 0.9
_ROOT = "(root)"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the domain. home: unit -> its part; technical and shared units have none.

    proposed: the parts are the services that are proposed, not modules that are there.
    """

    home: Mapping[str, str]
    proposed: bool


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
    packages_ = {dirname(unit.path) for unit in units if basename(unit.path) == "__init__.py"}
    folders = {dirname(a.location.path) for a in artefacts if a.kind == "build.project"}
    folders -= packages_  # a package that carries a manifest is a part of the project around it
    return {unit.path: _innermost(unit.path, folders) for unit in units}


def _innermost(path: str, folders: set[str]) -> str:
    folder = dirname(path)
    while folder and folder not in folders:
        folder = dirname(folder)
    return folder or _ROOT


def _by_package(units: Sequence[Unit]) -> dict[str, str]:
    """Unit -> the part of its package that first tells it from the others."""
    packages = {unit.path: _package(unit) for unit in units}
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


def _package(unit: Unit) -> tuple[str, ...]:
    """The names of the package that a unit lies in; `__init__.py` lies in its own."""
    names = tuple(unit.name.split("."))
    return names if basename(unit.path) == "__init__.py" else names[:-1]


def _under(package: tuple[str, ...], prefix: tuple[str, ...]) -> bool:
    return package[: len(prefix)] == prefix and len(package) > len(prefix)


def _segment(package: tuple[str, ...], prefix: tuple[str, ...]) -> str:
    """The package up to where it leaves the prefix, without the prefix it has in full."""
    together = zip(package, prefix, strict=False)
    shared = next(
        (i for i, (a, b) in enumerate(together) if a != b), min(map(len, (package, prefix)))
    )
    if shared == len(package):
        return _ROOT
    deeper = package[shared] in CONTAINERS and len(package) > shared + 1
    begin = shared if shared == len(prefix) else 0
    return ".".join(package[begin : shared + 1 + deeper])


def technical(names: Iterable[str]) -> frozenset[str]:
    """Those of the modules that are named after a technical layer.

    A first word that at least half of them share (`shop-dao`, `shop-web`) is left out.
    """
    last = {name: basename(name).rpartition(".")[2].lower() for name in names}
    first = Counter(word.partition("-")[0] for word in last.values() if "-" in word)
    common = {word for word, n in first.items() if n > 1 and 2 * n >= len(last)}
    return frozenset(
        name
        for name, word in last.items()
        if (word.partition("-")[2] if word.partition("-")[0] in common else word) in LAYERS
    )


def named(home: Mapping[str, str]) -> frozenset[str]:
    """The modules that have a name of their own, the root apart."""
    return frozenset(module for module in home.values() if not module.startswith("("))


def parts(home: Mapping[str, str], partition: Partition | None) -> Parts:
    """The parts of the domain that the units belong to.

    The repository's own modules where at least two, and half of them, are named after a feature;
    where the code is cut by technical layers, the services that are proposed for it.
    """
    names = named(home)
    features = names - technical(names)
    if len(features) > 1 and 2 * len(features) >= len(names):
        return Parts({p: m for p, m in home.items() if m in features}, proposed=False)
    if partition is None or not partition.home:
        return Parts(home, proposed=False)
    shared = {each.unit for each in partition.shared}
    kept = {p: s for p, s in partition.home.items() if p in home and p not in shared}
    return Parts(kept, proposed=True)


def packages(records: Records) -> Mapping[str, str]:
    """Path of every source unit -> its whole package, dotted."""
    return {
        unit.path: ".".join(_package(unit)) or _ROOT
        for unit in records.units
        if unit.kind is FileKind.SOURCE
    }
