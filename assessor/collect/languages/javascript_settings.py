"""`package.json`, `tsconfig.json` and `jsconfig.json`: where the names of imports lead."""

import json
import re
from typing import Any, cast

from assessor.collect.languages.resolution import Facts

NAMES = re.compile(r"package\.json|(?:ts|js)config(?:[.-][\w.-]+)?\.json")
_STRING = r'"(?:\\.|[^"\\\n])*+"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING = re.compile(rf"({_STRING})|,(?=\s*[}}\]])")
_KEPT = ("name", "main", "module", "types", "typings", "source", "exports", "imports", "extends")
_DEEPEST = 20


def read(content: bytes) -> Facts:
    """The keys that matter, comments and trailing commas passed over.

    `name`, `main`, `module`, `types`, `exports`, `imports` of a package; `extends`, `baseUrl`,
    `paths`, `references` of a configuration. Raises ValueError where it is no JSON object.
    """
    text = content.decode("utf-8-sig", "replace")
    bare = _TRAILING.sub(_kept, _COMMENT.sub(_kept, text))
    try:
        said = json.loads(bare or "{}", strict=False)
    except RecursionError as error:
        raise ValueError("the file nests too deep") from error
    if not isinstance(said, dict):
        raise ValueError("the file is no JSON object")  # noqa: TRY004 - of the file, not of ours
    found = {key: _plain(said[key], 0) for key in _KEPT if key in said}
    compiler = said.get("compilerOptions")
    if isinstance(compiler, dict):
        found |= {key: _plain(compiler[key], 0) for key in ("baseUrl", "paths") if key in compiler}
    references = said.get("references")
    if isinstance(references, list):
        found["references"] = [
            one["path"]
            for one in references
            if isinstance(one, dict) and _is_text(one.get("path"))
        ]
    return cast("Facts", found)


def _kept(found: re.Match[str]) -> str:
    return found[1] or ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _plain(value: Any, depth: int) -> object:  # noqa: ANN401 - foreign JSON
    """Texts, lists and objects of them; anything else, and what nests too deep, is nothing."""
    if isinstance(value, str):
        return value
    if depth < _DEEPEST and isinstance(value, list):
        return [_plain(one, depth + 1) for one in value]
    if depth < _DEEPEST and isinstance(value, dict):
        return {key: _plain(one, depth + 1) for key, one in value.items()}
    return None
