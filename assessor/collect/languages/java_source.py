"""The bytes of a Java file as the parser wants them, and its lines counted."""

import codecs
import re
from collections.abc import Sequence

_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\u+([0-9A-Fa-f]{4})")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def readable(content: bytes) -> bytes:
    """As `plain_bytes`; letters written as escapes become letters."""
    content = plain_bytes(content)
    return _ESCAPE.sub(_letter, content) if b"\\u" in content else content


def plain_bytes(content: bytes) -> bytes:
    """The source as UTF-8 without a byte order mark.

    What is not UTF-8 is taken for Latin-1, which every byte is; NUL bytes become blanks.
    """
    if content.startswith(_UTF16):
        content = content.decode("utf-16", errors="replace").encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\0" in content:
        content = content.replace(b"\0", b" ")
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            content = content.decode("latin-1").encode()
    return content


def _letter(escape: re.Match[bytes]) -> bytes:
    letter = chr(int(escape[2], 16))
    return escape[1] + letter.encode() if letter.isalnum() else escape[0]


def letters(source: bytes) -> str:
    """One letter for each byte, so that the parser's offsets hold; see `respelled`."""
    return source.decode("latin-1")


def respelled(value: object) -> object:
    """The same value with all texts that `letters` took apart put together again."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("latin-1").decode(errors="replace")
    if isinstance(value, list | tuple):
        return [respelled(item) for item in value]
    if isinstance(value, dict):
        return {respelled(key): respelled(item) for key, item in value.items()}
    return value


def count_lines(text: str, comments: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Lines with code, and lines that a comment touches. comments: begin and end, in order."""
    pieces: list[str] = []
    at = commented = 0
    for begin, end in comments:
        breaks = text.count("\n", begin, end)
        same_line = commented and text.find("\n", at, begin) < 0
        pieces += (text[at:begin], "\n" * breaks)
        commented += breaks + (not same_line)
        at = end
    pieces.append(text[at:])
    lines = "".join(pieces).split("\n")
    return len(lines) - lines.count("") - sum(map(str.isspace, lines)), commented
