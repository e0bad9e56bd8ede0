"""Type names, annotations and imports as they are written in Java, brought to one short form."""

import re
from collections.abc import Mapping
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_ANNOTATION = re.compile(r"@\s*[\w.$]+\s*(?:\((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*\))?")
_ANNOTATION_NAME = re.compile(r"@\s*([\w.$]+)")
_WILDCARD = re.compile(r"\?\s*(?:extends|super)\s")
_WORD = re.compile(r"[^\s<>,.&?\[\]@()|]+")
_NAME = re.compile(r"[^\s<>,&?\[\]@()|]+")
_ARGUMENTS = re.compile(r"<[^<>]*>")
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


@lru_cache(maxsize=_CACHE)
def names_in(text: str) -> tuple[str, ...]:
    """Dotted names in a canonical type, the main one first: `Map<K,a.B[]>` gives Map, K, a.B."""
    return tuple(_NAME.findall(_ARGUMENTS_OF_OWNER.sub("", text)))


_ARGUMENTS_OF_OWNER = re.compile(r"<[^<>]*>(?=\.)")


@lru_cache(maxsize=_CACHE)
def erased(text: str) -> str:
    """The type without type arguments and array brackets: `Map<K,V>[]` gives `Map`."""
    while "<" in text:
        shorter = _ARGUMENTS.sub("", text)
        if shorter == text:
            return text.partition("<")[0]
        text = shorter
    return text.partition("[")[0]


@lru_cache(maxsize=_CACHE)
def last_argument(text: str) -> str:
    """The last type argument (`List<V>` of `Map<K,List<V>>`), the element of an array, or ""."""
    if text.endswith("[]"):
        return text[:-2]
    parts = top_level_parts(text.partition("<")[2][:-1]) if text.endswith(">") else []
    return parts[-1] if parts else ""


def top_level_parts(text: str) -> list[str]:
    """The text split at commas outside of brackets and quotes, each part stripped."""
    parts, depth, begin, quoted, escaped = [], 0, 0, False, False
    for index, letter in enumerate(text):
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = letter == "\\", letter != '"'
        elif letter == '"':
            quoted = True
        elif letter in "<({[":
            depth += 1
        elif letter in ">)}]":
            depth -= 1
        elif letter == "," and not depth:
            parts.append(text[begin:index].strip())
            begin = index + 1
    tail = text[begin:].strip()
    return [*parts, tail] if tail else parts


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
