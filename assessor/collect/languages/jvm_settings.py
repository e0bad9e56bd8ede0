"""XML on Java code: mappers of MyBatis, mappings of Hibernate and JPA, beans of Spring."""

import re
from collections.abc import Iterator

from lxml import etree

from assessor.collect.languages.resolution import Facts

NAMES = re.compile(r".*\.xml", re.IGNORECASE)

_ROOTS = (b"<mapper", b"<hibernate-mapping", b"<entity-mappings")
_BEANS = b"<beans"
_STATEMENTS = frozenset({"select", "insert", "update", "delete", "selectKey"})
_LEADING = re.compile(r"^\s*(?:and|or)\b", re.IGNORECASE)
_VALUE = re.compile(r"'(?:[^']|'')*'")
_CLASSES = frozenset({"class", "subclass", "joined-subclass", "union-subclass", "entity"})
_MODES = {
    "named-query": "jpql",
    "named-native-query": "sql",
    "query": "jpql",
    "sql-query": "sql",
}
_LONGEST = 20_000


def read(content: bytes) -> Facts:
    """The statements of a mapper, or the classes of a mapping; {} for any other XML.

    A mapper: `{"namespace", "fragments": {id: text}, "statements": [text, line, …], "ids": [id of
    each statement]}`; in texts `{@id}` stands for a fragment. A mapping: `{"classes": [name, table
    or "", line, …], "queries": [name, text, "jpql" or "sql", …]}`, classes with their package.
    Beans: `{"beans": [name, class, …]}`. Raises ValueError where such a file is no XML, or has
    entities; of beans, which only narrow what is known without them, nothing is taken then.
    """
    if not any(root in content for root in _ROOTS):
        return _of_spring(content) if _BEANS in content else {}
    root = _root(content)
    if _tag(root) == "mapper" and root.get("namespace"):
        return _mapper(root)
    if _tag(root) in {"hibernate-mapping", "entity-mappings"}:
        return {"classes": _classes(root), "queries": _queries(root)}
    return {}


def _of_spring(content: bytes) -> Facts:
    try:
        root = _root(content)
    except ValueError:
        return {}
    beans = _beans(root) if _tag(root) == "beans" else []
    return {"beans": beans} if beans else {}


def _root(content: bytes) -> etree._Element:
    if b"<!ENTITY" in content:
        raise ValueError("The XML declares entities; such XML is not read.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("The XML is not well-formed.") from error
    return root


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _mapper(root: etree._Element) -> Facts:
    namespace = root.get("namespace", "")
    fragments: dict[str, object] = {}
    statements: list[object] = []
    ids: list[object] = []
    for element in root.iter():
        kind = _tag(element)
        if kind == "sql":
            fragments[element.get("id", "")] = _text(element)[:_LONGEST]
        elif kind in _STATEMENTS:
            statements += (_text(element)[:_LONGEST], _line(element))
            ids.append(element.get("id", ""))
    return {
        "namespace": namespace,
        "fragments": fragments,
        "statements": statements,
        "ids": ids,
    }


def _text(element: etree._Element) -> str:
    """The SQL with all dynamic parts in it, values left out."""
    return _VALUE.sub("''", "".join(_pieces(element))).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        kind = _tag(child)
        if kind == "include":
            yield f" {{@{child.get('refid', '')}}} "
        elif kind and kind not in {"selectKey", "bind", "property"}:
            yield _dynamic(child, "".join(_pieces(child)))
        yield child.tail or ""


def _dynamic(element: etree._Element, inner: str) -> str:
    """What a dynamic tag puts around its text."""
    kind = _tag(element)
    if kind == "where":
        return f" where {_LEADING.sub('', inner)} "
    if kind == "set":
        return f" set {inner.strip().removesuffix(',')} "
    if kind == "trim":
        around = element.get("prefix", ""), _trimmed(element, inner), element.get("suffix", "")
        return f" {' '.join(around)} "
    return f" {element.get('open', '')}{inner}{element.get('close', '')} "


def _trimmed(element: etree._Element, inner: str) -> str:
    inner = inner.strip()
    for override in element.get("prefixOverrides", "").split("|"):
        if override.strip() and inner.lower().startswith(override.strip().lower()):
            inner = inner[len(override.strip()) :]
    for override in element.get("suffixOverrides", "").split("|"):
        inner = inner.removesuffix(override.strip())
    return inner


def _classes(root: etree._Element) -> list[object]:
    package = root.get("package", "") or next(
        (child.text or "" for child in root if _tag(child) == "package"), ""
    )
    found: list[object] = []
    for element in root.iter():
        kind = _tag(element)
        name = element.get("class" if kind == "entity" else "name", "")
        if kind in _CLASSES and name:
            found += (_qualified(package, name), _table(element), _line(element))
    return found


def _queries(root: etree._Element) -> list[object]:
    """Queries with a name: of JPA (`named-query`), of Hibernate (`query`, `sql-query`)."""
    found: list[object] = []
    for element in root.iter():
        mode = _MODES.get(_tag(element), "")
        name = element.get("name", "")
        if mode and name:
            found += (name, _text(element)[:_LONGEST], mode)
    return found


def _beans(root: etree._Element) -> list[object]:
    """Each name of a bean of Spring, and its class."""
    found: list[object] = []
    for element in root.iter():
        class_ = element.get("class", "") if _tag(element) == "bean" else ""
        names = f"{element.get('id', '')} {element.get('name', '')}" if class_ else ""
        for name in dict.fromkeys(re.split(r"[\s,;]+", names)):
            found += (name, class_.replace("$", ".")) if name else ()
    return found


def _qualified(package: str, name: str) -> str:
    return f"{package.strip()}.{name}" if package.strip() and "." not in name else name


def _table(element: etree._Element) -> str:
    """The table that the mapping names, "" = none: the one of the class's name."""
    own = next((child for child in element if _tag(child) == "table"), None)
    name = element.get("table") or (own.get("name") if own is not None else "") or ""
    schema = element.get("schema") or (own.get("schema") if own is not None else "") or ""
    table = f"{schema}.{name}" if schema and name else name
    return table.lower().replace("`", "").replace('"', "")
