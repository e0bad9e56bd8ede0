"""Which unit of PHP does what to which table, through models, queries and repositories."""

from collections.abc import Iterator
from typing import cast

from assessor.collect.languages import php_verbs as verbs
from assessor.collect.languages.php_models import DOCTRINE, ELOQUENT, Models, rows
from assessor.collect.languages.php_queries import outcome, pending_of, way_of
from assessor.collect.languages.php_states import At, Done, Outcome, State, World
from assessor.collect.languages.php_watched import CHANGES, JOINS, LOADS, MANAGED, SAVES
from assessor.collect.languages.typed_accesses import Access
from assessor.collect.languages.typed_chains import end_of
from assessor.collect.languages.typed_facts import NOTED
from assessor.collect.languages.typed_table import Source, Table, Type
from assessor.model.records import FileKind

_MANAGERS = (
    ".Doctrine.ORM.EntityManager", ".Doctrine.Persistence.ObjectManager",
    ".Doctrine.Common.Persistence.ObjectManager", ".Doctrine.ORM.Decorator.EntityManagerDecorator",
)  # fmt: skip
_REGISTRIES = (
    ".Doctrine.Persistence.ManagerRegistry", ".Doctrine.Bundle.DoctrineBundle.Registry",
    ".Doctrine.Common.Persistence.ManagerRegistry",
)  # fmt: skip
_GIVERS = frozenset({"getEntityManager(*", "getManager(*", "getManagerForClass(*", "_em"})


def accesses(table: Table, models: Models) -> Iterator[Access]:
    """An access for each place; those of a repository's own methods are the repository's."""
    world = World(table, models)
    for source in table.sources:
        if source.file.language == "php":
            yield from _of_keys(world, source)
            yield from _of_asked(world, source)


def _of_keys(world: World, source: Source) -> Iterator[Access]:
    for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
        keys = facts["keys"]
        found = {
            key: outcome(world, scope, key) for key in keys if ":" in key and key[0] not in "+^@"
        }
        went_on = {before for key in keys if (before := _variable(key))}
        asked = {before for key, each in found.items() if each.done and (before := _variable(key))}
        for key, count, line in zip(keys, facts["counts"], facts["lines"], strict=True):
            each = found.get(key)
            if each is None:
                continue
            done = list(each.done)
            if each.pending and key not in went_on and _variable(key) not in asked:
                done += pending_of(each)
            for (name, operation), unit in done:
                yield _access(source, name, operation, unit=unit, line=line, count=count)


def _variable(key: str) -> str:
    """What the variable holds that a chain goes on from, "" where it begins with none."""
    at = key.rfind(f":{NOTED}:")
    return key[:at] if at > 0 else ""


def _access(
    source: Source, name: str, operation: str, *, unit: Type | None, line: int, count: int = 1
) -> Access:
    """What a repository does for its caller is its own, unless only a test calls it."""
    via = "repository" if unit is not None else "orm"
    if unit is not None and source.file.kind is not FileKind.TEST:
        own = unit.source
        line = own.facts["scopes"][own.types.index(unit)]["line"]
        return Access(own, name, operation, via, own.file, line, count)
    return Access(source, name, operation, via, source.file, line, count)


def _of_asked(world: World, source: Source) -> Iterator[Access]:
    for verb, chain, given, at, line in rows(source, "asked"):
        scope = source.types[cast("int", at)]
        asked = str(verb), str(chain), str(given)
        for name, operation in _done(world, scope, asked):
            yield _access(source, name, operation, unit=None, line=cast("int", line))


def _done(world: World, scope: Type, asked: tuple[str, str, str]) -> Iterator[Done]:
    verb, chain, given = asked
    if verb in MANAGED and _is_manager(world, scope, chain):
        held = outcome(world, scope, given).state if given else State()
        if held.table and held.stored is not None and held.stored.framework == DOCTRINE:
            yield from ((held.table, each) for each in MANAGED[verb])
        return
    found = outcome(world, scope, chain)
    if verb in LOADS:
        yield from _loaded(world, found, given)
    elif verb in SAVES:
        yield from _saved(found.state, given, last=_last_called(chain))
    elif verb in JOINS or verb in CHANGES:
        yield from _joined(world, scope, found, verb=verb, given=given)


def _is_manager(world: World, scope: Type, chain: str) -> bool:
    """Whether a chain ends in an entity manager: a declared one, or one that is asked for."""
    links = [link for link in chain.split(":") if link != NOTED]
    end = end_of(world.table, scope, chain.split(":"))
    if end.type is None and end.written.startswith(_MANAGERS):
        return True
    if not links or links[-1] not in _GIVERS:
        return False
    before = ":".join(links[:-1])
    owner = outcome(world, scope, "this:!" if before == "this" else before)
    if owner.state.at is At.REPOSITORY:
        return True
    end = end_of(world.table, scope, links[:-1])
    return end.type is None and end.written.startswith(_REGISTRIES)


def _loaded(world: World, found: Outcome, path: str) -> Iterator[Done]:
    """`with('posts.comments')`: each step of the path is read."""
    type_ = found.state.type
    for part in path.split("."):
        way = way_of(world, type_, part)
        if way is None or way.target.framework != ELOQUENT:
            return
        if way.target.table:
            yield way.target.table, verbs.READ
        type_ = way.target.type


def _last_called(chain: str) -> str:
    links = [link for link in chain.split(":") if link != NOTED]
    return links[-1].partition("(")[0] if links else ""


def _saved(state: State, given: str, *, last: str) -> Iterator[Done]:
    """`save()` of a new object, or of one that is taken to be there already.

    last: the method that gave the object; `newOrder` gives a new one.
    """
    if state.stored is None or not state.table:
        return
    if state.at is At.QUERY and state.way is not None and given:  # `$x->items()->save($item)`
        yield state.table, verbs.CREATE if given == "new" else verbs.UPDATE
    if state.at not in {At.ONE, At.NEW}:
        return
    if state.stored.framework != ELOQUENT:
        return
    made = state.at is At.NEW or last.startswith(("new", "make", "build", "create"))
    if given == "new" or made:
        yield state.table, verbs.CREATE
    if given != "new" and (not made or state.was_read):
        yield state.table, verbs.UPDATE


def _joined(world: World, scope: Type, found: Outcome, *, verb: str, given: str) -> Iterator[Done]:
    """A table that a query of Laravel joins; a relation or a class in one of Doctrine."""
    state = found.state
    if state.at in {At.QUERY, At.CLASS} and given[:1] == '"' and verb in JOINS:
        if state.at is At.QUERY or (state.stored and state.stored.framework == ELOQUENT):
            yield given[1:], verbs.READ
    elif state.at is At.BUILDER and given[:1] == '"' and state.stored is not None:
        way = way_of(world, state.stored.type, given[1:].partition(".")[2])
        if way is not None and way.target.table:
            yield way.target.table, verbs.READ
    elif given[:1] == "=" and state.at is not At.BUILDER:
        target = outcome(world, scope, given).state
        if target.table and target.stored and target.stored.framework == DOCTRINE:
            yield target.table, verbs.READ if verb in JOINS else verb
