"""Short ways to write records of code for the tests of this folder."""

from assessor.model.basis import Location, Node
from assessor.model.records import (
    Artefact,
    File,
    FileKind,
    Records,
    Reference,
    ReferenceKind,
    Unit,
)


def unit(name, *, kind=FileKind.SOURCE, lines=10):
    """The unit of a dotted Java class."""
    path = f"src/{name.replace('.', '/')}.java"
    return Unit(path, "java", name, kind, lines, 1, 1, (name,))


def reference(a, b, *, count=1, line=3, kind=ReferenceKind.TYPE):
    """A reference between two units."""
    return Reference(a.path, a.name, b.path, b.name, kind, count, line)


def annotation(of, name):
    """An annotation in a unit."""
    return _named("code.annotation", of, name=name)


def foreign(of, name):
    """A foreign import in a unit."""
    return _named("code.import", of, name=name)


def transaction(of, *, line=2):
    """A transaction that a unit declares or begins."""
    root = {"language": of.language, "handler": "work", "unit": of.path, "unit_kind": str(of.kind)}
    made = Node(line, {key: Node(line, value) for key, value in root.items()})
    return Artefact("code.transaction", Location(of.path, line), made)


def _named(kind, of, *, name):
    values = {"language": of.language, "name": name, "count": 1, "unit_kind": "source"}
    root = Node(2, {key: Node(2, value) for key, value in values.items()})
    return Artefact(kind, Location(of.path, 2), root)


def project(folder):
    """A build project in a folder."""
    return Artefact("build.project", Location(f"{folder}/pom.xml", 1), Node(1, {}))


def records(units, references=(), artefacts=(), skips=()):
    """Records that hold these."""
    files = tuple(File(u.path, u.kind, u.language, 1, "") for u in units)
    return Records(
        files, tuple(sorted(units)), tuple(sorted(references)), tuple(artefacts), tuple(skips)
    )
