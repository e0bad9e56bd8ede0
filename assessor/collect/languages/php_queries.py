"""What chains of PHP do to tables: models, queries, relations, repositories step by step."""

from collections.abc import Iterator
from dataclasses import replace

from assessor.collect.languages import php_verbs as verbs
from assessor.collect.languages.php_models import DOCTRINE, ELOQUENT, Way
from assessor.collect.languages.php_states import (
    LOST,
    MANY,
    NOWHERE,
    QUERIES,
    At,
    Done,
    Outcome,
    State,
    World,
    guard,
    object_of,
    written,
)
from assessor.collect.languages.php_watched import RELATIONS
from assessor.collect.languages.typed_facts import NOTED, OF_RECEIVER
from assessor.collect.languages.typed_members import field_of, method_of
from assessor.collect.languages.typed_table import Member, Type, lineage

_BUILDER = ".Doctrine.ORM.QueryBuilder"
_FIND = ("findBy", "findOneBy", "countBy")  # followed by the name of a field
_DEEPEST = 24  # links of a chain that are followed


_PENDING = frozenset({At.QUERY, At.BUILDER})
_HANDED_ON = _PENDING | {At.MANY, At.ONE, At.NEW}
_NESTED = 5  # methods that give what others give


def outcome(world: World, scope: Type, chain: str) -> Outcome:
    """What a chain leads to and does on its way."""
    links = chain.split(":")
    state, used = _begin(world, scope, links)
    if _is_lost(state) or len(links) > _DEEPEST:
        return NOWHERE
    done: list[tuple[Done, Type | None]] = []
    for link in links[used:]:
        if link == NOTED:
            done.clear()
            continue
        if _is_lost(state):
            break
        state, operations = _step(world, state, link)
        done += operations
    pending = state.at in _PENDING and links[-1] != NOTED and "(" in links[-1]
    return Outcome(state, tuple(done), pending)


def _is_lost(state: State) -> bool:
    return state.at is At.LOST


def _begin(world: World, scope: Type, links: list[str]) -> tuple[State, int]:
    first = links[0]
    if first == "":
        called = len(links) > 1 and links[1][:1] == "."
        return (_function(world, links[1]), 2) if called else (LOST, 1)
    if first[0] != "=" and first != "this":
        return LOST, 1
    held = world.begun.get((scope, first))
    if held is None:
        state = object_of(world, scope) if first == "this" else written(world, scope, first[1:])
        by_name = replace(state, at=At.CLASS) if state.at is At.ONE else state
        held = world.begun[scope, first] = state, by_name
    return held[0] if links[1:2] == [NOTED] else held[1], 1


def _function(world: World, link: str) -> State:
    """A function of the project that says what it gives."""
    name = link[1:].partition("(")[0]
    if name.rpartition(".")[2] == "auth" and not world.table.loose.get("auth"):
        return guard(world)
    facades = world.table.loose.get(name) or world.table.loose.get(name.rpartition(".")[2])
    if not facades:
        return LOST
    member = method_of(world.table, facades[0], f"{name.rpartition('.')[2]}(*")
    return written(world, member.declarer, member.result) if member is not None else LOST


Step = tuple[State, list[tuple[Done, Type | None]]]


def _step(world: World, state: State, link: str) -> Step:
    name = link.partition("(")[0]
    called = "(" in link
    if state.at is At.MANY:
        return _of_many(state, name), []
    if state.at is At.GUARD:
        return _of_guard(state, name, called=called), []
    if state.at is At.FACTORY:
        return _apply(state, verbs.OF_FACTORY.get(name), otherwise=state)
    if state.at is At.QUERY:
        return _of_query(state, name) if called else (LOST, [])
    if state.at is At.BUILDER:
        return _of_builder(state, name)
    return _of_object(world, state, link, name=name, called=called)


def _of_guard(state: State, name: str, *, called: bool) -> State:
    if name == "user" and called:
        return replace(state, at=At.ONE, was_read=True)
    return state if name == "guard" else LOST


def _of_object(world: World, state: State, link: str, *, name: str, called: bool) -> Step:
    """A member of a class or of an object: a relation, a declared one, or the library's."""
    type_ = state.type
    way = way_of(world, type_, name) if type_ is not None else None
    if way is not None and state.at is not At.CLASS:
        return _along(way, called=called)
    find = method_of if called else field_of
    member = find(world.table, type_, link) if type_ is not None else None
    if member is not None and (called or member.result):
        return _of_member(world, state, member, name=name, called=called), []
    if not called or state.stored is None:
        return LOST, []
    if state.at is At.REPOSITORY:
        return _of_repository(state, name)
    return _of_model(state, name) if state.stored.framework == ELOQUENT else (LOST, [])


def _of_member(world: World, state: State, member: Member, *, name: str, called: bool) -> State:
    """What a declared member gives: as declared, else as its body says, else as a scope does."""
    found = _declared(world, state, member)
    if _is_lost(found) and called:
        found = _returned(world, state, member, name=name)
        scope = f"scope{name[:1].upper()}{name[1:]}(*"
        if _is_lost(found) and state.at is At.CLASS and state.type is not None:
            is_scope = method_of(world.table, state.type, scope) is not None
            return replace(state, at=At.QUERY) if is_scope else LOST
    return found


def _along(way: Way, *, called: bool) -> Step:
    """Over a relation: as a query where it is called, else what is at its end."""
    target = way.target
    at = At.QUERY if called else At.MANY if way.many else At.ONE
    led = State(at, target.table, target, target.type, way, not called)
    if target.framework == DOCTRINE:
        return (replace(led, at=At.LOST), []) if called else (led, [])
    return led, [] if called else [((target.table, verbs.READ), None)]


def way_of(world: World, type_: Type | None, name: str) -> Way | None:
    """The relation of a name that a class has, its own or inherited."""
    for each in lineage(world.table, type_) if type_ is not None else ():
        found = world.models.ways.get((each, name))
        if found is not None:
            return found
    return None


def _declared(world: World, state: State, member: Member) -> State:
    """What a declared member gives; a bare query or collection is one of the same model."""
    if member.result == OF_RECEIVER:
        return replace(state, at=At.ONE) if state.at is At.CLASS else state
    bare = member.result in QUERIES or member.result in MANY
    if bare and state.stored is not None and state.at in {At.CLASS, At.ONE, At.REPOSITORY}:
        if state.stored.framework == DOCTRINE or member.declarer is not state.type:
            return LOST
        return replace(state, at=At.QUERY if member.result in QUERIES else At.MANY)
    if member.result == _BUILDER and state.at is At.REPOSITORY:
        return replace(state, at=At.BUILDER)
    return written(world, member.declarer, member.result)


def _returned(world: World, state: State, member: Member, *, name: str) -> State:
    """What the body of a method gives, where its declaration does not say, and all agree."""
    if len(world.within) > _NESTED or (member.declarer, name) in world.within:
        return LOST
    chains = world.models.returns.get((member.declarer, name), ())
    inner = _within(world, (member.declarer, name))
    scope = member.declarer
    if state.type is not None and member.declarer in lineage(world.table, state.type):
        scope = state.type
    found = [outcome(inner, scope, chain).state for chain in chains]
    same = {(each.at, each.table) for each in found}
    return found[0] if len(same) == 1 and found[0].at in _HANDED_ON else LOST


def _within(world: World, place: tuple[Type, str]) -> World:
    """The world within a method."""
    return replace(world, within=(*world.within, place))


def _of_model(state: State, name: str) -> Step:
    if name in verbs.NO_QUERIES or name in RELATIONS:
        return LOST, []
    if name == "factory" and state.at is At.CLASS:
        return replace(state, at=At.FACTORY), []
    if state.at is At.CLASS:
        return _of_query(replace(state, at=At.QUERY), name)
    if name in verbs.OF_ONE:
        kept = state if verbs.OF_ONE[name][1] == verbs.ONE else LOST
        return _apply(state, verbs.OF_ONE[name], otherwise=kept)
    if name in verbs.BEGINS or name.startswith(verbs.BEGIN_WITH):
        return _of_query(replace(state, at=At.QUERY, way=None), name)
    return LOST, []


def _of_query(state: State, name: str) -> Step:
    way = state.way
    between: list[tuple[Done, Type | None]] = []
    if way is not None and way.pivot and name in verbs.OF_PIVOT:
        between = [((way.pivot, each), None) for each in verbs.OF_PIVOT[name]]
        if name not in verbs.OF_QUERY:
            return LOST, between
    if name in verbs.SAYS_ONLY or name in verbs.OF_PIVOT.keys() - verbs.OF_QUERY.keys():
        return LOST, []
    effect = verbs.OF_QUERY.get(name)
    if effect is None:
        return state, []
    if way is not None and way.many is False and name in {"getResults", "get"}:
        effect = (effect[0], verbs.ONE)
    after, done = _apply(state, effect, otherwise=state)
    return after, [*done, *between]


def _apply(state: State, effect: verbs.Effect | None, *, otherwise: State) -> Step:
    if effect is None:
        return otherwise, []
    operations, gives = effect
    done: list[tuple[Done, Type | None]] = [
        ((state.table, each), state.unit) for each in operations if state.table
    ]
    ats = {verbs.ONE: At.ONE, verbs.MANY: At.MANY, verbs.NEW: At.NEW}
    at = ats.get(gives, At.LOST)
    if state.type is None and at is not At.MANY:
        at = At.LOST
    read = verbs.CREATE not in operations or verbs.READ in operations
    return replace(state, at=at, way=None, was_read=state.was_read or read), done


def _of_many(state: State, name: str) -> State:
    if name in verbs.PICKS:
        return replace(state, at=At.ONE if state.type is not None else At.LOST, was_read=True)
    if name == "toQuery":
        return replace(state, at=At.QUERY)
    return state if name in verbs.KEEPS else LOST


def _of_repository(state: State, name: str) -> Step:
    effect = verbs.OF_REPOSITORY.get(name)
    if effect is None and name.startswith(_FIND):
        gives = verbs.ONE if name.startswith("findOne") else verbs.MANY
        effect = ((verbs.READ,), gives)
    if effect is not None:
        after, done = _apply(state, effect, otherwise=LOST)
        stored = state.stored
        type_ = stored.type if stored is not None else None
        return replace(after, type=type_, unit=None), done
    if name == "createQueryBuilder":
        return replace(state, at=At.BUILDER, unit=None), []
    return LOST, []


def _of_builder(state: State, name: str) -> Step:
    if name in verbs.OF_BUILDER:
        gives = verbs.OF_BUILDER[name][1]
        after, done = _apply(state, ((state.operation,), gives), otherwise=LOST)
        type_ = state.stored.type if state.stored is not None else None
        return replace(after, type=type_), done
    if name in {verbs.DELETE, verbs.UPDATE}:
        return replace(state, operation=name), []
    return state, []


def pending_of(found: Outcome) -> Iterator[tuple[Done, Type | None]]:
    """What a query that is handed on does, once it is asked."""
    state = found.state
    if found.pending and state.table:
        yield (state.table, state.operation if state.at is At.BUILDER else verbs.READ), state.unit
