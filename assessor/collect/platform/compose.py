"""Compose files: their services with images taken apart and merge keys and variables resolved."""

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from assessor.collect.platform.nodes import child, fields, load_yaml, mapped, present, text
from assessor.collect.platform.reading import (
    OPEN,
    Reading,
    artefact,
    image_parts,
    record,
    substituted,
)
from assessor.model.basis import Node, Unread

KINDS = ("compose.service",)

_CLAIMED = re.compile(r"(?:.*[-_.])?compose(?:[-_.].*)?\.ya?ml")
_OLD_FORM = ("image", "build", "extends")
_MAX_EXTENDS = 20


def claims(path: str) -> bool:
    """Whether the file is named like a Compose file."""
    return bool(_CLAIMED.fullmatch(basename(path).lower()))


def parse(path: str, content: str) -> Reading:
    """The services, each with what it extends in the same file; variables take their defaults.

    A service of another file that is extended is not looked up: its image is templated.
    """
    return Reading(
        tuple(
            artefact("compose.service", path, _service(name, services))
            for root in load_yaml(content)
            for services in _services(root)
            for name in services
        )
    )


def _services(root: Node) -> Iterator[Mapping[str, Node]]:
    """The services by name: below `services`, or at the top in files of the first format."""
    named = child(root, "services")
    parts = fields(named)
    if named is None and "version" not in fields(root):
        parts = {
            name: part
            for name, part in fields(root).items()
            if any(child(part, key) for key in _OLD_FORM)
        }
    yield {name: mapped(part, _settled) for name, part in parts.items() if fields(part)}


def _settled(word: str) -> str | Unread:
    """The text with the defaults of its variables; templated where one has none."""
    settled = substituted(word.replace("$$", "\1"), {}).replace("\1", "$")
    return Unread.TEMPLATED if OPEN in settled else settled


def _service(name: str, services: Mapping[str, Node]) -> Node:
    own = services[name]
    spec = _extended(name, services, depth=0)
    given = child(spec, "image")
    line = given.line if given else own.line
    open_image = given is not None and given.value is Unread.TEMPLATED
    foreign = given is None and child(own, "extends", "file") is not None
    image = image_parts(OPEN if open_image or foreign else text(given))
    return record(
        own.line,
        name=name,
        image=Node(line, image.image),
        tag=Node(line, image.tag),
        digest=Node(line, image.digest),
        build=present(spec, "build") is not None,
        spec=spec,
    )


def _extended(name: str, services: Mapping[str, Node], *, depth: int) -> Node:
    """The service over the one it extends, mappings merged key by key."""
    own = services[name]
    extends = child(own, "extends")
    base = text(child(extends, "service")) or text(extends)
    if base is None or base not in services or child(extends, "file") or depth > _MAX_EXTENDS:
        return own
    return _merged(_extended(base, services, depth=depth + 1), own)


def _merged(under: Node, over: Node) -> Node:
    if not (isinstance(under.value, Mapping) and isinstance(over.value, Mapping)):
        return over
    both = {
        key: _merged(under.value[key], part) if key in under.value else part
        for key, part in over.value.items()
    }
    return Node(over.line, {**under.value, **both})
