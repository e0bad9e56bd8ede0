"""In what the languages with declared types differ when names are resolved."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ways:
    """annotation_ending: what an annotation's name may leave out of its class's.

    called_classes: a class called like a function makes an object. getters: `x.name` may stand
    for `x.getName()`. methods_as_values: `x.run` may hand a method on, and what nobody declares
    still is a member of x's type. extended_anywhere: methods that extend a type are found by their
    namespace alone, whatever x is. checked_imports: an import names a type or nothing.
    """

    annotation_ending: str = ""
    called_classes: bool = True
    getters: bool = False
    methods_as_values: bool = False
    extended_anywhere: bool = False
    checked_imports: bool = False


_USUAL = Ways()
_WAYS: Mapping[str, Ways] = {
    "csharp": Ways(
        annotation_ending="Attribute",
        called_classes=False,
        methods_as_values=True,
        extended_anywhere=True,
    ),
    "java": Ways(checked_imports=True),
    "kotlin": Ways(getters=True),
}


def ways(language: str) -> Ways:
    """Those of the language."""
    return _WAYS.get(language, _USUAL)
