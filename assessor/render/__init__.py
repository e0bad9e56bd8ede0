"""One file a format: view or document to bytes. `RENDERERS` is the whole list."""

from collections.abc import Callable
from typing import Literal

from assessor.model.assessment import Assessment
from assessor.model.view import View
from assessor.render.to_json import to_json
from assessor.render.to_md import to_md
from assessor.render.to_text import to_text

Format = Literal["text", "json", "md"]

VIEW_RENDERERS: dict[str, Callable[[View], bytes]] = {"text": to_text, "md": to_md}
DOCUMENT_RENDERERS: dict[str, Callable[[Assessment], bytes]] = {"json": to_json}
FORMATS = tuple(sorted({*VIEW_RENDERERS, *DOCUMENT_RENDERERS}))
