"""Methods that are called as if they were members of a type that is declared elsewhere."""

from assessor.collect.languages.typed_table import Source, Table, Type, nearest
from assessor.collect.languages.typed_ways import ways


def may_extend(table: Table, source: Source, links: list[str]) -> bool:
    """Whether a chain may call such a method of something that nothing is known of.

    The first link is the receiver of such a call.
    """
    if not table.extensions or not ways(source.file.language).extended_anywhere:
        return False
    return any("(" in link and _named(table, link) for link in links[1 + (not links[0]) :])


def _named(table: Table, link: str) -> list[Type]:
    found = table.extensions.get(link)
    return found or table.extensions.get(link.partition("(")[0] + "(*", [])


def extension(table: Table, scope: Type, link: str) -> Type | None:
    """What holds the method of that name in the scope's reach; None if nothing does."""
    places = _named(table, link)
    if not places:
        return None
    source, name = scope.source, link.partition("(")[0]
    own = scope.top.package if scope.top is not None else source.package
    packages = {own, *source.around, *source.packages}
    near = [
        place
        for place in places
        if place.package in packages
        or f"{place.package}.{name}" in source.singles.values()
        or place.qualified in source.static_owners
    ]
    return nearest(near, source) if near else None
