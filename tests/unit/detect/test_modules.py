from unit.detect.code_records import project, records, unit

from assessor.detect.modules import domains, modules, packages


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


def test_packages__a_unit_without_a_package__lies_in_the_root():
    assert set(packages(records([unit("Main")])).values()) == {"(root)"}


LAYERED = {"a": "dao", "b": "service", "c": "order"}
FEATURES = {"a": "cart", "b": "order", "c": "dao"}


def test_domains__code_cut_by_layers__are_the_proposed_services():
    assert domains(LAYERED, {"a": "x", "b": "x", "c": "y"}) == {"a": "x", "b": "x", "c": "y"}


def test_domains__code_cut_by_features__are_its_own_modules():
    assert domains(FEATURES, {"a": "x", "b": "x", "c": "y"}) == FEATURES


def test_domains__layers_but_no_proposal__are_what_there_is():
    assert domains(LAYERED, {}) == LAYERED
