"""What facts of any language with declared types may say, hand-made here."""

from typing import Any

from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind


def scope(name: str, *keys: str, shape: str = "class", **more: Any) -> dict[str, Any]:
    """A class body, or a facade, at the top of a file."""
    made = {
        "name": name, "outer": 0, "shape": shape, "abstract": shape == "interface", "line": 1,
        "supers": [], "fields": {}, "methods": {}, "keys": list(keys), "counts": [1] * len(keys),
        "lines": [1] * len(keys), "injected": [],
    }  # fmt: skip
    return {**made, **more}


def edges(files: dict[str, list[dict[str, Any]]], **more: Any) -> set[tuple[str, str, str, int]]:
    """Names, kind and count of the references of files in package p; more: facts of a/m.x."""
    extracted = []
    for path, scopes in files.items():
        facts: dict[str, object] = {
            "package": "p", "imports": [], "import_lines": [],
            "scopes": [scope("", shape="file", outer=-1), *scopes], "functions": [],
            "words": [], "annotations": [], "literals": [], "statics": [], "code_lines": 1,
            "comment_lines": 0, "has_errors": False, **(more if path == "a/m.x" else {}),
        }  # fmt: skip
        extracted.append(Extracted(File(path, FileKind.SOURCE, "x", 1, ""), facts))
    found = resolve(extracted).references
    return {(r.source_name, r.target_name, r.kind.value, r.count) for r in found}


TARGET = scope("T", methods={"go(*": [["static"]]}, fields={"f": "U"})
FACADE = scope("F", shape="facade", methods={"run(*": [["T"]]}, fields={"K": ""})


def test_resolve__what_is_noted_already__counts_no_more() -> None:
    files = {
        "a/m.x": [scope("M", "=T:f", "=T:f:!:go(*")],
        "a/t.x": [TARGET],
        "a/u.x": [scope("U")],
    }
    assert edges(files) == {
        ("p.M", "p.T", "static", 1), ("p.M", "p.U", "signature", 1), ("p.M", "p.U", "call", 1),
    }  # fmt: skip


def test_resolve__result_of_the_receivers_type__goes_on_with_it() -> None:
    sub = scope("S", methods={"own(*": [["U"]]}, supers=["T"])
    files = {
        "m.x": [scope("M", "=S:go(*:own(*")],
        "t.x": [TARGET],
        "s.x": [sub],
        "u.x": [scope("U")],
    }
    assert edges(files) == {("p.M", "p.S", "call", 2), ("p.M", "p.U", "signature", 1)}


def test_resolve__full_names_outside_of_classes__with_the_global_ones_behind() -> None:
    other = scope("G", shape="facade", methods={"far(*": [[""]]}, package="g")
    keys = (":.p.run(*", ".p.K", ":.g.far(*", ":.q.far(*", ":.p.far(*", ":.p.top(*")
    top = scope("H", shape="facade", methods={"top(*": [[""]]}, package="")
    files = {"m.x": [scope("M", *keys)], "f.x": [FACADE], "g.x": [other], "t.x": [scope("T")]}
    files["h.x"] = [top]
    assert edges(files) == {
        ("p.M", "p.F", "call", 1), ("p.M", "p.F", "static", 1), ("p.M", "p.T", "signature", 1),
        ("p.M", "g.G", "call", 1), ("p.M", "H", "call", 1),
    }  # fmt: skip


def test_resolve__members_that_nobody_declares__count_where_the_language_allows_them() -> None:
    files = {"a/m.x": [scope("M", "=T:magic")], "a/t.x": [TARGET]}
    assert edges(files) == set()
    files = {"a/m.x": [TARGET], "a/t.x": [scope("M", "=T:magic")]}
    assert edges(files, dynamic=True) == {("p.M", "p.T", "static", 1)}


def test_resolve__includes__imports_of_what_is_there() -> None:
    files = {"a/m.x": [scope("M")], "a/t.x": [TARGET], "u.x": [scope("U")]}
    found = edges(files, includes=["./t.x", 1, "t.x", 2, "../u.x", 3, "/u.x", 4, "/t.x", 5])
    assert found == {("p.M", "p.T", "import", 2), ("p.M", "p.U", "import", 2)}


def test_resolve__injected_only_if_abstract__classes_of_it() -> None:
    made = scope("C", supers=["I"])
    files = {
        "m.x": [scope("M", injected=["?I", "?C", "?J"])], "c.x": [made],
        "i.x": [scope("I", shape="interface")], "j.x": [scope("J", shape="interface")],
    }  # fmt: skip
    assert ("p.M", "p.C", "inject", 1) in edges(files)
    assert len([edge for edge in edges(files) if edge[2] == "inject"]) == 1
