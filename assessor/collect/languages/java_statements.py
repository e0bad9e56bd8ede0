"""What the walk does at statements: blocks, and the two measures of complexity.

Cyclomatic: 1, and 1 for each if, for, while, do, catch, ?:, case, && and ||.
Cognitive: 1 and the depth for each if, for, while, do, switch, catch and ?:, 1 for each else and
else if, for each run of like && or ||, for each jump to a label. Lambdas add depth.
"""

from tree_sitter import Node

from assessor.collect.languages import java_kinds as k
from assessor.collect.languages.java_state import Walk, close_block, open_block


def block(walk: Walk, node: Node) -> int:
    """Local variables end with it."""
    open_block(walk)
    return node.kind_id


def block_end(walk: Walk) -> None:
    """The end of a block."""
    close_block(walk)


def _deeper(walk: Walk, *, paths: int) -> None:
    method = walk.method
    if method is not None:
        method.cyclomatic += paths
        method.cognitive += 1 + walk.nesting
        if walk.nesting >= method.deepest:
            method.deepest = walk.nesting + 1
    walk.nesting += 1


def branch(walk: Walk, node: Node) -> int:
    """while, do, ?:"""
    _deeper(walk, paths=1)
    return node.kind_id


def branch_end(walk: Walk) -> None:
    """The end of something one level deeper."""
    walk.nesting -= 1


def branching_block(walk: Walk, node: Node) -> int:
    """For and catch: a branch whose variables end with it."""
    _deeper(walk, paths=1)
    open_block(walk)
    return node.kind_id


def branching_block_end(walk: Walk) -> None:
    """The end of for or catch."""
    walk.nesting -= 1
    close_block(walk)


def if_(walk: Walk, _: Node) -> int:
    """An if; after `else` it neither counts again nor lies deeper."""
    chained = walk.after_else and bool(walk.parents) and walk.parents[-1] == k.IF
    walk.after_else = False
    walk.nestings.append(walk.nesting)
    if chained:
        if walk.method:
            walk.method.cyclomatic += 1
    else:
        _deeper(walk, paths=1)
    return k.IF


def if_end(walk: Walk) -> None:
    """The end of an if, back to where it began."""
    walk.nesting = walk.nestings.pop()


def else_(walk: Walk, _: Node) -> int:
    """Else counts once, whatever follows."""
    walk.after_else = True
    if walk.method:
        walk.method.cognitive += 1
    return 0


def switch(walk: Walk, _: Node) -> int:
    """A switch counts once here, its cases as paths."""
    _deeper(walk, paths=0)
    return k.SWITCH


def label(walk: Walk, node: Node) -> int:
    """A case is a path, default is none."""
    if walk.method and not walk.text.startswith("default", node.start_byte):
        walk.method.cyclomatic += 1
    return k.SWITCH_LABEL


def both(walk: Walk, node: Node) -> int:
    """&& and ||: each one is a path; a run of the same one is one thought."""
    method, cursor = walk.method, walk.cursor
    if method is None:
        return 0
    method.cyclomatic += 1
    method.cognitive += 1
    if cursor.goto_previous_sibling():
        left = cursor.node
        if left is not None and left.kind_id == k.BINARY and cursor.goto_first_child():
            method.cognitive -= _has_operator(walk, node.kind_id)
            cursor.goto_parent()
        while (here := cursor.node) is not None and here.start_byte != node.start_byte:
            cursor.goto_next_sibling()
    return 0


def _has_operator(walk: Walk, operator: int) -> bool:
    cursor = walk.cursor
    while cursor.goto_next_sibling():
        node = cursor.node
        if node is not None and node.kind_id == operator:
            return True
    return False
