"""Decisions in Python functions: cyclomatic complexity as radon counts, and cognitive complexity.

Cyclomatic, for a function: 1, and 1 more for each `if`, `elif`, conditional expression, loop,
`else` of a loop or `try`, `except`, `assert`, `and`/`or`, comprehension clause (`for` and `if`)
and `case`; one case that takes everything is free. Decorators, signatures, the insides of an
assert and `except*` do not count. Nested functions are counted on their own, lambdas with the
function around.

Cognitive, after SonarSource's white paper: 1 for each break of the straight flow, and 1 more for
each level of nesting it stands in; `elif`, `else` and each run of one Boolean operator 1 without
nesting. A nested function is counted on its own, from no nesting; recursion does not count.
"""

import re
from collections.abc import Callable

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import FunctionCount, line
from assessor.collect.languages.python_tree import Walk, kinds

_ELSE = kinds("else_clause")
_EXCEPT = kinds("except_clause")
_CASE = kinds("case_clause")
_GUARD = kinds("if_clause")
_BLOCK = kinds("block")
_OPERATORS = kinds("and", "or")
_GROUP = re.compile(rb"except\s*\*")
_TAKES_ALL = re.compile(rb"case[\s(]+(?!True\b|False\b|None\b)[^\W\d]\w*[\s)]*(?:if\b|:)").match


def on_function(walk: Walk, node: Node, *, name: str) -> None:
    """Count the decisions for this function until it is left."""
    lines = walk.source.count(b"\n", node.start_byte, node.end_byte) + 1
    count = FunctionCount(name, line(node), lines, node.start_byte, node.end_byte)
    walk.functions.append(count)
    walk.around.append((walk.function, walk.nesting))
    walk.function, walk.nesting = count, 0


def on_class(walk: Walk, *, body: int) -> None:
    """Decisions in a class body belong to no function, not even the one around it."""
    walk.around.append((walk.function, walk.nesting))
    walk.function, walk.nesting = None, 0
    walk.mute_until = max(walk.mute_until, body)


def leave(walk: Walk) -> None:
    """Go on counting for the function around."""
    walk.function, walk.nesting = walk.around.pop()


def on_if(walk: Walk, node: Node) -> bool:
    """One decision."""
    _decide(walk, node, cyclomatic=1, cognitive=1 + walk.nesting, nests=True)
    return _nest(walk, _leave_branch)


def on_elif(walk: Walk, node: Node) -> bool:
    """One decision, on the level of its `if`."""
    _decide(walk, node, cyclomatic=1, cognitive=1)
    return True


def on_conditional(walk: Walk, node: Node) -> bool:
    """One decision in an expression."""
    _decide(walk, node, cyclomatic=1, cognitive=1 + walk.nesting, nests=True)
    return _nest(walk, _leave_level)


def on_loop(walk: Walk, node: Node) -> bool:
    """One decision."""
    _decide(walk, node, cyclomatic=1, cognitive=1 + walk.nesting, nests=True)
    return _nest(walk, _leave_loop)


def on_else(walk: Walk, node: Node) -> bool:
    """A break of the flow, and a decision too after a loop; that of a `try` was counted there."""
    depth, closing = walk.opened[-1] if walk.opened else (-1, leave)
    if depth == walk.depth - 1 and closing in (_leave_branch, _leave_loop):
        _decide(walk, node, cyclomatic=int(closing is _leave_loop), cognitive=1)
    return True


def on_try(walk: Walk, node: Node) -> bool:
    """One decision for each handler, and one for an `else`."""
    children = node.children
    handlers = [child for child in children if child.kind_id in _EXCEPT]
    if not (handlers and _GROUP.match(walk.source, handlers[0].start_byte)):
        otherwise = any(child.kind_id in _ELSE for child in children)
        _decide(walk, node, cyclomatic=len(handlers) + otherwise, cognitive=0)
    return True


def on_except(walk: Walk, node: Node) -> bool:
    """A break of the flow; the decision was counted with its `try`."""
    _decide(walk, node, cyclomatic=0, cognitive=1 + walk.nesting, nests=True)
    return _nest(walk, _leave_level)


def on_match(walk: Walk, node: Node) -> bool:
    """One decision for each case but one that takes everything."""
    blocks = (child for child in node.children if child.kind_id in _BLOCK)
    cases = [case for block in blocks for case in block.children if case.kind_id in _CASE]
    for case in cases:
        walk.guards.update(child.start_byte for child in case.children if child.kind_id in _GUARD)
    free = any(_TAKES_ALL(walk.source, case.start_byte, case.end_byte) for case in cases)
    paths = max(0, len(cases) - free)
    _decide(walk, node, cyclomatic=paths, cognitive=1 + walk.nesting, nests=True)
    return _nest(walk, _leave_level)


def on_clause(walk: Walk, node: Node) -> bool:
    """One decision for each `for` and `if` of a comprehension; a guard of a case is none."""
    if node.start_byte not in walk.guards:
        _decide(walk, node, cyclomatic=1, cognitive=0)
    return True


def on_boolean(walk: Walk, node: Node) -> bool:
    """One decision for each operator; a run of the same one breaks the flow once."""
    second = node.child(1)
    operator = second.kind_id if second is not None else 0
    if operator not in _OPERATORS:  # a comment stands before it
        operator = next((one.kind_id for one in node.children if one.kind_id in _OPERATORS), 0)
    run = (node.start_byte, operator)
    _decide(walk, node, cyclomatic=1, cognitive=int(run != walk.sequence))
    walk.sequence = run
    return True


def on_assert(walk: Walk, node: Node) -> bool:
    """One decision, and none inside."""
    _decide(walk, node, cyclomatic=1, cognitive=0)
    walk.mute_until = max(walk.mute_until, node.end_byte)
    return True


def on_lambda(walk: Walk) -> None:
    """A level of nesting."""
    _nest(walk, _leave_level)


def _decide(
    walk: Walk, node: Node, *, cyclomatic: int, cognitive: int, nests: bool = False
) -> None:
    function = walk.function
    if function is not None and node.start_byte >= walk.mute_until:
        function.cyclomatic += cyclomatic
        function.cognitive += cognitive
        if nests and walk.nesting >= function.deepest:
            function.deepest = walk.nesting + 1


def _nest(walk: Walk, closing: Callable[[Walk], None]) -> bool:
    if walk.function is not None:
        walk.nesting += 1
        walk.opened.append((walk.depth, closing))
    return True


def _leave_level(walk: Walk) -> None:
    walk.nesting -= 1


def _leave_branch(walk: Walk) -> None:
    walk.nesting -= 1


def _leave_loop(walk: Walk) -> None:
    walk.nesting -= 1
