"""What pydantic finds wrong with a file, in the words of the file and with its lines."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessor.packs.tree import Problem, Tree

_SAID = {
    "missing": "`{key}` is missing",
    "unexpected_keyword_argument": "unknown key `{key}`",
    "extra_forbidden": "unknown key `{key}`",
    "dataclass_type": "`{key}` must be a mapping",
    "literal_error": "`{key}`: must be {expected}",
    "string_too_short": "`{key}` is empty",
    "string_type": "`{key}` must be text (quote it)",
    "string_pattern_mismatch": "`{key}` must look like {pattern}",
    "list_type": "`{key}` must be a list",
    "dict_type": "`{key}` must be a mapping",
    "too_short": "`{key}` holds nothing",
    "greater_than": "`{key}` must be greater than {gt}",
    "value_error": "`{key}` {error}",
}


def problems(error: ValidationError, tree: Tree) -> Iterator[Problem]:
    """Everything that pydantic found, each with its line, in the words of the files."""
    for detail in error.errors():
        path = [step for step in detail["loc"] if step != "[key]"]
        yield Problem(tree.file, tree.line(path), _said(detail, str(path[-1] if path else "file")))


def _said(detail: ErrorDetails, key: str) -> str:
    template = _SAID.get(detail["type"])
    if template is None:
        return f"`{key}`: {detail['msg']}"
    return template.format(key=key, **detail.get("ctx", {}))
