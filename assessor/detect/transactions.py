"""Where transactions are declared, and whose data they touch."""

import re
from collections.abc import Iterator, Mapping

from assessor.detect.code import Code, Tie, at, measured, not_applicable, one_part, ties, unknown
from assessor.model.basis import Evidence, Text
from assessor.model.facts import Fact
from assessor.model.records import ReferenceKind

ACROSS = "arch.transactions_across"
_STORE = re.compile(
    r"(Repository|RepositoryImpl|Dao|DAO|DaoImpl|Mapper|Store)$"
    r"|(^|\.)((\w+_)?models|repositor(y|ies))$"
)
_SERVICE = re.compile(r"(Service|ServiceImpl|Facade|UseCase|Manager|Bean)$|(^|\.)services?$")
_NOT_DECLARED = Text(zh="没有声明事务。", en="No transaction is declared.")
_NO_DATA = Text(
    zh="看不出事务访问哪些数据。", en="Which data the transactions touch could not be seen."
)


def transactions(found: Code, home: Mapping[str, str], *, word: Text) -> tuple[Fact, Fact]:
    """Whether transactions are declared; the share of them over the data of several parts.

    home: unit -> part of the domain. word: what the parts are called. The share is unknown where
    none is over several parts and the data of most of them could not be seen.
    """
    declared = _declared(found)
    shown = [at(p, n, zh="声明了事务", en="declares a transaction") for p, n in declared.items()]
    first = measured("arch.transactions", bool(declared), shown)
    if not declared:
        return first, not_applicable(ACROSS, _NOT_DECLARED)
    if one := one_part(ACROSS, home):
        return first, one
    holders = _holders(found, home)
    data: dict[str, list[Tie]] = {path: [] for path in declared}
    for tie in ties((*found.inside, *found.wired)):
        if tie.source in declared and tie.target in holders:
            data[tie.source].append(tie)
    written = {(r.source, r.target) for r in found.inside}
    foreign = {path: _foreign(path, data[path], home) for path in declared}
    crossing = sum(bool(ties_) for ties_ in foreign.values())
    visible = sum(bool(touched) or path in holders for path, touched in data.items())
    if not crossing and 2 * visible < len(declared):
        return first, unknown(ACROSS, _NO_DATA)
    named = (
        [tie for tie in foreign[path] if (tie.source, tie.target) in written] or foreign[path]
        for path in sorted(foreign)
    )
    evidence = (each for some in named for each in _shown(some, home, word=word))
    return first, measured(ACROSS, crossing / len(declared), evidence)


def _declared(found: Code) -> dict[str, int]:
    """Units that declare or begin a transaction -> line of the first, in order of the units.

    Migrations change the data's shape, not the data.
    """
    return {
        unit.path: found.transactions[unit.path]
        for unit in found.units
        if unit.path in found.transactions and "/migrations/" not in f"/{unit.path}"
    }


def _foreign(path: str, touched: list[Tie], home: Mapping[str, str]) -> list[Tie]:
    """What of the touched data belongs to another part than the unit itself, or than the first."""
    own = home.get(path) or (home[touched[0].target] if touched else "")
    return [tie for tie in touched if home[tie.target] != own]


def _shown(foreign: list[Tie], home: Mapping[str, str], *, word: Text) -> Iterator[Evidence]:
    for tie in foreign:
        part = home[tie.target]
        yield at(
            tie.source,
            tie.line,
            zh=f"事务触及{word.zh} {part} 的 {tie.name}",
            en=f"its transaction touches {tie.name} of the {word.en} {part}",
            holds=False,
        )


def _holders(found: Code, home: Mapping[str, str]) -> set[str]:
    """Units that keep a part's data: stores, and the services that use a store of their own part.

    An interface stands for the store behind it; what is injected counts as used.
    """
    stores = {u.path for u in found.units if u.path in home and _STORE.search(u.name)}
    own = {
        r.source
        for r in (*found.inside, *found.wired)
        if r.target in stores and home.get(r.source) == home[r.target]
    }
    services = {u.path for u in found.units if _SERVICE.search(u.name)}
    kept = own & services
    fronts = {
        r.target
        for r in found.inside
        if r.kind is ReferenceKind.INHERIT and r.source in kept and r.target in home
    }
    return stores | kept | (fronts & services)
