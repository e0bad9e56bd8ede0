"""What a use of names refers to: keys of `typed_facts` followed through the symbol table."""

from dataclasses import dataclass

from assessor.collect.languages.typed_collections import ELEMENT, LISTED, SAME
from assessor.collect.languages.typed_extensions import extension, may_extend
from assessor.collect.languages.typed_facts import NOTED, OF_RECEIVER
from assessor.collect.languages.typed_members import field_of, is_method, method_of
from assessor.collect.languages.typed_reach import leads_anywhere
from assessor.collect.languages.typed_table import (
    Member,
    Table,
    Type,
    lineage,
    named,
    nearest,
    nested,
    package_of,
    qualified,
)
from assessor.collect.languages.typed_text import erased, last_argument, names_in
from assessor.collect.languages.typed_ways import Ways, ways
from assessor.model.records import ReferenceKind

INHERIT, CALL, NEW, TYPE, STATIC, ANNOTATE = (
    ReferenceKind.INHERIT.value,
    ReferenceKind.CALL.value,
    ReferenceKind.NEW.value,
    ReferenceKind.TYPE.value,
    ReferenceKind.STATIC.value,
    ReferenceKind.ANNOTATE.value,
)
# The types in the signature of a called method: compiled code is linked to them, though the
# source does not name them.
SIGNATURE = ReferenceKind.SIGNATURE.value
Hit = tuple[Type, str]


@dataclass(slots=True)
class At:
    """Where a chain has got to: the type there (None: a foreign one), written so in `scope`.

    found: what it has referred to so far. lost: nothing is known from here on. origin: the scope
    of the whole chain. counted: what led up to a variable has been passed, and forgotten.
    on_class: a class was named, of which a member follows.
    """

    table: Table
    scope: Type
    found: list[Hit]
    type: Type | None = None
    written: str = ""
    lost: bool = False
    origin: Type | None = None
    counted: bool = False
    on_class: bool = False


def hits(table: Table, scope: Type, key: str) -> list[Hit]:
    """All types of the project that one key refers to, with the kind of reference."""
    mark = key[0]
    if mark == "=" and ":" not in key:
        return _uses(table, scope, key[1:], kind=TYPE)
    if mark == "+":
        return _made(table, scope, key)
    if mark == "^":
        return _uses(table, scope.outer or scope, key[1:], kind=INHERIT)
    if mark == "@":
        return _uses(table, scope, key[1:], kind=ANNOTATE)
    links = key.split(":")
    if not (may_extend(table, scope.source, links) or leads_anywhere(table, scope.source, links)):
        return []
    found: list[Hit] = []
    _follow(At(table, scope, found, origin=scope), links)
    return found


def _uses(table: Table, scope: Type, written: str, *, kind: str) -> list[Hit]:
    """The main type counts as `kind`, type arguments as types."""
    found: list[Hit] = []
    for name in names_in(written):
        target = named(table, scope, name)
        ending = ways(scope.source.file.language).annotation_ending
        if target is None and kind == ANNOTATE and ending:
            target = named(table, scope, name + ending)
        if target is not None:
            found.append((target, kind))
        kind = TYPE if kind != ANNOTATE else kind
    return found


def _made(table: Table, scope: Type, key: str) -> list[Hit]:
    written, _, arity = key[1:].rpartition("(")
    found = _uses(table, scope, written, kind=NEW)
    target = named(table, scope, erased(written))
    constructor = method_of(table, target, f"new({arity}") if target is not None else None
    if constructor is not None:
        found += [(type_, SIGNATURE) for type_ in constructor.named]
    return found


def _follow(at: At, links: list[str]) -> None:
    """Go along a chain and note what it refers to, up to where its types are no longer known."""
    used = _begin(at, links)
    anywhere = may_extend(at.table, at.scope.source, links)
    if anywhere and used == len(links) and not at.found:
        used, at.lost = 1 + (not links[0]), True
    _go_on(at, links[used:], anywhere=anywhere)
    if NOTED in links and not at.counted:
        at.found.clear()


def _go_on(at: At, links: list[str], *, anywhere: bool) -> None:
    """From link to link; where nothing is known, to the end only if that may change."""
    for link in links:
        if link == NOTED:
            at.counted = True
            at.found.clear()
        elif at.lost:
            _regain(at, link)
        elif at.type is not None and not at.written.endswith("[]"):
            _member(at, link)
        elif "(" not in link or not _extended(at, link):
            _element(at, link.partition("(")[0])
        if at.lost and not anywhere:
            return


def _regain(at: At, link: str) -> None:
    """A method that extends some type is found by its name even where nothing is known."""
    at.written = ""
    if "(" in link:
        at.lost = False
        at.lost = not _extended(at, link) or at.lost


def _begin(at: At, links: list[str]) -> int:
    """Put `at` on the first link, and give the number of links that took; all of them if lost."""
    first = links[0]
    if first == "":
        if links[1][:1] == ".":
            _outside(at, links[1][1:])
        else:
            _own_call(at, links[1])
        return 2 if not at.lost else len(links)
    if first[0] == ".":
        _outside(at, first[1:])
    elif first[0] == "=":
        at.written = first[1:]
        at.type = named(at.table, at.scope, erased(at.written))
    elif first == "this":
        at.type = at.scope
    elif first == "super":
        line = lineage(at.table, at.scope)
        at.type = line[1] if len(line) > 1 else None
    elif not _variable(at, first):
        return _begin_type(at, links)
    return 1


def _begin_type(at: At, links: list[str]) -> int:
    """A class, perhaps after its package, then nested ones or `this`; a static member follows."""
    name, used = links[0], 1
    target = named(at.table, at.scope, name)
    while target is None and used < len(links) and "(" not in links[used]:
        name = f"{name}.{links[used]}"
        used += 1
        if links[used - 1][:1].isupper():
            target = named(at.table, at.scope, name)
    if target is None and used < len(links):
        return _begin_loose(at, name, links, used=used)
    if target is None or len(links) == 1:
        return len(links)
    while used < len(links):
        link = links[used]
        if link in {"this", "super"}:
            at.type = target
            return used + 1
        inner = _nested(at.table, target, link)
        if inner is None:
            break
        target, used = inner, used + 1
    if used == len(links):
        at.found.append((target, STATIC))
    at.type, at.on_class = target, True
    return used


def _begin_loose(at: At, package: str, links: list[str], *, used: int) -> int:
    """After a package: a class called like a function, or a function outside of any class."""
    link = links[used]
    called, _, arity = link.partition("(")
    source = at.scope.source
    made = qualified(at.table, f"{package}.{called}", source)
    holders = at.table.loose.get(f"{package}.{called}", [])
    if made is not None:
        _construct(at, made, arity=arity)
        return used + 1
    method = method_of(at.table, nearest(holders, source), link) if holders else None
    if method is None:
        return len(links)
    at.found.append((method.declarer, CALL))
    _go_to(at, method)
    return used + 1 if not at.lost else len(links)


def _nested(table: Table, target: Type, name: str) -> Type | None:
    if "(" in name or field_of(table, target, name) is not None:
        return None
    return nested(table, target, name)


def _variable(at: At, name: str) -> bool:
    """True for a field, own or inherited, of the scope or of one around it, or an imported one."""
    inner: Type | None = at.scope
    while inner is not None and inner.outer is not None:
        field = field_of(at.table, inner, name)
        if field is not None:
            _go_to(at, field)
            return True
        inner = inner.outer
    for owner, real in _static_owners(at, name):
        field = field_of(at.table, owner, real)
        if field is not None:
            at.found.append((owner, STATIC))
            _go_to(at, field)
            return True
    return False


def _own_call(at: At, link: str) -> None:
    """A call without receiver: of this class, of one around it, or imported."""
    inner: Type | None = at.scope
    while inner is not None and inner.outer is not None:
        method = method_of(at.table, inner, link)
        if method is not None:
            _go_to(at, method)
            return
        inner = inner.outer
    name, _, arity = link.partition("(")
    for owner, real in _static_owners(at, name):
        method = method_of(at.table, owner, f"{real}({arity}")
        if method is not None:
            at.found.append((owner, CALL))
            _go_to(at, method)
            return
    made = named(at.table, at.scope, name) if _ways(at).called_classes else None
    if made is None:
        at.lost = True
    else:
        _construct(at, made, arity=arity)


def _construct(at: At, made: Type, *, arity: str) -> None:
    """A class called like a function, which makes an object of it."""
    at.found.append((made, NEW))
    constructor = method_of(at.table, made, f"new({arity}")
    if constructor is not None:
        at.found += [
            (type_, SIGNATURE) for type_ in constructor.named if type_.top is not made.top
        ]
    at.type, at.written = made, made.name


def _static_owners(at: At, name: str) -> list[tuple[Type, str]]:
    """Who may hold a name that no class around declares, and what it is called there."""
    source = at.scope.source
    single = source.statics.get(name)
    names = [single] if single is not None else source.static_owners
    found = [qualified(at.table, owner, source) for owner in names]
    owners = [(owner, name) for owner in found if owner is not None]
    return owners + _holders(at, name) if at.table.loose or name in source.singles else owners


def _holders(at: At, name: str) -> list[tuple[Type, str]]:
    """Facades in reach that hold the name, or the object that it was imported from."""
    table, source = at.table, at.scope.source
    single = source.singles.get(name)
    if single is not None:
        before, _, real = single.rpartition(".")
        owner = qualified(table, before, source)
        owners = table.loose.get(single, []) or ([owner] if owner is not None else [])
        return [(nearest(owners, source), real)] if owners else []
    for near in (package_of(at.scope), *source.around, *source.packages):
        facades = table.loose.get(f"{near}.{name}" if near else name)
        if facades:
            return [(nearest(facades, source), name)]
    return []


def _outside(at: At, link: str) -> None:
    """A function or variable outside of any class, by its full name.

    A name of the own package that is not there means the one outside of all packages.
    """
    name, bracket, _ = link.partition("(")
    package, _, short = name.rpartition(".")
    facades = at.table.loose.get(name)
    if not facades and package == package_of(at.scope):
        facades = at.table.loose.get(short)
    if not facades:
        at.lost = True
        return
    owner = nearest(facades, at.scope.source)
    at.found.append((owner, CALL if bracket else STATIC))
    member = (method_of if bracket else field_of)(at.table, owner, link.rpartition(".")[2])
    if member is None:
        at.lost = True
    else:
        _go_to(at, member, owner)


def _go_to(at: At, member: Member, owner: Type | None = None) -> None:
    """On to a member's type; its signature's types are noted, but for the owner just noted."""
    top = owner.top if owner is not None else None
    at.found += [(type_, SIGNATURE) for type_ in member.named if type_.top is not top]
    if member.result == OF_RECEIVER:
        at.type = at.type or at.scope
        return
    at.type, at.written, at.scope = member.type, member.result, member.declarer
    at.lost = not member.result


def _member(at: At, link: str) -> None:
    """A method or field of the type that the chain has got to."""
    owner = at.type
    if owner is None or link == "this":
        return
    called = "(" in link
    member = method_of(at.table, owner, link) if called else field_of(at.table, owner, link)
    if member is None and called and _other(at, owner, link):
        return
    on_class, at.on_class = at.on_class, False
    if member is None and not called and _ways(at).getters:
        member = method_of(at.table, owner, f"get{link[:1].upper()}{link[1:]}(0")
    as_value = link != "[]" and member is None and not called and _ways(at).methods_as_values
    if as_value and is_method(at.table, owner, link):
        at.found.append((owner, CALL))
    elif called or member is not None or as_value or on_class or _is_dynamic(owner, link):
        at.found.append((owner, CALL if called else STATIC))
    if member is None:
        at.lost = True
    else:
        _go_to(at, member, owner)


def _is_dynamic(owner: Type, link: str) -> bool:
    return link != "[]" and owner.source.facts.get("dynamic", False)


def _ways(at: At) -> Ways:
    """Those of the language that the chain is written in."""
    return ways((at.origin or at.scope).source.file.language)


def _other(at: At, owner: Type, link: str) -> bool:
    """A nested class made without `new`, or a method that extends the type from elsewhere."""
    name, _, arity = link.partition("(")
    made = nested(at.table, owner, name)
    if made is not None and _ways(at).called_classes:
        _construct(at, made, arity=arity)
        return True
    return _extended(at, link)


def _extended(at: At, link: str) -> bool:
    """A method of that name in reach which extends some type."""
    holder = extension(at.table, at.origin or at.scope, link)
    if holder is None:
        return False
    at.found.append((holder, CALL))
    method = method_of(at.table, holder, link)
    if method is None:
        at.lost = True
    else:
        _go_to(at, method, holder)
    return True


def _element(at: At, name: str) -> None:
    """From a foreign collection, array or task to an element of it, or on with such a one."""
    written, element = at.written, ""
    if name in SAME:
        element = written
    elif name in LISTED:
        element = f"Task<{written}>"
    elif name in ELEMENT:
        element = last_argument(written)
    at.lost = not element
    if element:
        at.written, at.type = element, named(at.table, at.scope, erased(element))


def end_of(table: Table, scope: Type, links: list[str]) -> At:
    """Where a chain leads to; `type` None and `written` "" where its end is not known."""
    at = At(table, scope, [])
    _follow(at, links)
    return at if not at.lost else At(table, scope, [])
