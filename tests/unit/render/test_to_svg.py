"""A gate as a badge that draws itself."""

from itertools import chain

import pytest
from gate_reports import gate_report
from lxml import etree

from assessor.model.gate_report import ToldPack
from assessor.model.rules import Outcome
from assessor.render.to_svg import LABEL, PAIRS, to_svg

SVG = "{http://www.w3.org/2000/svg}"


def _svg(label="cloud native", met="gate met", **changes):
    packs = (ToldPack("CTR", "Containers", "2026.1", 3, 2.4, 0.75, ()),)
    words = {"badge.label": label, "badge.met": met}
    usual = {"outcome": Outcome.MET, "coverage": 0.9, "waivers": (), "packs": packs}
    return etree.fromstring(to_svg(gate_report(**usual | {"words": words} | changes)))


def test_to_svg__a_gate__is_an_image_that_says_all_of_it():
    root = _svg()
    assert root.get("role") == "img"
    assert root.get("aria-label") == "cloud native: L3 · gate met"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "cloud native: L3 · gate met"


def test_to_svg__its_parts__are_shapes_and_letters_only():
    assert {each.tag.removeprefix(SVG) for each in _svg().iter()} == {
        "svg",
        "title",
        "path",
        "text",
    }


def test_to_svg__nothing__is_fetched_or_run():
    names = set(chain.from_iterable(each.attrib for each in _svg().iter()))
    assert {each for each in names if "href" in each or each.startswith("on")} == set()


def test_to_svg__markup_in_a_word__stays_text():
    root = _svg(label='<script>"&\x00\uffff', met="]]><b>")
    assert root.get("aria-label") == '<script>"&\ufffd\ufffd: L3 · ]]><b>'
    assert len(root) == 5


def test_to_svg__texts__lie_within_the_badge():
    root = _svg()
    label, message = root.findall(f"{SVG}text")
    ends = [float(each.get("x")) + float(each.get("textLength")) for each in (label, message)]
    assert ends[0] < float(message.get("x"))
    assert ends[1] < float(root.get("width"))


def test_to_svg__a_chinese_letter__takes_nearly_the_room_of_two():
    def width(text):
        return float(_svg(label=text).find(f"{SVG}text").get("textLength"))

    assert width("云原生云原生") == 66
    assert width("abcdeg") == 41


@pytest.mark.parametrize("pair", [LABEL, *PAIRS.values()], ids=str)
def test_to_svg__text__stands_out_from_its_ground(pair):
    dark, light = sorted(map(_luminance, pair))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour):
    """As WCAG 2.2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
