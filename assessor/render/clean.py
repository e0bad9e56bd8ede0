"""What an audited repository may not smuggle into any output: characters that steer a reader."""

import re

# C0 and C1 controls, marks that turn the direction of text, separators, zero-width spaces, tags,
# halves of surrogate pairs. The joiners U+200C and U+200D belong to scripts and emoji, and stay.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with each control, bidi control and lone surrogate shown as U+FFFD."""
    return _INVISIBLE.sub("\ufffd", text)
