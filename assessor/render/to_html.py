"""The report as one HTML file that works offline and needs nothing from anywhere."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from assessor.errors import UsageError
from assessor.model.theme import File, Palette, Style, Theme
from assessor.model.view import (
    Block,
    Drawing,
    Fields,
    Figure,
    Form,
    Graph,
    Section,
    Sentence,
    Table,
    View,
)
from assessor.render.charts import to_svg
from assessor.render.clean import visible

TEMPLATE, SHEET, SCRIPT = "html/report.html.j2", "html/report.css", "html/report.js"
LANGUAGES = {"zh": "zh-CN", "en": "en"}
# Cells are not folded in a column where none is wider than SHORT, nor headings up to BRIEF. CJK
# characters are twice as wide as others.
SHORT, BRIEF = 24, 16
_LONG_WORD = re.compile(r"[^\s\u2e80-\uffef]{32}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FALLBACK = (
    '"Segoe UI", -apple-system, BlinkMacSystemFont, Roboto, "Helvetica Neue", "Noto Sans", Arial, '
    '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", '
    "sans-serif"
)
_MEND = "; mend the template or leave out --template."
# What the expressions of a template can raise besides jinja2's own errors.
_SLIPS = (
    TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError,
    AttributeError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A block with what the template cannot work out: its kind, its columns' classes, its SVG.

    data: JSON of a graph, for the script.
    """

    kind: str
    block: Block
    columns: tuple[str, ...] = ()
    svg: Markup | None = None
    data: Markup | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it stands on the page. level: of its heading, 2 to 6. number: "2.1"."""

    anchor: str
    number: str
    level: int
    title: str
    page: bool
    blocks: tuple[Shown, ...]
    parts: tuple["Part", ...]


def to_html(view: View, *, style: Style) -> bytes:
    """UTF-8 HTML with its style, script, logo and charts inside.

    Raises UsageError, with file and line, if a template of the style is wrong.
    """
    sheet = (
        _variables(style.theme)
        + _page_margins(view, style.theme)
        + _inline(style.files[SHEET], "style")
    )
    script = _inline(style.files[SCRIPT], "script")
    known = frozenset(_ids(view.sections))
    parts = tuple(
        _part(section, number=str(i), level=2, known=known, view=view, theme=style.theme)
        for i, section in enumerate(view.sections, start=1)
    )
    values = {
        "view": view,
        "lang": LANGUAGES[view.lang],
        "parts": parts,
        "style": Markup(sheet),  # noqa: S704 - ours and the theme's, checked by _inline
        "script": Markup(script),  # noqa: S704
        "policy": _policy(sheet, script),
        "words": _json(dict(sorted(view.words.items()))),
        "logo": _logo(style.theme.logo),
        "logo_alt": style.theme.logo_alt,
        "href": lambda link: f"#{anchor(link)}" if link in known else "",
    }
    return _filled(style.files, values=values).encode()


def anchor(section: str) -> str:
    """The id of a section as an HTML id and URL fragment; different for different ids."""
    return _UNSAFE.sub(lambda found: f"~{ord(found[0]):x}~", section) or "~"


def _ids(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.id
        yield from _ids(section.sections)


def _part(
    section: Section, *, number: str, level: int, known: frozenset[str], view: View, theme: Theme
) -> Part:
    name = f"chart-{number.replace('.', '-')}"
    return Part(
        anchor=anchor(section.id),
        number=number,
        level=min(level, 6),
        title=section.title,
        page=section.page,
        blocks=tuple(
            _shown(block, name=f"{name}-{i}", known=known, view=view, palette=theme.light)
            for i, block in enumerate(section.blocks, start=1)
        ),
        parts=tuple(
            _part(
                inner, number=f"{number}.{i}", level=level + 1, known=known, view=view, theme=theme
            )
            for i, inner in enumerate(section.sections, start=1)
        ),
    )


def _shown(
    block: Block, *, name: str, known: frozenset[str], view: View, palette: Palette
) -> Shown:
    match block:
        case Sentence():
            return Shown("sentence", block)
        case Table():
            return Shown("table", block, columns=_columns(block))
        case Fields():
            return Shown("fields", block)
        case Form():
            return Shown("form", block)
        case Figure():
            drawing = _linked(block.drawing, known=known)
            svg = to_svg(drawing, palette=palette, name=name, lang=view.lang)
            named = f'<svg aria-label="{escape(block.alt)}" '
            return Shown(
                "figure",
                block,
                columns=_columns(block.table) if block.table else (),
                svg=_clean(svg.replace("<svg ", named, 1)),
                data=_json(asdict(drawing)) if isinstance(drawing, Graph) else None,
            )


def _linked(drawing: Drawing, *, known: frozenset[str]) -> Drawing:
    """The drawing with links that are anchors on the page, none to sections it does not have."""
    if not isinstance(drawing, Graph):
        return drawing
    nodes = (
        replace(node, link=anchor(node.link) if node.link in known else "")
        for node in drawing.nodes
    )
    return replace(drawing, nodes=tuple(nodes))


def _clean(svg: str) -> Markup:
    """The drawing without what `visible` takes out, but with its lines."""
    lines = [visible(line) for line in svg.split("\n")]
    return Markup("\n".join(lines))  # noqa: S704 - charts escape their texts


def _columns(table: Table) -> tuple[str, ...]:
    """For each column the classes that tell the style sheet how much room it needs."""
    longest = [
        max((_width(row[i].text) for row in table.rows), default=0)
        for i in range(len(table.columns))
    ]
    return tuple(
        " ".join(
            name
            for name, given in (
                ("number", i in table.numeric),
                ("wide", i in table.wide),
                ("short", width <= SHORT and i not in table.wide),
            )
            if given
        )
        for i, width in enumerate(longest)
    )


def _width(text: str) -> int:
    return sum(2 if character >= "\u2e80" else 1 for character in text)


def _variables(theme: Theme) -> str:
    """The palettes as CSS variables: light on paper, else as the system or the button says."""
    light, dark = _declared(theme.light, "light"), _declared(theme.dark, "dark")
    return (
        f":root {{ --font: {_fonts(theme)}; {light} }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f'  :root:not([data-theme="light"]) {{ {dark} }}\n'
        "}\n"
        f'@media screen {{ :root[data-theme="dark"] {{ {dark} }} }}\n'
    )


def _fonts(theme: Theme) -> str:
    return ", ".join([*(_quoted(font) for font in theme.fonts), _FALLBACK])


def _declared(palette: Palette, scheme: str) -> str:
    colours: dict[str, str] = asdict(palette)
    wrong = sorted(name for name, colour in colours.items() if not _COLOUR.fullmatch(colour))
    if wrong:
        raise ValueError(f"not of the form #rrggbb: {', '.join(wrong)}")
    declared = "; ".join(f"--{name}: {colour}" for name, colour in colours.items())
    return f"color-scheme: {scheme}; {declared};"


def _page_margins(view: View, theme: Theme) -> str:
    """What a printed page says at its foot: the lines of the header and its number."""
    before, _, rest = view.words["page"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    number = f"{_quoted(before)} counter(page) {_quoted(between)} counter(pages) {_quoted(after)}"
    header = _quoted(" · ".join(view.header))
    return (
        f"@page {{ color: {theme.light.muted}; font: 7.5pt {_fonts(theme)};\n"
        f"  @bottom-left {{ content: {header} }} @bottom-right {{ content: {number} }} }}\n"
    )


def _quoted(text: str) -> str:
    """A CSS string in which nothing but letters and digits stands for itself."""
    escaped = (
        character if character.isascii() and character.isalnum() else f"\\{ord(character):x} "
        for character in visible(text)
    )
    return f'"{"".join(escaped)}"'


def _inline(file: File, element: str) -> str:
    """The file's text, which may stand in such an element without ending it."""
    text = _text(file)
    found = re.search(rf"</{element}|<!--|\0", text, re.IGNORECASE)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise UsageError(f"{file.place}:{line}: {found[0]!r} cannot stand here{_MEND}")
    return text


def _text(file: File) -> str:
    """The file's text with the line ends that browsers make of it: they hash what they parsed."""
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{file.place}:{line}: this is no UTF-8{_MEND}") from error
    return re.sub(r"\r\n?", "\n", text)


def _policy(sheet: str, script: str) -> str:
    """A content security policy under which nothing but this style and this script can act."""
    style_hash, script_hash = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (sheet, script)
    )
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; "
        f"style-src 'sha256-{style_hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _json(value: object) -> Markup:
    """JSON that can stand in a script element: nothing in it looks like markup."""
    text = json.dumps(_visible(value), ensure_ascii=True, allow_nan=False)
    safe = re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(safe)  # noqa: S704 - just made safe


def _visible(value: object) -> object:
    match value:
        case str():
            return visible(value)
        case dict():
            return {key: _visible(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_visible(inner) for inner in value]
        case _:
            return value


def _logo(content: bytes) -> str:
    if not content:
        return ""
    kind = "png" if content.startswith(b"\x89PNG") else "svg+xml"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _filled(files: Mapping[str, File], *, values: Mapping[str, object]) -> str:
    """The template with the values in it; its own mistakes as UsageError."""
    environment = _environment(files)
    try:
        return environment.get_template(TEMPLATE).render(values)
    except TemplateSyntaxError as error:
        place = f"{error.filename}:{error.lineno}"
        raise UsageError(f"{place}: {_reason(error)}{_MEND}") from error
    except _SLIPS as error:
        raise UsageError(f"{_place(error, files)}: {_reason(error)}{_MEND}") from error


def _environment(files: Mapping[str, File]) -> SandboxedEnvironment:
    """Escapes every text and shows every control character in it, wherever a template puts it."""

    def load(name: str) -> tuple[str, str, None] | None:
        file = files.get(name)
        return (_escaping(file), file.place, None) if file else None

    environment = SandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(load),
        finalize=_shown_text,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.filters["share"] = _share
    environment.tests["long"] = _is_long
    environment.tests["brief"] = _is_brief
    del environment.filters["safe"]  # what is safe is decided here, not in a template
    return environment


def _escaping(file: File) -> str:
    """The template's text. Raises UsageError where it would switch off escaping."""
    text = _text(file)
    if found := re.search(r"\{%[-+]?\s*autoescape\b", text):
        line = text.count("\n", 0, found.start()) + 1
        raise UsageError(f"{file.place}:{line}: a report always escapes its texts{_MEND}")
    return text


def _shown_text(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _share(value: float) -> str:
    """A share as a length out of 100."""
    return f"{100 * max(0.0, min(1.0, value)):.4g}"


def _is_long(text: str) -> bool:
    return bool(_LONG_WORD.search(text))


def _is_brief(text: str) -> bool:
    return _width(text) <= BRIEF


def _place(error: BaseException, files: Mapping[str, File]) -> str:
    """The line of a template where the error came up."""
    places = {file.place for file in files.values()}
    found, trace = files[TEMPLATE].place, error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        found = f"{name}:{trace.tb_lineno}" if name in places else found
        trace = trace.tb_next
    return found


def _reason(error: BaseException) -> str:
    return visible(str(error)).strip().removesuffix(".") or type(error).__name__
