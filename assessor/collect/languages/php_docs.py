"""Types in the comments that PHP code is documented with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from string import ascii_lowercase

from assessor.collect.languages.php_literals import without_secrets
from assessor.collect.languages.php_names import NAME, NO_CLASSES, class_name, own_type
from assessor.collect.languages.typed_walk import Walk, annotation, note

_TAG = re.compile(
    r"@(?:psalm-|phpstan-)?(?P<tag>var|param|return|property(?:-read|-write)?|throws|mixin|method"
    r"|extends|implements|use)\b[ \t]*(?:static[ \t]+(?=[^\s(]+[ \t]+\w+[ \t]*\())?"
)
_MARK = re.compile(
    r"^[ \t*/]*@(?P<name>[A-Z]\w*(?:\\\w+)*)[ \t]*(?P<arguments>\([^()]*)?", re.MULTILINE
)
_VARIABLE = re.compile(r"\s*(?:&|\.\.\.)*\$([\w\x80-\xff]+)")
_METHOD = re.compile(r"\s*(\w+)\s*\(")
_WORD = re.compile(r"\$?\\?[A-Za-z_\x80-\xff][\w\x80-\xff-]*(?:\\[\w\x80-\xff-]+)*")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_BLANK = re.compile(r"[ \t\r\n*]+")
_HOLDER = re.compile(
    r"(?:Collection|Paginator|Iterator|Aggregate|Traversable|Generator|List|Set)$"
)
_OTHERS = re.compile(r"\|[^,<>]*")  # of a union within a type
_NEAR = 200  # blanks between a comment and what it is on
_LONGEST = 400  # characters of a type
_MOST = 500  # tags of a comment that are read
_BRACKETS = {"<": 1, "(": 1, "{": 1, ">": -1, ")": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with a type. type: the one to follow, or "". name: of the variable, with its `$`.

    names: the classes that it names, and where.
    """

    tag: str
    type: str
    name: str
    names: tuple[tuple[str, int], ...]


def doc_before(walk: Walk, start: int) -> tuple[int, int] | None:
    """Begin and end of the documentation right before what starts here."""
    if not walk.comments:
        return None
    begin, end = walk.comments[-1]
    text = walk.text
    if not 0 <= start - end < _NEAR or not text.startswith("/**", begin):
        return None
    if text[end:start].strip():
        return None
    return begin, end


def tags(walk: Walk, doc: tuple[int, int] | None) -> list[Tag]:
    """All tags with types of a comment."""
    if doc is None:
        return []
    text = walk.text[doc[0] : doc[1] - 2]
    if "@" not in text:
        return []
    found = islice(_TAG.finditer(text), _MOST)
    return [_tag(walk, text, found=each, start=doc[0]) for each in found]


def _tag(walk: Walk, text: str, *, found: re.Match[str], start: int) -> Tag:
    begin = found.end()
    length = _type_length(text[begin : begin + _LONGEST])
    written = text[begin : begin + length]
    rest = text[begin + length : begin + length + 200].partition("\n")[0]
    kind = found["tag"].partition("-")[0]
    variable = _VARIABLE.match(written) or _VARIABLE.match(rest)
    name = f"${variable[1]}" if variable is not None else ""
    if kind == "method":
        method = _METHOD.match(rest)
        name = method[1] if method is not None else ""
    names = tuple(_names(walk, written, start=start + begin))
    return Tag(kind, _followed(walk, written), name, names)


def _type_length(text: str) -> int:
    depth = 0
    for index, letter in enumerate(text):
        depth += _BRACKETS.get(letter, 0)
        if depth < 0 or (letter == "\n" and not depth):
            return index
        if letter in " \t" and not depth and not _goes_on(text, index):
            return index
    return len(text) if depth <= 0 else len(text.partition("\n")[0])


def _goes_on(text: str, index: int) -> bool:
    return text[index + 1 : index + 2] in {"|", "&"} or text[index - 1 : index] in {"|", "&", ":"}


def _names(walk: Walk, written: str, *, start: int) -> Iterator[tuple[str, int]]:
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), written)
    for found in _WORD.finditer(plain):
        raw = found[0]
        if _is_class(raw):
            yield class_name(walk, raw), start + found.start()


def _is_class(raw: str) -> bool:
    return (
        raw[0] != "$"
        and raw.lower() not in NO_CLASSES
        and (raw[0] not in ascii_lowercase or "\\" in raw)
        and NAME.fullmatch(raw) is not None
    )


def _followed(walk: Walk, written: str) -> str:
    """Of a union the first class, but what a collection holds if it stands beside one."""
    if "'" in written or "{" in written or "(" in written or written.startswith("class-string"):
        return ""
    parts = (_canonical(walk, part) for part in _union(written))
    found = [type_ for type_ in parts if type_]
    holding = [type_ for type_ in found if type_.endswith(("[]", ">"))]
    if holding and _HOLDER.search(found[0]):
        return holding[0]
    return found[0] if found else ""


def _union(written: str) -> list[str]:
    parts, depth = [""], 0
    for letter in written:
        depth += _BRACKETS.get(letter, 0)
        if letter in "|&" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _canonical(walk: Walk, written: str) -> str:
    """The type as facts have it; "" where it says nothing of a class."""
    written = _BLANK.sub("", written).lstrip("?")
    if written.endswith("[]"):
        element = _canonical(walk, written[:-2])
        return element and element + "[]"
    if "<" not in written:
        return _name(walk, written)
    full = _WORD.sub(lambda word: _name(walk, word[0]) or word[0], written)
    return _OTHERS.sub("", full) if "." in full and full.endswith(">") else ""


def _name(walk: Walk, raw: str) -> str:
    if raw and _is_class(raw):
        return class_name(walk, raw)
    return own_type(walk, "static" if raw == "$this" else raw)


def use_names(walk: Walk, found: Tag, *, written: str = "") -> None:
    """Notes the classes that a tag names. written: the code's own type, which is noted already."""
    for name, start in found.names:
        if name != written:
            note(walk, "=" + name, start)


def known_better(written: str, found: Tag) -> str:
    """The type to follow: the one in the code, unless the comment says what is in it."""
    if found.type and (not written or found.type.endswith(("[]", ">"))):
        return found.type
    return written


def marks(walk: Walk, doc: tuple[int, int] | None) -> None:
    """Annotations in a comment: `@Route("/")`."""
    if doc is None:
        return
    text = walk.text[doc[0] : doc[1] - 2]
    for found in _MARK.finditer(text) if "@" in text else ():
        arguments = without_secrets((found["arguments"] or "")[1:])
        name = class_name(walk, found["name"])
        annotation(walk, name, doc[0] + found.start("name"), arguments=arguments)
