"""What a name in one script means once all files are known: a package, or something stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from assessor.collect.languages.javascript_exports import WHOLE
from assessor.collect.languages.javascript_facts import HERE as OWN
from assessor.collect.languages.javascript_facts import ScriptFacts
from assessor.collect.languages.javascript_whence import GLOBAL, HERE

_DEEPEST = 12  # files that only pass on what others give


class Entity(NamedTuple):
    """Something stored. symbol: its name in its file. table: "" = not known."""

    path: str
    symbol: str
    name: str
    table: str
    framework: str
    line: int
    model: str


class Meaning(NamedTuple):
    """An entity, or a package, and what is asked of it: names and calls joined by dots."""

    entity: Entity | None
    module: str
    rest: str


@dataclass(frozen=True, slots=True)
class Names:
    """All files. targets: path -> for each import the path it leads to, None = of no file here.

    entities: path -> symbol -> entity. models: name of a model -> the entities that have it.
    """

    facts: Mapping[str, ScriptFacts]
    targets: Mapping[str, Sequence[str | None]]
    entities: Mapping[str, Mapping[str, Entity]]
    models: Mapping[str, Sequence[Entity]]


def meaning(known: Names, path: str, module: str, *, said: str, depth: int = 0) -> Meaning | None:
    """What an origin (`module`, `said`) in a file means; None = not known."""
    if depth > _DEEPEST:
        return None
    if module == HERE:
        return _own(known, path, said, depth=depth)
    if module == GLOBAL:
        return _model(known, said)
    target = _target(known, path, module)
    if target is None:
        return _of_package(known, module, said)
    if target == path:
        return None
    return _exported(known, target, said, depth=depth + 1)


def _of_package(known: Names, module: str, said: str) -> Meaning | None:
    """A package; `sequelize.models.user` is a model by its name."""
    before, found, after = said.partition(".models.")
    if found and module in {"sequelize", "sequelize-typescript", "mongoose"} and "(" in before:
        return _model(known, f"models.{after}")
    return Meaning(None, module, said)


def _target(known: Names, path: str, module: str) -> str | None:
    said = known.facts[path]["imports"]
    for (specifier, _, _), target in zip(said, known.targets[path], strict=True):
        if specifier == module and target is not None:
            return target
    return None


def _model(known: Names, said: str) -> Meaning | None:
    """`models.User.find()`: by the name of a model, where only one has it."""
    _, _, inner = said.partition(".")
    name, _, rest = inner.partition(".")
    bare = name.removesuffix("()")
    found = known.models.get(bare, ())
    if len(found) != 1:
        return None
    return Meaning(found[0], "", _after(name, rest))


def _after(name: str, rest: str) -> str:
    """What is asked of an entity, `()` first for an object that is made of it."""
    return ".".join(part for part in ("()" if name.endswith("()") else "", rest) if part)


def _own(known: Names, path: str, said: str, *, depth: int) -> Meaning | None:
    name, _, rest = said.partition(".")
    bare = name.removesuffix("()")
    entity = known.entities.get(path, {}).get(bare)
    if entity is not None:
        return Meaning(entity, "", _after(name, rest))
    stored = _facts(known, path, "stored")
    extends = cast("Mapping[str, list[str]]", stored.get("extends", {}))
    if bare in extends and name != bare:
        module, whence = extends[bare]
        return meaning(known, path, module, said=_joined(whence, rest), depth=depth + 1)
    return None


def _facts(known: Names, path: str, name: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", known.facts[path].get(name, {}))


def _joined(first: str, rest: str) -> str:
    """Two parts of a path, with a dot between where a name follows."""
    if not rest or not first:
        return first or rest
    return f"{first}{rest}" if rest.startswith("(") else f"{first}.{rest}"


def _exported(known: Names, path: str, said: str, *, depth: int) -> Meaning | None:
    """What a file gives under the first name of a path, followed to where it comes from."""
    name, rest = _first(said)
    bare = name.removesuffix("()")
    call = name[len(bare) :]
    for module, whence, after in _given(known, path, bare=bare, said=said):
        found = meaning(known, path, module, said=_joined(whence, after), depth=depth + 1)
        if found is not None:
            return found
    whole = _joined(f"{bare}{call}", rest)
    found = _own(known, path, whole, depth=depth)
    if found is not None:
        return found
    for number in known.facts[path]["stars"]:
        target = known.targets[path][number]
        if target is not None and bare not in {"", "default"} and target != path:
            found = _exported(known, target, said, depth=depth + 1) if depth < _DEEPEST else None
            if found is not None:
                return found
    return _by_name(known, path, bare, rest=rest, call=call)


def _first(said: str) -> tuple[str, str]:
    """The first name of a path with its call; a call of the module itself has no name."""
    if said.startswith("("):
        return "", said
    name, _, rest = said.partition(".")
    bare, bracket, inner = name.partition("(")
    if bracket and inner != ")":
        return bare, said[len(bare) :]
    return name, rest


def _given(known: Names, path: str, *, bare: str, said: str) -> Iterator[tuple[str, str, str]]:
    """(specifier, path, what follows) of what the file says that it gives under a name."""
    gives = {row[0]: row for row in known.facts[path].get("gives", [])}
    after = said[len(bare) :].removeprefix(".")
    if bare in gives and bare:
        yield gives[bare][1], gives[bare][2], after
    binding = known.facts[path]["exports"].get(bare)
    if binding is not None:
        number, imported = int(binding[0]), str(binding[1])
        module = HERE if number == OWN else known.facts[path]["imports"][number][0]
        yield module, imported, after
    if WHOLE in gives:
        rest = after if bare == "default" else said
        yield gives[WHOLE][1], gives[WHOLE][2], rest
    if not bare and "default" in gives:
        yield gives["default"][1], gives["default"][2], said


def _by_name(known: Names, path: str, bare: str, *, rest: str, call: str) -> Meaning | None:
    """`db.User` of a file that only gathers the models of Sequelize from a folder."""
    packages = {specifier for specifier, _, _ in known.facts[path]["imports"]}
    found = [one for one in known.models.get(bare, ()) if one.framework == "sequelize"]
    if "sequelize" in packages and len(found) == 1:
        return Meaning(found[0], "", _after(f"{bare}{call}", rest))
    return None
