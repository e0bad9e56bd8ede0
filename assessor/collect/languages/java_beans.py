"""What beans are called, and which one a class asks for by its name, in Java."""

import re
from collections.abc import Mapping

from assessor.collect.languages.java_state import Walk

# Annotation of a class -> the arguments that say what its bean is called.
_MAKES = frozenset(
    {
        "Component", "Service", "Repository", "Controller", "RestController", "Configuration",
        "Named", "Stateless", "Stateful", "Singleton", "ControllerAdvice",
    }
)  # fmt: skip
# Annotation of what is put in -> the argument that says which bean.
_ASKS: Mapping[str, str] = {
    "Resource": "name",
    "Qualifier": "value",
    "Named": "value",
    "EJB": "beanName",
}
_NAME = re.compile(r"(?:(\w+)\s*=\s*)?\"([\w.\-/]+)\"\Z")


def bean_of(walk: Walk, class_: str) -> str:
    """What the bean of a class is called, "" for a class that is none; its annotations passed."""
    for simple, shown, _ in _just_passed(walk, walk.scope.annotations):
        if simple in _MAKES:
            match = _NAME.match(shown)
            given = match is not None and match[1] in {None, "value", "name"}
            return match[2] if match is not None and given else _by_class(class_)
    return ""


def _by_class(name: str) -> str:
    """`orderService` of OrderService; `URLReader` stays as it is."""
    return name if name[:2].isupper() and len(name) > 1 else name[:1].lower() + name[1:]


def asked_for(walk: Walk, field: str = "") -> str:
    """`#name` of the bean that annotations ask for, `#~name` after a field, "" = any."""
    for simple, shown, _ in _just_passed(walk, walk.marked):
        match = _NAME.match(shown) if simple in _ASKS else None
        if match is not None and (match[1] or "value") == _ASKS[simple]:
            return f"#{match[2]}"
    return f"#~{field}" if field else ""


def _just_passed(walk: Walk, marked: list[str]) -> list[tuple[str, str, int]]:
    return walk.notes[-len(marked) :] if marked else []
