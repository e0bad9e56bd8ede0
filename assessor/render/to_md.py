"""The report as Markdown, for pull requests and wikis."""

import re

from assessor.model.view import Cell, Section, Sentence, Table, View
from assessor.render.blocks import flat
from assessor.render.clean import visible

# Whatever an audited repository writes into a name must stay text: no Markdown, HTML or controls.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")
# What GitHub or Streamlit would make of plain text: formulas, mentions, links, emoji (`:name:`).
_PLAIN = re.compile(r"[$@]|:(?=//)|:(?=[\w+\\/-]+:)|\.(?<=www\.)", re.ASCII | re.IGNORECASE)
# Some of them look for it only after entities are read; an invisible word joiner stops those too.
_JOINER = "&#8288;"


_START = re.compile(r"^(\d*)([-+=.)])")


def to_md(view: View) -> bytes:
    """UTF-8 GitHub-flavoured Markdown."""
    parts = [f"# {escaped(view.title)}", _line(view.subtitle)]
    for section in view.sections:
        parts += _section(section)
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """The text with everything that Markdown or HTML would read as markup made literal."""
    literal = _SPECIAL.sub(r"\\\1", visible(text)).replace("&", "&amp;")
    return _PLAIN.sub(_entity, literal)


def _entity(found: re.Match[str]) -> str:
    entity = f"&#{ord(found[0])};"
    return entity if found[0] == "$" else entity + _JOINER


def _section(section: Section) -> list[str]:
    parts = [f"## {escaped(section.title)}"]
    for block in flat(section):
        parts += [_sentence(block)] if isinstance(block, Sentence) else _table(block)
    return parts


def _sentence(block: Sentence) -> str:
    text = _line(block.text)
    return f"**{text}**" if block.tone == "strong" and text else text


def _line(text: str) -> str:
    """The text as a paragraph: what makes a list, a rule or code of a line's start is literal."""
    return _START.sub(r"\g<1>\\\g<2>", escaped(text.strip()))


def _table(table: Table) -> list[str]:
    rule = ["---:" if i in table.numeric else "---" for i in range(len(table.columns))]
    lines = [_row([escaped(c) for c in table.columns]), _row(rule)]
    lines += [_row([_cell(cell) for cell in row]) for row in table.rows]
    return ["\n".join(lines), *([_line(table.note)] if table.note else [])]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    text = escaped(cell.text)
    return f"**{text}**" if cell.tone == "strong" and text else text
