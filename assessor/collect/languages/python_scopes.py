"""Which name means what: scopes of one Python file and the uses of imported names.

The records here are filled in place while the tree is walked, since copies would cost more than
parsing does.
"""

from dataclasses import dataclass, field

from assessor.collect.languages.python_facts import CALL

# A use beyond those of `python_facts`: something is put into or taken from the value itself.
MUTATE = 4

MUTATORS = frozenset(
    b"append add update extend insert pop popitem remove discard clear setdefault appendleft"
    b" popleft put".split()
)
_OWN = frozenset((b"self", b"cls"))

Uses = dict[tuple[int, bytes], list[int]]


@dataclass(slots=True)
class Value:
    """What a name in a module or class body is first set to.

    at: byte where it starts. mutable: a container. growing: an empty one, which nobody writes down
    unless to fill it later.
    """

    type: str
    at: int
    mutable: bool
    growing: bool


@dataclass(slots=True)
class Body:
    """Values that a module or class body assigns.

    changed, rebound: in a class, names mutated through `self`/`cls`, and set on `self`.
    """

    state: dict[bytes, Value] = field(default_factory=dict)
    changed: set[bytes] = field(default_factory=set)
    rebound: set[bytes] = field(default_factory=set)


# What opened a scope; plain numbers, as looking up an enum costs more than the rest. Names bound
# in a class body are invisible to the functions in it.
MODULE, CLASS, FUNCTION, EXPRESSION = 0, 1, 2, 3


@dataclass(slots=True)
class Scope:
    """One scope while it is open.

    bound, outer: names bound here, names declared global or nonlocal. imports: name -> numbers of
    the imports that bind it here. uses: (code, dotted name) -> [count, first byte] in this scope;
    inner: the same, from functions inside it. body: only of modules and classes.
    """

    kind: int
    name: str
    parent: "Scope | None" = None
    bound: set[bytes] = field(default_factory=set)
    outer: set[bytes] = field(default_factory=set)
    imports: dict[bytes, list[int]] = field(default_factory=dict)
    uses: Uses = field(default_factory=dict)
    inner: Uses = field(default_factory=dict)
    body: Body | None = None


@dataclass(slots=True)
class Bindings:
    """What the imports of a file bind, and how it is used, by number of the import.

    prefixes: for an import without alias (`import a.b`), the dotted name as it must be written.
    uses: (number, rest of the dotted name, code) -> [count, first byte].
    state: (name, type, byte where its value starts).
    pending: dotted name -> value in a class body, until the module shows whether it is changed.
    """

    prefixes: dict[int, bytes] = field(default_factory=dict)
    uses: dict[tuple[int, bytes, int], list[int]] = field(default_factory=dict)
    state: list[tuple[str, str, int]] = field(default_factory=list)
    pending: dict[bytes, Value] = field(default_factory=dict)


def close(scope: Scope, bindings: Bindings) -> None:
    """Settle the scope's uses: its imports take theirs, the rest passes to the scope around."""
    around, function = scope.parent, scope.kind == FUNCTION
    while function and around and around.kind == CLASS:
        around = around.parent
    if around:
        onward = around.inner if function else around.uses
        _pass_on(scope, bindings, uses=scope.uses, onward=onward)
        _pass_on(scope, bindings, uses=scope.inner, onward=around.inner)
    if scope.body:
        _close_class(scope.body, scope.name, bindings)


def settle(scope: Scope, bindings: Bindings) -> Uses:
    """Close the module's scope; the uses of names that are bound nowhere in it."""
    free: Uses = {}
    _settle_state(scope, bindings)
    _pass_on(scope, bindings, uses=scope.uses, onward=free)
    _pass_on(scope, bindings, uses=scope.inner, onward=free)
    return {key: seen for key, seen in free.items() if key[0] != MUTATE}


def own_class(scope: Scope) -> Body | None:
    """The body of the class whose method is open here, or None."""
    around: Scope | None = scope
    while around and around.kind != CLASS:
        around = around.parent
    return around.body if around else None


def note_change(scope: Scope, target: bytes) -> None:
    """Remember that the value under a dotted name was changed in place."""
    root, _, rest = target.partition(b".")
    if root not in _OWN:
        note_use(scope.uses, (MUTATE, target), at=0)
        return
    around = own_class(scope)
    if around and rest:
        around.changed.add(rest)


def note_use(uses: Uses, key: tuple[int, bytes], *, at: int) -> None:
    """Count one use, and keep the first byte where there is one."""
    known = uses.get(key)
    if known is None:
        uses[key] = [1, at]
    else:
        known[0] += 1


def _pass_on(scope: Scope, bindings: Bindings, *, uses: Uses, onward: Uses) -> None:
    if not uses:
        return
    imports, bound, outer = scope.imports, scope.bound, scope.outer
    for key, seen in uses.items():
        root = key[1].partition(b".")[0]
        if root in imports:
            for number in imports[root]:
                _attach(bindings, number, key=key, seen=seen)
        elif root not in bound or root in outer:
            known = onward.get(key)
            if known is None:
                onward[key] = seen
            else:
                known[0] += seen[0]
                known[1] = min(known[1], seen[1])


def _attach(bindings: Bindings, number: int, *, key: tuple[int, bytes], seen: list[int]) -> None:
    code, text = key
    prefix = bindings.prefixes.get(number)
    if code == MUTATE:
        return
    if prefix is None:
        rest = text.partition(b".")[2]
    elif text == prefix or text.startswith(prefix + b"."):
        rest = text[len(prefix) + 1 :]
    else:
        return
    known = bindings.uses.setdefault((number, rest, code), [0, seen[1]])
    known[0] += seen[0]
    known[1] = min(known[1], seen[1])


def _close_class(body: Body, class_name: str, bindings: Bindings) -> None:
    before = class_name.encode() + b"."
    for name, value in body.state.items():
        if name in body.rebound or not value.mutable:
            continue
        if name in body.changed:
            bindings.state.append(_described(before + name, value))
        else:
            bindings.pending[before + name] = value


def _settle_state(scope: Scope, bindings: Bindings) -> None:
    set_inside = {text for code, text in scope.inner if code == MUTATE}
    calls = (text.rpartition(b".") for code, text in scope.inner if code == CALL)
    changed = {owner for owner, _, method in calls if method in MUTATORS} | set_inside
    for name, value in (scope.body or Body()).state.items():
        if name in set_inside or (value.mutable and (value.growing or name in changed)):
            bindings.state.append(_described(name, value))
    for name, value in bindings.pending.items():
        if name in changed:
            bindings.state.append(_described(name, value))


def _described(name: bytes, value: Value) -> tuple[str, str, int]:
    return name.decode("utf-8", "replace"), value.type, value.at
