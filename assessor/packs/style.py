"""How a report looks and speaks: what ships, overlaid with an organisation's own folder."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from assessor.errors import UsageError
from assessor.model.theme import File, Palette, Style, Theme
from assessor.packs.mistakes import problems
from assessor.packs.tree import Tree, read
from assessor.report.wording import Wording

FILES = ("html/report.html.j2", "html/report.css", "html/report.js", "pdf/report.typ")
KNOWN = ("theme.yaml", "locales/en.yaml", "locales/zh.yaml", "fonts", *FILES)
LARGEST_LOGO = 1 << 20
_STRICT = ConfigDict(extra="forbid")
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


@dataclass(frozen=True, slots=True)
class RawTheme:
    """`theme.yaml`; what it does not say is as shipped."""

    __pydantic_config__ = _STRICT
    light: dict[str, Colour] = field(default_factory=dict)
    dark: dict[str, Colour] = field(default_factory=dict)
    logo: str = ""
    logo_alt: str = ""
    fonts: list[str] = field(default_factory=list)
    cover: dict[str, str] = field(default_factory=dict)


THEME = TypeAdapter(RawTheme)


def style(shipped: Path, *, own: Path | None = None) -> Style:
    """Theme, templates and font folders. own: a folder laid out like `reports/`, or None.

    Raises UsageError, naming file and line.
    """
    if own is not None and not _is_folder(own):
        raise UsageError(f"{own}: is no folder, so there is no template in it.")
    if own is not None and not any((own / name).exists() for name in KNOWN):
        raise UsageError(f"{own}: holds none of {', '.join(KNOWN)}, so nothing would change.")
    theme = _theme(shipped, Theme(light=_NONE, dark=_NONE))
    if own is not None:
        theme = _theme(own, theme)
    fonts = (str(own / "fonts"),) if own is not None and (own / "fonts").is_dir() else ()
    return Style(
        theme=theme,
        files={name: _file(name, shipped, own=own) for name in FILES},
        font_folders=fonts,
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder that may not be looked into
        return False


_NONE = Palette(**dict.fromkeys((each.name for each in fields(Palette)), "#000000"))


def _file(name: str, shipped: Path, *, own: Path | None) -> File:
    path = own / name if own is not None and (own / name).is_file() else shipped / name
    return File(str(path), _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None


def _tree(path: Path) -> Tree:
    tree, found = read(_bytes(path), file=str(path))
    if found:
        raise UsageError(f"{found[0]}; mend it or leave out --template.")
    return tree


def _theme(folder: Path, base: Theme) -> Theme:
    """The theme of the folder over another one; that one where it has none."""
    path = folder / "theme.yaml"
    if not path.is_file():
        return base
    tree = _tree(path)
    try:
        raw = THEME.validate_python(tree.value or {})
    except ValidationError as error:
        problem = next(iter(problems(error, tree)))
        raise UsageError(f"{problem}; mend it or leave out --template.") from None
    return Theme(
        light=_palette(raw.light, base.light, tree=tree, name="light"),
        dark=_palette(raw.dark, base.dark, tree=tree, name="dark"),
        logo=_logo(folder, raw.logo, tree=tree) if raw.logo else base.logo,
        logo_alt=raw.logo_alt or base.logo_alt,
        fonts=tuple(raw.fonts) or base.fonts,
        cover={**base.cover, **raw.cover},
    )


def _palette(raw: Mapping[str, str], base: Palette, *, tree: Tree, name: str) -> Palette:
    known = {each.name for each in fields(Palette)}
    for key in raw:
        if key not in known:
            place = f"{tree.file}:{tree.line((name, key))}"
            raise UsageError(
                f"{place}: there is no colour {key!r}, only {', '.join(sorted(known))}."
            )
    return replace(base, **raw)


def _logo(folder: Path, name: str, *, tree: Tree) -> bytes:
    """The bytes of an SVG or PNG file in the folder."""
    place = f"{tree.file}:{tree.line(('logo',))}"
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise UsageError(f"{place}: the logo {name!r} lies outside of the template's folder.")
    try:
        content = path.read_bytes()
    except OSError as error:
        said = f"the logo {name!r} cannot be read ({error.strerror})"
        raise UsageError(f"{place}: {said}.") from None
    if len(content) > LARGEST_LOGO:
        raise UsageError(f"{place}: the logo {name!r} is larger than {LARGEST_LOGO >> 20} MiB.")
    if not content.startswith(b"\x89PNG") and not re.search(rb"<svg[\s>]", content[:4096]):
        raise UsageError(f"{place}: the logo {name!r} is neither SVG nor PNG.")
    return content


def reworded(wording: Wording, own: Path) -> Wording:
    """The wording with the sentences of the folder's `locales/<lang>.yaml` in place of ours.

    Raises UsageError for a sentence or a placeholder that we do not have.
    """
    path = own / "locales" / f"{wording.lang}.yaml"
    if not path.is_file():
        return wording
    tree = _tree(path)
    changed = tree.value or {}
    if not isinstance(changed, dict):
        raise UsageError(f"{path}: wants a mapping of sentences.")
    for key, sentence in changed.items():
        if said := _wrong(wording, key, sentence):
            raise UsageError(f"{path}:{tree.line((key,))}: {said}; mend it or leave it out.")
    return replace(
        wording, sentences={**wording.sentences, **{k: str(v) for k, v in changed.items()}}
    )


def _wrong(wording: Wording, key: str, sentence: object) -> str:
    """What is wrong with a sentence of one's own, "" if nothing is."""
    if key not in wording.sentences:
        return f"there is no sentence {key!r}"
    if sentence is None or isinstance(sentence, dict | list):
        return f"the sentence {key!r} is no text"
    if not str(sentence).strip() and wording.sentences[key].strip():
        return f"the sentence {key!r} is empty"
    try:
        wanted, known = (_places(text) for text in (str(sentence), wording.sentences[key]))
    except ValueError as error:
        return f"the sentence cannot be filled in ({error})"
    odd = sorted(wanted - known)
    return f"the sentence has no {{{odd[0]}}} to fill in" if odd else ""


def _places(sentence: str) -> set[str]:
    """The placeholders as they are written, with conversion and format if they have one."""
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
        for _, name, form, conversion in Formatter().parse(sentence)
        if name is not None
    }
