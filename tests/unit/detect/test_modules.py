import pytest
from unit.detect.code_records import project, records, unit

from assessor.detect.modules import modules, packages, parts, technical
from assessor.model.partition import Partition, Quality, SharedUnit
from assessor.model.records import FileKind, Unit


def _python(name):
    """The unit of a dotted Python module."""
    path = f"{name.replace('.', '/')}.py"
    return Unit(path, "python", name.removesuffix(".__init__"), FileKind.SOURCE, 9, 1, 1)


def _names(found):
    return {path.rpartition("/")[2]: module for path, module in found.items()}


def test_modules__packages_under_one_root__are_told_apart_below_it():
    units = [unit("com.acme.shop.order.Order"), unit("com.acme.shop.cart.Cart")]
    assert _names(modules(records(units))) == {"Order.java": "order", "Cart.java": "cart"}


def test_modules__one_package_with_nearly_all__is_looked_into():
    units = [unit(f"acme.app.m{i % 2}.C{i}") for i in range(20)] + [unit("acme.other.X")]
    found = _names(modules(records(units)))
    assert found["C0.java"] == "m0"
    assert found["C1.java"] == "m1"
    assert found["X.java"] == "acme.other"


def test_modules__a_unit_beside_the_packages__lies_in_the_root():
    units = [unit("acme.Main"), unit("acme.a.A"), unit("acme.b.B")]
    assert _names(modules(records(units)))["Main.java"] == "(root)"


def test_modules__several_build_projects_with_code__are_the_modules():
    units = [unit("core.a.A"), unit("core.b.B"), unit("web.C")]
    found = modules(records(units, artefacts=[project("src/core"), project("src/web")]))
    assert _names(found) == {"A.java": "src/core", "B.java": "src/core", "C.java": "src/web"}


def test_modules__one_build_project__leaves_it_to_the_packages():
    units = [unit("core.a.A"), unit("core.b.B")]
    assert set(modules(records(units, artefacts=[project("src")])).values()) == {"a", "b"}


def test_modules__a_python_package_with_a_manifest__is_no_project_of_its_own():
    shop = [
        _python("shop.__init__"),
        _python("shop.order.api"),
        _python("shop.cart.api"),
        _python("tasks.run"),
    ]
    found = modules(records(shop, artefacts=[project("."), project("shop")]))
    assert set(found.values()) == {"shop", "tasks"}


def test_packages__a_unit_without_a_package__lies_in_the_root():
    assert set(packages(records([unit("Main")])).values()) == {"(root)"}


def test_packages__an_init_file__lies_in_the_package_it_makes():
    made = Unit("shop/cart/__init__.py", "python", "shop.cart", FileKind.SOURCE, 1, 0, 0)
    assert packages(records([made])) == {"shop/cart/__init__.py": "shop.cart"}


def test_modules__a_container_of_features_beside_layers__is_looked_into():
    units = [unit("shop.apps.cart.A"), unit("shop.apps.order.B"), unit("shop.core.C")]
    found = _names(modules(records(units)))
    assert found == {"A.java": "apps.cart", "B.java": "apps.order", "C.java": "core"}


def test_modules__a_second_root__is_named_up_to_where_it_leaves_the_first():
    units = [*(unit(f"org.shop.m{i % 2}.C{i}") for i in range(20)), unit("org.path.api.X")]
    assert _names(modules(records(units)))["X.java"] == "org.path"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["order", "dao", "util"], {"dao", "util"}),
        (["src/shop-dao", "src/shop-order", "src/shop-web"], {"src/shop-dao", "src/shop-web"}),
        (["order-service", "cart-service"], set()),
        (["apps.order", "apps.common"], {"apps.common"}),
    ],
    ids=["words", "project-as-first-word", "service-as-last-word", "dotted"],
)
def test_technical__names_of_layers__are_told_from_features(names, expected):
    assert technical(names) == expected


LAYERED = {"a": "dao", "b": "service", "c": "order", "d": "util"}
FEATURES = {"a": "cart", "b": "order", "c": "dao", "d": "(root)"}
NO_FIGURES = Quality(2, None, None, None, None, None, None, 0, None)


def _proposed(home, shared=()):
    kept = tuple(SharedUnit(unit, 3, "library") for unit in shared)
    return Partition((), kept, NO_FIGURES, {}, (), "test", {}, 0, home=home)


def test_parts__code_cut_by_layers__are_the_proposed_services_without_what_they_share():
    home = {"a": "x", "b": "x", "c": "y", "d": "y"}
    found = parts(LAYERED, _proposed(home, shared=["d"]))
    assert found.home == {"a": "x", "b": "x", "c": "y"}
    assert found.proposed


def test_parts__code_cut_by_features__are_its_own_modules_without_the_technical_ones():
    found = parts(FEATURES, _proposed({"a": "x", "b": "x", "c": "y", "d": "y"}))
    assert found.home == {"a": "cart", "b": "order"}
    assert not found.proposed


def test_parts__layers_but_no_proposal__are_what_there_is():
    assert parts(LAYERED, None).home == LAYERED
