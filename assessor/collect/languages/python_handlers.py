"""Who answers a request: the function or class that a route names, and its file."""

from assessor.collect.languages.python_meaning import Names, Sort, class_of, loaded, meaning
from assessor.collect.languages.python_models import text


def handler_of(names: Names, path: str, scope: str, *, said: object) -> tuple[str, str]:
    """Name and path of what answers; the route's own file where the name leads nowhere."""
    written = _written(said)
    if not written:
        return "", path
    if written.startswith("self."):
        return _attribute(names, path, scope, name=written.split(".")[1])
    meant = meaning(names, path, written)
    if meant is None or meant.sort is Sort.OUTSIDE:
        return written.rpartition(".")[2], path
    if meant.sort is Sort.VALUE:
        fetched = _fetched(names, names.values[meant.path]["", meant.name][-1].steps, path)
        return fetched or (meant.name, meant.path)
    return meant.name, meant.path


def _written(said: object) -> str:
    """The dotted name in `views.index`, `views.X.as_view()`, `login_required(views.index)`."""
    if isinstance(said, str):
        return "" if said.startswith("'") else said
    if not isinstance(said, list) or not said:
        return ""
    parts: list[str] = []
    for step in said:
        if isinstance(step, str):
            if step[:1] == "[":
                break
            parts.append(step)
            continue
        if step[0] == "as_view":
            return ".".join(parts)
        inner = next((name for each in step[1:] if (name := _written(each))), "")
        return inner or ".".join([*parts, str(step[0])])
    return ".".join(parts)


def _attribute(names: Names, path: str, scope: str, *, name: str) -> tuple[str, str]:
    """What `self.name` is set to in the class around."""
    around = class_of(names, path, scope)
    for (inner, target), rows in sorted(names.values.get(path, {}).items()):
        if around and target == f"self.{name}" and inner.startswith(f"{around.name}."):
            fetched = _fetched(names, rows[-1].steps, path)
            if fetched:
                return fetched
            written = _written(rows[-1].steps)
            return handler_of(names, path, inner, said=written) if written else (name, path)
    return name, path


def _fetched(names: Names, steps: object, path: str) -> tuple[str, str] | None:
    """The class of `get_class("a.views", "X")`, if only one file is meant."""
    call = steps[-1] if isinstance(steps, list) and steps else None
    if not isinstance(call, list) or call[0] != "get_class" or len(call) < 3:  # noqa: PLR2004
        return None
    found = loaded(names, text(call[1]), text(call[2]))
    return (found.name, found.path) if found else (text(call[2]), path)


def method_names(said: object) -> list[str]:
    """The methods that a route lists."""
    if not isinstance(said, list) or said[:1] != ["["]:
        return []
    return sorted({text(each).upper() for each in said[1:]} - {""})
