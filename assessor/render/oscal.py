"""What OSCAL asks of every document: metadata, identities and text without markup."""

import json
from uuid import NAMESPACE_OID, uuid5

from assessor.model.gate_report import GateReport
from assessor.render.clean import visible
from assessor.render.to_md import escaped

Json = dict[str, object]
_VERSION = "1.2.1"  # the newest that compliance-trestle 5.2 reads
_SPACE = uuid5(NAMESPACE_OID, "assessor")
_NAMES = "urn:assessor:oscal"
_NO_TIME = "1970-01-01T00:00:00Z"


def printed(document: Json) -> bytes:
    """The document in UTF-8, keys sorted."""
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8")


def identity(*content: object) -> str:
    """A UUID (version 5) that is the same for the same content."""
    return str(uuid5(_SPACE, json.dumps(content, sort_keys=True)))


def metadata(report: GateReport, *, title: str) -> Json:
    """What OSCAL asks of every document. A folder has no time: it is told as the year 1970."""
    named = f"{report.repository}: {title}" if report.repository else title
    return {
        "title": line(named),
        "last-modified": moment(report),
        "version": report.head or report.today,
        "oscal-version": _VERSION,
        "props": props(tool=f"{report.tool.name} {report.tool.version}", language=report.lang),
    }


def moment(report: GateReport) -> str:
    """When what was looked at came to be: the time of the head's commit."""
    return report.dated or _NO_TIME


def line(text: str) -> str:
    """The text as one line of Markdown without any markup, never empty."""
    return escaped(text.strip()) or "-"


def props(**values: str) -> list[Json]:
    """Values under names of our own (`_` is written `-`), those without text left out."""
    shown = {name: visible(text).strip() for name, text in values.items()}
    return [
        {"name": name.replace("_", "-"), "ns": _NAMES, "value": text}
        for name, text in shown.items()
        if text
    ]


def statement_id(rule: str) -> str:
    """The id of the part that says what the rule asks for and why."""
    return f"{rule}_smt"
