"""One file a language: text in, compact facts out; then names resolved to references.

`LANGUAGES` is the whole list. Phase A runs in worker processes, under the name of a worker task.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.collect.languages import java, python
from assessor.collect.languages.resolution import Resolve


@dataclass(frozen=True, slots=True)
class Language:
    """A front-end: the worker task of phase A, phase B, and a task for its own metrics if any."""

    task: str
    resolve: Resolve
    metrics: str = ""


LANGUAGES: Mapping[str, Language] = {
    "java": Language("java", java.resolve),
    "python": Language("python", python.resolve, metrics="python-metrics"),
}
