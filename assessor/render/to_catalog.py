"""The rules that a gate looked at as an OSCAL catalog."""

import json
from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_OID, uuid5

from assessor.model.gate_report import GateReport, ToldPack, ToldRule
from assessor.render.clean import visible
from assessor.render.to_md import escaped

Json = dict[str, object]
_VERSION = "1.2.1"  # the newest that compliance-trestle 5.2 reads
_SPACE = uuid5(NAMESPACE_OID, "assessor")
_NAMES = "urn:assessor:oscal"
_NO_TIME = "1970-01-01T00:00:00Z"


def to_catalog(report: GateReport) -> bytes:
    """UTF-8 JSON: a group for each pack, in it one for each domain, in it a control for each rule.

    Ids of groups are in small letters, those of rules in capitals: none stands for two things.
    """
    groups = _packs(report)
    content = {"groups": groups} if groups else {}
    document: Json = {
        "uuid": identity("catalog", content),
        "metadata": metadata(report, title=report.words["oscal.catalog"]),
        **content,
    }
    return printed({"catalog": document})


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


def _packs(report: GateReport) -> list[Json]:
    """A pack whose id another has already is told with a number, and its rules only once."""
    groups: list[Json] = []
    ids: list[str] = []
    for pack in report.packs:
        before = ids.count(pack.id)
        ids.append(pack.id)
        name = f"{pack.id.lower()}_{before + 1}" if before else pack.id.lower()
        rules = [] if before else [each for each in report.rules if each.pack == pack.id]
        groups.append(_pack(pack, rules, name=name))
    return groups


def _pack(pack: ToldPack, rules: Sequence[ToldRule], *, name: str) -> Json:
    group: Json = {
        "id": name,
        "class": "pack",
        "title": line(pack.title),
        "props": props(pack=pack.id, version=pack.version),
    }
    domains = [
        _domain(
            f"{name}.{domain.id}",
            title=domain.title,
            rules=[each for each in rules if each.domain == domain.id],
        )
        for domain in pack.domains
    ]
    return group | ({"groups": domains} if domains else {})


def _domain(name: str, *, title: str, rules: Sequence[ToldRule]) -> Json:
    group: Json = {"id": name, "class": "domain", "title": line(title)}
    return group | ({"controls": [_control(rule) for rule in rules]} if rules else {})


def _control(rule: ToldRule) -> Json:
    return {
        "id": rule.id,
        "class": "rule",
        "title": line(rule.title),
        "props": [
            {"name": "label", "value": rule.id},
            *props(
                source=rule.source,
                standard=rule.standard,
                clause=rule.clause,
                effort=rule.effort,
                severity=rule.severity,
            ),
        ],
        "parts": [
            _part(statement_id(rule.id), name="statement", prose=rule.why),
            _part(f"{rule.id}_gdn", name="guidance", prose=rule.remedy),
        ],
    }


def _part(identifier: str, *, name: str, prose: str) -> Mapping[str, str]:
    return {"id": identifier, "name": name, "prose": line(prose)}
