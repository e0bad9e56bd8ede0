import pytest

from assessor.graph.roles import owners, owners_by_name, roots
from assessor.model.basis import Location, Node
from assessor.model.records import Artefact, FileKind, Reference, ReferenceKind, Unit


def unit(path: str, name: str) -> Unit:
    return Unit(
        path=path,
        language="java",
        name=name,
        kind=FileKind.SOURCE,
        code_lines=1,
        cyclomatic=1,
        cognitive=0,
        types=(name.rpartition(".")[2],),
    )


def seen(path: str, name: str, *, kind: str = "code.annotation") -> Artefact:
    return Artefact(kind, Location(path, 1), Node(1, {"name": Node(1, name)}))


def reference(source: str, target: str, kind: ReferenceKind) -> Reference:
    return Reference(source, source, target, target, kind, 1, 1)


@pytest.mark.parametrize(
    ("name", "owns"),
    [
        ("OrderRepository", True),
        ("OrderDao", True),
        ("OrderMapper", True),
        ("Order", True),
        ("OrderService", True),
        ("OrderServiceImpl", True),
        ("models", True),
        ("abstract_models", True),
        ("repositories", True),
        ("services", True),
        ("Money", False),
        ("OrderLine", False),
        ("Repository", False),
        ("ServiceException", False),
        ("StoreKeeper", False),
        ("remodels", False),
    ],
)
def test_owners_by_name__names__stores_what_they_keep_and_services(name, owns):
    names = {"kept": ["OrderRepository"], "asked": [name]}
    assert ("asked" in owners_by_name(names)) == owns


@pytest.mark.parametrize(
    ("mark", "owns"),
    [
        ("jakarta.persistence.Entity", True),
        ("Document", True),
        ("Service", True),
        ("MappedSuperclass", False),
        ("Embeddable", False),
        ("Component", False),
    ],
)
def test_owners__annotated__by_what_the_annotation_means(mark, owns):
    found = owners([unit("a.java", "x.Thing")], [], [seen("a.java", mark)])
    assert (found == {"a.java"}) == owns


def test_owners__imports_the_means_to_store__one():
    name = "org.springframework.jdbc.core.JdbcTemplate"
    artefacts = [seen("a.java", name, kind="code.import")]
    assert owners([unit("a.java", "x.Figures")], [], artefacts) == {"a.java"}


def test_owners__named_like_one_but_mostly_inherited__is_a_base_class():
    units = [unit("common/models.py", "common.models"), unit("a/models.py", "a.models")]
    inherited = [
        reference("a/models.py", "common/models.py", ReferenceKind.IMPORT),
        reference("a/models.py", "common/models.py", ReferenceKind.INHERIT),
        reference("a/views.py", "a/models.py", ReferenceKind.IMPORT),
    ]
    assert owners(units, inherited, []) == {"a/models.py"}


def test_owners__annotated_and_inherited__is_one():
    inherited = [reference("b.java", "a.java", ReferenceKind.INHERIT)]
    found = owners([unit("a.java", "x.Payment")], inherited, [seen("a.java", "Entity")])
    assert found == {"a.java"}


@pytest.mark.parametrize("mark", ["SpringBootApplication", "QuarkusMain", "ApplicationPath"])
def test_roots__annotated_as_the_application__one(mark):
    units = [unit("Main.java", "x.Main"), unit("Other.java", "x.Other")]
    assert roots(units, [seen("Main.java", mark), seen("Other.java", "Configuration")]) == {
        "Main.java"
    }


def test_roots__starts_spring__one():
    artefacts = [
        seen("Main.java", "org.springframework.boot.SpringApplication", kind="code.import")
    ]
    assert roots([unit("Main.java", "x.Main")], artefacts) == {"Main.java"}


def test_roots__annotated_file_that_is_no_unit__left_out():
    assert roots([], [seen("MainTest.java", "SpringBootApplication")]) == frozenset()


def test_roots__django_project__what_stands_beside_its_entry_point():
    root = {"manage.py", "site/wsgi.py", "site/urls.py", "site/settings.py", "site/__init__.py"}
    root |= {"site/settings_local.py"}
    app = {"orders/urls.py", "orders/__init__.py", "orders/settings.py", "site/views.py"}
    units = [unit(path, path.removesuffix(".py").replace("/", ".")) for path in root | app]
    assert roots(units, []) == root


def test_roots__settings_as_a_package__all_of_it():
    paths = ["site/asgi.py", "site/settings/base.py", "other/settings/base.py"]
    units = [unit(path, path.removesuffix(".py").replace("/", ".")) for path in paths]
    assert roots(units, []) == {"site/asgi.py", "site/settings/base.py"}
