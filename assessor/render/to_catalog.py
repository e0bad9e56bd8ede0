"""The rules that a gate looked at as an OSCAL catalog."""

from collections.abc import Mapping, Sequence

from assessor.model.gate_report import GateReport, ToldPack, ToldRule
from assessor.render.oscal import Json, identity, line, metadata, printed, props, statement_id


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
