"""What containers are told in Go: google/wire, uber/fx and dig.

`wire.Bind(new(I), new(*T))` and `fx.Annotate(NewT, fx.As(new(I)))` say which type stands for an
interface; `wire.Build(NewT)`, `fx.Provide(NewT)` which functions are given what they ask for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from assessor.collect.languages.go_meaning import FUNCTION, meaning, named
from assessor.collect.languages.go_owners import Call, Calls, struct_of
from assessor.collect.languages.go_table import Project, Source, Type

_LIBRARIES = frozenset({"dig", "fx", "wire"})
_LISTS = frozenset({"Annotate", "Build", "Invoke", "NewSet", "Provide"})
_MARK = "|.As|^"


@dataclass(frozen=True, slots=True)
class Wiring:
    """bound: number of an interface -> its types. provided: file and name of functions that a
    container calls.
    """

    bound: dict[int, list[Type]] = field(default_factory=dict)
    provided: frozenset[tuple[Source, str]] = frozenset()


def wiring(calls: Calls) -> Wiring:
    """All that the project tells its containers, tests left out."""
    bound: dict[int, list[Type]] = {}
    provided: set[tuple[Source, str]] = set()
    for call in calls.every:
        if call.owner.partition(".")[0] not in _LIBRARIES or call.source.test:
            continue
        for interface, type_ in _bound(calls, call):
            known = bound.setdefault(interface.number, [])
            known += [type_] * (type_ not in known)
        if call.name in _LISTS:
            provided.update(_provided(calls.project, call))
    return Wiring(bound, frozenset(provided))


def _bound(calls: Calls, call: Call) -> Iterator[tuple[Type, Type]]:
    project = calls.project
    if call.name == "Bind" and len(call.given) > 1:
        pair = [struct_of(project, call.source, given) for given in call.given[:2]]
        if pair[0] is not None and pair[1] is not None and pair[0].shape == "interface":
            yield pair[0], pair[1]
    if call.name in {"Annotate", "Provide"} and len(call.given) > 1:
        type_ = _made(project, call)
        for given in call.given[1:] if type_ is not None else ():
            number = given.partition("\t")[0].partition(_MARK)[2].partition("|")[0]
            one = calls.by_number[call.source].get(int(number)) if number.isdigit() else None
            for text in one.given if one is not None else ():
                interface = struct_of(project, call.source, text)
                if interface is not None and interface.shape == "interface" and type_ is not None:
                    yield interface, type_


def _made(project: Project, call: Call) -> Type | None:
    """The type that the function given first makes."""
    chain = call.given[0].partition("\t")[0]
    found = meaning(project, call.source, f"{chain}|()") if chain else None
    return named(project, found.home, found.type) if found is not None and found.home else None


def _provided(project: Project, call: Call) -> Iterator[tuple[Source, str]]:
    for given in call.given:
        chain = given.partition("\t")[0]
        found = meaning(project, call.source, chain) if chain and given[:1] != "'" else None
        if found is not None and found.kind == FUNCTION and found.target is not None:
            yield found.target, chain.rpartition("|.")[2] or chain
