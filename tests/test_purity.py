"""The core computes: it opens nothing, prints nothing, asks no clock and rolls no dice."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "assessor"
PURE = ("graph", "partition", "detect", "scoring", "report", "model")
CALLS = {"open", "print", "input", "eval", "exec", "compile", "__import__"}
CLOCKS = {"now", "today", "utcnow", "time_ns", "perf_counter", "monotonic", "urandom", "getenv"}
MODULES = {
    "os", "sys", "io", "pathlib", "subprocess", "random", "time", "tempfile", "shutil", "socket",
    "yaml", "git", "pydriller", "streamlit", "sqlalchemy", "logging", "threading",
    "multiprocessing",
}  # fmt: skip
FILES = sorted(path for room in PURE for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pure_room__its_code__does_no_io(path):
    assert list(_impure(ast.parse(path.read_text("utf-8")))) == []


def test_impure__a_file_that_opens_and_asks_the_clock__is_told():
    code = "import os\nfrom time import time\nopen('x')\nx.now()\n"
    assert list(_impure(ast.parse(code))) == ["1: os", "2: time", "3: open", "4: now"]


def _impure(tree):
    for node in ast.walk(tree):
        for name in _names(node):
            yield f"{node.lineno}: {name}"


def _names(node):
    if isinstance(node, ast.Import):
        return [a.name for a in node.names if a.name.split(".")[0] in MODULES]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if (node.module or "").split(".")[0] in MODULES else []
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            return [node.func.id]
        if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            return [node.func.attr]
    return []
