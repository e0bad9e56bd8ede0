"""One file a format: view or document to bytes. The tables below are the whole list."""

from collections.abc import Callable, Mapping
from typing import Protocol

from assessor.model.assessment import Assessment
from assessor.model.gate_report import GateReport
from assessor.model.theme import Style
from assessor.model.view import View
from assessor.render.to_badge import to_badge
from assessor.render.to_catalog import to_catalog
from assessor.render.to_codequality import to_codequality
from assessor.render.to_comment import to_comment
from assessor.render.to_csv import to_csv
from assessor.render.to_github import to_github
from assessor.render.to_json import to_json
from assessor.render.to_junit import to_junit
from assessor.render.to_md import to_md
from assessor.render.to_oscal import to_oscal
from assessor.render.to_prometheus import to_prometheus
from assessor.render.to_sarif import to_sarif
from assessor.render.to_summary import to_summary
from assessor.render.to_svg import to_svg
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
# What a gate is printed as beside `json`: for people, and for CI systems and what stands around.
GATE_VIEW_RENDERERS: Mapping[str, Callable[[View], bytes]] = {
    **VIEW_RENDERERS,
    "comment": to_comment,
    "summary": to_summary,
}
GATE_RENDERERS: Mapping[str, Callable[[GateReport], bytes]] = {
    "badge": to_badge,
    "catalog": to_catalog,
    "codequality": to_codequality,
    "csv": to_csv,
    "github": to_github,
    "junit": to_junit,
    "oscal": to_oscal,
    "prometheus": to_prometheus,
    "sarif": to_sarif,
    "svg": to_svg,
}
