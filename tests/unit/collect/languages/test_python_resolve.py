"""Phase B: modules, references and artefacts of small projects written here."""

import json
import random
from typing import Any, cast

import pytest

from assessor.collect.languages.python import extract, resolve
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.model.basis import Node
from assessor.model.records import Artefact, File, FileKind

SOURCE, TEST = FileKind.SOURCE, FileKind.TEST


def extracted(path: str, source: str, kind: FileKind = SOURCE) -> Extracted:
    content = source.encode()
    facts = json.loads(json.dumps(extract(path, content)))
    return Extracted(File(path, kind, "python", len(content), ""), facts)


def project(files: dict[str, str], tests: tuple[str, ...] = ()) -> Resolution:
    return resolve(
        [extracted(path, text, TEST if path in tests else SOURCE) for path, text in files.items()]
    )


def edges(files: dict[str, str], tests: tuple[str, ...] = ()) -> set[tuple[str, str, str]]:
    return {(one.source, one.target, str(one.kind)) for one in project(files, tests).references}


def imports(files: dict[str, str], tests: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    return {(source, target) for source, target, kind in edges(files, tests) if kind == "import"}


def names(files: dict[str, str]) -> dict[str, str]:
    return {unit.path: unit.name for unit in project(files).units}


PACKAGE = {"p/__init__.py": "", "p/a.py": "", "p/b/__init__.py": "", "p/b/c.py": ""}


@pytest.mark.parametrize(
    ("importer", "statement", "targets"),
    [
        ("p/x.py", "import p.a", {"p/a.py"}),
        ("p/x.py", "import p.b.c", {"p/b/c.py"}),
        ("p/x.py", "import p.b.c as c", {"p/b/c.py"}),
        ("p/x.py", "from p import a", {"p/a.py"}),
        ("p/x.py", "from p import name", {"p/__init__.py"}),
        ("p/x.py", "from p.a import name", {"p/a.py"}),
        ("p/x.py", "from p import *", {"p/__init__.py"}),
        ("p/x.py", "from . import a", {"p/a.py"}),
        ("p/x.py", "from . import name", {"p/__init__.py"}),
        ("p/x.py", "from . import a, name", {"p/a.py", "p/__init__.py"}),
        ("p/x.py", "from .a import name", {"p/a.py"}),
        ("p/x.py", "from .b import c", {"p/b/c.py"}),
        ("p/b/x.py", "from .. import a", {"p/a.py"}),
        ("p/b/x.py", "from ..a import name", {"p/a.py"}),
        ("p/b/x.py", "from ... import a", set()),
        ("p/b/x.py", "from ...p import a", set()),
        ("p/x.py", "def f():\n  import p.a", {"p/a.py"}),
        ("p/x.py", "import p.gone", {"p/__init__.py"}),
        ("p/x.py", "import p.b.gone as gone", {"p/b/__init__.py"}),
        ("p/x.py", "import p.gone.gone", set()),
        ("p/x.py", "from p.gone import a", set()),
        ("p/x.py", "import p.a, p.b", {"p/a.py", "p/b/__init__.py"}),
        ("x.py", "from p import a", {"p/a.py"}),
        ("x.py", "from .p import a", set()),
        ("p/b/d/__init__.py", "from . import name", set()),
        ("p/b/d/__init__.py", "from .. import c", {"p/b/c.py"}),
    ],
)
def test_resolve__import_form__edge_to_the_module_meant(importer, statement, targets):
    found = imports({**PACKAGE, importer: statement})
    assert found == {(importer, target) for target in targets}


def test_resolve__module_name_is_no_identifier__still_a_module():
    files = {
        "p/__init__.py": "",
        "p/m/__init__.py": "",
        "p/m/0001_initial.py": "from p import a",
        "p/a.py": "",
    }
    assert names(files)["p/m/0001_initial.py"] == "p.m.0001_initial"
    assert imports(files) == {("p/m/0001_initial.py", "p/a.py")}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("src/p/a.py", "p.a"),
        ("src/p/__init__.py", "p"),
        ("src/p/loose/x.py", "p.loose.x"),
        ("manage.py", "manage"),
        ("tools/run.py", "tools.run"),
        ("src/script.py", "script"),
    ],
)
def test_resolve__place_in_the_tree__dotted_name(path, name):
    files = {"src/p/__init__.py": "", path: ""}
    assert names(files)[path] == name


def test_resolve__folder_without_init_below_a_package__namespace_package():
    files = {
        "p/__init__.py": "",
        "p/ns/a.py": "from . import b\nfrom p.ns.b import x",
        "p/ns/b.py": "",
    }
    assert imports(files) == {("p/ns/a.py", "p/ns/b.py")}


def test_resolve__package_in_a_namespace__imports_tell_the_full_name():
    files = {
        "company/billing/__init__.py": "",
        "company/billing/a.py": "from company.orders.b import x",
        "company/orders/__init__.py": "",
        "company/orders/b.py": "import company.billing.a",
    }
    assert names(files)["company/orders/b.py"] == "company.orders.b"
    assert imports(files) == {
        ("company/billing/a.py", "company/orders/b.py"),
        ("company/orders/b.py", "company/billing/a.py"),
    }


def test_resolve__no_init_anywhere__imports_tell_where_names_start():
    files = {
        "backend/app/main.py": "from app.models.user import User",
        "backend/app/models/user.py": "class User: pass",
    }
    assert names(files)["backend/app/models/user.py"] == "app.models.user"
    assert imports(files) == {("backend/app/main.py", "backend/app/models/user.py")}


def test_resolve__script_beside_its_helper__found_in_its_own_folder():
    files = {"tools/run.py": "import helper", "tools/helper.py": "", "other/helper.py": ""}
    assert imports(files) == {("tools/run.py", "tools/helper.py")}


def test_resolve__same_name_in_two_roots__the_nearer_one():
    files = {
        f"{root}/{path}": "import lib1.b" if path.endswith("a.py") else ""
        for root in ("one", "two")
        for path in ("setup.py", "lib1/__init__.py", "lib1/a.py", "lib1/b.py")
    }
    assert imports(files) == {
        ("one/lib1/a.py", "one/lib1/b.py"),
        ("two/lib1/a.py", "two/lib1/b.py"),
    }


def test_resolve__other_root_of_the_repository__found_by_its_package():
    files = {
        "one/p/__init__.py": "",
        "one/p/a.py": "",
        "two/q/__init__.py": "",
        "two/q/b.py": "import p.a",
    }
    assert imports(files) == {("two/q/b.py", "one/p/a.py")}


def test_resolve__test_helper_named_like_a_library__code_does_not_reach_it():
    files = {
        "p/__init__.py": "",
        "p/a.py": "import requests",
        "tests/requests/__init__.py": "",
        "tests/test_a.py": "import requests",
    }
    tests = ("tests/requests/__init__.py", "tests/test_a.py")
    assert imports(files, tests) == {("tests/test_a.py", "tests/requests/__init__.py")}


def test_resolve__module_named_like_one_of_the_standard_library__standard_library_meant():
    files = {"tools/run.py": "import logging", "tools/logging.py": ""}
    assert imports(files) == set()


def test_resolve__stub_beside_its_module__the_module_meant():
    files = {"p/__init__.py": "", "p/a.pyi": "", "p/a.py": "", "p/b.py": "from . import a"}
    assert imports(files) == {("p/b.py", "p/a.py")}


@pytest.mark.parametrize(
    ("use", "kind"),
    [
        ("class C(Base): pass", "inherit"),
        ("Base()", "new"),
        ("Base.make()", "call"),
        ("helper()", "call"),
        ("x: Base", "type"),
        ("@helper\ndef f(): pass", "annotate"),
    ],
)
def test_resolve__use_of_an_imported_name__kind_beside_the_import(use, kind):
    files = {
        "p/__init__.py": "",
        "p/a.py": "class Base: pass\ndef helper(): pass",
        "p/b.py": f"from p.a import Base, helper\n{use}",
    }
    assert edges(files) == {("p/b.py", "p/a.py", "import"), ("p/b.py", "p/a.py", kind)}


def test_resolve__module_bound__attribute_of_it_is_a_class():
    files = {
        "p/__init__.py": "",
        "p/a.py": "class A: pass",
        "p/b.py": "from . import a as m\nm.A()\nm.A.x()\n",
    }
    assert edges(files) == {("p/b.py", "p/a.py", kind) for kind in ("import", "new", "call")}


def test_resolve__reexported_name__edge_ends_at_the_module_imported():
    files = {
        "p/__init__.py": "from .a import A\nfrom .c import *",
        "p/a.py": "class A: pass",
        "p/c.py": "class C: pass",
        "q/__init__.py": "",
        "q/b.py": "from p import A, C\nA()\nC()",
    }
    assert {edge for edge in edges(files) if edge[0] == "q/b.py"} == {
        ("q/b.py", "p/__init__.py", "import"),
        ("q/b.py", "p/__init__.py", "new"),
    }


def test_resolve__modules_reexport_each_other__ends():
    files = {
        "p/__init__.py": "",
        "p/a.py": "from .b import X\nfrom .b import *",
        "p/b.py": "from .a import X\nfrom .a import *",
        "p/c.py": "from .a import X\nX()",
    }
    assert ("p/c.py", "p/a.py", "call") in edges(files)


def test_resolve__name_from_a_star_import__use_of_the_module_that_offers_it():
    files = {
        "p/__init__.py": "",
        "p/a.py": "class A: pass",
        "p/b.py": "class B: pass",
        "p/c.py": "from .a import *\nfrom .b import *\nA()\nlen(B)\nclass D(B): pass",
    }
    assert {edge for edge in edges(files) if edge[2] != "import"} == {
        ("p/c.py", "p/a.py", "new"),
        ("p/c.py", "p/b.py", "inherit"),
    }


def test_resolve__import_for_types_only__kind_type_and_no_import():
    files = {"p/__init__.py": "", "p/a.py": "", "p/b.py": "if TYPE_CHECKING:\n  from .a import A"}
    assert edges(files) == {("p/b.py", "p/a.py", "type")}


def test_resolve__references__counted_with_the_first_line():
    files = {
        "p/__init__.py": "",
        "p/a.py": "def f(): pass",
        "p/b.py": "\nfrom .a import f, g\nf()\nf()\n",
    }
    found = [
        (one.source_name, one.target_name, str(one.kind), one.count, one.line)
        for one in project(files).references
    ]
    assert found == [("p.b", "p.a", "call", 2, 3), ("p.b", "p.a", "import", 2, 2)]


def test_resolve__units__carry_what_was_measured():
    source = (
        "# why\nclass Order:\n  def total(self):\n"
        "    return 1 if self.x else 2\nclass Line: pass\n"
    )
    (unit,) = project({"p.py": source}).units
    assert (unit.language, unit.name, unit.kind, unit.types) == (
        "python",
        "p",
        SOURCE,
        ("Order", "Line"),
    )
    assert (unit.code_lines, unit.comment_lines, unit.cyclomatic, unit.cognitive) == (4, 1, 2, 1)
    assert [(one.name, one.line, one.lines) for one in unit.functions] == [("Order.total", 3, 2)]
    assert ("order", 1) in unit.words
    assert unit.maintainability is None


def keys(artefact: Artefact) -> dict[str, Node]:
    return cast("dict[str, Node]", artefact.root.value)


def values(found: Resolution, kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            str(one.location),
            {name: node.value for name, node in keys(one).items() if name != "language"},
        )
        for one in found.artefacts
        if one.kind == kind
    ]


def test_resolve__names_from_outside__one_artefact_each_with_a_count():
    found = project(
        {
            "p/__init__.py": "",
            "p/a.py": (
                "import os\nimport os.path as x\nfrom redis.client import Redis\n"
                "import p.gone\nfrom . import b"
            ),
            "p/b.py": "import os\nfrom os import *",
            "tests/t.py": "import os\nfrom p import a",
        },
        tests=("tests/t.py",),
    )
    assert values(found, "code.import") == [
        ("p/a.py:1", {"name": "os", "count": 3, "unit_kind": "source"}),
        ("p/a.py:2", {"name": "os.path", "count": 1, "unit_kind": "source"}),
        ("p/a.py:3", {"name": "redis.client.Redis", "count": 1, "unit_kind": "source"}),
        ("tests/t.py:1", {"name": "os", "count": 1, "unit_kind": "test"}),
    ]


def test_resolve__annotations_literals_and_state__artefacts_with_their_lines():
    found = project({"a.py": 'seen = {}\nURL = "http://x.org"\n@retry(times=3)\ndef f(): pass\n'})
    assert values(found, "code.static") == [
        ("a.py:1", {"name": "seen", "type": "dict", "unit_kind": "source"})
    ]
    assert values(found, "code.literal") == [
        ("a.py:2", {"category": "url", "text": "http://x.org", "unit_kind": "source"})
    ]
    assert values(found, "code.annotation") == [
        ("a.py:3", {"name": "retry", "count": 1, "arguments": "times=3", "unit_kind": "source"})
    ]
    assert {node.line for one in found.artefacts for node in keys(one).values()} == {1, 2, 3}


def test_resolve__broken_and_deep_files__named():
    found = project(
        {"a.py": "x = = 1", "b.py": "x = 1", "c.py": "x = " + "(" * 1_100 + ")" * 1_100}
    )
    assert found.files_with_errors == ("a.py", "c.py")


def test_resolve__nothing__nothing():
    assert resolve([]) == Resolution((), (), ())


def test_resolve__files_in_any_order__the_same():
    files = [
        extracted(path, source)
        for path, source in {
            **PACKAGE,
            "p/x.py": "from .a import y\nfrom p.b import *\nimport os\nseen = {}\ny()",
            "ns/q/__init__.py": "import ns.q.r",
            "ns/q/r.py": "import redis",
        }.items()
    ]
    expected = resolve(files)
    for seed in range(5):
        random.Random(seed).shuffle(files)  # noqa: S311 - repeatable on purpose
        assert resolve(files) == expected
