"""What Laravel's container puts in: what a provider binds, and where it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from tree_sitter import Node

from assessor.collect.languages.php_calls import Call, argument, first, line, parts
from assessor.collect.languages.php_data import Row, full_name
from assessor.collect.languages.php_folding import class_of
from assessor.collect.languages.php_models import rows
from assessor.collect.languages.typed_injection import Implementers, injectable
from assessor.collect.languages.typed_table import Source, Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased
from assessor.collect.languages.typed_walk import Walk, text_of
from assessor.model.records import FileKind

Bindings = Mapping[Type, tuple[Type, ...]]
Put = tuple[Type, Type, int]  # where, what, line

_BINDS = frozenset({"bind", "bindIf", "scoped", "scopedIf", "singleton", "singletonIf"})
_CONTAINERS = frozenset(
    {
        "Illuminate.Container.Container", "Illuminate.Contracts.Container.Container",
        "Illuminate.Contracts.Foundation.Application", "Illuminate.Foundation.Application",
        "Illuminate.Support.Facades.App",
    }
)  # fmt: skip
_ASKS = frozenset({"app", "make", "makeWith", "resolve"})
_FILLED = frozenset({"__invoke(*", "boot(*", "handle(*"})  # methods that the container calls
_CONTROLLER = ".Symfony.Bundle.FrameworkBundle.Controller.AbstractController"
_CLOSURES = frozenset({"anonymous_function", "arrow_function"})
_MOST = 2_000  # nodes of a closure that are looked at


def bound(walk: Walk, calls: Sequence[Call]) -> dict[str, list[Row]]:
    """Rows: what is bound to which classes; and which classes are asked for, where."""
    found: dict[str, list[Row]] = {"bound": [], "made": []}
    for call in calls:
        if call.name in _BINDS and _is_container(walk, call):
            found["bound"] += _bindings(walk, call)
        elif call.name in _ASKS:
            written = class_of(walk, argument(call, 0))
            if written:
                name = full_name(walk, written, call.scope)
                found["made"].append([name, call.scope, line(call.node)])
    return {kind: held for kind, held in found.items() if held}


def _is_container(walk: Walk, call: Call) -> bool:
    if call.on in _CONTAINERS:
        return True
    own = call.chain.startswith("this:!:app") or "app(*" in call.chain
    return own and any(name.endswith("ServiceProvider") for name in _supers(walk, call))


def _supers(walk: Walk, call: Call) -> list[str]:
    return walk.scopes[call.scope].supers


def _bindings(walk: Walk, call: Call) -> Iterator[Row]:
    """`bind(I::class, A::class)`, `bind(I::class, fn () => new A())`, `bind(fn (): I => …)`."""
    given, made = argument(call, 0, "abstract"), argument(call, 1, "concrete")
    abstract = class_of(walk, given)
    if given is not None and given.type in _CLOSURES:
        abstract, made = _result(walk, given), given
    if not abstract:
        return
    wanted = full_name(walk, abstract, call.scope)
    if made is not None and made.type in _CLOSURES:
        names = [*_made_in(walk, made)]
    else:
        names = [class_of(walk, made)]
    for name in names:
        if name:
            yield [wanted, full_name(walk, name, call.scope)]


def _result(walk: Walk, closure: Node) -> str:
    type_ = closure.child_by_field_name("return_type")
    return text_of(walk, type_).lstrip("?") if type_ is not None else ""


def _made_in(walk: Walk, closure: Node) -> Iterator[str]:
    """The classes that a closure makes, or asks the container for."""
    left = [closure]
    for _ in range(_MOST):
        if not left:
            return
        node = left.pop()
        if node.type == "object_creation_expression":
            made = first(node)
            if made is not None and made.type in {"name", "qualified_name"}:
                yield text_of(walk, made)
        elif node.type == "class_constant_access_expression":
            yield class_of(walk, node)
        left += parts(node)


def bindings(table: Table) -> Bindings | None:
    """What is bound to what; None where no file speaks of Laravel."""
    sources = [source for source in table.sources if source.file.language == "php"]
    if not any(
        name.startswith("Illuminate.") for source in sources for name in source.facts["imports"]
    ):
        return None
    found: dict[Type, set[Type]] = {}
    for source in sources:
        for wanted, given in rows(source, "bound") if _counts(source) else ():
            scope = source.types[0]
            abstract, concrete = named(table, scope, str(wanted)), named(table, scope, str(given))
            below = lineage(table, concrete)[1:] if concrete is not None else ()
            if abstract is not None and concrete is not None and abstract in below:
                found.setdefault(abstract, set()).add(concrete)
    return {
        key: tuple(sorted(held, key=lambda each: each.qualified)) for key, held in found.items()
    }


def _counts(source: Source) -> bool:
    return source.file.kind is not FileKind.TEST


def injected(
    table: Table, source: Source, *, makers: Implementers, held: Bindings | None
) -> Iterator[Put]:
    """What a container puts into the classes of a file: by constructors, methods, and calls."""
    for scope, facts in zip(source.types, source.facts["scopes"], strict=True):
        for written in (*facts["injected"], *_parameters(table, scope, laravel=held is not None)):
            if held is None:
                targets = injectable(table, scope, written=written, makers=makers)
            else:
                targets = _given(table, scope, held, written=written)
            for target in targets:
                yield scope, target, facts["line"]
    for name, at, place in rows(source, "made") if held is not None else ():
        scope = source.types[cast("int", at)]
        for target in _given(table, scope, held or {}, written=str(name)):
            yield scope, target, cast("int", place)


def _given(table: Table, scope: Type, held: Bindings, *, written: str) -> list[Type]:
    """What is bound; Laravel makes nothing of an abstract type that is not."""
    type_ = named(table, scope, erased(written.lstrip("?")))
    return list(held.get(type_, ())) if type_ is not None else []


def _parameters(table: Table, scope: Type, *, laravel: bool) -> Iterator[str]:
    """The types of the parameters of methods that the framework calls."""
    controls = scope.name.endswith("Controller") and laravel
    if not laravel:
        above = {each for one in lineage(table, scope) for each in one.supers_written}
        controls = _CONTROLLER in above
    for key, signatures in scope.methods.items():
        if key != "new(*" and (controls or (laravel and key in _FILLED)):
            yield from (
                f"?{type_}" for signature in signatures for type_ in signature[1:] if type_
            )
