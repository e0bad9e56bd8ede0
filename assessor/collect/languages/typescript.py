"""TypeScript: read as JavaScript is, with a grammar of its own; resolved together with it."""

from assessor.collect.languages.javascript import extract_as, resolve
from assessor.collect.languages.resolution import Facts

__all__ = ["extract", "resolve"]


def extract(path: str, content: bytes) -> Facts:
    """Facts of one file; `.tsx` has elements where `.ts` may have casts."""
    grammar = "tsx" if path.lower().endswith(".tsx") else "typescript"
    return extract_as(grammar, content, path=path)
