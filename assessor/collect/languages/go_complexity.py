"""Decisions in Go: a table of what each kind of node adds to the two measures of complexity.

Cyclomatic, for a function: 1, and 1 for each if, for, case of a switch or select (not default),
&& and ||. A function literal counts with the function around it.

Cognitive, after Campbell (SonarSource): 1 and the depth for each if, for, switch and select; 1 for
each else and else if, for each run of like && or ||, for each jump to a label. A function literal
adds depth. Recursion does not count.
"""

from dataclasses import dataclass

from assessor.collect.languages import go_kinds as k


@dataclass(slots=True)
class FunctionCount:
    """Complexity of one function while it is counted. start, end: bytes of its text.

    deepest: the most structures inside each other.
    """

    name: str
    start: int
    end: int
    cyclomatic: int = 1
    cognitive: int = 0
    deepest: int = 0
    parameters: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """paths: added to the cyclomatic complexity. breaks: 1 plus the depth is added to the
    cognitive one. nests: what is inside lies one level deeper.
    """

    paths: int
    breaks: bool
    nests: bool


_DECISIONS = {
    "if_statement": Decision(1, breaks=True, nests=True),
    "for_statement": Decision(1, breaks=True, nests=True),
    "expression_switch_statement": Decision(0, breaks=True, nests=True),
    "type_switch_statement": Decision(0, breaks=True, nests=True),
    "select_statement": Decision(0, breaks=True, nests=True),
    "expression_case": Decision(1, breaks=False, nests=False),
    "type_case": Decision(1, breaks=False, nests=False),
    "communication_case": Decision(1, breaks=False, nests=False),
    "func_literal": Decision(0, breaks=False, nests=True),
}
DECISIONS = {number: made for name, made in _DECISIONS.items() for number in k.kinds(name)}
