"""Decisions in functions of a script: cyclomatic and cognitive complexity, from one table.

Cyclomatic, for a function: 1, and 1 more for each decision of the table.

Cognitive, after SonarSource's white paper: 1 for each break of the straight flow, and 1 more for
each level of nesting it stands in; `else`, `else if`, each run of one Boolean operator and a jump
to a label 1 without nesting. A function with a name is counted on its own, from no nesting; one
without (a callback) counts with the function around and adds a level. Recursion does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import FunctionCount, line
from assessor.collect.languages.javascript_tree import Visit, Walk, decoded


@dataclass(frozen=True, slots=True)
class Decision:
    """What a node adds. nested: the level counts as well. nests: what is inside is a level in."""

    cyclomatic: int
    cognitive: int
    nested: bool = False
    nests: bool = False


_STRUCTURE = Decision(1, 1, nested=True, nests=True)
DECISIONS: Mapping[str, Decision] = {
    "catch_clause": _STRUCTURE,
    "do_statement": _STRUCTURE,
    "else_clause": Decision(0, 1),
    "for_in_statement": _STRUCTURE,
    "for_statement": _STRUCTURE,
    "if_statement": _STRUCTURE,
    "switch_case": Decision(1, 0),
    "switch_statement": Decision(0, 1, nested=True, nests=True),
    "ternary_expression": _STRUCTURE,
    "while_statement": _STRUCTURE,
}
# Operators, and how many breaks of the flow a run of one of them is.
OPERATORS: Mapping[str, int] = {"&&": 1, "||": 1, "??": 0, "&&=": 0, "||=": 0, "??=": 0}
_ELSE_IF = Decision(1, 0)  # its `else` was counted


def visit(kind: str) -> Visit:
    """The visit that counts the nodes of a kind."""
    decision = DECISIONS[kind]

    def count(walk: Walk, _node: Node) -> bool:
        decide(walk, decision)
        return True

    return count


def on_if(walk: Walk, node: Node) -> bool:
    """A decision; an `else if` stands on the level of the first `if`."""
    if node.start_byte in walk.chained:
        walk.chained.discard(node.start_byte)
        decide(walk, _ELSE_IF)
    else:
        decide(walk, DECISIONS["if_statement"])
    return True


def on_else(walk: Walk, node: Node) -> bool:
    """A break of the flow, shared with the `if` that follows at once."""
    decide(walk, DECISIONS["else_clause"])
    body = node.child(node.child_count - 1)
    if body is not None and body.type == "if_statement":
        walk.chained.add(body.start_byte)
    return True


def on_operator(walk: Walk, node: Node, *, operator: str) -> None:
    """One decision for each operator; a run of the same one breaks the flow once."""
    breaks = OPERATORS.get(operator)
    if breaks is not None:
        run = (node.start_byte, operator)
        decide(walk, Decision(1, breaks if run != walk.sequence else 0))
        walk.sequence = run


def on_jump(walk: Walk, node: Node) -> bool:
    """`break` or `continue` with a label breaks the flow."""
    if any(child.type == "statement_identifier" for child in node.children):
        decide(walk, Decision(0, 1))
    return False


def on_function(walk: Walk, node: Node, *, name: str) -> None:
    """Count for this function until it is left; one without name inside another is a level."""
    if not name and walk.function is not None:
        walk.around.append((walk.function, walk.nesting))
        walk.nesting += 1
        return
    lines = node.end_point[0] - node.start_point[0] + 1
    owners = (owner for owner in walk.owners if owner)
    qualified = ".".join((*owners, name or "(anonymous)"))
    count = FunctionCount(qualified, line(node), lines, node.start_byte, node.end_byte)
    walk.functions.append(count)
    on_class(walk)
    walk.function = count


def on_class(walk: Walk) -> None:
    """Decisions in a class body belong to no function, not even the one around it."""
    walk.around.append((walk.function, walk.nesting))
    walk.function, walk.nesting = None, 0


def leave(walk: Walk) -> None:
    """Go on counting for the function around."""
    walk.function, walk.nesting = walk.around.pop()


def decide(walk: Walk, decision: Decision) -> None:
    """Add a decision to the function that is counted, and a level if it nests."""
    function = walk.function
    if function is None:
        return
    function.cyclomatic += decision.cyclomatic
    function.cognitive += decision.cognitive + (walk.nesting if decision.nested else 0)
    if decision.nests:
        walk.nesting += 1
        function.deepest = max(function.deepest, walk.nesting)
        walk.opened.append((walk.depth, _leave_level))


def named(walk: Walk, start: int, name: bytes) -> None:
    """Remember the name that a function gets which starts at that byte."""
    walk.naming[start] = decoded(name)


def _leave_level(walk: Walk) -> None:
    walk.nesting -= 1
