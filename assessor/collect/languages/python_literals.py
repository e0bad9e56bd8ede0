"""String literals that matter in a cloud: addresses, local paths and secrets, masked."""

import re

from assessor.collect.languages.java_literals import without_keys

MASK = "***"
_LONGEST = 200  # characters of a literal that are kept
_SCANNED = 4_000  # bytes of a literal that are looked at

# Cheap first look at the bytes with their quotes: most strings of a program end here.
maybe = re.compile(
    rb"://|jdbc:|localhost|\d\.\d|:\d\d|[\"'](?:[/~\\]|[A-Za-z]:\\)|dbname=|Data Source=|AKIA"
    rb"|gh[pousr]_|xox[abpr]-|PRIVATE KEY"
).search
_likely = re.compile(
    r"://|jdbc:|localhost|\d\.\d|:\d\d|^[/~\\]|^[A-Za-z]:\\|dbname=|Data Source=|AKIA|gh[pousr]_"
    r"|xox[abpr]-|PRIVATE KEY"
).search

_SECRET_NAME = re.compile(
    r"(?:^|[^a-z])(?:pass(?:word|wd|phrase)?|pwd|secrets?|(?:auth|access|api|bearer|refresh)?_?token"
    r"|(?:api|access|secret|private|encryption|signing|master|account)_?key|secret_?key_?base"
    r"|credentials?)[0-9]*$"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TOKENS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\bxox[abpr]-[\w-]{10,}"
)
_PLACEHOLDER = re.compile(
    r"""^(?:\W*|none|null|true|false|x+|.*(?:\$\{|\{\{|\{\w*\}|%\(|%s|<[^>]*>|\.\.\.).*"""
    r"""|(?:your|my|some|change|replace|insert|example|dummy|todo|placeholder|env:|vault:|file:).*)$""",
    re.IGNORECASE | re.DOTALL,
)
_NAME_OF_ONE = re.compile(
    r"^[a-z_.\-]*(?:pass|pwd|secret|token|key|credential)[a-z_.\-]*$", re.IGNORECASE
)
_PASSWORD = re.compile(r"(?:pass(?:word|wd|phrase)?|pwd)[0-9]*$", re.IGNORECASE)
_SHORTEST_PASSWORD, _SHORTEST_KEY = (
    3,
    8,
)  # shorter values are initials, separators, names of fields
# In the authority of a URL; and up to the last `@` if what follows the colon is no port.
_USERINFO = re.compile(r"://(?:[^\s:/@]*:(?!\d*(?:[/?#]|$))\S*|[^\s/?#@]*)@")
_PASSWORD_IN_URL = re.compile(r"://[^\s:/@]*:(?P<word>[^\s@]+)@")
_KEY_VALUE = re.compile(
    r"(?P<key>(?:password|passwd|pwd|secret|token|api_?key|access_?key|secret_?key|private_?key)\w*"
    r"[\"']?\s*[=:]\s*)(?P<value>\\?[\"'][^\"']*[\"']?|[^\s&;,)}\"']+)",
    re.IGNORECASE,
)
_DATABASE = re.compile(
    r"^jdbc:|^(?:postgres(?:ql)?|mysql|mariadb|oracle|mssql|sqlserver|sqlite|mongodb|rediss?|amqps?"
    r"|cassandra|db2|firebird|clickhouse|memcached?|elasticsearch|kafka|ldaps?)(?:\+\w+)?://"
    r"|\bdbname=|\bData Source=",
    re.IGNORECASE,
)
_URL = re.compile(
    r"^(?:https?|wss?|ftps?|sftp|ssh|tcp|udp|grpcs?|s3|gs|hdfs|smtps?|nfs|smb)://[^\s/]"
)
_HOST = re.compile(
    r"^(?:localhost(?::\d{2,5})?|(?:\d{1,3}\.){3}\d{1,3}(?::\d{2,5})?"
    r"|[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+:\d{2,5}|[a-z][a-z0-9-]+:\d{4,5})$",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"^(?:/(?:var|tmp|etc|home|opt|usr|mnt|media|srv|data|root|Users|Library|private)(?:/|$)"
    r"|~/|[A-Za-z]:\\{1,2}[\w.-]|\\{4}\w|file:///)"
)


def is_secret(name: str, literal: str) -> bool:
    """The literal is a secret by its name, and neither placeholder, sentence nor a name itself."""
    if not _SECRET_NAME.search(_CAMEL.sub("_", name).lower()):
        return False
    shortest = _SHORTEST_PASSWORD if _PASSWORD.search(name) else _SHORTEST_KEY
    return len(literal) >= shortest and _is_value(literal)


def masked(text: str) -> str:
    """The text without user information in URLs and values of secret keys, 200 letters at most."""
    hidden = _USERINFO.sub(f"://{MASK}@", text)
    hidden = _KEY_VALUE.sub(lambda found: found["key"] + MASK, hidden)
    return without_keys(_TOKENS.sub(MASK, hidden))[:_LONGEST]


def findings(raw: bytes) -> list[tuple[str, str]]:
    """(category, masked text) of what a literal shows; raw: its source between the quotes."""
    text = raw[:_SCANNED].decode("utf-8", "replace")
    if not _likely(text):
        return []
    found = []
    category = _category(text)
    if category:
        found.append((category, masked(text)))
    password = _PASSWORD_IN_URL.search(text)
    if _TOKENS.search(text) or (password and _is_value(password["word"])):
        found.append(("secret", MASK))
    return found


def _is_value(text: str) -> bool:
    if any(letter.isspace() for letter in text):
        return False
    return not _PLACEHOLDER.match(text) and not _NAME_OF_ONE.match(text)


def _category(text: str) -> str:
    if _DATABASE.search(text):
        return "jdbc"
    if _URL.match(text):
        return "url"
    if _HOST.match(text):
        return "host"
    return "path" if _PATH.match(text) else ""
