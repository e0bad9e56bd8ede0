"""Which name means what: scopes of one script and the uses of imported names.

Records are filled in place while the tree is walked, since copies would cost more than parsing.
"""

from dataclasses import dataclass, field

from assessor.collect.languages import javascript_facts as facts
from assessor.collect.languages.javascript_facts import HERE, Binding

# Codes of uses beyond those of the facts. The name of a type and that of a value are two things in
# TypeScript, so that there are two codes where both may be meant.
CHECK, IMPLEMENT, GIVEN, MUTATE, REBIND = range(10, 15)
SKIP = -1  # a name that is bound where it stands, no use

_SHOWN = {
    **{code: code for code in range(7)},
    CHECK: facts.TYPE,
    IMPLEMENT: facts.INHERIT,
    GIVEN: facts.INJECT,
}
_OF_TYPES = frozenset((facts.TYPE, facts.INJECT, IMPLEMENT))
_OF_STATE = frozenset((MUTATE, REBIND))

MODULE, FUNCTION, BLOCK = 0, 1, 2

Uses = dict[tuple[int, bytes], list[int]]


@dataclass(slots=True)
class Value:
    """What a name at the top of the file, or a static field, is first set to.

    growing: an empty container, which nobody writes down unless to fill it later.
    """

    type: str
    at: int
    mutable: bool
    growing: bool


@dataclass(slots=True)
class Scope:
    """One scope while it is open.

    bound, types: names of values and of types bound here. imports: name -> what imports bind it
    to. uses: (code, dotted name) -> [count, first byte].
    """

    kind: int
    parent: "Scope | None" = None
    bound: set[bytes] = field(default_factory=set)
    types: set[bytes] = field(default_factory=set)
    imports: dict[bytes, list[Binding]] = field(default_factory=dict)
    uses: Uses = field(default_factory=dict)


@dataclass(slots=True)
class Bindings:
    """How what a file imports is used.

    uses: (number, code) -> [count, first byte]. injected: (number, dotted name) -> the same.
    """

    uses: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    injected: dict[tuple[int, str], list[int]] = field(default_factory=dict)


def note_use(uses: Uses, code: int, name: bytes, *, at: int) -> None:
    """Count one use, and keep the first byte where there is one."""
    key = (code, name)
    known = uses.get(key)
    if known is None:
        uses[key] = [1, at]
    else:
        known[0] += 1


def attach(bindings: Bindings, number: int, code: int, *, seen: list[int]) -> None:
    """Count uses of what an import brings."""
    known = bindings.uses.setdefault((number, _SHOWN[code]), [0, seen[1]])
    known[0] += seen[0]
    known[1] = min(known[1], seen[1])


def close(scope: Scope, bindings: Bindings) -> None:
    """Settle the scope's uses: its imports take theirs, the rest passes to the scope around."""
    onward = scope.parent.uses if scope.parent else {}
    imports, bound, types = scope.imports, scope.bound, scope.types
    for key, seen in scope.uses.items():
        code, name = key
        root = name.partition(b".")[0] if code in _DOTTED else name
        if root in imports:
            _take(bindings, imports[root], key=key, seen=seen)
        elif root not in (types if code in _OF_TYPES else bound):
            known = onward.get(key)
            if known is None:
                onward[key] = seen
            else:
                known[0] += seen[0]
                known[1] = min(known[1], seen[1])
        elif code in _DOTTED and scope.kind == MODULE:
            _inject(bindings, (HERE, name.decode("utf-8", "replace")), seen=seen)


def changed(scope: Scope) -> dict[int, set[bytes]]:
    """Names at the top of the file whose value functions change, and that they set anew."""
    return {
        code: {name for what, name in scope.uses if what == code and name in scope.bound}
        for code in _OF_STATE
    }


_DOTTED = frozenset((facts.INJECT, GIVEN))


def _take(
    bindings: Bindings, means: list[Binding], *, key: tuple[int, bytes], seen: list[int]
) -> None:
    code, name = key
    if code in _OF_STATE:
        return
    for number, imported in means:
        if code not in _DOTTED:
            attach(bindings, number, code, seen=seen)
            continue
        rest = name.decode("utf-8", "replace").partition(".")[2]
        meant = ".".join(part for part in (imported, rest) if part)
        _inject(bindings, (number, meant), seen=seen)


def _inject(bindings: Bindings, key: tuple[int, str], *, seen: list[int]) -> None:
    known = bindings.injected.setdefault(key, [0, seen[1]])
    known[0] += seen[0]
    known[1] = min(known[1], seen[1])
