"""Rows of small projects of scripts, as tests write them down."""

import json
from collections.abc import Mapping

from assessor.collect.languages import behaviour, javascript, settings, typescript
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import Artefact, File, FileKind


def artefacts(files: Mapping[str, str]) -> tuple[Artefact, ...]:
    """All artefacts of a project; what is named `.json` or `.prisma` is a settings file."""
    code: list[Extracted] = []
    told: list[Extracted] = []
    for path, text in files.items():
        kind = FileKind.TEST if ".spec." in path or path.startswith("test/") else FileKind.SOURCE
        typed = path.endswith((".ts", ".tsx"))
        language = "typescript" if typed else "javascript"
        if path.endswith((".json", ".prisma")):
            facts = settings.extract(path, text.encode())
            told.append(Extracted(File(path, FileKind.OTHER, "", 0, ""), facts))
            continue
        facts = (typescript if typed else javascript).extract(path, text.encode())
        kept = json.loads(json.dumps(facts))
        code.append(Extracted(File(path, kind, language, len(text), ""), kept))
    resolution = javascript.resolve(code, told)
    return (*resolution.artefacts, *behaviour.artefacts(code))


def _values(artefact: Artefact) -> dict[str, object]:
    assert isinstance(artefact.root.value, Mapping)
    return {name: node.value for name, node in artefact.root.value.items()}


def rows(files: Mapping[str, str], kind: str, *keys: str) -> list[str]:
    """The values under the keys of all artefacts of a kind, each as one line, sorted."""
    found = [_values(each) for each in artefacts(files) if each.kind == kind]
    return sorted(" ".join(str(each[key]) for key in keys) for each in found)


def data(files: Mapping[str, str]) -> list[str]:
    """Accesses as `file table operation`."""
    return rows(files, "data.access", "unit", "table", "operation")


def entities(files: Mapping[str, str]) -> list[str]:
    return rows(files, "data.entity", "entity", "table", "framework")


def relations(files: Mapping[str, str]) -> list[str]:
    keys = ("source", "field", "target", "cardinality", "foreign_key")
    return rows(files, "data.relation", *keys)


def remotes(files: Mapping[str, str]) -> list[str]:
    return rows(files, "code.remote", "protocol", "method", "target", "framework")


def messages(files: Mapping[str, str]) -> list[str]:
    return rows(files, "code.message", "direction", "channel", "broker", "framework")


def jobs(files: Mapping[str, str]) -> list[str]:
    return rows(files, "code.job", "schedule", "handler", "framework")


def transactions(files: Mapping[str, str]) -> list[str]:
    return rows(files, "code.transaction", "handler", "framework")


def asked(files: Mapping[str, str]) -> list[str]:
    return rows(files, "code.setting", "key", "source", "default")
