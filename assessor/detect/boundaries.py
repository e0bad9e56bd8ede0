"""Facts about boundaries between the parts of the domain: services, references, data, changes."""

import re
from collections.abc import Mapping

from assessor.detect.code import (
    Code,
    at,
    code,
    measured,
    one_part,
    ties,
    unknown,
    without_code,
)
from assessor.detect.entities import entity_relations
from assessor.detect.modules import parts
from assessor.detect.transactions import transactions
from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.coupling import CoChange
from assessor.model.facts import Fact, FactScope, FactSpec, FactUnit
from assessor.model.seen import Seen

_SERVICE = re.compile(r"(Service|ServiceImpl|Facade|UseCase|Manager|Bean)$|(^|\.)services?$")
_FRONT = re.compile(
    r"(Service|Facade|Api|Client|Gateway|Port|Interface|UseCase)$"
    r"|(^|\.)(api|services?|facade|signals)$|\.(api|spi|facade|events)\.\w+$"
)
_SERVICE_MARKS = frozenset({"Service", "Stateless", "Stateful", "ApplicationService"})
_MODULE = Text(zh="模块", en="module")
_PROPOSED = Text(zh="建议的服务", en="proposed service")


def _spec(
    name: str, zh: str, en: str, *, unit: FactUnit = "share", scope: FactScope = "code"
) -> FactSpec:
    return FactSpec(name, Text(zh=zh, en=en), unit, EvidenceKind.REPOSITORY, scope)


SPECS: tuple[FactSpec, ...] = (
    _spec("arch.service_layer", "存在服务层", "There is a service layer", unit="yes-no"),
    _spec(
        "arch.facade_share",
        "经由服务或接口单元的跨模块引用占比",
        "References between modules that go to a service or interface",
        scope="cut",
    ),
    _spec(
        "arch.entity_relations_across",
        "跨模块的实体关系占比",
        "Relations between entities that cross modules",
        scope="cut",
    ),
    _spec("arch.transactions", "声明了事务边界", "Transactions are declared", unit="yes-no"),
    _spec(
        "arch.transactions_across",
        "触及其他模块数据的事务单元占比",
        "Transactional units that touch another module's data",
        scope="cut",
    ),
    _spec(
        "arch.cochange_across",
        "跨模块的共同变更占比",
        "Changes made together that cross modules",
        scope="past",
    ),
)


def facts(seen: Seen) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`; none applies where there is no production code.

    Parts of the domain are the modules that are named after a feature, or else the proposed
    services; what is technical or shared belongs to none and is nobody else's.
    """
    found = code(seen.records)
    if found is None:
        return without_code(SPECS, seen)
    domain = parts(found.home, seen.judged)
    word = _PROPOSED if domain.proposed else _MODULE
    return (
        _service_layer(found),
        _facade_share(found, domain.home, word=word),
        entity_relations(found, domain.home, word=word),
        *transactions(found, domain.home, word=word),
        _cochange(seen, domain.home),
    )


def _service_layer(found: Code) -> Fact:
    services = [
        at(
            u.path,
            _mark_line(u.path, found),
            zh=f"{u.name} 是服务单元",
            en=f"{u.name} is a service",
        )
        for u in found.units
        if _SERVICE.search(u.name) or found.marks.get(u.path, {}).keys() & _SERVICE_MARKS
    ]
    return measured("arch.service_layer", bool(services), services)


def _mark_line(path: str, found: Code) -> int:
    """Line of the mark that makes the unit a service, 0 where its name does."""
    marks = found.marks.get(path, {})
    return next((marks[mark] for mark in sorted(_SERVICE_MARKS & marks.keys())), 0)


def _facade_share(found: Code, home: Mapping[str, str], *, word: Text) -> Fact:
    """Share of references between parts, by count, that go to a service or interface."""
    name = "arch.facade_share"
    if one := one_part(name, home):
        return one
    front = {
        u.path
        for u in found.units
        if _FRONT.search(u.name) or found.marks.get(u.path, {}).keys() & _SERVICE_MARKS
    }
    across = [
        tie
        for tie in ties(r for r in found.inside if r.source in home and r.target in home)
        if home[tie.source] != home[tie.target]
    ]
    total = sum(tie.count for tie in across)
    shown = (
        at(
            tie.source,
            tie.line,
            zh=f"绕过服务引用{word.zh} {home[tie.target]} 的 {tie.name}，共 {tie.count} 次",
            en=f"refers to {tie.name} of the {word.en} {home[tie.target]} past its services, "
            f"{tie.count} times",
            holds=False,
        )
        for tie in across
        if tie.target not in front
    )
    through = sum(tie.count for tie in across if tie.target in front)
    return measured(name, through / total if total else 1.0, shown, ranked=True)


_NO_HISTORY = Text(zh="没有完整的提交历史。", en="There is no whole history.")
_FEW = Text(zh="共同变更太少，无法判断。", en="Too few changes were made together to judge by.")
_ENOUGH = 10


def _cochange(seen: Seen, home: Mapping[str, str]) -> Fact:
    """Share of joint commits of coupled pairs whose two ends lie in different parts.

    Unknown where there were under ten of them.
    """
    name = "arch.cochange_across"
    if one := one_part(name, home):
        return one
    if seen.history is None or seen.history.shallow:
        return unknown(name, _NO_HISTORY)
    pairs = [p for p in seen.cochange if p.a in home and p.b in home]
    total = sum(p.shared for p in pairs)
    if total < _ENOUGH:
        return unknown(name, _FEW)
    crossing = sorted(
        (p for p in pairs if home[p.a] != home[p.b]), key=lambda p: (-p.shared, p.a, p.b)
    )
    shown = (_together(pair) for pair in crossing)
    return measured(name, sum(p.shared for p in crossing) / total, shown, ranked=True)


def _together(pair: CoChange) -> Evidence:
    return Evidence(
        Location(pair.a),
        Text(
            zh=f"与 {pair.b} 共同变更 {pair.shared} 次",
            en=f"changed {pair.shared} times with {pair.b}",
        ),
        holds=False,
        commit=pair.commit,
    )
