"""What a PHP file says on data: relations and tables of models, what is asked of them, SQL."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from tree_sitter import Node

from assessor.collect.languages.php_calls import (
    NEW,
    RETURN,
    Call,
    argument,
    around,
    body_of,
    elements,
    first,
    handler,
    last,
    line,
    parts,
)
from assessor.collect.languages.php_folding import UNKNOWN, class_of, folded, literal
from assessor.collect.languages.php_names import NAMESPACE, class_name
from assessor.collect.languages.php_watched import (
    CHANGES,
    JOINS,
    LOADS,
    MANAGED,
    RELATIONS,
    SAVES,
    SQL_FUNCTIONS,
    SQL_METHODS,
)
from assessor.collect.languages.sql_text import looks_like_sql
from assessor.collect.languages.typed_walk import Walk, text_of

Row = list[object]

_TABLE = re.compile(r"\$(?:table|collection)\s*=|\bfunction\s+getTable\b")
# In the settings of Laravel: the model that users who log in are read with.
_USER = re.compile(r"'model'\s*=>\s*(?:env\(\s*'\w+'\s*,\s*)?([\w\\]+)::class")
_WORD = re.compile(r"[A-Za-z_][\w.]*")
_NAME = re.compile(r"[\w.]+(?=\s+as\s|\s*$)", re.IGNORECASE)
_SQL = re.compile(  # in lower case
    r"['\"\n][ \t]{0,80}(?:select|insert\s+(?:ignore\s+)?into|update|delete|replace\s+into|with"
    r"|truncate\s+table)\s"
)
_CLAUSES = (
    ("select", "from "), ("insert", "into "), ("update", "set "), ("delete", "from "),
    ("truncate table", ""), ("replace into", ""),
)  # fmt: skip
# What a text is given to, in the words of `typed_statements`: it is SQL, or a query on classes.
MOST = 1_000  # of one kind that are looked at in a file
_SLASH = "\\"
_SURE, _ON_CLASSES = "createNativeQuery", "createQuery"
_DATABASES = (
    "Illuminate.Support.Facades.DB", "Illuminate.Database.", "Doctrine.DBAL.", "Doctrine.ORM.",
    "PDO", "mysqli", "DB",
)  # fmt: skip
_STRINGS = frozenset({"string", "encapsed_string", "heredoc", "nowdoc"})
_SUMS = frozenset({"binary_expression", "parenthesized_expression"})


def data(walk: Walk, root: Node, calls: Sequence[Call]) -> dict[str, list[Row]]:
    """Rows by kind; texts of SQL go to `walk.statements`."""
    rows: dict[str, list[Row]] = {kind: [] for kind in ("asked", "relations", "returns")}
    rows["tables"] = [*_tables(walk, root)]
    for call in calls:
        if call.name in RELATIONS and call.chain == "this:!":
            rows["relations"] += _relation(walk, call)
        if call.name == RETURN:
            rows["returns"] += _returns(walk, call)
        if call.name in LOADS | JOINS | SAVES | CHANGES or call.name in MANAGED:
            rows["asked"] += _asked(walk, call)
    if "'providers'" in walk.text and "'guards'" in walk.text:
        rows["user"] = [[class_name(walk, found[1])] for found in _USER.finditer(walk.text)]
    _statements(walk, root, calls)
    return {kind: found for kind, found in rows.items() if found}


def scope_at(walk: Walk, node: Node) -> int:
    """The number of the class that is declared at this node; 0 = it is none."""
    return next(
        (
            number
            for number, scope in enumerate(walk.scopes)
            if scope.line == node.start_byte and scope.outer >= 0 and scope.shape != "facade"
        ),
        0,
    )


def full_name(walk: Walk, written: str, scope: int) -> str:
    """The class that a name stands for, with a leading dot."""
    if written in {"self", "static"}:
        package = walk.scopes[scope].package or walk.known.get(NAMESPACE, "")
        name = walk.scopes[scope].name
        return f".{package}.{name}" if package else f".{name}"
    return class_name(walk, written)


def _class_given(walk: Walk, node: Node | None, scope: int) -> str:
    """The class that is given as `X::class` or as a text with its namespace."""
    if node is not None and node.type == "class_constant_access_expression":
        owner = _text(walk, first(node))
        if owner in {"self", "static"}:
            return full_name(walk, owner, scope)
    written = class_of(walk, node)
    if written:
        return full_name(walk, written, scope)
    return dotted(literal(walk, node) or "")


def dotted(text: str) -> str:
    """The class that a text names with its namespace, "" for any other text."""
    return f".{text.strip(_SLASH).replace(_SLASH, '.')}" if _SLASH in text else ""


def _text(walk: Walk, node: Node | None) -> str:
    return text_of(walk, node) if node is not None else ""


def _relation(walk: Walk, call: Call) -> Iterator[Row]:
    """`return $this->hasMany(X::class)` in a method."""
    target = _class_given(walk, argument(call, 0, "related"), call.scope)
    member = handler(walk, call.node).rpartition(".")[2]
    if target and member:
        at = 1 if call.name == "belongsToMany" else 2
        held = argument(call, at, "table")
        pivot = _class_given(walk, held, call.scope).replace(".", "=.", 1)
        pivot = pivot or literal(walk, held) or ""
        morph = literal(walk, argument(call, 1, "name")) if at > 1 else None
        yield [
            call.scope, member, call.name, target, pivot, morph or "", line(call.node)
        ]  # fmt: skip


def _returns(walk: Walk, call: Call) -> Iterator[Row]:
    """What a method gives whose result is a query of nobody knows what, or is not declared."""
    closures = {"anonymous_function", "arrow_function"}
    method = next(
        (each for each in around(call.node) if each.type in closures | {"method_declaration"}),
        None,
    )
    if method is not None and method.type not in closures:
        result = _text(walk, method.child_by_field_name("return_type"))
        if not result or result.endswith("Builder"):
            name = _text(walk, method.child_by_field_name("name"))
            yield [call.scope, name, call.chain]


def _tables(walk: Walk, root: Node) -> Iterator[Row]:
    """`$table = 'x'` of a class, or what `getTable` gives; "" where only running it would tell."""
    words = ("$table", "$collection", "getTable")
    may = not walk.too_deep and any(word in walk.text for word in words)
    for found in islice(_TABLE.finditer(walk.text), MOST) if may else ():
        node = root.descendant_for_byte_range(found.start(), found.start() + 1)
        while node is not None and node.type not in {"property_element", "method_declaration"}:
            node = node.parent
        owner = node
        while owner is not None and not owner.type.endswith(
            ("class_declaration", "trait_declaration")
        ):
            owner = owner.parent
        if node is None or owner is None:
            continue
        if node.type == "property_element":
            name = literal(walk, last(node))
        else:
            name = _returned(walk, node)
        yield [scope_at(walk, owner), (name or "").lower()]


def _returned(walk: Walk, method: Node) -> str | None:
    """The text that is all that a method gives."""
    body = method.child_by_field_name("body")
    said = parts(body)
    if len(said) == 1 and said[0].type == "return_statement":
        return literal(walk, first(said[0]))
    return None


def _asked(walk: Walk, call: Call) -> Iterator[Row]:
    at = line(call.node)
    for given in _arguments(walk, call):
        yield [call.name, call.chain, given, call.scope, at]


def _arguments(walk: Walk, call: Call) -> Iterator[str]:
    """Relations as paths, `=X` for a class, `"t` for a table, the chain of an object."""
    given = argument(call, 0)
    if call.name in LOADS:
        for said in _texts(walk, call.given):
            found = _WORD.match(said)
            if found is not None:
                yield found[0]
    elif call.name in SAVES:
        options = given is None or given.type == "array_creation_expression"
        saved = call.node.child_by_field_name("object") if options else given
        yield "new" if _is_fresh(walk, call, saved) else "" if options else "old"
    elif call.name in JOINS or call.name in CHANGES:
        text = literal(walk, given)
        name = _NAME.match(text) if text is not None else None
        written = _class_given(walk, given, call.scope)
        if written or name is not None:
            yield f"={written}" if written else f'"{name[0].lower() if name else ""}'
    else:
        yield _object(walk, call, given)


def _object(walk: Walk, call: Call, given: Node | None) -> str:
    """The chain of what is given: a class, a new object, a variable."""
    if given is not None and given.type == "object_creation_expression":
        made = first(given)
        plain = made is not None and made.type in {"name", "qualified_name"}
        return f"={full_name(walk, text_of(walk, made), call.scope)}:!" if plain and made else ""
    written = _class_given(walk, given, call.scope)
    return f"={written}" if written else call.first


def _texts(walk: Walk, nodes: Sequence[Node]) -> Iterator[str]:
    """Literals among the arguments and in arrays, there also as keys."""
    for node in nodes:
        if node.type == "array_creation_expression":
            for element in elements(node):
                text = literal(walk, element[0])
                if text is not None:
                    yield text
        else:
            text = literal(walk, node)
            if text is not None:
                yield text


def _is_fresh(walk: Walk, call: Call, saved: Node | None) -> bool:
    """Whether what is saved is a new object, or a variable that has last been set to one."""
    if saved is None or saved.type != "variable_name":
        return saved is not None and NEW in text_of(walk, saved)[:5]
    start = body_of(call.node).start_byte
    before = walk.text[start : call.node.start_byte]
    name = re.escape(text_of(walk, saved))
    values = re.findall(rf"{name}\s*=(?![=>])\s*\(?(\w+)", before)
    return bool(values) and values[-1] == NEW


def _statements(walk: Walk, root: Node, calls: Sequence[Call]) -> None:
    """The texts of SQL: first those that are given to what runs them, then any others."""
    done: set[int] = set()
    for call in calls:
        if call.name in SQL_METHODS | SQL_FUNCTIONS:
            node = call.given[1] if _after_link(call) else argument(call, 0, "sql", "query", "dql")
            text = folded(walk, node) if node is not None else UNKNOWN
            if node is not None and looks_like_sql(text):
                context = _context(call)
                _state(walk, text, context, scope=call.scope, start=call.node.start_byte)
                done |= _covered(walk, node)
    if walk.too_deep:  # to climb from place to place would take too long
        return
    lower = walk.text.lower()
    for found in islice(_SQL.finditer(lower), MOST) if _may_hold_sql(lower) else ():
        node = root.descendant_for_byte_range(found.end() - 2, found.end() - 2)
        while node is not None and node.type not in _STRINGS:
            node = node.parent
        if node is None or node.start_byte in done:
            continue
        top = _top(node)
        text = folded(walk, top)
        done |= _covered(walk, top) | {node.start_byte}
        if looks_like_sql(text):
            _state(walk, text, "", scope=_scope_of(walk, node), start=node.start_byte)


def _may_hold_sql(text: str) -> bool:
    """Cheap, and true of many files without any. text: in lower case."""
    return any(verb in text and word in text for verb, word in _CLAUSES)


def _after_link(call: Call) -> bool:
    return call.name in SQL_FUNCTIONS and len(call.given) > 1


def _state(walk: Walk, text: str, context: str, *, scope: int, start: int) -> None:
    if context == _ON_CLASSES:
        text = re.sub(r"(?<=\w)\\+(?=\w)", ".", text)
    walk.statements.append((text, context, scope, start))


def _context(call: Call) -> str:
    if call.name == _ON_CLASSES:
        return _ON_CLASSES
    sure = call.name in SQL_FUNCTIONS or call.on.startswith(_DATABASES)
    return _SURE if sure else ""


def _covered(walk: Walk, node: Node) -> set[int]:
    """The places of the literals in an expression, or of those that its variable is set to."""
    if node.type == "variable_name":
        body = body_of(node)
        pattern = re.compile(rf"{re.escape(text_of(walk, node))}\s*=\s*")
        text = walk.text[body.start_byte : body.end_byte]
        return {body.start_byte + found.end() for found in pattern.finditer(text)}
    found, left = set(), [node]
    while left:
        at = left.pop()
        if at.type in _STRINGS:
            found.add(at.start_byte)
        elif at.type in _SUMS:
            left += parts(at)
    return found


def _top(node: Node) -> Node:
    top = node
    while (outer := top.parent) is not None and outer.type in _SUMS:
        top = outer
    return top


def _scope_of(walk: Walk, node: Node) -> int:
    at: Node | None = node
    while at is not None:
        number = scope_at(walk, at) if at.type.endswith("_declaration") else 0
        if number:
            return number
        at = at.parent
    return next((n for n, each in enumerate(walk.scopes) if each.shape == "facade"), 0)
