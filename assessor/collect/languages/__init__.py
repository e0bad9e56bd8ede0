"""One file a language: text in, compact facts out; then names resolved to references.

`LANGUAGES` is the whole list. Phase A runs in worker processes, under the name of a worker task.
Languages whose names may lead into each other form a family, which is resolved in one go.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessor.collect.languages import (
    go,
    go_settings,
    javascript,
    javascript_prisma,
    jvm_settings,
    python,
    typed,
)
from assessor.collect.languages.resolution import Resolve

SETTINGS = "settings"  # the task that reads the settings files of all languages


@dataclass(frozen=True, slots=True)
class Language:
    """A front-end: the worker task of phase A, its family, a task for its own metrics if any."""

    task: str
    family: str
    metrics: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Phase B of the languages of a family; settings: the names of files that it reads as well."""

    resolve: Resolve
    settings: re.Pattern[str] | None = None


LANGUAGES: Mapping[str, Language] = {
    "csharp": Language("csharp", "csharp"),
    "go": Language("go", "go"),
    "java": Language("java", "jvm"),
    "javascript": Language("javascript", "script"),
    "kotlin": Language("kotlin", "jvm"),
    "php": Language("php", "php"),
    "python": Language("python", "python", metrics="python-metrics"),
    "typescript": Language("typescript", "script"),
}
FAMILIES: Mapping[str, Family] = {
    "csharp": Family(typed.resolve),
    "go": Family(go.resolve, settings=go_settings.NAMES),
    "jvm": Family(typed.resolve, settings=jvm_settings.NAMES),
    "php": Family(typed.resolve),
    "python": Family(python.resolve),
    "script": Family(javascript.resolve, settings=javascript_prisma.SETTINGS),
}


def is_settings(path: str, family: str) -> bool:
    """Whether the family reads this file to know where its names lead."""
    pattern = FAMILIES[family].settings
    return pattern is not None and pattern.fullmatch(path.rpartition("/")[2]) is not None
