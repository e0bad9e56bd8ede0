"""What tests of data artefacts of Java and Kotlin have in common: files in, rows out."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from assessor.collect.languages import java, jvm_settings, kotlin
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.basis import Node
from assessor.model.records import Artefact, File, FileKind

Row = dict[str, object]

JPA = "package shop;\nimport jakarta.persistence.*;\n"
SPRING = (
    "package shop;\nimport org.springframework.data.jpa.repository.*;\n"
    "import org.springframework.data.repository.*;\n"
)
MYBATIS = "package shop;\nimport org.apache.ibatis.annotations.*;\n"
ORDER = {"Order.java": f'{JPA}@Entity @Table(name = "orders") public class Order {{ }}'}
REPOSITORY = {
    "Orders.java": f"{SPRING}public interface Orders extends JpaRepository<Order, Long> {{ }}"
}


def artefacts(
    sources: Mapping[str, str | bytes], *, tests: Iterable[str] = (), reverse: bool = False
) -> list[Artefact]:
    """The data artefacts of some files; XML is read as settings."""
    code: list[Extracted] = []
    settings: list[Extracted] = []
    for path, text in sorted(sources.items(), reverse=reverse):
        content = text if isinstance(text, bytes) else text.encode()
        kind = FileKind.TEST if path in tests else FileKind.SOURCE
        if path.endswith(".xml"):
            file = File(path, kind, "xml", len(content), "")
            settings.append(Extracted(file, jvm_settings.read(content)))
        else:
            language = "kotlin" if path.endswith(".kt") else "java"
            extract = kotlin.extract if language == "kotlin" else java.extract
            file = File(path, kind, language, len(content), "")
            code.append(Extracted(file, extract(path, content)))
    return [a for a in resolve(code, settings).artefacts if a.kind.startswith("data.")]


def rows(found: Iterable[Artefact], kind: str) -> list[Row]:
    """The keys of each artefact of a kind, and its place."""
    return [
        {"at": str(a.location), **{name: node.value for name, node in root.items()}}
        for a in found
        if a.kind == kind
        and isinstance(root := a.root.value, Mapping)
        and all(isinstance(node, Node) for node in root.values())
    ]


def accesses(sources: Mapping[str, str | bytes], **given: object) -> list[str]:
    """`Unit.java table operation via` of each access."""
    found = rows(artefacts(sources, **given), "data.access")  # type: ignore[arg-type]
    return [f"{r['unit']} {r['table']} {r['operation']} {r['via']}" for r in found]


def tree(root: Path) -> dict[str, bytes]:
    """All files of a repository that tell of data: code in folders of production, and XML."""
    wanted = (path for path in sorted(root.rglob("*")) if path.suffix in {".java", ".kt", ".xml"})
    named = ((path.relative_to(root).as_posix(), path) for path in wanted if path.is_file())
    return {name: path.read_bytes() for name, path in named if "src/main/" in name}
