"""Which files tell about a Python project, and which reader takes which of them."""

import re
from posixpath import basename, dirname

from assessor.collect.platform import python_pyproject, python_requirements, python_setup
from assessor.collect.platform.reading import Reading

KINDS = ("build.project", "build.dependency")

_REQUIREMENTS = re.compile(r"(?:.*[-_.])?(?:requirements?|constraints?)(?:[-_.].*)?\.(?:txt|in)")


def claims(path: str) -> bool:
    """Whether the file tells what a Python project is or needs."""
    name, folder = basename(path).lower(), basename(dirname(path)).lower()
    if name in {"pyproject.toml", "setup.cfg", "setup.py"} or _REQUIREMENTS.fullmatch(name):
        return True
    return folder == "requirements" and name.endswith((".txt", ".in"))


def parse(path: str, content: str) -> Reading:
    """The project and its dependencies; lines that are no requirement are skips of their own."""
    name = basename(path).lower()
    if name == "pyproject.toml":
        return python_pyproject.parse(path, content)
    if name == "setup.cfg":
        return python_setup.parse_cfg(path, content)
    if name == "setup.py":
        return python_setup.parse_py(path, content)
    return python_requirements.parse(path, content)
