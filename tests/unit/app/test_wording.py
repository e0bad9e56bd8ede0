"""What the app says: in both languages, each sentence used, none missing."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from assessor import app, resources
from assessor.model.stored import FINISHED, JobKind

FOLDER = Path(app.__file__).parent
LOCALES = resources.packaged("reports") / "locales"
# Keys that are put together from a word of the model, by their beginning.
MADE = re.compile(r"say\(\s*(?:self\.wording,|wording,|context\.wording,)?\s*f\"([a-z.-]+)\{")


def _keys(lang):
    return list(yaml.safe_load((LOCALES / f"app.{lang}.yaml").read_text("utf-8")))


def _named(key, source):
    return f'"{key}"' in source or f"'{key}'" in source


def _source():
    return "\n".join(path.read_text("utf-8") for path in sorted(FOLDER.rglob("*.py")))


def test_app_wording__both_languages__have_the_same_keys_in_the_same_order():
    assert _keys("en") == _keys("zh")


def test_app_wording__no_sentence__is_there_twice_or_unused():
    source, made = _source(), tuple(MADE.findall(_source()))
    keys = _keys("en")
    assert len(keys) == len(set(keys))
    assert [k for k in keys if not _named(k, source) and not k.startswith(made)] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_app_wording__every_sentence_that_the_app_names__is_there(lang):
    known = resources.app_wording(lang).sentences
    named = set(re.findall(r"\"(app\.[a-z0-9.-]+)\"", _source()))
    assert len(named) > 40
    assert sorted(named - set(known)) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_app_wording__placeholders__are_the_same_in_both_languages(lang):
    def slots(text):
        return sorted(re.findall(r"\{[a-z_]+\}", text))

    one, other = resources.app_wording("en").sentences, resources.app_wording(lang).sentences
    assert [k for k in _keys("en") if slots(one[k]) != slots(other[k])] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_app_wording__everything_that_the_store_notes__is_called_something(lang):
    known = resources.app_wording(lang).sentences
    code = "\n".join(path.read_text("utf-8") for path in (FOLDER.parent / "store").glob("*.py"))
    actions = set(re.findall(r"action=\"([a-z]+\.[a-z]+)\"", code))
    assert {"run.saved", "attestation.signed", "role.granted"} <= actions
    ends = re.findall(r"f\"\{(?:kind|found\.kind|row\.kind)\}\.([a-z]+)\"", code)
    assert {"asked", "stopped"} <= set(ends)
    states = {*ends, *FINISHED}
    actions |= {f"{kind}.{state}" for kind in get_args(JobKind) for state in states}
    assert sorted(each for each in actions if f"app.event.{each}" not in known) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_app_wording__every_stage_that_a_job_reports__is_called_something(lang):
    known = resources.app_wording(lang).sentences
    code = "\n".join(path.read_text("utf-8") for path in FOLDER.parent.rglob("*.py"))
    stages = set(re.findall(r"\breport\(\"([a-z-]+)\"", code))
    assert {"copy", "history", "score", "save"} <= stages
    assert sorted(each for each in stages if f"app.stage.{each}" not in known) == []
