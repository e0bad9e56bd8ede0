"""What tests of behaviour of Java and Kotlin have in common: files in, rows as lines out."""

from collections.abc import Mapping

from assessor.collect.languages import behaviour, java, kotlin
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

_SHOWN = {
    "code.job": ("schedule", "handler", "framework"),
    "code.message": ("direction", "channel", "broker", "framework"),
    "code.remote": ("protocol", "method", "target", "framework"),
    "code.setting": ("key", "source", "default"),
    "code.transaction": ("handler", "framework", "read_only"),
}


def told(sources: Mapping[str, str] | str, *, language: str = "java") -> list[str]:
    """`kind value | value | …` of each artefact, in their order."""
    files = {f"A.{'kt' if language == 'kotlin' else 'java'}": sources}
    given = files if isinstance(sources, str) else sources
    found = behaviour.artefacts([_extracted(path, str(text)) for path, text in given.items()])
    lines = []
    for each in found:
        assert isinstance(each.root.value, Mapping)
        values = {name: node.value for name, node in each.root.value.items()}
        shown = " | ".join(str(values[name]) for name in _SHOWN[each.kind])
        lines.append(f"{each.kind[5:]} {shown}")
    return lines


def _extracted(path: str, text: str) -> Extracted:
    language = "kotlin" if path.endswith(".kt") else "java"
    extract = kotlin.extract if language == "kotlin" else java.extract
    content = text.encode(errors="surrogatepass")
    return Extracted(
        File(path, FileKind.SOURCE, language, len(content), ""), extract(path, content)
    )
