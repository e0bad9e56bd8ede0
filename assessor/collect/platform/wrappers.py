"""The Maven and Gradle wrappers: which version of the build tool they fetch."""

import re
from posixpath import basename

from assessor.collect.platform.properties import Property, properties
from assessor.collect.platform.reading import Reading, artefact, record
from assessor.model.basis import Node, Unread

KINDS = ("build.wrapper",)

_NAMES = {"maven-wrapper.properties": "maven", "gradle-wrapper.properties": "gradle"}
_VERSION = re.compile(r"/(?:apache-maven|maven-mvnd|gradle)-(\d[\w.+-]*?)(?:-(?:bin|all))?\.zip$")


def claims(path: str) -> bool:
    """Whether the file configures a wrapper."""
    return basename(path) in _NAMES


def parse(path: str, content: str) -> Reading:
    """The wrapper with its version; templated where the address does not tell it."""
    tool = _NAMES[basename(path)]
    found = [each for each in properties(content) if each.key == "distributionUrl"]
    return Reading(
        tuple(
            artefact("build.wrapper", path, record(each.line, tool=tool, version=_version(each)))
            for each in found[-1:]
        )
    )


def _version(each: Property) -> Node:
    match = _VERSION.search(each.value)
    return Node(each.line, match[1] if match else Unread.TEMPLATED)
