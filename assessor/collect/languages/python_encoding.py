"""The text of a Python file, whatever its encoding and line ends."""

import codecs
import re

_COOKIE = re.compile(rb"\A(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
# Encodings of text only: others (zip, idna, …) may explode or crawl on hostile input.
_TEXT = re.compile(r"(?:iso8859|cp\d|koi8|mac|gb|hz|big5|euc|shift|johab|utf-?(?:8|16|32)|ascii)")


def readable(content: bytes) -> bytes:
    """The source as UTF-8 without byte order mark; its cookie tells the encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.isascii():
        content = _as_utf8(content)
    return _LONE_RETURN.sub(b"\n", content) if b"\r" in content else content


def _as_utf8(content: bytes) -> bytes:
    cookie = _COOKIE.match(content)
    try:
        encoding = codecs.lookup(cookie[1].decode("ascii")).name if cookie else "utf-8"
        return content.decode(encoding if _TEXT.match(encoding) else "utf-8").encode("utf-8")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace").encode("utf-8")
