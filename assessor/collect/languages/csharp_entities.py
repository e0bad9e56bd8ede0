"""Entity Framework's model: which classes are stored, in which tables, as its rules say.

A table has the name given by `ToTable`, else by `[Table]`, else of the `DbSet`, else of the class;
classes below a stored one share its table. Classes that only belong to another one have no table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessor.collect.languages.csharp_model import UNKNOWN
from assessor.collect.languages.typed_entities import Stored
from assessor.collect.languages.typed_marks import literal
from assessor.collect.languages.typed_table import Source, Table, Type, lineage, named
from assessor.collect.languages.typed_text import erased, last_argument, top_level_parts

_SETS = ("DbSet<", "IDbSet<")
_CONFIGURES = frozenset({"EntityTypeConfiguration", "IEntityTypeConfiguration"})
_IDENTITY = (("aspnetusers", 0), ("aspnetroles", 1))  # tables of the arguments of the context
_OLD = "System.Data.Entity"
_NAME = re.compile(r"(?:nameof\(\s*(?:\w+\.)*(\w+)\s*\)|(.*))", re.DOTALL)
_MANY = frozenset(
    {
        "Collection", "HashSet", "ICollection", "IEnumerable", "IList", "IReadOnlyCollection",
        "IReadOnlyList", "ISet", "List", "ObservableCollection",
    }
)  # fmt: skip
_OF_CONTEXTS = frozenset({"apply", "entity", "schema"})
_DEEPEST = 12  # classes that are found from one another


@dataclass(frozen=True, slots=True)
class Link:
    """A property of a class that leads to another one, or to many of them."""

    field: str
    target: Type
    many: bool
    owner: Type
    line: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the builder of a class says of a relation, as in `csharp_model`; scope: of the file."""

    type: Type
    scope: Type
    said: Sequence[str]
    line: int


@dataclass(slots=True)
class Model:
    """What the project says, gathered: mutable while it is. All is by class.

    sets: name and context of its `DbSet`. tables: what `ToTable` and `[Table]` give. owned, and
    by owner and field: classes without a table of their own. ignored: class and field.
    configured: class that configures -> the one it does. within: class -> its context.
    """

    table: Table
    sets: dict[Type, tuple[str, Type]] = field(default_factory=dict)
    tables: dict[Type, tuple[str, str]] = field(default_factory=dict)
    marked: dict[Type, tuple[str, str]] = field(default_factory=dict)
    schemas: dict[Type, str] = field(default_factory=dict)
    named: dict[Type, None] = field(default_factory=dict)
    configured: dict[Type, Type] = field(default_factory=dict)
    within: dict[Type, Type] = field(default_factory=dict)
    owned: set[Type] = field(default_factory=set)
    owns: set[tuple[Type, str]] = field(default_factory=set)
    ignored: set[tuple[Type, str]] = field(default_factory=set)
    keys: dict[tuple[Type, str], str] = field(default_factory=dict)
    relations: list[Told] = field(default_factory=list)
    links: dict[Type, tuple[Link, ...]] = field(default_factory=dict)
    contexts: dict[Type, None] = field(default_factory=dict)


def gathered(table: Table) -> Model:
    """All that files of C# say of what is stored."""
    model = Model(table)
    csharp = [source for source in table.sources if source.file.language == "csharp"]
    for source in csharp:
        for type_ in source.types:
            _read_type(model, type_)
    if model.contexts or model.named:
        for source in csharp:
            _read_marks(model, source)
        for source in csharp:
            for row in source.facts.get("model", ()):
                _read_row(model, source, [str(part) for part in row[1:]], line=int(row[0]))
    return model


def whole(table: Table, type_: Type) -> Type:
    """The first of the parts that a type is declared in."""
    return table.tops.get(type_.qualified, [type_])[0] if type_.partial else type_


def meant(table: Table, scope: Type, written: str) -> Type | None:
    """The project's type that is written so."""
    found = named(table, scope, erased(written)) if written else None
    return whole(table, found) if found is not None else None


def is_context(table: Table, type_: Type) -> bool:
    """Whether a class is a context of Entity Framework, by what it extends."""
    return any(
        _simple(written).endswith(("DbContext", "ObjectContext"))
        for each in lineage(table, type_)
        for written in each.supers_written
    )


def set_of(written: str) -> str:
    """The class that a `DbSet<Class>` is of, "" for another type."""
    simple = written.rpartition(".")[2] if "<" not in written else written
    before = simple.partition("<")[0].rpartition(".")[2]
    return last_argument(written) if f"{before}<" in _SETS else ""


def _simple(written: str) -> str:
    return erased(written).rpartition(".")[2]


def _read_type(model: Model, type_: Type) -> None:
    table = model.table
    if type_.supers_written and type_.shape == "class" and type_.outer is not None:
        _read_supers(model, type_)
    if not any("DbSet<" in written for written in type_.fields.values()):
        return
    if type_.shape == "class" and not is_context(table, type_):
        return
    if type_.shape == "class":
        model.contexts[whole(table, type_)] = None
    for name, written in type_.fields.items():
        target = meant(table, type_, set_of(written)) if name[:1].isupper() else None
        if target is not None and target.outer is not None:
            known = model.sets.get(target)
            if known is None or (known[1].shape != "class" and type_.shape == "class"):
                model.sets[target] = (name, whole(table, type_))


def _read_supers(model: Model, type_: Type) -> None:
    """Contexts, also without sets of their own; classes that configure another one."""
    table = model.table
    if is_context(table, type_):
        model.contexts[whole(table, type_)] = None
        return
    for written in type_.supers_written:
        scope = type_.outer or type_
        above = named(table, scope, erased(written))
        if "<" in written and (_simple(written) in _CONFIGURES or _configures(table, above)):
            target = meant(table, type_, top_level_parts(written.partition("<")[2][:-1])[0])
            if target is not None and target.shape != "interface":
                model.named.setdefault(target)
                model.configured.setdefault(type_, target)


def _configures(table: Table, type_: Type | None) -> bool:
    return type_ is not None and any(
        _simple(written) in _CONFIGURES
        for each in lineage(table, type_)
        for written in each.supers_written
    )


def _read_marks(model: Model, source: Source) -> None:
    data = source.facts.get("data")
    flat = data["marks"] if data is not None else []
    for name, arguments, scope, member, _type, _line in zip(
        *(flat[at::6] for at in range(6)), strict=True
    ):
        type_ = whole(model.table, source.types[int(scope)])
        kind, given = str(name).rpartition(".")[2].removesuffix("Attribute"), str(arguments)
        if kind in {"Owned", "ComplexType"} and not member:
            model.owned.add(type_)
        elif kind == "Table" and not member:
            first, *more = top_level_parts(given) or [""]
            schema = next((part for part in more if part.lstrip().startswith("Schema")), "")
            model.marked[type_] = _called(first), _called(schema.partition("=")[2])
        elif kind == "ForeignKey" and member:
            model.keys[type_, str(member)] = _called(given)


def _called(written: str) -> str:
    """The text of a literal or a `nameof(…)`, "?" for what is not known."""
    written = written.strip()
    found = re.fullmatch(r"nameof\(\s*(?:\w+\.)*(\w+)\s*\)", written)
    return found[1] if found else (literal(written) or UNKNOWN) if written else ""


def _read_row(model: Model, source: Source, row: list[str], *, line: int) -> None:
    owner, field_name = row[0].partition(" ")[::2]
    type_ = meant(model.table, source.types[0], owner)
    kind, given = row[1], row[2:]
    if type_ is None:
        return
    if kind in _OF_CONTEXTS:
        _read_context(model, source, type_, said=row[1:])
    elif kind == "ignore":
        model.ignored.add((type_, given[0]))
    elif kind == "owns":
        model.owns.add((type_, given[0]))
    elif kind == "table":
        target = _field_type(model, type_, field_name) if field_name else type_
        if target is not None:
            model.named.setdefault(target)
            model.tables[target] = given[0], given[1]
    else:
        model.named.setdefault(type_)
        if kind == "relation":
            model.relations.append(Told(type_, source.types[0], given, line))


def _read_context(model: Model, source: Source, type_: Type, *, said: list[str]) -> None:
    """Which schema a context has, and which classes it holds."""
    kind, given = said[:2]
    other = named(model.table, source.types[0], given)
    if kind == "schema":
        model.schemas[type_] = given
    elif kind == "apply" and other is not None and other in model.configured:
        model.within.setdefault(model.configured[other], type_)
    elif kind == "entity":
        model.named.setdefault(type_)
        context = whole(model.table, other) if other is not None else None
        if context is not None and context in model.contexts:
            model.within.setdefault(type_, context)


def _field_type(model: Model, type_: Type, name: str) -> Type | None:
    return next((link.target for link in links(model, type_) if link.field == name), None)


def links(model: Model, type_: Type) -> tuple[Link, ...]:
    """The public properties of a class, own or inherited, that lead to classes."""
    if type_ not in model.links:
        model.links[type_] = tuple(_links(model, type_))
    return model.links[type_]


def _links(model: Model, type_: Type) -> Iterator[Link]:
    done: set[str] = set()
    for owner in lineage(model.table, type_):
        parts = model.table.tops.get(owner.qualified, [owner]) if owner.partial else [owner]
        for part in parts:
            for link in _own_links(model, part):
                if link.field not in done:
                    done.add(link.field)
                    yield link


def _own_links(model: Model, type_: Type) -> Iterator[Link]:
    facts = type_.source.facts["scopes"][type_.source.types.index(type_)]
    flat = facts.get("properties", [])
    for name, line in zip(flat[::2], flat[1::2], strict=True):
        written = type_.fields.get(str(name), "")
        many = "<" in written and _simple(written) in _MANY
        target = meant(model.table, type_, last_argument(written) if many else written)
        if target is not None and target.shape in {"class", "record"}:
            yield Link(str(name), target, many, type_, int(line))


def stored_classes(model: Model) -> dict[Type, Stored]:
    """The stored classes; those without a key are found by nothing but what names them."""
    found = dict.fromkeys(
        type_
        for type_ in (*model.sets, *model.named)
        if type_.shape in {"class", "record"}
        and (type_ not in model.owned or type_ in model.tables)
    )
    queue = [(type_, 0) for type_ in found]
    owned = {link.target for type_ in found for link in links(model, type_) if _owns(model, link)}
    for type_, depth in queue:
        for link in links(model, type_) if depth < _DEEPEST else ():
            target = link.target
            if target not in found and target not in owned and _is_mapped(model, type_, link):
                found[target] = None
                queue.append((target, depth + 1))
    made = {type_: _stored(model, type_, found) for type_ in found}
    return {**dict(_identity(model)), **made, **dict(_by_mark(model, made))}


def _owns(model: Model, link: Link) -> bool:
    return link.target in model.owned or any(
        (each, link.field) in model.owns for each in (link.owner, whole(model.table, link.owner))
    )


def _is_mapped(model: Model, type_: Type, link: Link) -> bool:
    """Whether a property is one that leads to a stored class, which must have a key."""
    hidden = {(type_, link.field), (link.owner, link.field)}
    if hidden & model.ignored or hidden & model.owns or link.target in model.owned:
        return False
    return not link.target.abstract and has_key(model.table, link.target)


def has_key(table: Table, type_: Type) -> bool:
    """Whether a class has a property that is its key by its name."""
    wanted = {"id", f"{type_.name.lower()}id"}
    return any(name.lower() in wanted for each in lineage(table, type_) for name in each.fields)


def _stored(model: Model, type_: Type, found: Iterable[Type]) -> Stored:
    name, context = model.sets.get(type_, (type_.name, None))
    context = context or model.within.get(type_)
    given = model.tables.get(type_) or model.marked.get(type_)
    held = found if isinstance(found, dict) else dict.fromkeys(found)
    above = [each for each in lineage(model.table, type_)[1:] if each in held]
    if given is None and above:
        return _at(type_, _stored(model, above[-1], held).table, context)
    table, schema = given or (name, "")
    schema = schema or (model.schemas.get(context, "") if context is not None else "")
    full = f"{schema}.{table}" if schema not in {"", UNKNOWN} else table
    return _at(type_, "" if table in {"", UNKNOWN} else full.lower(), context)


def _at(type_: Type, table: str, context: Type | None) -> Stored:
    sources = [type_.source, *([context.source] if context is not None else [])]
    old = any(_OLD in source.packages for source in sources)
    line = type_.source.facts["scopes"][type_.source.types.index(type_)]["line"]
    return Stored(type_, type_.name, table, "entity-framework" if old else "ef-core", line)


def _identity(model: Model) -> Iterator[tuple[Type, Stored]]:
    """The classes of users and roles that a context of ASP.NET Identity is given."""
    for context in model.contexts:
        for written in context.supers_written:
            if _simple(written) in {"IdentityDbContext", "IdentityUserContext"}:
                given = top_level_parts(written.partition("<")[2][:-1])
                for table, at in _IDENTITY:
                    type_ = meant(model.table, context, given[at]) if at < len(given) else None
                    if type_ is not None:
                        yield type_, _at(type_, table, context)


_MAPPERS: Mapping[str, str] = {
    "Dapper.Contrib.Extensions": "dapper",
    "LinqToDB.Mapping": "linq2db",
}


def _by_mark(model: Model, made: Mapping[Type, Stored]) -> Iterator[tuple[Type, Stored]]:
    """Classes that `[Table]` of another library than Entity Framework stores."""
    for type_, (table, schema) in model.marked.items():
        package = next((each for each in _MAPPERS if each in type_.source.packages), "")
        if package and type_ not in made and table not in {"", UNKNOWN}:
            full = f"{schema}.{table}" if schema not in {"", UNKNOWN} else table
            line = _at(type_, "", None).line
            yield type_, Stored(type_, type_.name, full.lower(), _MAPPERS[package], line)
