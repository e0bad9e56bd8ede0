"""What the code stores and where requests come in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TableAccess:
    """What a unit does to a table: letters of CRUD in that order, with the first place.

    path: of the unit, or of the mapper file that speaks for it.
    """

    unit: str
    operations: str
    count: int
    path: str
    line: int

    @property
    def writes(self) -> bool:
        """Whether it does more than read."""
        return self.operations != "R"


@dataclass(frozen=True, slots=True, order=True)
class TableSchema:
    """What migrations and other definitions say of a table, after all of them.

    tool: what runs the definition (`flyway`, `liquibase`, …, `sql` = a plain file). view: it is
    a query over other tables, `reads`. partial: migrations change it and none makes it, so that
    it has more columns than these.
    """

    path: str
    line: int
    tool: str
    columns: tuple[str, ...] = ()
    primary_key: tuple[str, ...] = ()
    view: bool = False
    reads: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True, order=True)
class ForeignKey:
    """Columns of a table that lead to another table, as its definition says."""

    source: str
    target: str
    columns: tuple[str, ...]
    tool: str
    path: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Two tables, in order of their names, that statements of a unit name together."""

    source: str
    target: str
    unit: str
    count: int
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class TableUse:
    """A table. entities: names of the classes that are stored there; mapped: their units.

    definition: what the schema says of it, null where none was found.
    """

    table: str
    entities: tuple[str, ...] = ()
    mapped: tuple[str, ...] = ()
    accesses: tuple[TableAccess, ...] = ()
    definition: TableSchema | None = None

    @property
    def used(self) -> bool:
        """Whether code touches it; a table may be known by the schema only."""
        return bool(self.mapped or self.accesses)


@dataclass(frozen=True, slots=True, order=True)
class EntityRelation:
    """A field of an entity that leads to another one. units: "" where no unit declares it.

    foreign_key: the column is on the source's side.
    """

    source: str
    target: str
    field: str
    cardinality: str
    foreign_key: bool
    source_unit: str
    target_unit: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Endpoint:
    """A place where a request comes in. method: `GET`, …, `ANY`."""

    path: str
    method: str
    handler: str
    framework: str
    unit: str
    line: int


@dataclass(frozen=True, slots=True)
class Data:
    """All of it, of production code, sorted. unread: SQL that could not be read.

    tables: those that code touches and those that a schema defines.
    """

    tables: tuple[TableUse, ...] = ()
    relations: tuple[EntityRelation, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    unread: int = 0
    foreign_keys: tuple[ForeignKey, ...] = ()
    joins: tuple[Join, ...] = ()


NO_DATA = Data()
