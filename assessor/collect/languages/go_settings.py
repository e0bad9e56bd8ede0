"""`go.mod`: the path under which the packages of a module are imported."""

import re

from assessor.collect.languages.resolution import Facts

NAMES = re.compile(r"go\.mod")
_MODULE = re.compile(r'^\s*module\s+(?:"([^"\n]+)"|([^\s(]+))', re.MULTILINE)


def read(content: bytes) -> Facts:
    """`{"module": path}`. Raises ValueError where the file names no module."""
    found = _MODULE.search(content.decode("utf-8", "replace"))
    if found is None:
        raise ValueError("the file names no module")
    return {"module": found[1] or found[2]}
