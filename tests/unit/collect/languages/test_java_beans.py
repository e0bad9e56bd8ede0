"""Beans of Java that are asked for by their names."""

from collections.abc import Mapping

import pytest

from assessor.collect.languages import java, jvm_settings
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind, ReferenceKind

ORDERS = {
    "Orders.java": "interface Orders {}",
    "Plain.java": '@Service("blOrders") class Plain implements Orders {}',
    "Fast.java": "@Component class Fast implements Orders {}",
    "Cheap.java": "class Cheap implements Orders {}",
}
BEANS = '<beans xmlns="http://www.springframework.org/schema/beans">{}</beans>'


def put_in(main: str, *, more: Mapping[str, str] | None = None) -> set[str]:
    """The classes that are put into M."""
    code, settings = [], []
    for path, text in {**ORDERS, "M.java": main, **(more or {})}.items():
        content = text.encode()
        file = File(path, FileKind.SOURCE, "java", len(content), "")
        if path.endswith(".xml"):
            settings.append(Extracted(file, jvm_settings.read(content)))
        else:
            code.append(Extracted(file, java.extract(path, content)))
    return {
        each.target_name
        for each in resolve(code, settings).references
        if each.kind is ReferenceKind.INJECT and each.source_name == "M"
    }


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ('class M { @Resource(name = "blOrders") Orders o; }', {"Plain"}),
        ('class M { @Autowired @Qualifier("fast") Orders o; }', {"Fast"}),
        ('class M { @Inject @Named("fast") Orders o; }', {"Fast"}),
        ('class M { @Resource(name = "fast") void setO(Orders o) { } }', {"Fast"}),
        ("class M { @Autowired Orders fast; }", {"Fast"}),
        ("class M { @Autowired Orders other; }", {"Cheap", "Fast", "Plain"}),
        ('class M { @Resource(name = "none") Orders o; }', {"Cheap", "Fast", "Plain"}),
        ('class M { @Resource(lookup = "fast") Orders o; }', {"Cheap", "Fast", "Plain"}),
        ('class M { @Resource(name = "fast") List<Orders> o; }', {"Cheap", "Fast", "Plain"}),
        ('class M { @Resource(name = "fast") Plain o; }', {"Plain"}),
    ],
    ids=[
        "resource", "qualifier", "named", "setter", "name of the field", "no such bean",
        "no such name", "another argument", "a list", "concrete type",
    ],
)  # fmt: skip
def test_injection__by_name__gives_the_bean_of_that_name(main: str, expected: set[str]) -> None:
    assert put_in(main) == expected


def test_injection__bean_of_xml__is_found_by_id_and_other_names() -> None:
    xml = BEANS.format('<bean id="a" name="cheap, other" class="Cheap"/><bean class="Fast"/>')
    main = 'class M { @Resource(name = "cheap") Orders o; }'
    assert put_in(main, more={"beans.xml": xml}) == {"Cheap"}


def test_injection__several_beans_of_one_name__are_all_put_in() -> None:
    xml = BEANS.format('<bean id="blOrders" class="Cheap"/>')
    main = 'class M { @Resource(name = "blOrders") Orders o; }'
    assert put_in(main, more={"beans.xml": xml}) == {"Cheap", "Fast", "Plain"}


def test_read__beans__names_and_classes_but_nothing_of_broken_xml() -> None:
    xml = BEANS.format(
        '<bean id="a" class="x.A$B"><property><bean class="x.C"/></property></bean>'
    )
    assert jvm_settings.read(xml.encode()) == {"beans": ["a", "x.A.B"]}
    assert jvm_settings.read(b"<beans><bean id='a' class='x.A'>") == {}
    assert jvm_settings.read(b"<beans/>") == {}
