"""Which scripts get a second look, and what it gives: facts of behaviour, data and exports."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

from tree_sitter import Node

from assessor.collect.languages import javascript_asked as asked
from assessor.collect.languages.behaviour import Row, harmless
from assessor.collect.languages.javascript_behaviour import CLIENT, PACKAGES, behaviour
from assessor.collect.languages.javascript_constants import told
from assessor.collect.languages.javascript_exports import gives
from assessor.collect.languages.javascript_scene import MODULE, Scene, Scope, scene
from assessor.collect.languages.javascript_stored import LIBRARIES, stored
from assessor.collect.languages.javascript_tokens import tokens
from assessor.collect.languages.javascript_whence import home

# Words that files have which store something; each of them is quick to look for, and the text that
# follows has to fit as well.
_PARTS: Mapping[bytes, re.Pattern[bytes]] = {
    b"epository.": re.compile(rb"epository\.\w+\("),
    b"odel.": re.compile(rb"odel\.\w+\("),
    b"risma": re.compile(rb"risma\w*\s*\.\s*\w+\s*\.\s*\w+\s*\("),
    b"models.": re.compile(rb"models\.\w+\.\w+\("),
    b".query(": re.compile(rb"\.query\(\s*[`'\"{]"),
    b".execute(": re.compile(rb"\.execute\(\s*[`'\"{]"),
    b".raw(": re.compile(rb"\.raw\(\s*[`'\"{]"),
}
# Words that are enough by themselves.
_DECLARES = (
    b"$queryRaw", b"$executeRaw", b"sequelize.define(", b".hasMany(", b".belongsTo", b".hasOne(",
    b"PrismaClient",
)  # fmt: skip
_REACHES = (b"fetch(", b"$transaction(", b"new WebSocket(", b"HttpService", b"query('BEGIN")
# Calls of what another file gives: names that only libraries of data have, and common ones, which
# count where the receiver is called as such things are.
_SPECIAL = (
    b".findOne", b".findAll", b".findBy", b".findMany", b".findUnique", b".findFirst",
    b".findAndCount", b".findOrCreate", b".bulkCreate", b".countDocuments", b".insertMany",
    b".deleteOne", b".deleteMany", b".updateOne", b".updateMany",
)  # fmt: skip
_SPECIAL_CALL = re.compile(
    rb"(?:\.\w+){0,2}\.(?:find(?:One|All|By|Many|Unique|First|AndCount|OrCreate)\w*|bulkCreate"
    rb"|countDocuments|insertMany|(?:delete|update)(?:One|Many))\("
)
_STORED = re.compile(r"[A-Z][\w$]*|orm|em|tx|knex|sequelize|\w*(?:[mM]odel|[tT]able|[sS]chema)s?")
_STORED_CALL = re.compile(
    rb"(?:\.\w+){0,2}\.(?:find|create|update|delete|destroy|save|remove|count|insert|upsert"
    rb"|aggregate|select|from)\("
)
_BUILT_CALL = re.compile(rb"\.(?:select|from|insert|transaction|query|collection)\(|\(['\"]")
_CLIENT = re.compile(CLIENT)
_CLIENT_CALL = re.compile(
    rb"(?:\.\w+){0,2}\.(?:get|post|put|patch|delete|request|send|emit|publish|add|query|mutate"
    rb"|transaction)[(<]"
)
_DATABASE = re.compile(r"db|knex|orm|sequelize|prisma|\w*(?:[dD]ata[sS]ource|[cC]onnection)")
_BEGUN = re.compile(rb"(?:\.\w+)?\.transaction\(")
_ALIAS = re.compile(
    r"[.~#/]|@/|@(?:api|app|common|config|core|db|domain|libs?|models?|modules?|server|services?"
    r"|shared|src)/|(?!@)[^:]+/"
)
# Types of Prisma's models are imported by many files that never ask the client.
_LIBRARIES, _PACKAGES = LIBRARIES - {"@prisma/client"}, PACKAGES - {"@prisma/client"}
_MOST = 50  # places of one name that are looked at


def look(
    source: bytes,
    root: Node,
    *,
    path: str,
    grammar: str,
    bindings: Mapping[str, Sequence[object]],
    specifiers: Sequence[str],
) -> dict[str, object]:
    """The facts, none where nothing speaks of any.

    bindings: name that an import binds -> (number of the import, exported name).
    """
    imports = {
        name: (specifiers[int(str(number))], str(exported))
        for name, (number, exported) in bindings.items()
    }
    facts: dict[str, object] = {}
    constants = harmless(told(source, path))
    if constants:
        facts["constants"] = constants
    facts |= tokens(source, root)
    bare = Scene(source, root, imports, [Scope(MODULE, root, -1)])
    facts |= _some("behaviour", list(asked.settings(bare)) if _asks(source, specifiers) else [])
    data, clients = _speaks(source, imports, specifiers)
    if not data and not clients:
        if b"require(" in source and b"exports" in source:
            facts |= _some("gives", gives(bare))
        return facts
    made = scene(source, root, grammar=grammar, imports=imports)
    kept = stored(made) if data else {}
    rows, later = behaviour(made)
    facts["behaviour"] = [*cast("list[Row]", facts.get("behaviour", [])), *rows]
    facts |= _some("stored", kept) | _some("later", later) | _some("gives", gives(made))
    return {name: value for name, value in facts.items() if value}


def _some(name: str, value: object) -> dict[str, object]:
    return {name: value} if value else {}


def _asks(source: bytes, specifiers: Sequence[str]) -> bool:
    """Whether the file may ask for settings."""
    if not asked.PACKAGES.isdisjoint(home(one) for one in specifiers):
        return True
    return b".env" in source and (b"process" in source or b"import.meta.env" in source)


def _speaks(
    source: bytes, imports: Mapping[str, tuple[str, str]], specifiers: Sequence[str]
) -> tuple[bool, bool]:
    """Whether the file may say anything of what is stored, and of what is called or sent."""
    homes = {home(one) for one in specifiers} | set(specifiers)
    data = not homes.isdisjoint(_LIBRARIES) or any(word in source for word in _DECLARES)
    data = data or any(word in source and fits.search(source) for word, fits in _PARTS.items())
    clients = not homes.isdisjoint(_PACKAGES) or any(word in source for word in _REACHES)
    special = any(word in source for word in _SPECIAL)
    for name, (specifier, _) in imports.items():
        if data and clients:
            break
        if _ALIAS.match(specifier):
            data = data or _may_store(source, name, special=special)
            clients = clients or _may_call(source, name)
    return data, clients


def _may_store(source: bytes, name: str, *, special: bool) -> bool:
    """Whether what another file gives may be something stored, by its name and by the calls."""
    if special and _calls(source, name, _SPECIAL_CALL):
        return True
    if _STORED.fullmatch(name) and _calls(source, name, _STORED_CALL):
        return True
    return name in {"db", "knex"} and _calls(source, name, _BUILT_CALL)


def _may_call(source: bytes, name: str) -> bool:
    if _CLIENT.fullmatch(name) is None:
        return False
    return _calls(source, name, _BEGUN if _DATABASE.fullmatch(name) else _CLIENT_CALL)


def _calls(source: bytes, name: str, pattern: re.Pattern[bytes]) -> bool:
    """Whether the name stands before a call like this."""
    wanted, at = name.encode(), 0
    for _ in range(_MOST):
        at = source.find(wanted, at)
        if at < 0:
            return False
        at += len(wanted)
        if pattern.match(source, at):
            return True
    return False
