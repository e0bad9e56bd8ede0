"""A section for formats that know only sentences and tables."""

from collections.abc import Iterator

from assessor.model.view import Block, Cell, Fields, Figure, Section, Sentence, Table


def flat(section: Section) -> Iterator[Sentence | Table]:
    """The section's blocks and those of its sub-sections, each under its title as a sentence.

    A figure becomes the table of its figures, or what it tells in words; fields become a table; a
    form to be filled in by hand is left out.
    """
    for block in section.blocks:
        yield from _plain(block)
    for each in section.sections:
        yield Sentence(each.title, "strong")
        yield from flat(each)


def _plain(block: Block) -> Iterator[Sentence | Table]:
    match block:
        case Sentence() | Table():
            yield block
        case Figure(title=title, table=Table() as table):
            yield Sentence(title, "strong")
            yield table
        case Figure(alt=alt):
            yield Sentence(alt, "quiet")
        case Fields(rows=rows):
            yield Table(("", ""), tuple((Cell(name, "strong"), value) for name, value in rows))
