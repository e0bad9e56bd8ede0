"""Where values of scripts come from: a package or file, and a path of names and calls in it."""

from functools import lru_cache
from typing import NamedTuple

HERE, GLOBAL = "", "@global"


class Origin(NamedTuple):
    """module: specifier, HERE or GLOBAL. path: names joined by dots, `()` after what is called.

    An instance of a class is what a call of it gives: `Kafka().producer()`.
    """

    module: str
    path: str


@lru_cache(maxsize=10_000)
def home(module: str) -> str:
    """The package of a specifier: `node:fs` and `fs/promises` are `fs`."""
    bare = module.removeprefix("node:")
    size = 2 if bare.startswith("@") else 1
    return "/".join(bare.split("/")[:size])


def is_package(module: str) -> bool:
    """Whether the specifier may name a package; most aliases of a project do as well."""
    if module[:1] in {"", ".", "/", "#", "~"} or module == GLOBAL:
        return False
    return not module.startswith("@/")


def joined(before: Origin, after: str) -> Origin:
    """The origin with one more name or call."""
    whole = not before.path or (before.path == "default" and is_package(before.module))
    if after.startswith(".") and whole:
        after = after[1:]
        return Origin(before.module, "" if after == "default" else after)
    if after == "()" and before.path == "default" and is_package(before.module):
        return Origin(before.module, "()")
    return Origin(before.module, before.path + after)
