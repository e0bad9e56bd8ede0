"""A gate as the summary of a step of GitHub Actions."""

from assessor.model.view import View
from assessor.render.to_comment import shortened
from assessor.render.to_md import to_md

MOST = 1 << 20  # bytes that GitHub takes of a step
WIDEST = 4  # bytes of a character


def to_summary(view: View) -> bytes:
    """Markdown of at most `MOST` bytes, cut at a line."""
    printed = to_md(view)
    if len(printed) <= MOST:
        return printed
    return shortened(printed.decode("utf-8"), most=MOST // WIDEST).encode("utf-8")
