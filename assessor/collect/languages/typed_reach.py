"""Whether a chain of names can lead anywhere in the project: most of all names cannot."""

from assessor.collect.languages.typed_table import Source, Table


def leads_anywhere(table: Table, source: Source, links: list[str]) -> bool:
    """False where the project declares nothing that the first link could be: most of all names."""
    first = links[0]
    if first == "":
        return _may_be_called(table, source, links[1])
    if first[0] == ".":
        return first.rpartition(".")[2] in table.fields
    if first[0] == "=" or first in table.fields or first in {"this", "super"}:
        return True
    if first in source.singles:
        return True
    return len(links) > 1 and (first in table.names or first in table.roots)


def _may_be_called(table: Table, source: Source, called: str) -> bool:
    if called[:1] == ".":
        return called.rpartition(".")[2] in table.methods
    name, _, arity = called.partition("(")
    if called in table.methods or f"{name}(*" in table.methods or name in table.names:
        return True
    if name in source.singles:
        return True
    return arity == "0" and name.startswith(("get", "is"))  # an accessor that a tool makes
