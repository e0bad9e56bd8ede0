"""Endpoints of small sources, as short texts: what the tests of endpoints compare."""

from assessor.collect.languages import (
    csharp,
    endpoints_webxml,
    go,
    java,
    javascript,
    kotlin,
    php,
    typed,
    typescript,
)
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

READ = {
    "cs": ("csharp", csharp, typed.resolve),
    "go": ("go", go, go.resolve),
    "java": ("java", java, typed.resolve),
    "js": ("javascript", javascript, javascript.resolve),
    "kt": ("kotlin", kotlin, typed.resolve),
    "php": ("php", php, typed.resolve),
    "ts": ("typescript", typescript, javascript.resolve),
}


def artefacts(files):
    """The endpoints of files (path -> text), in the order of paths."""
    extracted, settings, resolve = [], [], None
    for path, text in files.items():
        end = path.rpartition(".")[2]
        kind = FileKind.TEST if "test/" in path or path.endswith("_test.go") else FileKind.SOURCE
        if end == "xml":
            facts = endpoints_webxml.read(text.encode())
            settings.append(Extracted(File(path, FileKind.OTHER, "", 0, ""), facts))
            continue
        language, front_end, resolve = READ[end]
        facts = front_end.extract(path, text.encode())
        extracted.append(Extracted(File(path, kind, language, 0, ""), facts))
    assert resolve is not None
    return [one for one in resolve(extracted, settings).artefacts if one.kind == "code.endpoint"]


def values(artefact):
    """Key -> value of an artefact."""
    return {name: node.value for name, node in artefact.root.value.items()}


def found(files):
    """`GET /path Handler`, sorted."""
    read = [values(one) for one in artefacts(files)]
    return sorted(f"{v['method']} {v['path']} {v['handler']}".strip() for v in read)
