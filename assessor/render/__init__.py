"""One file a format: view or document to bytes. The tables below are the whole list."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from assessor.model.assessment import Assessment
from assessor.model.gate import Told
from assessor.model.theme import Style
from assessor.model.view import View
from assessor.render.to_codequality import to_codequality
from assessor.render.to_github import to_github
from assessor.render.to_json import to_json
from assessor.render.to_junit import to_junit
from assessor.render.to_md import to_md
from assessor.render.to_text import to_text


class Printer(Protocol):
    """A format of the compliance report, which has a style."""

    def __call__(self, view: View, *, style: Style) -> bytes:
        """The view in that format and style."""


def _to_html(view: View, *, style: Style) -> bytes:
    from assessor.render.to_html import to_html

    return to_html(view, style=style)


def _to_pdf(view: View, *, style: Style) -> bytes:
    from assessor.render.to_pdf import to_pdf

    return to_pdf(view, style=style)


VIEW_RENDERERS: dict[str, Callable[[View], bytes]] = {"text": to_text, "md": to_md}
DOCUMENT_RENDERERS: dict[str, Callable[[Assessment], bytes]] = {"json": to_json}
# What these need (typst, jinja2) is imported when they are asked for: an audit does without.
PRINTERS: Mapping[str, Printer] = {"html": _to_html, "pdf": _to_pdf}
# What CI systems read of a gate: its conditions, or the places that the change made worse.
CONDITION_RENDERERS: Mapping[str, Callable[[Sequence[Told]], bytes]] = {"junit": to_junit}
FINDING_RENDERERS: Mapping[str, Callable[[Sequence[Told]], bytes]] = {
    "codequality": to_codequality,
    "github": to_github,
}
