"""Identifiers taken apart into the words of the domain."""

import re
from functools import lru_cache

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_SHORTEST = 3


@lru_cache(maxsize=200_000)
def terms(identifier: str) -> tuple[str, ...]:
    """The identifier's words in order, lower case, split at case, digits and underscores; no
    word under three letters.
    """
    return tuple(word.lower() for word in _PARTS.findall(identifier) if len(word) >= _SHORTEST)
