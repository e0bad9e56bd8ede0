"""The report as PDF/A-2a and PDF/UA-1 in one file, set by typst from the view as data.

Nothing of the view ever becomes typst's markup: the template reads it as JSON. Every text is made
printable first, as with the standards on, one character that no font has stops the whole report.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from assessor.errors import UsageError
from assessor.model.theme import File, Palette, Style
from assessor.model.view import Block, Cell, Fields, Figure, Form, Section, Sentence, Table, View
from assessor.render import columns, fonts
from assessor.render.charts import to_svg
from assessor.render.lettering import split
from assessor.render.printable import Printable, printable

TEMPLATE = "pdf/report.typ"
# So many characters of the tables' size stand beside each other on a page.
ROOM, GAP, BAR, SIGN = 104, 2, 8, 2
SIGNED = {"good", "fair", "poor"}
# A word is broken where it changes case or has punctuation, and after so many characters.
LONG_WORD = 24
_PARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[._:=,@#$%&?+*|~;(){}\[\]<>\\/-])(?=\w)")
_WORD = re.compile(r"\S{12,}")
# A number and its unit stay together.
_PERCENT = re.compile(r"(?<=\d) %")
_LOGO = ("failed to parse SVG", "failed to decode image", "failed to load linked image")
_MEND = "mend the template or leave out --template."
# An import by anything but a plain path: a package, something computed, a name, a hidden "@".
_PACKAGE = re.compile(rb"\b(?:import|include)\b\s*(?:\"@|\"[^\"]*\\|\(|\{|\[|\$|/[*/]|[A-Za-z_])")
_PLACE = re.compile(r"┌─ (?P<file>[^\s:]+):(?P<line>\d+)")

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What sections and blocks need to know of the whole. labels: id of a section -> its label."""

    labels: Mapping[str, str]
    palette: Palette
    view: View


def to_pdf(view: View, *, style: Style) -> bytes:
    """The PDF; same view and style, same bytes. Raises UsageError for a mistaken template."""
    folders = (*style.font_folders, *fonts.folders())
    made = printable(view, lacking=lambda wanted: fonts.lacking(wanted, within=folders))
    template = style.files[TEMPLATE]
    _refuse_packages(template)
    logo = _logo(style)
    data = _data(made, style, logo=next(iter(logo), ""))
    sources = {"report.typ": template.content, "data.json": data, **logo}
    with TemporaryDirectory(prefix="assessor-pdf-") as folder:
        for name, content in sources.items():
            Path(folder, name).write_bytes(content)
        try:
            return typst.compile(
                Path(folder, "report.typ"),
                root=Path(folder),
                font_paths=[Path(each) for each in folders],
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"],
                timestamp=_timestamp(view.dated),
                package_path=Path(folder),
                package_cache_path=Path(folder),
            )
        except typst.TypstError as error:
            raise UsageError(_told(error, template, logo=bool(logo))) from None


def _refuse_packages(template: File) -> None:
    """A package would come from the network, or from whatever this user happens to have."""
    for number, line in enumerate(template.content.splitlines(), start=1):
        if _PACKAGE.search(line):
            raise UsageError(
                f"{template.place}:{number}: packages and computed imports are not used in a"
                f" report; {_MEND}"
            )


def _timestamp(dated: str) -> int:
    """Seconds since 1970 of the revision: the file must not depend on when it is made."""
    if not dated:
        return 0
    moment = datetime.fromisoformat(dated)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(int(aware.timestamp()), 0)


def _told(error: typst.TypstError, template: File, *, logo: bool) -> str:
    if logo and str(error).startswith(_LOGO):
        return f"the logo cannot be drawn: {error}; mend it or take it out of the theme."
    found = _PLACE.search(error.diagnostic or "")
    line = f":{found['line']}" if found else ""
    said = " ".join(str(error).split("(searched at")[0].split())
    return f"{template.place}{line}: {said}; {_MEND}"


def _logo(style: Style) -> dict[str, bytes]:
    """The logo as a file of its kind, if there is one."""
    logo = style.theme.logo
    kind = "png" if logo.startswith(b"\x89PNG") else "svg"
    return {f"logo.{kind}": logo} if logo else {}


def _data(made: Printable, style: Style, *, logo: str) -> bytes:
    """The view as the template reads it."""
    view, theme = made.view, style.theme
    setting = _Setting(_labels(view.sections), theme.light, view)
    numbers = count()
    usual = (fonts.CHINESE, fonts.LATIN) if view.lang == "zh" else (fonts.LATIN, fonts.CHINESE)
    data: Json = {
        "title": view.title,
        "title_pieces": _text(view.title),
        "subtitle": _text(view.subtitle),
        "lang": view.lang,
        "header": [_text(line) for line in view.header],
        "cover": [[_text(name), _text(text)] for name, text in view.cover],
        "sections": [_section(each, setting, numbers=numbers) for each in view.sections],
        "words": dict(view.words),
        "colours": asdict(theme.light),
        "fonts": [*theme.fonts, *usual],
        "logo": logo,
        "logo_alt": theme.logo_alt or view.title,
        "notes": _notes(made),
    }
    return json.dumps(data, ensure_ascii=False).encode("utf-8")


def _labels(sections: Sequence[Section]) -> dict[str, str]:
    """The id of each section -> its label, which is its place in the order of reading."""
    found: dict[str, str] = {}
    for at, name in enumerate(_ids(sections)):
        found.setdefault(name, _label(at))
    return found


def _label(at: int) -> str:
    return f"s{at}"


def _ids(sections: Sequence[Section]) -> list[str]:
    return [name for each in sections for name in (each.id, *_ids(each.sections))]


def _notes(made: Printable) -> list[str]:
    """What was changed so that it could be printed."""
    words = made.view.words
    found: list[str] = []
    if made.replaced:
        found.append(words["replaced"].format(count=f"{made.replaced:,}"))
    if made.shortened:
        found.append(words["shortened"].format(count=f"{made.shortened:,}"))
    return found


def _section(section: Section, setting: _Setting, *, numbers: Iterator[int]) -> Json:
    return {
        "label": _label(next(numbers)),
        "title": _text(section.title if section.title.strip() else "–"),
        "page": section.page,
        "blocks": [_block(each, setting) for each in section.blocks],
        "sections": [_section(each, setting, numbers=numbers) for each in section.sections],
    }


def _block(block: Block, setting: _Setting) -> Json:
    match block:
        case Sentence(text=text, tone=tone):
            return {"kind": "sentence", "text": _text(text), "tone": tone}
        case Table():
            return _table(block, setting)
        case Figure(title=title, alt=alt, drawing=drawing):
            svg = to_svg(drawing, palette=setting.palette, name="chart", lang=setting.view.lang)
            chart = asdict(split(svg))
            return {"kind": "figure", "title": _text(title), "alt": alt, "chart": chart}
        case Fields(rows=rows):
            named = [[_text(name), _cell(cell, setting)] for name, cell in rows]
            return {"kind": "fields", "rows": named}
        case Form(rows=rows):
            return {"kind": "form", "rows": [list(row) for row in rows]}


def _table(table: Table, setting: _Setting) -> Json:
    return {
        "kind": "table",
        "columns": [_text(head) for head in table.columns],
        "rows": [[_cell(cell, setting) for cell in row] for row in table.rows],
        "numeric": list(table.numeric),
        "widths": _widths(table),
        "note": _text(table.note) if table.note else "",
    }


def _widths(table: Table) -> list[int]:
    """The columns' shares of the width; running text gets what the others leave."""
    every = range(len(table.columns))
    texts = [[table.columns[i], *(_padded(row[i]) for row in table.rows)] for i in every]
    numeric = [i in table.numeric for i in every]
    found = columns.widths(texts, numeric=numeric, room=ROOM, gap=GAP)
    if found is None:
        return [1] * len(table.columns)
    left = ROOM - sum(found) - GAP * (len(found) - 1)
    wide = table.wide or [i for i in every if i not in table.numeric] or list(every)
    return [width + GAP + (left // len(wide) if i in wide else 0) for i, width in enumerate(found)]


def _padded(cell: Cell) -> str:
    """The text as long as it is with its bar and sign."""
    signed = cell.bar is None and cell.tone in SIGNED
    return cell.text + "x" * (BAR * (cell.bar is not None) + SIGN * signed)


def _cell(cell: Cell, setting: _Setting) -> Json:
    found: dict[str, Json] = {"text": _text(cell.text)}
    if cell.tone != "plain":
        found["tone"] = cell.tone
    if cell.bar is not None:
        found["bar"] = max(0.0, min(1.0, cell.bar))
    if cell.link in setting.labels:
        found["link"] = setting.labels[cell.link]
    return found


def _text(text: str) -> Json:
    """The text, or its pieces where a line may break inside of a word."""
    text = _PERCENT.sub("\u00a0%", text)
    pieces: list[str] = []
    rest = 0
    for word in _WORD.finditer(text):
        parts = _parts(word[0])
        if len(parts) > 1:
            pieces.append(text[rest : word.start()] + parts[0])
            pieces += parts[1:-1]
            rest = word.start() + len(word[0]) - len(parts[-1])
    return [*pieces, text[rest:]] if pieces else text


def _parts(word: str) -> list[str]:
    """The word in parts of at most `LONG_WORD` characters, broken where a reader would."""
    return [
        part[at : at + LONG_WORD]
        for part in _PARTS.split(word)
        for at in range(0, len(part), LONG_WORD)
    ]
