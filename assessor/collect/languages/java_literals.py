"""String literals that matter when a system moves: addresses, paths, secrets (always masked)."""

import re

_NAMES = "passw(?:or)?d|passphrase|pwd|secret|token|credential|(?:api|access|private|secret)_?key"
# What stands before the literal: `dbPassword =`, `setPassword(`, `"db.password",`.
_NAMED = re.compile(
    rf"(?:(?<!\w)\w*(?:{_NAMES})(?:_?value)?s?\d*\s*=|(?<!\w)(?:set|with|add)\w*(?:{_NAMES})s?\s*\("
    rf"|\"[\w.-]*(?:{_NAMES})\"\s*,)\s*$",
    re.IGNORECASE,
)
_KEY_LIKE = re.compile(rf"[A-Za-z_.\-/]*(?:{_NAMES})[A-Za-z_.\-/]*", re.IGNORECASE)
_PLACEHOLDER = re.compile(r".*[\s${}<>%]|\*+$|x+$", re.IGNORECASE)
_KNOWN = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{30,}"
    r"|glpat-[\w-]{16,}|xox[abp]-[\w-]{10,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}"
)
_USER_INFO = re.compile(r"(?<=//)[^/\s@\"]+@")
_ADDRESS_KEY = re.compile(
    r"([?&](?:key|appid|app_id|auth|authorization|code|sig|signature)="
    r"|(?<=hooks\.slack\.com)/services/|(?<=discord\.com)/api/webhooks/"
    r"|(?<=api\.telegram\.org)/bot)(?![{$])[^&\s?#\"']+",
    re.IGNORECASE,
)
_SECRET_PARAMETER = re.compile(rf"([?&;,](?:[\w.-]*(?:{_NAMES}))=)[^&;,\s\"]*", re.IGNORECASE)
_SECRET_PAIR = re.compile(rf"(\w*(?:{_NAMES})\w*\s*=\s*)\"(?:[^\"\\]|\\.)*\"", re.IGNORECASE)
_SECRET_PROPERTY = re.compile(rf"([\w.-]*(?:{_NAMES})\s*=\s*)[^\s\"&;,]+", re.IGNORECASE)
_SECRET_DEFAULT = re.compile(rf"(\$\{{[^}}:]*(?:{_NAMES})[^}}:]*:)[^}}]*", re.IGNORECASE)

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s]")
_HOST = re.compile(
    r"(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{2,5})?"
    r"|[A-Za-z][\w-]*(?:\.[\w-]+)+:\d{2,5}|[A-Za-z][\w-]*:\d{4,5}"
)
_PATH = re.compile(
    r"/(?:usr|var|etc|opt|home|tmp|data|mnt|srv|root|app|apps|logs?|Users|Volumes)(?:/.*)?"
    r"|[A-Za-z]:[\\/].*|\\\\\\\\[\w.-]+.*|file:/.*"
)
_WORDS = (
    "passw", "pwd", "passphrase", "secret", "token", "credential", "apikey", "api_key",
    "accesskey", "access_key", "privatekey", "private_key",
)  # fmt: skip
_BYTES = tuple(word.encode() for word in _WORDS)
_WINDOW = 64
_TOKEN = 20  # characters of the shortest known token


def speaks_of_secrets(text: str) -> bool:
    """True where any word that names secrets stands in the text."""
    lower = text.lower()
    for word in _WORDS:  # noqa: SIM110 - runs for every literal; a generator costs most
        if word in lower:
            return True
    return False


def may_hold_secrets(source: bytes) -> bool:
    """As `speaks_of_secrets`, for a whole file: bytes are much faster to lower and to search."""
    lower = source.lower()
    return any(word in lower for word in _BYTES)


def names_secret(text: str, start: int) -> bool:
    """True where the literal that begins at `start` is given to something named like a secret."""
    before = text[max(0, start - _WINDOW) : start]
    if not speaks_of_secrets(before):
        return False
    return _NAMED.search(before) is not None


def is_secret(value: str) -> bool:
    """True where a value under a secret's name can be it: no placeholder, key or sentence."""
    short = 4
    return (
        len(value) >= short
        and _PLACEHOLDER.match(value) is None
        and _KEY_LIKE.fullmatch(value) is None
    )


def names_a_secret(name: str, text: str) -> bool:
    """True where the text of a constant is a secret by its name; addresses and paths are none."""
    return speaks_of_secrets(name) and "/" not in text and is_secret(text)


def category(value: str) -> str:
    """`secret`, `jdbc`, `url`, `path`, `host`, or "" for a literal of no interest."""
    if ":" not in value and "/" not in value and "." not in value:  # most of them
        return _bare(value)
    if _KNOWN.search(value):
        return "secret"
    if value.startswith("jdbc:"):
        return "jdbc"
    if _PATH.fullmatch(value):
        return "path"
    if _URL.match(value):
        return "url"
    return "host" if _HOST.fullmatch(value) else ""


def _bare(value: str) -> str:
    if value == "localhost":
        return "host"
    return "secret" if len(value) >= _TOKEN and _KNOWN.search(value) else ""


def without_keys(text: str) -> str:
    """The address with `***` for keys that nothing calls secret: `?key=…`, webhooks, bots."""
    return _ADDRESS_KEY.sub(r"\1***", text)


def masked(text: str) -> str:
    """The text with `***` for user:password@, secret parameters and defaults, known tokens."""
    if len(text) >= _TOKEN:
        text = _KNOWN.sub("***", text)
    if "//" in text:
        text = without_keys(_USER_INFO.sub("***@", text))
    if not speaks_of_secrets(text):
        return text
    text = _SECRET_PARAMETER.sub(r"\1***", text)
    text = _SECRET_PAIR.sub(r'\1"***"', text)
    text = _SECRET_PROPERTY.sub(r"\1***", text)
    return _SECRET_DEFAULT.sub(r"\1***", text)
