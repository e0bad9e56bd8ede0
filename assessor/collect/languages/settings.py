"""Settings files that say where names lead: one table for all languages.

A reader takes the content of a file and gives a JSON value, as `extract` of a language does; it
raises ValueError where the file is not what its name says.
"""

import re
from collections.abc import Callable

from assessor.collect.languages import (
    endpoints_webxml,
    go_settings,
    javascript_prisma,
    javascript_settings,
    jvm_settings,
)
from assessor.collect.languages.resolution import Facts

Read = Callable[[bytes], Facts]

# What the last part of the path is like -> who reads it; the first that fits.
READERS: tuple[tuple[re.Pattern[str], Read], ...] = (
    (endpoints_webxml.NAMES, endpoints_webxml.read),
    (go_settings.NAMES, go_settings.read),
    (javascript_prisma.NAMES, javascript_prisma.read),
    (javascript_settings.NAMES, javascript_settings.read),
    (jvm_settings.NAMES, jvm_settings.read),
)


def extract(path: str, content: bytes) -> Facts:
    """What the settings file says; ValueError for one that nobody reads, or that is broken."""
    name = path.rpartition("/")[2]
    for pattern, read in READERS:
        if pattern.fullmatch(name):
            return read(content)
    raise ValueError(f"no settings file of any language: {name}")
