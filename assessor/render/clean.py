"""What an audited repository may not smuggle into any output: characters that steer a reader."""

import re

# C0 and C1 controls, marks that turn the direction of text, halves of surrogate pairs.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with each control, bidi control and lone surrogate shown as U+FFFD."""
    return _INVISIBLE.sub("\ufffd", text)
