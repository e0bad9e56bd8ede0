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
            every = numbered(content)
            found |= {
                place: every[place.line - 1]
                for place in wanted[file.path]
                if 0 < place.line <= len(every)
            }
    return found


def numbered(content: bytes) -> list[str]:
    """The lines of a file as git counts them; what is no UTF-8 is replaced."""
    text = content.decode("utf-8", "replace").removesuffix("\n")
    return [line.removesuffix("\r") for line in text.split("\n")]
