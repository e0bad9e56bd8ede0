"""What a file hands to a context of Entity Framework, and what it changes of what it has read."""

import re

from tree_sitter import Node

from assessor.collect.languages.typed_walk import Walk, reached, text_of, then

# Methods of a context that are given an object; `Entry` is known by the state that follows.
VERBS = frozenset(
    {
        "Add", "AddAsync", "AddRange", "AddRangeAsync", "Entry", "Find", "FindAsync", "Remove",
        "RemoveRange", "Update", "UpdateRange",
    }
)  # fmt: skip
CHANGED = "="  # the verb of an assignment to a field of what was read
HANDED_ON = "=>"  # of a lambda that does nothing but give a set: `context => context.Orders`
_CONTEXT = re.compile(r"(?:^|[:=.]|\w)(?:[cC]ontext|[cC]tx|[dD]b)$")
_STATE = re.compile(r"\.State\s*=\s*(?:\w+\.)?EntityState\.(\w+)")
_LOADS = re.compile(
    r"\s*\.\s*(?:Collection|Reference)\(\s*\w+\s*=>\s*\w+\.(\w+)\s*\)\s*\.\s*Load(?:Async)?\("
)
_MADE = re.compile(r"new\s+([\w.]+)\s*[({]")
_NAME = re.compile(r"@?[A-Za-z_]\w*")
_SAVES = "SaveChanges"


def handed(walk: Walk, name: str, receiver: str, *, call: Node, given: Node) -> None:
    """A call that may be one of a context, with its first argument."""
    if name not in VERBS or not receiver or _CONTEXT.search(receiver) is None:
        return
    arguments = [part for part in given.named_children if part.type == "argument"]
    generic = _type_argument(walk, call)
    key = f"={generic}" if generic else _key(walk, arguments[0]) if arguments else ""
    verb = name
    if name == "Entry":
        verb, field = _entered(walk, call)
        key = then(key, field) if field else key
    if key and verb:
        walk.managed_calls.append((verb, receiver, key, walk.opened[-1], call.start_byte))


def _type_argument(walk: Walk, call: Node) -> str:
    access = call.child_by_field_name("function")
    name = access.child_by_field_name("name") if access is not None else None
    if name is None or name.type != "generic_name":
        return ""
    return text_of(walk, name.named_children[-1])[1:-1]


def _entered(walk: Walk, call: Node) -> tuple[str, str]:
    """`context.Entry(x).State = EntityState.Modified` says Modified.

    `context.Entry(x).Collection(x => x.Lines).Load()` says Load, of the field Lines.
    """
    found = _STATE.match(walk.text, call.end_byte)
    loaded = _LOADS.match(walk.text, call.end_byte)
    return ("Load", loaded[1]) if loaded else (found[1], "") if found else ("", "")


def _key(walk: Walk, argument: Node) -> str:
    """The chain of an argument that is a name or a new object."""
    raw = text_of(walk, argument)
    made = _MADE.match(raw)
    if made is not None:
        return f"={made[1]}"
    return reached(walk, raw.lstrip("@")) if _NAME.fullmatch(raw) else ""


def changed(walk: Walk, left: Node | None) -> None:
    """`x.Field = …` in a file that saves changes, where x is what a chain has led to."""
    if left is None or left.type != "member_access_expression":
        return
    of = left.child_by_field_name("expression")
    chain = walk.names.get(text_of(walk, of), "") if of is not None else ""
    if ":" in chain and _SAVES in walk.text:
        walk.managed_calls.append((CHANGED, chain, "", walk.opened[-1], left.start_byte))


def handed_on(walk: Walk, body: Node, chain: str) -> None:
    """`context => context.Orders`, where nothing is done with what it gives."""
    receiver, _, name = chain.rpartition(":")
    if body.type == "member_access_expression" and "(" not in name and _CONTEXT.search(receiver):
        walk.managed_calls.append((HANDED_ON, chain, "", walk.opened[-1], body.start_byte))
