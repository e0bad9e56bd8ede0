"""What types and chains of names mean: followed through packages, fields, methods and results."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessor.collect.languages.go_table import (
    Declared,
    Function,
    Package,
    Project,
    Source,
    Type,
    lookup,
    seen,
)

_DEEPEST = 8  # types that are followed: what one is made from, what is embedded in it
_MOST = 200  # types that one type embeds, those that they embed included
_FURTHEST = 150  # names that are followed to know what one is
_LONGEST = 500  # letters of a type with its arguments
_SEQUENCES = ("iter.Seq<", "iter.Seq2<", "!Seq<", "!Seq2<")  # of the standard library
_NAMES = re.compile(r"!?[^\W\d][\w.]*|%\d+|@\d+")
_PARAMETER = re.compile(r"\$(\d+)")

PACKAGE, TYPE, FUNCTION, VALUE = "package", "type", "function", "value"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a chain is. target: the file that declares its last name, None if there is none.

    type: as text, in the words of the file `home`; of a function, its function type.
    """

    kind: str
    target: Source | None
    type: str = "?"
    home: Source | None = None
    package: Package | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A field or method, which the file `source` declares."""

    source: Source
    function: bool
    type: str


def named(project: Project, source: Source, text: str) -> Type | None:
    """The declared type that a text means in a file, without its arguments."""
    name = text.partition("<")[0]
    if name not in source.named:
        source.named[name] = _named(project, source, name)
    return source.named[name]


def _named(project: Project, source: Source, name: str) -> Type | None:
    if name[:1] == "@":
        return project.types[int(name[1:])]
    if name[:1] == "%":
        number = int(name[1:])
        return source.types[number] if number < len(source.types) else None
    first, dot, last = name.partition(".")
    if dot:
        package = source.imports.get(first)
        found = lookup(package, last, test=False) if package is not None else None
    else:
        found = seen(source, name)
    return found if isinstance(found, Type) else None


def meaning(project: Project, source: Source, chain: str) -> Meaning | None:
    """What a chain means in a file; None if that is not known."""
    memo = source.meanings
    if chain not in memo and project.following < _FURTHEST:
        memo[chain] = None  # a variable that is made from itself
        project.following += 1
        head, bar, step = chain.rpartition("|")
        if bar:
            before = meaning(project, source, head)
            memo[chain] = (
                _after(project, before, step, source=source) if before is not None else None
            )
        else:
            memo[chain] = _head(project, source, chain)
        project.following -= 1
    found = memo.get(chain)
    return found if isinstance(found, Meaning) else None


def _head(project: Project, source: Source, head: str) -> Meaning | None:
    if head[:1] == "=":
        return Meaning(VALUE, None, head[1:], source)
    if head[:1] == ":":
        return Meaning(TYPE, None, head[1:], source)
    package = source.imports.get(head)
    if package is not None:
        return Meaning(PACKAGE, None, package=package)
    return _declared(project, seen(source, head))


def _declared(project: Project, found: Declared | None) -> Meaning | None:
    if found is None:
        return None
    home = found.source
    if isinstance(found, Type):
        return Meaning(TYPE, home, f"@{found.number}", home)
    if isinstance(found, Function):
        return Meaning(FUNCTION, home, found.result, home)
    made = meaning(project, home, found.chain) if found.chain else None
    if made is None or made.kind == PACKAGE:
        return Meaning(VALUE, home)
    return Meaning(VALUE, home, made.type, made.home)


def _after(project: Project, before: Meaning, step: str, *, source: Source) -> Meaning | None:
    """One step further."""
    if step[:1] == "^":
        return before
    if step[:1] == ".":
        if before.package is not None:
            return _declared(project, lookup(before.package, step[1:], test=False))
        return _selected(project, before, step[1:], source=source)
    if step[:2] == "()":
        return _called(project, before, int(step[2:] or 0))
    if before.kind != VALUE:
        return _given(project, before, step[1:-1], source=source) if step[:1] == "[" else None
    text, home = _expanded(project, before.type, before.home)
    return _value(_part(text, step), home)


def _given(project: Project, before: Meaning, arguments: str, *, source: Source) -> Meaning:
    """A generic function or type with its type arguments, which are those of this file."""
    if before.kind == TYPE:
        return replace(before, target=None, type=f"{before.type}<{arguments}>", home=source)
    type_ = _filled(project, before.type, Meaning(TYPE, None, f"<{arguments}>", source))
    return replace(before, target=None, type=type_)


def _value(text: str, home: Source | None) -> Meaning | None:
    return Meaning(VALUE, None, text, home) if text and text != "?" and home is not None else None


def _called(project: Project, before: Meaning, place: int) -> Meaning | None:
    if before.kind == TYPE:
        return _value(before.type, before.home)
    text, home = _expanded(project, before.type, before.home)
    if not text.startswith("f("):
        return None
    results = split(text[2:-1])
    return _value(results[place], home) if place < len(results) else None


def _selected(project: Project, before: Meaning, name: str, *, source: Source) -> Meaning | None:
    if before.home is None:
        return None
    owner = named(project, before.home, before.type)
    found = member(project, owner, name) if owner is not None else None
    if found is None or (found.source.test and not source.test):
        return None
    type_ = found.type
    if "$" in type_:
        type_ = _filled(project, type_, before)
    return Meaning(FUNCTION if found.function else VALUE, found.source, type_, found.source)


def _filled(project: Project, text: str, owner: Meaning) -> str:
    """The text with the owner's type arguments for the numbers of its parameters."""
    arguments = split(owner.type.partition("<")[2][:-1])
    home = owner.home

    def argument(match: re.Match[str]) -> str:
        place = int(match[1])
        if home is None or place >= len(arguments):
            return "?"
        return absolute(project, home, arguments[place])

    filled = _PARAMETER.sub(argument, text)
    return filled if len(filled) < _LONGEST else "?"


def absolute(project: Project, home: Source, text: str) -> str:
    """The text with the numbers of its types, so that it means the same in each file.

    A type from outside stands there by its last name, as `!Context`.
    """

    def number(match: re.Match[str]) -> str:
        name = match[0]
        if name == "f" or name[0] == "!":
            return name
        found = named(project, home, name)
        if found is None:
            return "!" + name.rpartition(".")[2]
        return f"@{_unaliased(project, found).number}"

    return _NAMES.sub(number, text)


def _unaliased(project: Project, type_: Type) -> Type:
    """The type that an alias stands for, if the project declares it."""
    for _ in range(_DEEPEST):
        meant = named(project, type_.source, type_.under) if type_.shape == "alias" else None
        if meant is None:
            break
        type_ = meant
    return type_


def split(text: str) -> list[str]:
    """The parts between commas that stand in no brackets."""
    parts, depth, begin = [], 0, 0
    for at, letter in enumerate(text):
        if letter in "<([":
            depth += 1
        elif letter in ">)]":
            depth -= 1
        elif letter == "," and not depth:
            parts.append(text[begin:at])
            begin = at + 1
    return [*parts, text[begin:]] if text[begin:] else parts


def _expanded(project: Project, text: str, home: Source | None) -> tuple[str, Source | None]:
    """What a named type is made from, as far as that is not a type with fields or methods."""
    for _ in range(_DEEPEST):
        if home is None or text[:1] in ("", "[", "~", "?") or text.startswith("f("):
            break
        found = named(project, home, text)
        if found is None or found.shape not in ("alias", "named"):
            break
        under = found.under
        if "$" in under:
            under = _filled(project, under, Meaning(VALUE, None, text, home))
        text, home = under, found.source
    return text, home


def _part(text: str, step: str) -> str:
    """What an element, a key, a received value of a type is."""
    if text[:1] == "~":
        return text[1:] if step in ("~", "#") else ""
    if text.startswith(_SEQUENCES):
        given = split(text.partition("<")[2][:-1])
        return "".join(given[:1] if step == "#" else given[1:2] if step == "@" else ())
    if text[:1] != "[":
        return ""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "[") - (letter == "]")
        if not depth:
            return text[1:at] if step == "#" else text[at + 1 :] if step != "~" else ""
    return ""


def member(project: Project, owner: Type, name: str) -> Member | None:
    """A field or method that a type has or gets from what it embeds, the nearest one."""
    if name not in owner.members:
        owner.members[name] = None
        owner.members[name] = _member(project, owner, name)
    found = owner.members[name]
    return found if isinstance(found, Member) else None


def _member(project: Project, owner: Type, name: str) -> Member | None:
    for level in levels(project, owner):
        for type_, with_methods in level:
            found = _own(type_, name, with_methods=with_methods)
            if found is not None:
                return found
    return None


def _own(type_: Type, name: str, *, with_methods: bool) -> Member | None:
    if with_methods and name in type_.methods:
        function = type_.methods[name][0]
        return Member(function.source, True, function.result)
    if name in type_.required:
        return Member(type_.source, True, type_.required[name][1])
    if name in type_.fields:
        return Member(type_.source, False, type_.fields[name])
    return None


def levels(project: Project, owner: Type) -> Sequence[list[tuple[Type, bool]]]:
    """The type, then what it embeds, level by level; and whether its own methods are passed on."""
    if owner.levels:
        return owner.levels
    level = [(owner, True)]
    known = {owner.number}
    while level and len(owner.levels) < _DEEPEST:
        owner.levels.append(level)
        following = []
        for type_, with_methods in level:
            for inner, passed_on in _within(project, type_):
                if inner.number not in known and len(known) < _MOST:
                    known.add(inner.number)
                    following.append((inner, passed_on and with_methods))
        level = following
    return owner.levels


def _within(project: Project, type_: Type) -> list[tuple[Type, bool]]:
    if type_.shape in ("alias", "named"):
        inner = named(project, type_.source, type_.under)
        whole = type_.shape == "alias"
        return [(inner, whole)] if inner is not None else []
    parts = (named(project, type_.source, text) for text in type_.embeds[:_MOST])
    return [(part, True) for part in parts if part is not None]
