"""Links of a view lead somewhere: what an audience does not get is not linked to."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assessor.model.view import Block, Cell, Fields, Figure, Graph, Section, Table


def linked(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with each link to a section that is not among them cleared."""
    there = frozenset(_ids(sections))
    return tuple(_section(section, there) for section in sections)


def _ids(sections: Sequence[Section]) -> list[str]:
    return [name for each in sections for name in (each.id, *_ids(each.sections))]


def _section(section: Section, there: Collection[str]) -> Section:
    return replace(
        section,
        blocks=tuple(_block(block, there) for block in section.blocks),
        sections=tuple(_section(each, there) for each in section.sections),
    )


def _block(block: Block, there: Collection[str]) -> Block:
    match block:
        case Table():
            return _table(block, there)
        case Figure(drawing=Graph() as graph):
            nodes = (replace(n, link=n.link if n.link in there else "") for n in graph.nodes)
            return replace(block, drawing=replace(graph, nodes=tuple(nodes)))
        case Fields():
            rows = tuple((name, _cell(cell, there)) for name, cell in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


def _table(table: Table, there: Collection[str]) -> Table:
    rows = tuple(tuple(_cell(cell, there) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _cell(cell: Cell, there: Collection[str]) -> Cell:
    return cell if not cell.link or cell.link in there else replace(cell, link="")
