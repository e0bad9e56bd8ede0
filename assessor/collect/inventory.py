"""Tells what every file of a source is: source, test, generated, vendored, configuration, …"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from assessor.collect.attributes import KINDS, Attribute, attributes, decided
from assessor.collect.cache import NOTHING, Cache, fingerprint, key
from assessor.collect.entries import Entry
from assessor.collect.inventory_rules import LANGUAGES, PARSED, RULES, TEMPLATES, TEST_NAME, Rule
from assessor.collect.repository import NOBODY, Source, contents, entries, lasting
from assessor.model.basis import Skip
from assessor.model.records import File, FileKind

BY = "inventory"
SOURCE_LIMIT = 1 << 20
ATTRIBUTES_LIMIT = 256 << 10
LINE_LIMIT = 5000
HEAD = 2048
OPENING_LINES = 5
SNIFFED_BYTES = 8000
FOLDERS = 1 << 14  # of which is remembered what the rules say
AFFECTS = (
    "unit",
    "code.annotation",
    "code.endpoint",
    "code.import",
    "code.job",
    "code.literal",
    "code.message",
    "code.remote",
    "code.setting",
    "code.static",
    "code.transaction",
    "data.access",
    "data.entity",
    "data.join",
    "data.relation",
    "data.unread",
)

_SNIFFED = {FileKind.SOURCE, FileKind.TEST}
_BY_ATTRIBUTE = "gitattributes:"
_APPLICATION = re.compile(r"(?:^|/)src/(?:main|jvmMain|commonMain)/")
_LOOK_ALIKE = re.compile(r"(?<![^/])(?:test|docs?|vendor)/")
_SOURCE_SET = re.compile(r"(?:^|/)src/test/")

# Openings of a comment that only a generator writes. Anchored to the start of a comment line:
# a generator's own source holds the same words in strings.
_COMMENT = rb"^[ \t]*(?://+|#+|/?\*+|--|<!--|;+)[ \t]*"
_GENERATED = re.compile(
    _COMMENT + rb"(?:@generated\b|[^\n]{0,80}\bdo not (?:edit|modify)\b"
    rb"|code generated (?:by|from)\b"
    rb"|th(?:is|e following) (?:file|class|code|source)[^\n]{0,20}"
    rb" (?:is|was|has been|were) (?:automatically |auto-?)?generated\b"
    rb"|<?auto(?:matically )?-?\s?generated\b)",
    re.IGNORECASE | re.MULTILINE,
)
_WEAKER = re.compile(
    _COMMENT + rb"generated (?:by|from|with)\b(?! (?:the )?(?:django|alembic)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_ANNOTATED = re.compile(
    rb"^@(?:javax\.annotation\.(?:processing\.)?|jakarta\.annotation\.)?Generated\b", re.MULTILINE
)


def inventory(
    source: Source, *, cache: Cache = NOTHING, only: AbstractSet[str] | None = None
) -> tuple[tuple[File, ...], tuple[Skip, ...]]:
    """All files of the source with their kind, sorted by path, and what was not read.

    `.gitattributes` decides, else the table of rules on the path; for source code then also its
    content. Source code that is too large or minified gets a skip. cache: saves reading content
    that was seen before, and changes no result. only: paths of the code whose content decides too,
    None = all.
    """
    found, skips = entries(source)
    sized = [_by_size(file) for file in _classified(found, known=_attributes(source, found))]
    code = [
        file
        for file, _ in sized
        if file.kind in _SNIFFED and file.language and (only is None or file.path in only)
    ]
    seen = _sniffed(source, code, cache=cache)
    judged = [seen.get(file.path, (file, skip)) for file, skip in sized]
    said = [skip for _, skip in judged if skip is not None]
    return tuple(sorted(file for file, _ in judged)), tuple(sorted([*skips, *said]))


def language(path: str) -> str:
    """The programming language by extension, "" for anything else, templates included."""
    if path.endswith(TEMPLATES):
        return ""
    dot = path.rfind(".", path.rfind("/") + 1)
    return LANGUAGES.get(path[dot:], "") if dot >= 0 else ""


def by_path(
    path: str,
    *,
    look_alikes: AbstractSet[str] = frozenset(),
    never: AbstractSet[FileKind] = frozenset(),
) -> tuple[FileKind, str]:
    """Kind and deciding rule, from the path alone.

    look_alikes: folders named like tests or documentation that are neither. never: kinds that
    the path must not decide, since the repository says otherwise.
    """
    folders, slash, name = _masked(path, look_alikes).rpartition("/")
    application, held = _in_folders(folders + slash)
    for number, rule in enumerate(RULES):
        if rule.kind in never:
            continue
        within = number in held and _ends(rule, name)
        if within or (rule.whole_name and _named(rule, name, application=application)):
            return rule.kind, rule.name
    return FileKind.OTHER, ""


def _ends(rule: Rule, name: str) -> bool:
    if rule.last is not None:
        return rule.last.fullmatch(name) is not None
    return not rule.endings or name.endswith(rule.endings)


def _named(rule: Rule, name: str, *, application: bool) -> bool:
    return not (rule.outside and application) and rule.pattern.fullmatch(name) is not None


@lru_cache(maxsize=FOLDERS)
def _in_folders(folders: str) -> tuple[bool, frozenset[int]]:
    """Whether the folders hold an application's code, and numbers of the rules on folders."""
    application = _APPLICATION.search(folders)
    end = application.start() + 1 if application else len(folders)
    held = (
        number
        for number, rule in enumerate(RULES)
        if not rule.whole_name
        and rule.pattern.search(folders, 0, end if rule.outside else len(folders))
    )
    return application is not None, frozenset(held)


def look_alikes(paths: Iterable[str]) -> frozenset[str]:
    """Folders named `test`, `doc`, `docs` or `vendor` that are packages of the product itself.

    All but `test` are if they are Python packages. `test` (never `tests`) is if it lies within a
    package and nothing below it is named like a test: `django/test/` ships to users.
    """
    known = frozenset(paths)
    folders = {path[: match.end() - 1] for path in known for match in _LOOK_ALIKE.finditer(path)}
    tested = {
        path[: match.end() - 1]
        for path in known
        if TEST_NAME.search(path)
        for match in _LOOK_ALIKE.finditer(path)
    }
    return frozenset(f for f in folders if _is_package(f, known) and f not in tested)


def _is_package(folder: str, known: AbstractSet[str]) -> bool:
    parent, _, name = folder.rpartition("/")
    if f"{folder}/__init__.py" in known:
        return name != "test" or f"{parent}/__init__.py" in known
    rooted = re.search(r"(?:^|/)(?:src|java)/.", parent) is not None
    return name == "test" and rooted and not _SOURCE_SET.search(f"{folder}/")


def _masked(path: str, folders: AbstractSet[str]) -> str:
    """The path with the names of these folders replaced by one that no rule knows."""
    if not folders or not _LOOK_ALIKE.search(path):
        return path
    parts = path.split("/")
    for index in range(1, len(parts)):
        if "/".join(path.split("/")[:index]) in folders:
            parts[index - 1] = "package"
    return "/".join(parts)


def _attributes(source: Source, found: Sequence[Entry]) -> tuple[Attribute, ...]:
    if source.attributes_of == NOBODY:
        return ()
    if source.attributes_of:
        found, _ = entries(replace(source, revision=source.attributes_of))
    files = [
        _file(entry, kind=FileKind.CONFIGURATION, rule="")
        for entry in found
        if f"/{entry.path}".endswith("/.gitattributes") and entry.size <= ATTRIBUTES_LIMIT
    ]
    return attributes(
        (file.path, content.decode("utf-8", "replace"))
        for file, content in contents(source, files)
        if isinstance(content, bytes)
    )


def _classified(found: Sequence[Entry], *, known: Sequence[Attribute]) -> list[File]:
    """Every entry with the kind that the repository or its path gives it."""
    alike = look_alikes(entry.path for entry in found)
    files = []
    for entry in found:
        said = decided(entry.path, known)
        named = next((name for name in KINDS if said.get(name)), None)
        if named is not None:
            files.append(_file(entry, kind=KINDS[named], rule=f"{_BY_ATTRIBUTE}{named}"))
            continue
        never = {KINDS[name] for name, value in said.items() if not value}
        kind, rule = by_path(entry.path, look_alikes=alike, never=never)
        said_so = f"{_BY_ATTRIBUTE}-linguist-generated" if FileKind.GENERATED in never else rule
        files.append(_file(entry, kind=kind, rule=said_so))
    return files


def _file(entry: Entry, *, kind: FileKind, rule: str) -> File:
    return File(
        path=entry.path,
        kind=kind,
        language=language(entry.path),
        size=entry.size,
        blob=entry.blob,
        rule=rule,
    )


def _by_size(file: File) -> tuple[File, Skip | None]:
    """Source code over the limit is not read, let alone parsed."""
    if file.kind not in _SNIFFED or not file.language or file.size <= SOURCE_LIMIT:
        return file, None
    reason = f"It has {file.size} bytes; source code over {SOURCE_LIMIT} is not parsed."
    return _unread(file, FileKind.OVERSIZED, "oversized", reason=reason)


def by_content(file: File, content: bytes) -> tuple[File, Skip | None]:
    """The file with the kind that its content gives it, and a skip if it cannot be parsed."""
    return _judged(file, _verdict(content))


def _verdict(content: bytes) -> str:
    """What the content by itself says of source code: binary, minified, generated or plain."""
    if b"\0" in content[:SNIFFED_BYTES]:
        return "binary"
    if _is_minified(content):
        return "minified"
    return "generated" if _is_generated(content[:HEAD]) else "plain"


def _judged(file: File, verdict: str) -> tuple[File, Skip | None]:
    if verdict == "binary":
        reason = "It holds NUL bytes, so it is no source code whatever its name."
        return _unread(file, FileKind.BINARY, "binary", reason=reason)
    if verdict == "minified":
        reason = f"It is minified: most of it is lines over {LINE_LIMIT} characters."
        return _unread(file, FileKind.OVERSIZED, "minified", reason=reason)
    if verdict == "generated" and not file.rule.startswith(_BY_ATTRIBUTE):
        return replace(file, kind=FileKind.GENERATED, rule="content:generated"), None
    return file, None


def _is_minified(content: bytes) -> bool:
    """Whether over-long lines make up at least half of it: one long literal does not."""
    if len(content) <= LINE_LIMIT:
        return False
    long = sum(len(line) for line in content.splitlines() if len(line) > LINE_LIMIT)
    return long * 2 >= len(content)


def _is_generated(head: bytes) -> bool:
    first_lines = b"\n".join(head.split(b"\n", OPENING_LINES)[:OPENING_LINES])
    return bool(_ANNOTATED.search(head) or _GENERATED.search(head) or _WEAKER.search(first_lines))


def _unread(file: File, kind: FileKind, code: str, *, reason: str) -> tuple[File, Skip]:
    affects = AFFECTS if file.language in PARSED else ()
    skip = Skip(path=file.path, line=0, code=code, by=BY, reason=reason, affects=affects)
    return replace(file, kind=kind, rule=f"content:{code}"), skip


def _sniffed(
    source: Source, files: Sequence[File], *, cache: Cache
) -> dict[str, tuple[File, Skip | None]]:
    """What the content changes; content that is missing changes nothing, its reader will tell."""
    keys = {f.path: key(fingerprint(), source.borrowed, f.blob) for f in files if f.blob}
    said = ((path, cache.get(BY, each)) for path, each in keys.items())
    verdicts = {path: word.decode("ascii") for path, word in said if word is not None}
    for file, content in contents(source, [file for file in files if file.path not in verdicts]):
        if isinstance(content, bytes):
            verdicts[file.path] = _verdict(content)
            if file.blob and lasting(source, file, content):
                cache.put(BY, keys[file.path], verdicts[file.path].encode("ascii"))
    judged = (file for file in files if file.path in verdicts)
    return {file.path: _judged(file, verdicts[file.path]) for file in judged}
