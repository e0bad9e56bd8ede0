"""Type names, annotations and imports as they are written in Java, brought to one short form."""

import re
from collections.abc import Mapping
from functools import lru_cache

from assessor.collect.languages.typed_text import erased, top_level_parts

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_ANNOTATION = re.compile(r"@\s*[\w.$]+\s*(?:\((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*\))?")
_ANNOTATION_NAME = re.compile(r"@\s*([\w.$]+)")
_WILDCARD = re.compile(r"\?\s*(?:extends|super)\s")
_WORD = re.compile(r"[^\s<>,.&?\[\]@()|]+")
_CACHE = 100_000


def plain(text: str) -> str:
    """The text without comments and annotations."""
    if "/" in text:
        text = _COMMENT.sub(" ", text)
    return _ANNOTATION.sub(" ", text) if "@" in text else text


def annotation_names(text: str) -> list[str]:
    """Names of the annotations that stand inside a type."""
    return _ANNOTATION_NAME.findall(text)


def canonical(text: str, variables: Mapping[str, str]) -> str:
    """The type without spaces, annotations and wildcards; type variables become their bounds."""
    text = _WILDCARD.sub(" ", plain(text))
    if variables:
        text = _WORD.sub(lambda word: variables.get(word[0], word[0]), text)
    return "".join(text.split()).replace("<>", "")


@lru_cache(maxsize=_CACHE)
def bare(text: str) -> str:
    """The canonical type where no type variables are known."""
    return canonical(text, {})


_CHAIN = re.compile(r"[^\W\d][\w$]*(?:\s*\.\s*[^\W\d][\w$]*)*").fullmatch


@lru_cache(maxsize=_CACHE)
def links(text: str) -> tuple[str, str] | None:
    """`a.b.c` as `a` and `:b:c`; None for anything but dotted names."""
    if not text.isidentifier():
        if _CHAIN(text) is None:
            return None
        text = "".join(text.split())
    first, dot, rest = text.partition(".")
    return first, ":" + rest.replace(".", ":") if dot else ""


def variables_in(text: str, outer: Mapping[str, str]) -> dict[str, str]:
    """Type variables of `<A, B extends C & D>`, each with the erased name of its first bound.

    A variable that is bounded by another one takes over that one's bound.
    """
    found = dict(outer)
    for part in top_level_parts(plain(text).strip()[1:-1]):
        name, _, bound = part.partition(" extends ")
        found[name.strip()] = erased("".join(bound.partition("&")[0].split())) or "Object"
    return {name: found.get(bound, bound) for name, bound in found.items()}


def imported(text: str) -> str:
    """`import static a.B.c;` as `static a.B.c`, `import a.B;` as `a.B`, stars kept."""
    words = plain(text).strip().removesuffix(";").split()[1:]
    if words and words[0] == "static":
        return "static " + "".join(words[1:])
    return "".join(words)
