"""A gate as a comment of a pull or merge request, which is found again by its first line."""

from assessor.model.view import View
from assessor.render.to_md import to_md

MARKER = "<!-- assessor:gate -->"
MOST = 60_000  # characters; GitHub takes 65,536


def to_comment(view: View) -> bytes:
    """Markdown of at most `MOST` characters, cut at a line; the first is `MARKER`."""
    return shortened(f"{MARKER}\n{to_md(view).decode('utf-8')}", most=MOST).encode("utf-8")


def shortened(text: str, *, most: int) -> str:
    """The text up to the last line that ends within so many characters."""
    if len(text) <= most:
        return text
    return text[: text.rfind("\n", 0, most - len("\n…\n")) + 1] + "\n…\n"
