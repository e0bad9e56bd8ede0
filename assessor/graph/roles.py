"""What units are known to be, whatever refers to them: owners of data, and roots."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from posixpath import basename, dirname

from assessor.model.records import Artefact, Reference, ReferenceKind, Unit

_STORE = re.compile(r"^(.+?)(Repository|Dao|DAO|Mapper|Store)(Impl)?$")
_STORES = re.compile(r"^(\w+_)?(models?|repositor(y|ies)|dao|stores?)$")
_SERVICE = re.compile(r"(Service|Facade|UseCase)(Impl|Bean)?$|^services?$")
_OWNER_MARKS = frozenset(
    {"Entity", "Document", "Table", "TableName", "RedisHash", "Repository", "Dao"}
    | {"Service", "ApplicationService", "Stateless", "Stateful"}
)
_STORE_IMPORTS = frozenset(
    {"EntityManager", "JdbcTemplate", "NamedParameterJdbcTemplate", "MongoTemplate", "SqlSession"}
)

_ROOT_MARKS = frozenset({"SpringBootApplication", "QuarkusMain", "ApplicationPath"})
_ROOT_IMPORTS = frozenset(
    {"SpringApplication", "SpringBootServletInitializer", "RuntimeHintsRegistrar"}
)
_SERVED = frozenset({"wsgi.py", "asgi.py"})
_PROJECT = re.compile(r"^(__init__|wsgi|asgi|urls|routing|celery|settings(_\w+)?)\.py$")

_HALF = 0.5


def owners(
    units: Sequence[Unit], references: Sequence[Reference], artefacts: Sequence[Artefact]
) -> frozenset[str]:
    """Paths of the units that own data or decide about it: entities, stores, services.

    By annotation; else by name or by what they import, unless they are mostly inherited from: a
    base class of entities or stores owns nothing.
    """
    marked = _having(artefacts, kind="code.annotation", names=_OWNER_MARKS)
    storing = _having(artefacts, kind="code.import", names=_STORE_IMPORTS)
    named = owners_by_name({unit.path: (_last(unit.name), *unit.types) for unit in units})
    return frozenset(marked | ((named | storing) - _bases(references)))


def owners_by_name(names: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The units that own data by what they are called. names: unit -> simple names of its types.

    `OrderRepository`, `OrderDao` are stores, and where there is one, `Order` is what it keeps; a
    Python module `models` or `repositories` holds the like. `OrderService` decides about them.
    """
    every = {unit: tuple(of) for unit, of in names.items()}
    stores = (_STORE.match(name) for name in chain.from_iterable(every.values()))
    kept = {store[1] for store in stores if store}
    return frozenset(
        unit
        for unit, of in every.items()
        if any(n in kept or _STORE.match(n) or _STORES.match(n) or _SERVICE.search(n) for n in of)
    )


def roots(units: Sequence[Unit], artefacts: Sequence[Artefact]) -> frozenset[str]:
    """Paths of the units that put an application together and start it.

    Main classes of Spring Boot and Quarkus, the JAX-RS application; of a Django project
    `manage.py`, and settings, addresses and entry points in the folder of its `wsgi.py`.
    """
    started = _having(artefacts, kind="code.annotation", names=_ROOT_MARKS)
    started |= _having(artefacts, kind="code.import", names=_ROOT_IMPORTS)
    paths = {unit.path for unit in units}
    projects = {dirname(path) for path in paths if basename(path) in _SERVED}
    django = {path for path in paths if _of_project(path, projects)}
    return frozenset((started & paths) | django)


def _of_project(path: str, projects: set[str]) -> bool:
    folder, name = dirname(path), basename(path)
    settings = basename(folder) == "settings" and dirname(folder) in projects
    return name == "manage.py" or settings or (folder in projects and bool(_PROJECT.match(name)))


def _having(artefacts: Iterable[Artefact], *, kind: str, names: frozenset[str]) -> set[str]:
    """Paths of the files with an artefact of the kind of such a simple name."""
    return {
        found.location.path
        for found in artefacts
        if found.kind == kind
        and isinstance(found.root.value, Mapping)
        and _last(str(found.root.value["name"].value)) in names
    }


def _bases(references: Iterable[Reference]) -> set[str]:
    """The units that more than half of their users inherit from."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    heirs: defaultdict[str, set[str]] = defaultdict(set)
    for reference in references:
        if reference.source != reference.target:
            users[reference.target].add(reference.source)
            if reference.kind is ReferenceKind.INHERIT:
                heirs[reference.target].add(reference.source)
    return {unit for unit, of in heirs.items() if len(of) > _HALF * len(users[unit])}


def _last(name: str) -> str:
    return name.rpartition(".")[2]
