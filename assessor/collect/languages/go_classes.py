"""Types of Go with their methods, which may stand in any file of the package."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from assessor.collect.languages.cohesion import lcom4
from assessor.collect.languages.go_table import Project, Source
from assessor.model.records import ClassMetrics

_WITH_MEMBERS = frozenset({"struct", "interface"})


def classes(project: Project) -> dict[str, tuple[ClassMetrics, ...]]:
    """Path of a file -> the structs, interfaces and types with methods that it declares."""
    packages: defaultdict[int, list[Source]] = defaultdict(list)
    for source in project.sources:
        packages[id(source.package)].append(source)
    return {
        source.file.path: tuple(_declared(source, known))
        for sources in packages.values()
        for known in [_methods(sources)]
        for source in sources
    }


def _methods(sources: Sequence[Source]) -> dict[str, list[tuple[str, list[str]]]]:
    """Name of a type -> its methods in all files of the package, with what they use."""
    found: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for source in sources:
        for receiver, name, used in source.facts.get("cohesion", ()):
            found[cast("str", receiver)].append((cast("str", name), cast("list[str]", used)))
    return found


def _declared(
    source: Source, known: dict[str, list[tuple[str, list[str]]]]
) -> Iterator[ClassMetrics]:
    for name, shape, _, _, fields, asked, line in source.facts["types"]:
        own = known.get(cast("str", name), [])
        if not name or not (own or shape in _WITH_MEMBERS):
            continue
        uses = {(at, member) for at, (_, used) in enumerate(own) for member in used}
        is_interface = shape == "interface"
        held = cast("dict[str, str]", fields)
        yield ClassMetrics(
            name=cast("str", name),
            line=cast("int", line),
            methods=len(cast("dict[str, object]", asked)) if is_interface else len(own),
            fields=len(held),
            lcom4=lcom4([method for method, _ in own], uses, fields=held),
            abstract=is_interface,
        )
