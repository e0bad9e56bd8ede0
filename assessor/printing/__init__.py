"""From an assessment, new or read back, to the compliance report. Loads nothing that audits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from assessor import resources
from assessor.collect.saved import load, parse
from assessor.errors import UsageError
from assessor.model.assessment import Assessment
from assessor.model.theme import Style
from assessor.packs.style import reworded, style
from assessor.render import PRINTERS
from assessor.render.to_json import to_json
from assessor.report.view import Audience, view
from assessor.report.wording import Lang, Wording


@dataclass(frozen=True, slots=True)
class Order:
    """What to print. template: a folder laid out like `reports/`, or None.

    cover: fields of the cover, name -> text; they go before those of the theme. name: what to call
    the repository, "" = as its build files do.
    """

    format: Literal["pdf", "html"]
    lang: Lang
    audience: Audience = "auditor"
    template: Path | None = None
    cover: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """Wording and style of a report, read and checked."""

    wording: Wording
    style: Style


def saved(path: Path) -> Assessment:
    """The assessment that was written to that file. Raises UsageError for any other file."""
    return load(path)


def press(order: Order) -> Press:
    """What the report is printed with. Raises UsageError for mistakes in the template folder."""
    own = order.template
    words = resources.wording(order.lang)
    found = style(resources.packaged("reports"), own=own)
    return Press(words if own is None else reworded(words, own), found)


def printed(assessment: Assessment, order: Order, *, press: Press) -> bytes:
    """The compliance report of an assessment: as it would be saved, so that both are the same.

    Raises ValueError for one of our own that we could not read back.
    """
    content = to_json(assessment)
    try:
        same = parse(content, place="the assessment")
    except UsageError as error:
        raise ValueError(str(error)) from error
    shown = view(
        same,
        wording=press.wording,
        audience=order.audience,
        cover={**press.style.theme.cover, **order.cover},
        name=order.name,
        digest=sha256(content).hexdigest(),
    )
    return PRINTERS[order.format](shown, style=press.style)
