"""Visits that note what a Python file says to a data base or to a router: chains of names.

A chain is a list of steps: a name, or a call as `[name, argument, …]`. Arguments are kept only of
the calls that need them: `'text` is a literal, a plain text a dotted name, a list a chain,
`["=", name, value]` a keyword, `["[", value, …]` a list.
"""

import re
from functools import lru_cache

from tree_sitter import Node

from assessor.collect.languages.cursor_walk import line, text
from assessor.collect.languages.python_scopes import CLASS
from assessor.collect.languages.python_tree import Walk, kinds

# How a name is looked at: not at all, in any case, only as a value that is set or saved,
# only where a query may be asked.
_NEVER_STORED = (b"Error", b"Exception", b"Factory", b"Mock")
_NO, _ALWAYS, _VALUE, _COMMONLY = 0, 1, 2, 3
_METHODS = frozenset(
    b"filter_by objects _default_manager _base_manager all filter exclude get first last"
    b" latest earliest order_by values values_list annotate aggregate select_related"
    b" prefetch_related exists count only defer distinct in_bulk iterator create bulk_create"
    b" get_or_create update_or_create update bulk_update delete save raw add remove set clear"
    b" query select_for_update using none as_manager from_queryset merge scalars scalar"
    b" get_or_404 get_queryset get_object execute executemany add_all execute_sql register"
    b" include_router register_blueprint add_url_rule add_api_route add_route add_get add_post"
    b" add_put"
    b" add_delete add_patch add_view mount".split()
)
_KEPT = frozenset(
    b"modelform_factory modelformset_factory inlineformset_factory get_model get_user_model"
    b" get_class get_classes get_app_config get_object_or_404 get_list_or_404 select insert"
    b" update delete text path re_path url include Table Column mapped_column relationship"
    b" relation Relationship Field select_from get_or_404 ForeignKey OneToOneField"
    b" ManyToManyField ParentalKey ParentalManyToManyField"
    b" TreeForeignKey query merge scalars scalar execute executemany raw add_all register"
    b" include_router register_blueprint add_url_rule add_api_route add_route add_get add_post"
    b" add_put add_delete add_patch mount Blueprint APIRouter FastAPI Flask Route Mount Router"
    b" DefaultRouter SimpleRouter Starlette route websocket aliased from_queryset add_view"
    b" WebSocketRoute partial".split()
)
# The only keywords that say something of tables or routes.
_KEYWORDS = frozenset(
    b"to through related_name model secondary link_model foreign_key uselist url_prefix prefix"
    b" methods view view_func viewset route path rule endpoint routes handler".split()
)
# Methods of many things: what they are called on tells whether a data base may be meant.
_COMMON = frozenset(b"get add update count remove clear set all first delete values".split())
_ALSO_OF_DICTS = frozenset(b"get update count".split())
_OTHERS = frozenset(
    b"kwargs GET POST data cleaned_data session META environ headers client params config"
    b" settings os request requests cache redis options dict attrs context ctx _meta os.environ"
    b" app args messages self.client mock FILES COOKIES query_params json meta".split()
)
_KEPT_OF_SESSION = frozenset((b"get", b"add", b"delete"))
_SESSIONS = frozenset(b"session db_session Session s db sess async_session web router app".split())
# Functions that matter wherever they are called.
_FUNCTIONS = frozenset(
    b"modelform_factory modelformset_factory inlineformset_factory get_object_or_404"
    b" get_list_or_404 select insert update delete text path re_path url Route Mount Table"
    b" WebSocketRoute".split()
)
_SETTERS = frozenset(
    b"get_model get_user_model get_class get_app_config aliased declarative_base mapped_column"
    b" relationship relation model_validate partial".split()
)
ATTRIBUTES = frozenset(
    b"model queryset abstract proxy db_table app_label label name __tablename__ AUTH_USER_MODEL"
    b" form_class serializer_class urlpatterns __abstract__ default_auto_field".split()
)
_ROUTES = frozenset(
    b"route get post put patch delete options head websocket view api_route".split()
)
_LISTED = frozenset(b"path re_path url Route Mount WebSocketRoute".split())
_WEB = frozenset(
    b"web.get web.post web.put web.delete web.patch web.head web.options web.view".split()
)
# Functions that by their name give an application of Flask or Celery.
_MAKES = re.compile(
    rb"(?:make|create|init|build|get)_(?:\w+_)?(?:app|application|celery)"
).fullmatch
_RELATIONS = (b"relationship", b"Relationship")
_ANNOTATION = re.compile(rb".*:\s*([^=:]+)=\s*\Z", re.DOTALL).match
# Parameters with the name of a class, in quotes or not, or nothing in its place.
_TYPED = re.compile(
    rb"(\w+)\s*:\s*[\"']?((?:\w+\.)*+[A-Z]\w*+)[\"']?(?:\s*\|\s*None)?\s*(?=[,=)])"
)
_SAVED = (b".save()", b".delete()")
_IDENTIFIER = kinds("identifier")
_ATTRIBUTE = kinds("attribute")
_CALL = kinds("call")
_SUBSCRIPT = kinds("subscript")
_STRINGS = kinds("string", "concatenated_string")
_KEYWORD = kinds("keyword_argument")
_AWAIT = kinds("await", "parenthesized_expression")
_LISTS = kinds("list", "tuple")
_PIECES = re.compile(rb"[rRbBuUfF]{0,2}('''|\"\"\"|'|\")((?:\\.|(?!\1)[^\\])*)\1", re.DOTALL)
_TEXT = rb"(?:\"[^\"\\\n]*+\"|'[^'\\\n]*+')"
_FLAT = rb"[^()\[\]{}\"'#\\]"
_ARGUMENTS = rb"\((?:" + _FLAT + rb"|" + _TEXT + rb"|\[" + _FLAT + rb"*+\])*+\)"
_WORD = rb"[A-Za-z_]\w*+"
_INNER = re.compile(_ARGUMENTS)
_CHAIN = re.compile(
    _WORD + rb"(?:" + _ARGUMENTS + rb")?(?:\s*+\.\s*+" + _WORD + rb"(?:" + _ARGUMENTS + rb")?)*+"
).fullmatch
_TEXTS = re.compile(
    rb"(" + _WORD + rb"(?:\." + _WORD + rb")*+)\(\s*+[\"']([\w.]*+)[\"']"
    rb"(?:,\s*+[\"'](\w++)[\"'])?,?\s*+\)"
).fullmatch
_LOOKED_AT = 400  # bytes of a chain that are looked at as text
# What a query is asked with, and a dictionary or a list is not.
_CONDITION = re.compile(rb"\(\s*(?:\)|\w+=(?!=)|\*\*|Q\()").match
_BLANK = re.compile(r"\s").search
_INDEX = re.compile(rb"\[-?\d+\]").fullmatch
_NEAR = 60  # bytes between a name and its value
_LONGEST, _DEEPEST, _MOST = 200, 6, 40  # letters of a text, chains in a chain, steps or arguments


@lru_cache(maxsize=50_000)
def wanted(name: bytes) -> int:
    """How to look at a call of this dotted name."""
    owner, _, last = name.rpartition(b".")
    if name in _WEB:
        return _ALWAYS
    if last in _COMMON and owner:
        near = owner.rpartition(b".")[2]
        if near == b"query":
            return _ALWAYS
        if near in _OTHERS and not keeps(name):
            return _NO
        return _COMMONLY if last in _ALSO_OF_DICTS else _ALWAYS
    if last in _FUNCTIONS or (owner and last in _METHODS) or b".objects." in name:
        return _ALWAYS
    made = last[:1].isupper() and not last.endswith(_NEVER_STORED)
    return _VALUE if made or last in _SETTERS or _MAKES(last) else _NO


@lru_cache(maxsize=50_000)
def keeps(name: bytes) -> bool:
    """Whether the arguments of a call of this dotted name are of interest."""
    owner, _, last = name.rpartition(b".")
    if last in _COMMON and owner:
        return last in _KEPT_OF_SESSION and owner.rpartition(b".")[2] in _SESSIONS
    return last in _KEPT or name in _WEB


def on_chain(walk: Walk, node: Node, name: bytes, *, plain: bool) -> None:
    """Note the outermost call of a chain that starts with a call of this name, if it matters.

    plain: nothing follows the first call, and its arguments hold neither brackets nor literals.
    """
    how, start, end = wanted(name), node.start_byte, node.end_byte
    target = _target(walk, start)
    if how == _VALUE and not (target or walk.source.endswith(_SAVED, start, end)):
        return
    kept = keeps(name)
    if how == _COMMONLY and not (kept or _CONDITION(walk.source, start + len(name))):
        return
    steps = _simple(name) if (plain or name.endswith(b"Field")) and not kept else None
    if steps is None and end - start <= _LOOKED_AT:
        steps = by_text(walk.source[start:end], kept=kept)
    steps = steps or chain_of(walk, node, 0, kept=kept)
    if steps:
        if target and name.endswith(_RELATIONS):
            _annotate(walk, start, steps)
        note(walk, node, target or _listed(walk, name), steps=steps)


def _annotate(walk: Walk, start: int, steps: list[object]) -> None:
    """Keep the annotation of a relation, which may be all that says where it leads."""
    found = _ANNOTATION(walk.source[max(0, start - _LONGEST) : start])
    if found and isinstance(steps[-1], list):
        steps[-1] = [*steps[-1], ["=", ":", f"'{found[1].decode('utf-8', 'replace')}"]]


def on_typed(walk: Walk, node: Node, written: bytes) -> None:
    """Note parameters whose annotation is the name of a class: each is one of it."""
    for name, kind in _typed(written):
        note(walk, node, name, steps=[*kind[:-1], [kind[-1]]])


@lru_cache(maxsize=20_000)
def _typed(written: bytes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (name.decode("utf-8", "replace"), tuple(kind.decode("utf-8", "replace").split(".")))
        for name, kind in _TYPED.findall(written)
    )


@lru_cache(maxsize=50_000)
def _simple(name: bytes) -> list[object]:
    """The steps of a dotted name that is called."""
    steps: list[object] = [*name.decode("utf-8", "replace").split(".")]
    steps[-1] = [steps[-1]]
    return steps


@lru_cache(maxsize=50_000)
def by_text(written: bytes, *, kept: bool) -> list[object] | None:
    """The steps of a chain by its look, None where that takes more than a look.

    It saves nodes: half of the time of all chains.
    """
    named = _TEXTS(written)
    if named:
        steps = [*_simple(named[1])]
        said = [f"'{each.decode('utf-8', 'replace')}" for each in named.group(2, 3) if each]
        steps[-1] = [*steps[-1], *said]  # type: ignore[misc]  # a call is a list
        return steps
    if kept or not _CHAIN(written):
        return None
    found = [each.strip() for each in _INNER.sub(b"()", written).split(b".")]
    if any(each.endswith(b"()") and each[:-2] in _KEPT for each in found):
        return None
    return [
        [each[:-2].decode("utf-8", "replace")] if each.endswith(b"()") else each.decode()
        for each in found
    ]


def _listed(walk: Walk, name: bytes) -> str:
    """`urls[]` for a route in a list that is called `urls`."""
    at, given = walk.assigned
    if name.rpartition(b".")[2] in _LISTED and at >= 0 and walk.source[at : at + 1] == b"[":
        return f"{given.decode('utf-8', 'replace')}[]"
    return ""


def note(walk: Walk, node: Node, target: str, *, steps: object) -> None:
    """Keep a row: scope, line, what the chain is assigned to, the chain, its bytes."""
    walk.chained.append(
        (walk.scope.name, line(node), target, steps, node.start_byte, node.end_byte)
    )


def on_plain(walk: Walk, name: bytes, node: Node) -> None:
    """Note `name = value` in a class body or a module where the name speaks of data."""
    if walk.scope.kind > CLASS:
        return
    value = node.child(node.child_count - 1)
    if value is not None and value.kind_id not in _CALL:
        said = _argument(walk, value, 0)
        if said is not None and said[:1] != ["["]:  # type: ignore[index]  # text or list
            note(walk, node, name.decode("ascii"), steps=said)


def on_index(walk: Walk, simple: re.Match[bytes], node: Node) -> None:
    """Note `one = many[0]`."""
    name, value = simple.groups()
    if value and _INDEX(walk.source, simple.end(), node.end_byte):
        steps = [*value.decode("utf-8", "replace").split("."), "[]"]
        note(walk, node, name.decode("utf-8", "replace"), steps=steps)


def on_classes(walk: Walk, target: Node, value: Node) -> None:
    """Note `A, B = get_classes("a.b", ["A", "B"])` as one `get_class` each."""
    said = chain_of(walk, value, 0, kept=True)
    call = said[0] if said else []
    if not isinstance(call, list) or len(call) < 3 or not isinstance(call[2], list):  # noqa: PLR2004
        return
    names = [_text(walk, each) for each in target.named_children]
    for name, loaded in zip(names, call[2][1:], strict=False):
        note(walk, value, name, steps=[["get_class", call[1], loaded]])


def on_class_head(walk: Walk, node: Node, name: str, *, bases: list[bytes]) -> None:
    """Keep the class with its bases: qualified name, bases, first and last line."""
    last = int(node.end_point[0]) + 1
    shown = [base.decode("utf-8", "replace") for base in bases]
    walk.stored.append((name, shown, line(node), last))


def on_route(walk: Walk, applied: Node, name: bytes) -> None:
    """Note a decorator that may bind a function to a path."""
    owner, _, last = name.rpartition(b".")
    if owner and last in _ROUTES:
        steps = chain_of(walk, applied, 0, kept=True) if owner not in _OTHERS - {b"app"} else []
        if steps:
            note(walk, applied, "@", steps=steps)


def chain_of(walk: Walk, node: Node | None, deep: int, *, kept: bool = False) -> list[object]:
    """The steps of a call or a dotted name, first name first; nothing where it is none.

    kept: the arguments of the last call are of interest in any case.
    """
    steps: list[object] = []
    while node is not None and len(steps) < _MOST:
        kind = node.kind_id
        if kind in _CALL:
            function, arguments = node.child(0), node.child(1)
            if function is None:
                return []
            name, node = _last(walk, function)
            if not name:
                return []
            keep = (kept and not steps) or name.encode() in _KEPT
            steps.append([name, *(_arguments(walk, arguments, deep) if keep else ())])
        elif kind in _ATTRIBUTE:
            name, node = _last(walk, node)
            steps.append(name)
        elif kind in _IDENTIFIER:
            steps.append(_text(walk, node))
            return steps[::-1]
        elif kind in _SUBSCRIPT:
            index = node.child(2)
            steps.append("[:]" if index is not None and index.type == "slice" else "[]")
            node = node.child(0)
        elif kind in _AWAIT:
            node = node.child(1)
        else:
            return []
    return steps[::-1] if node is None else []


def _last(walk: Walk, function: Node) -> tuple[str, Node | None]:
    """The last name of what is called or read, and what stands before it."""
    kind = function.kind_id
    if kind in _IDENTIFIER:
        return _text(walk, function), None
    if kind in _ATTRIBUTE:
        last = function.child(function.child_count - 1)
        return _text(walk, last) if last is not None else "", function.child(0)
    return "", None


def _arguments(walk: Walk, arguments: Node | None, deep: int) -> list[object]:
    if arguments is None or deep > _DEEPEST:
        return []
    found: list[object] = []
    for child in arguments.named_children[:_MOST]:
        if child.kind_id in _KEYWORD:
            name, value = child.child(0), child.child(2)
            if name is not None and value is not None and text(walk, name) in _KEYWORDS:
                found.append(["=", _text(walk, name), _argument(walk, value, deep + 1)])
        elif child.type != "comment":
            found.append(_argument(walk, child, deep + 1))
    return found


def _argument(walk: Walk, node: Node, deep: int) -> object:
    kind = node.kind_id
    if kind in _STRINGS:
        return literal(walk, node)
    if kind in _LISTS:
        inner = node.named_children[:_MOST] if deep <= _DEEPEST else []
        return ["[", *(_argument(walk, child, deep + 1) for child in inner)]
    steps = chain_of(walk, node, deep + 1, kept=True) if deep <= _DEEPEST else []
    if steps and all(isinstance(step, str) and step[:1] != "[" for step in steps):
        return ".".join(map(str, steps))
    if not steps:
        word = _text(walk, node) if node.child_count == 0 else ""
        return word if word in {"True", "False", "None"} else None
    return steps


def literal(walk: Walk, node: Node) -> str | None:
    """`'` and the text of a literal, None for one with values in it or too long to be a name.

    A sentence or a statement is no name either; nothing of it is kept.
    """
    if node.end_byte - node.start_byte > _LONGEST:
        return None
    written = walk.source[node.start_byte : node.end_byte]
    if written[:2].lower().strip(b"rbu\"'").startswith(b"f") and b"{" in written:
        return None
    text = b"".join(part for _, part in _PIECES.findall(written)).decode("utf-8", "replace")
    return "'" if _BLANK(text) else f"'{text}"


def _text(walk: Walk, node: Node) -> str:
    return walk.source[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _target(walk: Walk, start: int) -> str:
    """The name that a call's value is given to: `x`, `*x` for each of it, or nothing."""
    at, name = walk.assigned
    if at != start:
        if not 0 <= at < start <= at + _NEAR:
            return ""
        if walk.source[at:start].translate(None, b"( \t\r\n") not in {b"", b"await"}:
            return ""
    return name.decode("utf-8", "replace")
