"""A few lines of code around a place, with the secrets in them hidden."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assessor.collect.lines import numbered
from assessor.collect.masking import masked, without_blocks
from assessor.collect.repository import Source, contents
from assessor.model.basis import Location, Skip
from assessor.model.kept import Excerpt
from assessor.model.records import File

LONGEST = 200
_READ = 400  # so much of a line is looked at: a secret that begins within the shown part is seen
_ABOVE, _BELOW = 40, 1  # lines around the shown ones that may tell that these are secret
_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def excerpts(
    source: Source, places: Iterable[Location], *, files: Iterable[File], around: int = 2
) -> tuple[Excerpt, ...]:
    """What stands at each place, with so many lines before and after it; sorted.

    Places that cannot be read or are no line are left out. Lines are cut at 200 characters,
    secrets masked, and characters that steer a screen replaced. files: of the source, among which
    the places are.
    """
    wanted: dict[str, set[int]] = {}
    for place in places:
        wanted.setdefault(place.path, set()).add(place.line)
    read = [file for file in files if file.path in wanted]
    return tuple(
        sorted(
            excerpt
            for file, content in contents(source, read)
            if not isinstance(content, Skip)
            for excerpt in _of_file(file.path, content, sorted(wanted[file.path]), around=around)
        )
    )


def _of_file(path: str, content: bytes, at: Sequence[int], *, around: int) -> Iterator[Excerpt]:
    every = without_blocks([line[:_READ] for line in numbered(content)])
    for line in at:
        if 0 < line <= len(every):
            first, last = max(1, line - around), min(len(every), line + around)
            above = max(1, first - _ABOVE)
            shown = masked(
                every[above - 1 : last + _BELOW],
                path=path,
                shown=range(first - above, last - above + 1),
            )
            yield Excerpt(path, line, first, tuple(_plain(each) for each in shown))


def _plain(line: str) -> str:
    """The line as it may be shown."""
    cut = f"{line[:LONGEST]}…" if len(line) > LONGEST else line
    return "".join(
        c if c == "\t" or unicodedata.category(c) not in _STEERING else "\ufffd" for c in cut
    )
