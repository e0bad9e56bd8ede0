"""Single lines of the files of a source."""

from collections.abc import Iterable

from assessor.collect.repository import Source, contents
from assessor.model.basis import Location, Skip
from assessor.model.records import File


def lines(
    source: Source, places: Iterable[Location], *, files: Iterable[File]
) -> dict[Location, str]:
    """What stands at each of the places; those that cannot be read are left out.

    files: of the source, among which the places are.
    """
    wanted: dict[str, list[Location]] = {}
    for place in places:
        wanted.setdefault(place.path, []).append(place)
    read = [file for file in files if file.path in wanted]
    found: dict[Location, str] = {}
    for file, content in contents(source, read):
        if not isinstance(content, Skip):
            text = content.decode("utf-8", "replace").removesuffix("\n")
            numbered = text.split("\n")  # as git counts them
            found |= {
                place: numbered[place.line - 1].removesuffix("\r")
                for place in wanted[file.path]
                if 0 < place.line <= len(numbered)
            }
    return found
