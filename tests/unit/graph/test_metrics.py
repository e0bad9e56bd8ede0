"""Coupling, abstractness and balance of packages, worked out by hand."""

import pytest

from assessor.graph.metrics import metrics
from assessor.model.metrics import Measured, PackageMetrics
from assessor.model.records import (
    ClassMetrics,
    FileKind,
    Function,
    Reference,
    ReferenceKind,
    Unit,
)

ABSTRACT = (ClassMetrics("I", 1, 1, 0, 0, abstract=True),)
CONCRETE = (ClassMetrics("C", 1, 2, 1, 1, abstract=False),)


def unit(
    name: str,
    *,
    language: str = "java",
    path: str = "",
    kind: FileKind = FileKind.SOURCE,
    classes: tuple[ClassMetrics, ...] = CONCRETE,
    functions: tuple[Function, ...] = (),
) -> Unit:
    return Unit(
        path=path or f"{name.replace('.', '/')}.java",
        language=language,
        name=name,
        kind=kind,
        code_lines=10,
        cyclomatic=sum(one.cyclomatic for one in functions),
        cognitive=0,
        classes=classes,
        functions=functions,
    )


def reference(source: str, target: str, count: int = 1) -> Reference:
    a, b = (f"{name.replace('.', '/')}.java" for name in (source, target))
    return Reference(a, source, b, target, ReferenceKind.CALL, count, 1)


def packages(found: Measured) -> dict[str, PackageMetrics]:
    return {each.name: each for each in found.packages}


# shop.core: Order, Money, interface Store. shop.web: Pages uses Order and Store, Forms uses Order.
# shop.db: Tables implements Store and uses Order. shop.log: Journal, which nobody uses.
SHOP = (
    unit("shop.core.Order"),
    unit("shop.core.Money"),
    unit("shop.core.Store", classes=ABSTRACT),
    unit("shop.web.Pages", functions=(Function("m", 1, 3, 2, 9, nesting=2, parameters=1),)),
    unit("shop.web.Forms"),
    unit("shop.db.Tables"),
    unit("shop.log.Journal"),
    unit("shop.core.OrderTest", kind=FileKind.TEST),
)
USES = (
    reference("shop.core.Order", "shop.core.Money"),
    reference("shop.web.Pages", "shop.core.Order", 5),
    reference("shop.web.Pages", "shop.core.Store"),
    reference("shop.web.Pages", "shop.web.Forms"),
    reference("shop.web.Forms", "shop.core.Order"),
    reference("shop.db.Tables", "shop.core.Store"),
    reference("shop.db.Tables", "shop.core.Order"),
    reference("shop.core.OrderTest", "shop.core.Order"),
    reference("shop.core.Order", "shop.core.Order"),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Used by Pages, Forms and Tables; uses none: I = 0, A = 1/3, D = |1/3 + 0 - 1| = 2/3.
        ("shop.core", (3, 0, 0.0, 1 / 3, 0.666666667, "")),
        # Used by none; uses Order and Store: I = 1, A = 0, D = 0.
        ("shop.web", (0, 2, 1.0, 0.0, 0.0, "")),
        ("shop.db", (0, 2, 1.0, 0.0, 0.0, "")),
        # Nothing to divide by.
        ("shop.log", (0, 0, None, 0.0, None, "")),
    ],
)
def test_packages__small_shop__as_worked_out_by_hand(
    name: str, expected: tuple[object, ...]
) -> None:
    one = packages(metrics(SHOP, USES))[name]
    found = (one.afferent, one.efferent, one.instability, one.abstractness, one.distance, one.zone)
    assert found == expected


def test_packages__small_shop__sizes_without_tests() -> None:
    found = packages(metrics(SHOP, USES))
    assert [(n, p.units, p.code_lines, p.classes, p.abstract) for n, p in found.items()] == [
        ("shop.core", 3, 30, 3, 1),
        ("shop.db", 1, 10, 1, 0),
        ("shop.log", 1, 10, 1, 0),
        ("shop.web", 2, 20, 2, 0),
    ]


def test_packages__example_of_clean_architecture__a_quarter() -> None:
    """R. C. Martin, Clean Architecture (2017), chapter 14: three classes outside depend on the
    component, which depends on one: I = 1/4.
    """
    units = [unit(name) for name in ("a.Q", "a.R", "b.S", "c.T", "c.U", "d.V")]
    uses = [
        reference("a.Q", "c.T"),
        reference("a.R", "c.T"),
        reference("b.S", "c.U"),
        reference("c.U", "d.V"),
        reference("c.T", "c.U"),
    ]
    one = packages(metrics(units, uses))["c"]
    assert (one.afferent, one.efferent, one.instability) == (3, 1, 0.25)


def test_packages__concrete_and_used__zone_of_pain() -> None:
    found = packages(metrics([unit("a.A"), unit("b.B")], [reference("a.A", "b.B")]))
    assert (found["b"].distance, found["b"].zone) == (1.0, "pain")
    assert (found["a"].distance, found["a"].zone) == (0.0, "")


def test_packages__abstract_and_unused__zone_of_uselessness() -> None:
    units = [unit("a.A", classes=ABSTRACT), unit("b.B")]
    one = packages(metrics(units, [reference("a.A", "b.B")]))["a"]
    assert (one.instability, one.abstractness, one.zone) == (1.0, 1.0, "uselessness")


def test_packages__circle__told_of_all_in_it() -> None:
    units = [unit("a.A"), unit("a.B"), unit("b.B"), unit("c.C")]
    uses = [reference("a.A", "b.B"), reference("b.B", "a.B"), reference("c.C", "a.A")]
    found = metrics(units, uses)
    assert [(name, each.cycle) for name, each in packages(found).items()] == [
        ("a", True),
        ("b", True),
        ("c", False),
    ]
    assert [cycle.units for cycle in found.cycles] == [("a", "b")]


def test_packages__no_classes__no_abstractness() -> None:
    units = [unit("a.A", classes=()), unit("b.B")]
    one = packages(metrics(units, [reference("b.B", "a.A")]))["a"]
    assert (one.instability, one.abstractness, one.distance, one.zone) == (0.0, None, None, "")


@pytest.mark.parametrize(("functions_only", "expected"), [(1, 0.0), (2, None)])
def test_packages__made_of_functions__no_abstractness(
    functions_only: int, expected: float | None
) -> None:
    units = [unit("a.A"), *(unit(f"a.f{n}", classes=()) for n in range(functions_only))]
    (one,) = metrics(units, []).packages
    assert one.abstractness == expected


@pytest.mark.parametrize(
    ("language", "path", "name", "expected"),
    [
        ("java", "src/main/java/a/b/C.java", "a.b.C", "a.b"),
        ("kotlin", "other/C.kt", "a.b.C", "a.b"),
        ("csharp", "src/C.cs", "A.B.C", "A.B"),
        ("csharp", "src/Api/Program.cs", "Program", "src/Api"),
        ("python", "src/a/b.py", "a.b", "a"),
        ("python", "src/a/__init__.py", "a", "a"),
        ("python", "manage.py", "manage", ""),
        ("go", "store/orders.go", "store.orders", "store"),
        ("php", "src/Model/Order.php", "App.Model.Order", "src/Model"),
        ("typescript", "web/src/app.ts", "web.src.app", "web/src"),
    ],
)
def test_packages__language__by_name_or_folder(
    language: str, path: str, name: str, expected: str
) -> None:
    (one,) = metrics([unit(name, language=language, path=path)], []).packages
    assert (one.name, one.language, one.path) == (expected, language, path)


def test_packages__one_name_in_two_languages__kept_apart() -> None:
    units = [
        unit("a.B", language="java", path="x/B.java"),
        unit("a.C", language="kotlin", path="x/C.kt"),
        unit("a.b", language="go", path="a/b.go"),
    ]
    found = metrics(units, [])
    assert [(each.name, each.units) for each in found.packages] == [("a (go)", 1), ("a (java)", 2)]


def test_units__small_shop__fans_and_worst_figures() -> None:
    found = {each.path: each for each in metrics(SHOP, USES).units}
    order, pages = found["shop/core/Order.java"], found["shop/web/Pages.java"]
    assert (order.fan_in, order.fan_out, order.package) == (3, 1, "shop.core")
    assert (pages.fan_in, pages.fan_out, pages.nesting, pages.lcom4) == (0, 3, 2, 1)
    assert "shop/core/OrderTest.java" not in found


def test_metrics__other_order__the_same() -> None:
    assert metrics(SHOP[::-1], USES[::-1]) == metrics(SHOP, USES)


def test_metrics__nothing__nothing() -> None:
    assert metrics([], []) == Measured()
