"""`web.xml`: the servlets of an application, and the addresses that they answer to."""

import re
from typing import cast

from assessor.collect.languages.endpoints import ANY, Endpoint, artefacts
from assessor.collect.languages.resolution import Extracted, Facts
from assessor.collect.languages.typed_table import Table, Type
from assessor.model.records import Artefact

NAMES = re.compile(r"web\.xml")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = r"<(?:\w+:)?{0}\b[^>]*>(.*?)</(?:\w+:)?{0}\s*>"
_SERVLET = re.compile(_ELEMENT.format("servlet"), re.DOTALL)
_MAPPING = re.compile(_ELEMENT.format("servlet-mapping"), re.DOTALL)
_NAME = re.compile(_ELEMENT.format("servlet-name"), re.DOTALL)
_CLASS = re.compile(_ELEMENT.format("servlet-class"), re.DOTALL)
_PATTERN = re.compile(_ELEMENT.format("url-pattern"), re.DOTALL)
_DO = re.compile(r"do(Get|Post|Put|Delete|Patch|Head|Options)\(")


def read(content: bytes) -> Facts:
    """`[[class, pattern, line], …]`. Raises ValueError where the file is no `web.xml`."""
    text = _COMMENT.sub(lambda one: "\n" * one[0].count("\n"), content.decode("utf-8", "replace"))
    if "web-app" not in text:
        raise ValueError("the file describes no application")
    classes = {_text(_NAME, one[1]): _text(_CLASS, one[1]) for one in _SERVLET.finditer(text)}
    return [
        [class_, pattern[1].strip(), text.count("\n", 0, one.start(1) + pattern.start(1)) + 1]
        for one in _MAPPING.finditer(text)
        if (class_ := classes.get(_text(_NAME, one[1]), ""))
        for pattern in _PATTERN.finditer(one[1])
    ]


def _text(pattern: re.Pattern[str], inside: str) -> str:
    found = pattern.search(inside)
    return found[1].strip() if found else ""


def mapped(table: Table, setting: Extracted) -> list[Artefact]:
    """The endpoints of the servlets that the project has; what libraries answer is not its own."""
    found: list[Artefact] = []
    for class_, pattern, line in cast("list[tuple[str, str, int]]", setting.facts):
        for type_ in table.tops.get(class_, ())[:1]:
            file = type_.source.file
            ends = [
                Endpoint(line, method, pattern, type_.name, "servlet", file.path)
                for method in served(type_)
            ]
            found += artefacts(setting.file, ends, answers=file)
    return found


def served(type_: Type) -> list[str]:
    """The verbs that a servlet answers to; any, if it says none."""
    found = {match[1].upper() for key in type_.methods if (match := _DO.match(key))}
    return sorted(found) or [ANY]
