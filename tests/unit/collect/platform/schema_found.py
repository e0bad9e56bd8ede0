"""Short ways to see the schema that some files define."""

from unit.collect.platform.conftest import Found, plain

from assessor.collect.platform.nodes import fields


def found(sources):
    """Everything that the platform readers make of `{path: text}`."""
    return Found(sources, ())


def tables(read):
    """Table -> its columns, of production code."""
    return {
        values["table"]: " ".join(values["columns"])
        for each in read.of("data.table")
        if (values := plain(each.root))["unit_kind"] == "source" and not values["view"]
    }


def keys(read):
    """Sorted «source.columns > target»."""
    every = [plain(each.root) for each in read.of("data.foreign_key")]
    return sorted(f"{k['source']}.{','.join(k['columns'])} > {k['target']}" for k in every)


def defined(**sources):
    """Tables and foreign keys of `{path: text}`."""
    read = found(sources)
    return tables(read), keys(read)


def values(read, table):
    """All that is said of one table."""
    [one] = [each for each in read.of("data.table") if fields(each.root)["table"].value == table]
    return plain(one.root) | {"place": str(one.location)}
