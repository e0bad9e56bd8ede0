"""Routers below routers: the paths that lead to each, whatever the language."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from assessor.collect.languages.endpoints import joined

_DEEPEST = 12  # routers below routers
_MOST = 20  # paths that lead to one router


@dataclass(frozen=True, slots=True)
class Routers:
    """Which router hangs below which one, under which path; filled once, then asked."""

    above: defaultdict[Hashable, set[tuple[Hashable, str]]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def hang(self, below: Hashable, above: Hashable, path: str) -> None:
        """A router is below another one, or the same one under another name (path "")."""
        if below != above:
            self.above[below].add((above, path))

    def paths(self, router: Hashable, *, around: Sequence[Hashable] = ()) -> list[str]:
        """The paths that lead to a router; one empty one, if it hangs below none."""
        hangs = self.above.get(router)
        if not hangs or len(around) >= _DEEPEST:
            return [""]
        found: set[str] = set()
        for above, path in hangs:
            if above not in around:
                outer = self.paths(above, around=(*around, router))
                found.update(joined(one, path) if one or path else "" for one in outer)
        return sorted(found)[:_MOST] or [""]
