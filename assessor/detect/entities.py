"""Relations between persistent entities, within the parts of the domain and across them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor.detect.code import Code, Tie, at, measured, not_applicable, one_part, ties, unknown
from assessor.model.basis import Evidence, Text
from assessor.model.facts import Fact
from assessor.model.records import Reference, ReferenceKind, Unit

NAME = "arch.entity_relations_across"
_ENTITY_MARKS = frozenset({"Entity", "Document", "TableName"})
_BEARERS = frozenset({"Embeddable", "MappedSuperclass"})
_MODELS = re.compile(r"(^|/)(\w+_)?models(\.py$|/)")
# What stands in the models of Django and SQLAlchemy, and in no others.
_MAPPER_WORDS = frozenset({"django", "sqlalchemy", "column", "foreign"})
_NO_ENTITIES = Text(zh="没有持久化实体。", en="There are no entities.")
_BY_NAME = Text(
    zh="实体之间的关系以文本指名，无法看出所属模块。",
    en="The entities name each other in text; where their relations lead could not be seen.",
)


@dataclass(frozen=True, slots=True)
class _Relations:
    """Relations between entities: how many in all, and those that lead to another part."""

    total: int
    crossing: tuple[Tie, ...]


def entity_relations(found: Code, home: Mapping[str, str], *, word: Text) -> Fact:
    """Share of the relations between entities whose two ends lie in different parts (`home`).

    word: what the parts are called. A relation is a type that one entity has from another (JPA,
    MyBatis-Plus), or a foreign key of a Django or SQLAlchemy model. To extend a class is none.
    """
    entities = {unit.path for unit in found.units if _is_entity(unit, found)}
    if not entities:
        return not_applicable(NAME, _NO_ENTITIES)
    if one := one_part(NAME, home):
        return one
    typed = _typed(found, entities, home=home)
    keyed = _keyed(found, entities, home=home)
    if keyed.total and not keyed.crossing and len(_parts(found, entities, home=home)) > 1:
        return unknown(NAME, _BY_NAME)
    crossing = sorted((*typed.crossing, *keyed.crossing), key=lambda tie: -tie.count)
    total = typed.total + keyed.total
    shown = _shown(crossing, home, word=word)
    value = (len(typed.crossing) + sum(tie.count for tie in keyed.crossing)) / max(total, 1)
    return measured(NAME, value, shown, ranked=True)


def _shown(crossing: list[Tie], home: Mapping[str, str], *, word: Text) -> Iterator[Evidence]:
    for tie in crossing:
        part = home[tie.target]
        yield at(
            tie.source,
            tie.line,
            zh=f"实体关系指向{word.zh} {part} 的 {tie.name}",
            en=f"relation to {tie.name} of the {word.en} {part}",
            holds=False,
        )


def _is_entity(unit: Unit, found: Code) -> bool:
    if unit.language == "python":
        return bool(_MODELS.search(unit.path) and dict(unit.words).keys() & _MAPPER_WORDS)
    return bool(found.marks.get(unit.path, {}).keys() & _ENTITY_MARKS)


def _parts(found: Code, entities: set[str], *, home: Mapping[str, str]) -> set[str]:
    """The parts in which entities with foreign keys lie."""
    keyed = (unit.path for unit in found.units if unit.path in entities and _foreign_keys(unit))
    return {home[path] for path in keyed if path in home}


def _typed(found: Code, entities: set[str], *, home: Mapping[str, str]) -> _Relations:
    """By a type in the code of an annotated entity, or of what is embedded in entities."""
    bearers = {
        path
        for path, marks in found.marks.items()
        if marks.keys() & (_ENTITY_MARKS | _BEARERS) and path in home
    }
    linked = ties(
        r
        for r in found.inside
        if r.kind is ReferenceKind.TYPE
        and r.source in bearers
        and r.target in entities
        and r.target in home
    )
    crossing = (tie for tie in linked if home[tie.source] != home[tie.target])
    return _Relations(len(linked), tuple(crossing))


def _keyed(found: Code, entities: set[str], *, home: Mapping[str, str]) -> _Relations:
    """By foreign keys of models in Python; one file holds several of them.

    All foreign keys are counted by their word, those that cross by the names imported.
    """
    models = {
        u.path: _foreign_keys(u) for u in found.units if u.path in entities and u.path in home
    }
    extended = {(r.source, r.target) for r in found.inside if r.kind is ReferenceKind.INHERIT}
    crossing = tuple(
        tie for tie in ties(_imported(found, models)) if _crosses(tie, extended, home)
    )
    seen = sum(tie.count for tie in crossing)
    return _Relations(max(sum(models.values()), seen), crossing)


def _imported(found: Code, models: Mapping[str, int]) -> Iterator[Reference]:
    for r in found.inside:
        if r.kind is ReferenceKind.IMPORT and models.get(r.source) and r.target in models:
            yield r


def _crosses(tie: Tie, extended: set[tuple[str, str]], home: Mapping[str, str]) -> bool:
    return home[tie.source] != home[tie.target] and (tie.source, tie.target) not in extended


def _foreign_keys(unit: Unit) -> int:
    """How often `ForeignKey`, `OneToOneField` or `ManyToManyField` stands in a Python unit."""
    if unit.language != "python":
        return 0
    words = dict(unit.words)
    return words.get("foreign", 0) + words.get("one", 0) // 2 + words.get("many", 0) // 2
