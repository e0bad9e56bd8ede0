"""What the walk does at statements: blocks, local names, jumps."""

from tree_sitter import Node

from assessor.collect.languages import go_kinds as k
from assessor.collect.languages.go_state import (
    Act,
    Walk,
    block,
    close_block,
    count,
    declare,
    inside,
    onward,
    open_block,
    visit,
    written,
)

_DECLARES = frozenset({k.DEFINES})


def _if(walk: Walk, node: Node) -> str:
    """An if with all that follows by `else if`, which lies no deeper."""
    open_block(walk)
    following: Node | None = node
    while following is not None:
        following = _branch(walk, following)
        if following is not None:
            count(walk, paths=1, breaks=1)
    close_block(walk)
    return ""


def _branch(walk: Walk, node: Node) -> Node | None:
    """Visit one if; gives the next one of the chain."""
    otherwise = False
    for child in node.named_children:
        kind = child.kind_id
        if otherwise and kind == k.IF:
            return child
        if otherwise and kind == k.BLOCK:
            count(walk, paths=0, breaks=1)
        visit(walk, child)
        otherwise = otherwise or kind == k.BLOCK
    return None


def _short_variables(walk: Walk, node: Node) -> str:
    """`a, b := …`"""
    lists = [child for child in node.named_children if child.kind_id == k.EXPRESSIONS]
    if not lists:
        return inside(walk, node)
    names = lists[0].named_children
    chains = values(walk, lists[1], wanted=len(names)) if len(lists) > 1 else []
    _declare(walk, names, chains)
    return ""


def values(walk: Walk, node: Node, *, wanted: int) -> list[str]:
    """The chains of values for so many names; several results of one call are taken apart."""
    parts = [child for child in node.named_children if child.kind_id != k.COMMENT]
    chains = [visit(walk, child) for child in parts]
    if len(chains) == 1 and wanted > 1 and chains[0].endswith("|()"):
        chains += [f"{chains[0]}{place}" for place in range(1, wanted)]
    return chains


def _declare(walk: Walk, names: list[Node], chains: list[str]) -> None:
    for place, node in enumerate(names):
        if node.kind_id in k.IDENTIFIERS:
            declare(walk, written(walk, node), chains[place] if place < len(chains) else "")


def _range(walk: Walk, node: Node) -> str:
    """`a, b := range …`"""
    children = [child for child in node.children if child.kind_id != k.COMMENT]
    chain = visit(walk, children[-1]) if children else ""
    if any(child.kind_id in _DECLARES for child in children):
        chains = [onward(chain, "#"), onward(chain, "@")]
        _declare(walk, children[0].named_children, chains)
    elif len(children) > 1:
        visit(walk, children[0])
    return ""


def _receive(walk: Walk, node: Node) -> str:
    """`a, ok := <-…` in a case of a select."""
    children = node.children
    chain = visit(walk, children[-1])
    if any(child.kind_id in _DECLARES for child in children):
        _declare(walk, children[0].named_children, [chain])
    elif len(children) > 1:
        visit(walk, children[0])
    return ""


def _type_switch(walk: Walk, node: Node) -> str:
    """`switch x := y.(type)`: in a case of one type, x is of that type."""
    open_block(walk)
    name = ""
    for child in node.children:
        kind = child.kind_id
        if kind == k.EXPRESSIONS:
            name = written(walk, child).strip()
        elif kind == k.TYPE_CASE:
            walk.switched = name
            visit(walk, child)
        else:
            chain = visit(walk, child)
            if name and child.is_named:
                declare(walk, name, chain)
    close_block(walk)
    return ""


def _type_case(walk: Walk, node: Node) -> str:
    name, walk.switched = walk.switched, ""
    types: list[str] = []
    open_block(walk)
    for child in node.named_children:
        if child.kind_id in k.ANY_TYPE:
            types.append(visit(walk, child))
            continue
        if name and len(types) == 1:
            declare(walk, name, "=" + types[0])
        visit(walk, child)
    close_block(walk)
    return ""


def _jump(walk: Walk, node: Node) -> str:
    """A jump to a label."""
    labelled = any(child.kind_id == k.LABEL for child in node.children)
    count(walk, paths=0, breaks=int(labelled))
    return ""


ACTS: dict[str, Act] = {
    "block": block,
    "if_statement": _if,
    "for_statement": block,
    "expression_switch_statement": block,
    "expression_case": block,
    "default_case": block,
    "communication_case": block,
    "type_switch_statement": _type_switch,
    "type_case": _type_case,
    "short_var_declaration": _short_variables,
    "range_clause": _range,
    "receive_statement": _receive,
    "break_statement": _jump,
    "continue_statement": _jump,
    "goto_statement": _jump,
}
