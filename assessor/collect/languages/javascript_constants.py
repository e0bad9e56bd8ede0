"""Constants that a script tells other files: names of channels and addresses, never secrets."""

import re

from assessor.collect.languages.java_literals import masked, speaks_of_secrets
from assessor.collect.languages.javascript_folding import owner_of

_EXPORTED = (b"export const ", b"export enum ", b"export const enum ", b"exports.")
_WORDS = re.compile(
    r"topic|queue|event|channel|exchange|pattern|subject|url|host|cron|message|command|stream",
    re.IGNORECASE,
)
_ENUM = re.compile(
    rb"export\s+(?:declare\s+)?(?:const\s+)?enum\s+(\w{1,80})\s*\{([^{}]{0,4000})\}", re.MULTILINE
)
_OBJECT = re.compile(
    rb"export\s+const\s+(\w{1,80})\s*(?::[^={}]{1,80})?=\s*(?:Object\.freeze\(\s*)?\{([^{}]{0,4000})\}",
    re.MULTILINE,
)
_PLAIN = re.compile(
    rb"export(?:[ \t]+const|s\.)\s*(\w{1,80})\s*(?::\s*string\s*)?"
    rb"=\s*(['\"][^'\"\\\n]{1,120}['\"])\s*(?:as\s+const\s*)?;?\s*$",
    re.MULTILINE,
)
_PAIR = re.compile(
    rb"^[ \t]*['\"]?(\w{1,80})['\"]?\s*[:=]\s*['\"]([^'\"\\\n]{1,120})['\"]\s*,?", re.MULTILINE
)
_MOST = 200


def told(source: bytes, path: str) -> dict[str, str]:
    """`Owner.NAME` -> text; of what is exported alone, the owner is the name of the file."""
    if not any(word in source for word in _EXPORTED):
        return {}
    found: dict[str, str] = {}
    for pattern in (_ENUM, _OBJECT):
        for match in pattern.finditer(source):
            for name, text in _PAIR.findall(match[2]):
                _add(found, f"{_text(match[1])}.{_text(name)}", text)
    for match in _PLAIN.finditer(source):
        _add(found, f"{owner_of(path)}.{_text(match[1])}", match[2][1:-1])
    return dict(sorted(found.items())[:_MOST])


def _add(found: dict[str, str], name: str, text: bytes) -> None:
    shown = masked(_text(text))
    secret = speaks_of_secrets(name.rpartition(".")[2])
    if _WORDS.search(name) and not secret and not any(letter.isspace() for letter in shown):
        found[name] = shown


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace")
