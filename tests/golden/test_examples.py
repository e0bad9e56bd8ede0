"""The rendered examples are what the code makes today: `make examples` writes them anew."""

from typing import get_args

import pypdfium2
import pytest
import write_examples as examples

from assessor.report.wording import Lang


@pytest.fixture(scope="module", params=sorted(examples.SAMPLES))
def sample(request):
    return request.param, examples.assessed(request.param)


@pytest.mark.parametrize("lang", get_args(Lang))
def test_example__html__is_what_is_rendered_now(sample, lang):
    name, found = sample
    made = examples.rendered(
        found, format_="html", lang=lang, audience=examples.SAMPLES[name]
    ).decode()
    kept = (examples.FOLDER / f"{name}.{lang}.html").read_text("utf-8")
    assert made.splitlines() == kept.splitlines(), "run `make examples` and look at them"


@pytest.mark.parametrize("lang", get_args(Lang))
def test_example__pdf__says_on_every_page_what_is_printed_now(sample, lang):
    name, found = sample
    made = examples.rendered(found, format_="pdf", lang=lang, audience=examples.SAMPLES[name])
    kept = (examples.FOLDER / f"{name}.{lang}.pdf").read_bytes()
    assert _pages(made) == _pages(kept), "run `make examples` and look at them"


def _pages(content):
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]
