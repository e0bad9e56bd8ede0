"""Spring configuration (`application*`, `bootstrap*`): every key by profile, secrets masked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename

from assessor.collect.platform.nodes import load_yaml, text
from assessor.collect.platform.properties import properties
from assessor.collect.platform.reading import Reading, artefact, record
from assessor.model.basis import Node, Unread

KINDS = ("config.entry",)
MASK = "***"

_CLAIMED = re.compile(r"(?:application|bootstrap)(?:-([\w.-]+?))?\.(ya?ml|properties)")
_FILTERED = re.compile(r"(:[ \t]+|-[ \t]+)@([\w.-]+)@[ \t]*$", re.MULTILINE)
_WHOLLY_FILTERED = re.compile(r"@[\w.-]+@")
_PROFILES = ("spring.config.activate.on-profile", "spring.profiles")
_SECRET = re.compile(
    r"(?:.*-)?(?:passwords?|passwd|pwd|passphrase|secrets?|tokens?|credentials?|api-?keys?"
    r"|(?:access|secret|private|signing|sign|encryption|encrypt|account|master|shared)-?keys?"
    r"(?:-secret)?)"
)
_NOT_LITERAL = re.compile(r"(?:classpath|file|https?|vault|env|sm@?):.*|true|false", re.IGNORECASE)
_ENCRYPTED = re.compile(r"ENC\(.*\)|\{cipher\}.*|\{[\w@.-]+\}.*", re.DOTALL)
_PLACEHOLDER = re.compile(r"\$\{([^{}:]*)(?::([^{}]*))?\}")
_USER_INFO = re.compile(r"(://[^\s/@:]*):[^\s/@]*@")
_IN_URL = re.compile(
    r"([?&;](?:password|pwd|passwd|token|secret|access_?key|api_?key)=)[^&;\s]*", re.IGNORECASE
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key as written, its value, its line and the document of the file it stands in."""

    key: str
    value: str | Unread
    line: int
    document: int


def claims(path: str) -> bool:
    """Whether the file is named as Spring Boot looks for it, and is not Open Liberty's."""
    folders = set(path.split("/")[:-1])
    return bool(_CLAIMED.fullmatch(basename(path))) and not folders & {"liberty", "wlp"}


def parse(path: str, content: str) -> Reading:
    """An entry for every key; the profile comes from the file's name or from the document."""
    match = _CLAIMED.fullmatch(basename(path))
    named = match[1] or "" if match else ""
    read = _properties if path.endswith(".properties") else _yaml
    entries = tuple(read(content))
    profiles = _profiles(entries)
    return Reading(
        tuple(
            artefact("config.entry", path, _record(each, profiles.get(each.document, named)))
            for each in entries
        )
    )


def _properties(content: str) -> Iterator[_Entry]:
    for each in properties(content):
        yield _Entry(each.key, _unfiltered(each.value), each.line, each.document)


def _unfiltered(value: str) -> str | Unread:
    """The value, templated where the build fills in all of it (`@project.version@`)."""
    return Unread.TEMPLATED if _WHOLLY_FILTERED.fullmatch(value) else value


def _yaml(content: str) -> Iterator[_Entry]:
    quoted = _FILTERED.sub(r'\1"@\2@"', content)
    for number, root in enumerate(load_yaml(quoted)):
        yield from _flat("", root, number)


def _flat(prefix: str, node: Node, document: int) -> Iterator[_Entry]:
    if isinstance(node.value, Mapping):
        for name, part in node.value.items():
            yield from _flat(f"{prefix}.{name}" if prefix else name, part, document)
    elif isinstance(node.value, tuple):
        for index, part in enumerate(node.value):
            yield from _flat(f"{prefix}[{index}]", part, document)
    elif prefix:
        yield _Entry(prefix, _unfiltered(text(node) or ""), node.line, document)


def relaxed(key: str) -> str:
    """The key in lower case with dashes: `serviceUrl`, `service_url`, `service-url` agree."""
    return _HUMP.sub("-", key).replace("_", "-").lower()


def _profiles(entries: tuple[_Entry, ...]) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in entries:
        key = relaxed(each.key).partition("[")[0]
        if key in _PROFILES and isinstance(each.value, str):
            earlier = found.get(each.document)
            value = str(each.value)
            found[each.document] = f"{earlier},{value}" if earlier else value
    return found


def _record(each: _Entry, profile: str) -> Node:
    key = relaxed(each.key)
    shown, secret, placeholder = _shown(key, each.value)
    return record(
        each.line,
        key=key,
        value=shown,
        profile=profile,
        placeholder=placeholder,
        secret=secret,
    )


def _shown(key: str, value: str | Unread) -> tuple[str | Unread, bool, bool]:
    """The value as it may be shown, whether it is a literal secret, has a placeholder."""
    if isinstance(value, Unread):
        return value, False, False
    placeholder = "${" in value
    if not _SECRET.fullmatch(_last(key)):
        return _IN_URL.sub(rf"\1{MASK}", _USER_INFO.sub(rf"\1:{MASK}@", value)), False, placeholder
    if _ENCRYPTED.fullmatch(value):
        return MASK, False, placeholder
    secret = _is_literal(value)
    return MASK if secret else value, secret, placeholder


def _last(key: str) -> str:
    return re.sub(r"\[\d+\]$", "", key).rpartition(".")[2]


def _is_literal(value: str) -> bool:
    """Whether the value itself, or the default of a placeholder in it, is the secret."""
    if _NOT_LITERAL.fullmatch(value.strip()):
        return False
    return bool(_PLACEHOLDER.sub(lambda match: match[2] or "", value).strip())
