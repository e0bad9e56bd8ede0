"""Renders the sample repositories into reports/examples; `make examples` runs it."""

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import pikepdf

from assessor import pipeline, printing
from assessor.collect.replay import replay
from assessor.model.assessment import Assessment
from assessor.report.view import Audience
from assessor.report.wording import Lang
from assessor.resources import packaged

FOLDER = Path(__file__).resolve().parent.parent / "reports" / "examples"
# One sample in full, one as its board gets it.
SAMPLES: Mapping[str, Audience] = {"clinic": "board", "shop": "auditor"}
FORMATS: tuple[Literal["pdf", "html"], ...] = ("pdf", "html")


def assessed(sample: str) -> Assessment:
    """The assessment of a sample."""
    with tempfile.TemporaryDirectory(prefix="assessor-examples-") as scratch:
        replay(packaged("sample_repos") / sample, Path(scratch, sample))
        return pipeline.audit(Path(scratch, sample), options=pipeline.Options())


def rendered(
    found: Assessment, *, format_: Literal["pdf", "html"], lang: Lang, audience: Audience
) -> bytes:
    """The report of an assessment."""
    order = printing.Order(format=format_, lang=lang, audience=audience)
    return printing.printed(found, order, press=printing.press(order))


def packed(pdf: bytes) -> bytes:
    """The same pages in a third of the room: they stand in the repository."""
    smaller = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as read:
        read.save(
            smaller,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return smaller.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each, reader in SAMPLES.items():
        made = assessed(each)
        for kind in FORMATS:
            for spoken in get_args(Lang):
                target = FOLDER / f"{each}.{spoken}.{kind}"
                page = rendered(made, format_=kind, lang=spoken, audience=reader)
                target.write_bytes(packed(page) if kind == "pdf" else page)
