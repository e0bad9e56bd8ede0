"""What a container gives where a class asks for a type: the class, or all that implement it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessor.collect.languages.javascript_facts import HERE, ScriptFacts

Type = tuple[str, str]  # path and name
_LONGEST_CHAIN = 10  # re-exports that are followed before giving up


@dataclass(frozen=True, slots=True)
class Types:
    """The types at the top of all files.

    facts, targets: by path, as in the project. declared: path -> name -> (abstract, supertypes).
    made: type -> classes that are made of it, itself left out, in order.
    """

    facts: Mapping[str, ScriptFacts]
    targets: Mapping[str, Sequence[str | None]]
    declared: Mapping[str, Mapping[str, tuple[bool, list[str]]]]
    made: Mapping[Type, Sequence[Type]]


def types(facts: Mapping[str, ScriptFacts], targets: Mapping[str, Sequence[str | None]]) -> Types:
    """All types, and which classes implement or extend which."""
    declared = {
        path: {name: (abstract, bases) for name, abstract, bases in said["types"]}
        for path, said in facts.items()
    }
    if not any(said["injected"] or "wanted" in said for said in facts.values()):
        return Types(facts, targets, declared, {})
    bare = Types(facts, targets, declared, {})
    below: dict[Type, list[Type]] = {}
    for path, names in declared.items():
        for name, (_, bases) in names.items():
            for base in bases:
                above = type_named(bare, path, base)
                if above is not None:
                    below.setdefault(above, []).append((path, name))
    made = {above: _concrete(declared, below, above) for above in below}
    return Types(facts, targets, declared, made)


def injected(known: Types, path: str, *, number: int, name: str) -> list[str]:
    """Paths of the classes that can be given; of the import's file if no such type is known."""
    if number == HERE:
        found: Type | None = (path, name) if name in known.declared[path] else None
    else:
        target = known.targets[path][number]
        if target is None:
            return []
        found = _exported(known, target, name, left=_LONGEST_CHAIN)
        if found is None:
            return [target]
    if found is None:
        return []
    abstract, _ = known.declared[found[0]][found[1]]
    made = known.made.get(found, ()) if abstract else ()
    return sorted({one for one, _ in made}) or [found[0]]


def _concrete(
    declared: Mapping[str, Mapping[str, tuple[bool, list[str]]]],
    below: Mapping[Type, Sequence[Type]],
    above: Type,
) -> list[Type]:
    seen, pending = {above}, [above]
    while pending:
        for one in below.get(pending.pop(), ()):
            if one not in seen:
                seen.add(one)
                pending.append(one)
    return sorted(one for one in seen - {above} if not declared[one[0]][one[1]][0])


def type_named(known: Types, path: str, name: str) -> Type | None:
    """The type at the top of a file that a dotted name means in a file, if there is one."""
    if name in known.declared[path]:
        return path, name
    root, _, rest = name.partition(".")
    binding = known.facts[path]["bindings"].get(root)
    if binding is None:
        return None
    number, imported = binding
    target = known.targets[path][number]
    whole = ".".join(part for part in (imported, rest) if part)
    return _exported(known, target, whole, left=_LONGEST_CHAIN) if target else None


def _exported(known: Types, path: str, name: str, *, left: int) -> Type | None:
    """The type that a file exports under a name, followed to where it is declared."""
    if not left:
        return None
    said = known.facts[path]
    first, _, rest = name.partition(".")
    binding = said["exports"].get(first)
    for target, onward in _onward(known, path, binding, first=first, rest=rest):
        if target == path and onward in known.declared[path]:
            return path, onward
        found = (
            _exported(known, target, onward, left=left - 1)
            if target != path
            else type_named(known, path, onward)
        )
        if found is not None:
            return found
    return (path, name) if name in known.declared[path] else None


def _onward(
    known: Types, path: str, binding: Sequence[object] | None, *, first: str, rest: str
) -> Iterator[tuple[str, str]]:
    """Files, and the names in them, where an exported name may come from."""
    targets = known.targets[path]
    if binding is not None:
        number, imported = int(str(binding[0])), str(binding[1])
        target = path if number == HERE else targets[number]
        onward = ".".join(part for part in (imported, rest) if part)
        if target and onward:
            yield target, onward
        return
    if first == "default":
        return
    whole = f"{first}.{rest}" if rest else first
    for number in known.facts[path]["stars"]:
        target = targets[number]
        if target:
            yield target, whole
