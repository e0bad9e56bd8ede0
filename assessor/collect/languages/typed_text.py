"""Types as facts have them: `a.Map<K,V[]>`, without blanks; a leading dot = fully qualified."""

import re
from functools import lru_cache

_NAME = re.compile(r"[^\s<>,&?\[\]@()|]+")
_ARGUMENTS = re.compile(r"<[^<>]*>")
_CACHE = 100_000


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
