"""The domain's words in the names of units: without layers, suffixes and file endings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_a-zA-Z]+")
_SEGMENTS = re.compile(r"[/\\.:#$]+")
_SHORTEST = 3
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"))
_NO_PLURALS = ("ss", "us", "is")
_SHORTEST_PLURAL = 4

_ENDINGS_WORDS = """
c cc cjs clj cpp cs cts cxx dart erl ex exs fs go groovy h hh hpp hs java js jsx kt kts lua m
mjs mm mts php phtml pl pm py pyi r rb rs scala sql svelte swift ts tsx vb vue
"""
ENDINGS = frozenset(_ENDINGS_WORDS.split())
"""File endings of source code, without the dot; never a word."""

_TECHNICAL_WORDS = """
abstract access action adapter admin advice aggregate annotation api app application apps args
aspect assembler async attribute autoconfiguration backend base bean bo boot builder business
cache callback change client cmd code com command common component condition config
configuration configurer const constant context contract control controller converter core
create created custom dao data database db ddd default delegate delete descriptor detail
dispatcher dom domain driver dto edu endpoint engine entity entry enum error event exception
executor ext extension external facade factory feature field filter form framework frontend
function gateway generic get global gov grpc handler helper hibernate hook http iface impl
implementation index info infra infrastructure init initializer inner input integration
interceptor interface internal io item java javax jdbc jms job jpa json kernel key kotlin layer
lib library listener loader local logic main manager map mapper meta middleware migration mixin
mod model module mongo mvc mybatis namespace net node object org output package page param
parser persistence persistent plugin pojo presentation presenter processor producer projection
property provider proxy public query receiver record redis reference remote repo repository
request resolver resource response rest result root route router row runner saga schema script
sdk security serializer server service servlet setting shared signal site source spec
specification spring sql src stack start startup state static storage strategy struct stub
subscriber support system table task template test tool trait transfer transformer translator
type unit update usecase util utility validation validator value var version view vo web webapp
widget worker wrapper www xml
"""
TECHNICAL = frozenset(_TECHNICAL_WORDS.split())
"""Words of layers, patterns and frameworks (singular): how a unit works, not what it is about."""


@dataclass(frozen=True, slots=True)
class Words:
    """The domain words of a unit's name, in order: of its last part, and of the folders above."""

    own: tuple[str, ...]
    path: tuple[str, ...]


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """The word without an English plural ending."""
    if len(word) < _SHORTEST_PLURAL or word.endswith(_NO_PLURALS):
        return word
    for ending, short in _PLURALS:
        if word.endswith(ending):
            return word[: -len(ending)] + short
    return word.removesuffix("s")


@lru_cache(maxsize=100_000)
def split(identifier: str) -> tuple[str, ...]:
    """The identifier's domain words, lower case and singular, technical ones dropped."""
    parts = (singular(part.lower()) for part in _PARTS.findall(identifier))
    return tuple(
        word
        for word in parts
        if (len(word) >= _SHORTEST or not word.isascii()) and word not in TECHNICAL
    )


def segments(name: str) -> tuple[str, ...]:
    """The parts of a path or of a dotted, `::`- or backslash-separated name, no file ending."""
    parts = tuple(part for part in _SEGMENTS.split(name) if part)
    return parts[:-1] if len(parts) > 1 and parts[-1].lower() in ENDINGS else parts


def words(name: str) -> Words:
    """The domain words of a name: its last part's own, and the path's.

    In a path, everything after the last slash counts as the last part (`order.service.ts`).
    """
    cut = max(name.rfind("/"), name.rfind("\\"))
    last = segments(name[cut + 1 :])
    above = segments(name[:cut] + "/x")[:-1] if cut > 0 else ()
    if cut < 0:
        above, last = last[:-1], last[-1:]
    return Words(_all(last), _all(above))


def _all(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for part in parts for word in split(part))
