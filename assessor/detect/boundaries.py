"""Facts about boundaries between modules: services, facades, entities, transactions, changes."""

import re
from dataclasses import replace

from assessor.detect.code import Code, at, code, measured, not_applicable, without_code
from assessor.detect.modules import by_layer, domains
from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.facts import Fact, FactSpec, FactUnit
from assessor.model.records import Reference
from assessor.model.seen import Seen

_SERVICE = re.compile(r"(Service|ServiceImpl|Facade|UseCase|Manager|Bean)$|(^|\.)services?$")
_FACADE = re.compile(
    r"(Service|Facade|Api|Client|Gateway|Port|Interface|UseCase)$|(^|\.)(api|services?|facade)$"
)
_SERVICE_MARKS = {"Service", "Stateless", "Stateful", "Singleton", "ApplicationService"}
_TRANSACTION_MARKS = {"Transactional", "TransactionAttribute", "atomic"}
_STORE = re.compile(
    r"(Repository|RepositoryImpl|Dao|DAO|DaoImpl|Mapper|Store)$|(^|\.)(models|repositor(y|ies))$"
)
_ENTITY_MARKS = {"Entity", "MappedSuperclass", "Embeddable", "Document", "TableName"}


def _spec(name: str, zh: str, en: str, *, unit: FactUnit = "count") -> FactSpec:
    return FactSpec(name, Text(zh=zh, en=en), unit, EvidenceKind.REPOSITORY)


SPECS: tuple[FactSpec, ...] = (
    _spec("arch.service_layer", "存在服务层", "There is a service layer", unit="yes-no"),
    _spec(
        "arch.facade_share",
        "经由服务或接口单元的跨模块引用占比",
        "References between modules that go to a service or interface",
        unit="share",
    ),
    _spec(
        "arch.entity_relations_across",
        "跨模块的实体关系占比",
        "Relations between entities that cross modules",
        unit="share",
    ),
    _spec("arch.transactions", "声明了事务边界", "Transactions are declared", unit="yes-no"),
    _spec(
        "arch.transactions_across",
        "触及其他模块数据的事务单元占比",
        "Transactional units that touch another module's data",
        unit="share",
    ),
    _spec(
        "arch.cochange_across",
        "跨模块的共同变更占比",
        "Changes made together that cross modules",
        unit="share",
    ),
)


def facts(seen: Seen) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`; none applies where there is no production code."""
    code_found = code(seen.records)
    if code_found is None:
        return without_code(SPECS, seen)
    proposed = seen.partition.home if seen.partition else {}
    found = replace(code_found, home=domains(code_found.home, proposed))
    return (
        _service_layer(found),
        _facade_share(found),
        _entity_relations(found),
        *_transactions(found),
        _cochange(seen, found),
    )


def _service_layer(found: Code) -> Fact:
    services = [
        at(u.path, 0, zh=f"{u.name} 是服务单元", en=f"{u.name} is a service")
        for u in found.units
        if _SERVICE.search(u.name) or found.marks.get(u.path, frozenset()) & _SERVICE_MARKS
    ]
    return measured("arch.service_layer", bool(services), services)


def _across(found: Code) -> list[Reference]:
    """References from one module to another."""
    return [r for r in found.inside if found.home[r.source] != found.home[r.target]]


_ONE_MODULE = Text(zh="只有一个模块。", en="There is only one module.")


def _facade_share(found: Code) -> Fact:
    """Share of references between modules, by count, that go to a service or interface."""
    name = "arch.facade_share"
    front = {
        u.path
        for u in found.units
        if _FACADE.search(u.name) or found.marks.get(u.path, frozenset()) & _SERVICE_MARKS
    }
    across = _across(found)
    total = sum(r.count for r in across)
    if len(set(found.home.values())) < 2:  # noqa: PLR2004 - nothing lies between one module
        return not_applicable(name, _ONE_MODULE)
    shown = (
        at(
            r.source,
            r.line,
            zh=f"直接引用 {r.target_name}",
            en=f"refers to {r.target_name} past any service",
            holds=False,
        )
        for r in across
        if r.target not in front
    )
    through = sum(r.count for r in across if r.target in front)
    return measured(name, through / total if total else 1.0, shown)


def _entity_relations(found: Code) -> Fact:
    """Share of linked pairs of entities whose two ends lie in different modules."""
    name = "arch.entity_relations_across"
    entities = {
        u.path
        for u in found.units
        if found.marks.get(u.path, frozenset()) & _ENTITY_MARKS
        or u.path.endswith("/models.py")
        or "/models/" in u.path
    }
    if not entities:
        return not_applicable(name, Text(zh="没有持久化实体。", en="There are no entities."))
    linked = {
        (r.source, r.target): r
        for r in found.inside
        if r.source in entities and r.target in entities
    }
    crossing = [r for r in linked.values() if found.home[r.source] != found.home[r.target]]
    shown = (
        at(
            r.source,
            r.line,
            zh=f"实体关系指向模块 {found.home[r.target]} 的 {r.target_name}",
            en=f"relation to {r.target_name} of module {found.home[r.target]}",
            holds=False,
        )
        for r in crossing
    )
    return measured(name, len(crossing) / len(linked) if linked else 0.0, shown)


def _transactions(found: Code) -> tuple[Fact, Fact]:
    """Whether transactions are declared; the share of them that touch another module's data."""
    inside_tx = {
        u.path: u for u in found.units if found.marks.get(u.path, frozenset()) & _TRANSACTION_MARKS
    }
    holders = _holders(found)
    declared = measured(
        "arch.transactions",
        bool(inside_tx),
        [at(p, 0, zh="声明了事务", en="declares a transaction") for p in inside_tx],
    )
    name = "arch.transactions_across"
    if not inside_tx:
        why = Text(zh="没有声明事务。", en="No transaction is declared.")
        return declared, not_applicable(name, why)
    touching = {
        r.source: r
        for r in _across(found)
        if r.source in inside_tx and r.target in holders and _of_other(r, found)
    }
    shown = (
        at(
            r.source,
            r.line,
            zh=f"事务触及模块 {found.home[r.target]} 的 {r.target_name}",
            en=f"its transaction touches {r.target_name} of module {found.home[r.target]}",
            holds=False,
        )
        for r in touching.values()
    )
    return declared, measured(name, len(touching) / len(inside_tx), shown)


def _holders(found: Code) -> set[str]:
    """Units that keep data: stores, and the services that use a store of their own module."""
    stores = {u.path for u in found.units if _STORE.search(u.name)}
    own = {
        r.source
        for r in found.inside
        if r.target in stores and found.home[r.source] == found.home[r.target]
    }
    services = {u.path for u in found.units if _SERVICE.search(u.name)}
    return stores | (own & services)


def _of_other(reference: Reference, found: Code) -> bool:
    """The data belong to another feature: a layer named `dao` or `mapper` is nobody else's."""
    return not by_layer(found.home[reference.target])


def _cochange(seen: Seen, found: Code) -> Fact:
    """Share of joint commits of coupled pairs whose two ends lie in different modules."""
    name = "arch.cochange_across"
    if seen.history is None or seen.history.shallow:
        reason = Text(zh="没有完整的提交历史。", en="There is no whole history.")
        return Fact(name=name, value=None, reason=reason)
    pairs = [p for p in seen.cochange if p.a in found.home and p.b in found.home]
    total = sum(p.shared for p in pairs)
    shown = (
        Evidence(
            Location(p.a),
            Text(zh=f"与 {p.b} 共同变更 {p.shared} 次", en=f"changed {p.shared} times with {p.b}"),
            holds=False,
            commit=p.commit,
        )
        for p in pairs
        if found.home[p.a] != found.home[p.b]
    )
    crossing = sum(p.shared for p in pairs if found.home[p.a] != found.home[p.b])
    return measured(name, crossing / total if total else 0.0, shown)
