"""A baseline read back from its file."""

import json
from typing import Any

import pytest

from assessor.collect.baseline import load, parse
from assessor.errors import UsageError
from assessor.model.assessment import Tool
from assessor.model.baseline import Baseline, MetCondition
from assessor.model.basis import Text
from assessor.model.gate import Finding

WRITTEN: dict[str, Any] = {
    "schema_version": "1.0",
    "tool": {"name": "assessor", "version": "1.2.3"},
    "revision": "1" * 40,
    "rules": "d" * 64,
    "findings": [
        {
            "path": "a",
            "line": 1,
            "rule": "CTR-02",
            "fact": "f.x",
            "level": 2,
            "severity": "critical",
            "claim": {"zh": "字", "en": "word"},
            "snippet": "0123456789abcdef",
            "was": False,
        }
    ],
    "met": [{"rule": "CTR-02", "level": 2, "fact": "f.x", "comparison": "is", "value": True}],
    "services": {"one": ["a", "b"]},
    "uses": [["a", "c"]],
}
READ = Baseline(
    schema_version="1.0",
    tool=Tool("assessor", "1.2.3"),
    revision="1" * 40,
    rules="d" * 64,
    findings=(
        Finding("a", 1, "CTR-02", "f.x", 2, "critical", Text("字", "word"), "0123456789abcdef"),
    ),
    met=(MetCondition("CTR-02", 2, "f.x", "is", True),),
    services={"one": ("a", "b")},
    uses=(("a", "c"),),
)


def _parsed(**changes):
    return parse(json.dumps(WRITTEN | changes).encode("utf-8"), place="b.json")


def _refused(content):
    with pytest.raises(UsageError) as raised:
        parse(content, place="b.json")
    return str(raised.value)


def test_parse__a_baseline__is_read():
    assert _parsed() == READ


@pytest.mark.parametrize("value", [True, False, 0, 1, 3, 0.5, 1.0, None])
def test_parse__a_value__keeps_its_kind(value):
    met = [{**WRITTEN["met"][0], "value": value}]
    found = _parsed(met=met).met[0].value
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"", "b.json:1: is no whole JSON"),
        (b"{\n", "b.json:2: is no whole JSON"),
        (b"nope", "b.json:1: is no whole JSON"),
        (b"\xff\xfe{", "b.json: is no JSON that can be read"),
        (b"[" * 100_000, "b.json: is no JSON that can be read"),
        (b"1" * 5000, "b.json: is no JSON that can be read"),
    ],
    ids=["empty", "open", "word", "no-utf8", "deep", "large-number"],
)
def test_parse__no_json__says_how_to_go_on(content, start):
    said = _refused(content)
    assert said.startswith(start)
    assert "assessor baseline create" in said


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"findings": 1}, "findings: "),
        ({"findings": [{}]}, "findings.0.path: "),
        ({"findings": [{**WRITTEN["findings"][0], "line": "x"}]}, "findings.0.line: "),
        ({"findings": [{**WRITTEN["findings"][0], "severity": "huge"}]}, "findings.0.severity: "),
        ({"met": [{**WRITTEN["met"][0], "comparison": "equals"}]}, "met.0.comparison: "),
        ({"services": {"one": "a"}}, "services.one: "),
        ({"uses": [["a"]]}, "uses.0.1: "),
        ({"tool": None}, "tool: "),
    ],
)
def test_parse__something_else__names_the_place(change, place):
    said = _refused(json.dumps(WRITTEN | change).encode("utf-8"))
    assert said.startswith(f"b.json: {place}")
    assert "assessor baseline create" in said


@pytest.mark.parametrize("content", [b"[]", b"1", b"null", b"{}"])
def test_parse__other_json__is_no_baseline(content):
    assert _refused(content).startswith("b.json: is no baseline")


def test_parse__a_key_left_out__is_named():
    known = {key: value for key, value in WRITTEN.items() if key != "met"}
    assert _refused(json.dumps(known).encode("utf-8")).startswith("b.json: met: ")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_parse__a_number_that_json_does_not_know__is_refused(number):
    content = json.dumps(WRITTEN).encode("utf-8").replace(b'"value": true', b'"value": ' + number)
    assert _refused(content).startswith("b.json: is no JSON that can be read")


@pytest.mark.parametrize("version", ["0.9", "1.1", "2.0"])
def test_parse__another_version__is_told(version):
    said = _refused(json.dumps(WRITTEN | {"schema_version": version}).encode("utf-8"))
    assert said == (
        f"b.json: has schema version {version!r}; this assessor reads 1.0:"
        " write it anew with `assessor baseline create`."
    )


def test_parse__a_long_version__is_cut():
    said = _refused(json.dumps(WRITTEN | {"schema_version": "9" * 500}).encode("utf-8"))
    assert f"has schema version '{'9' * 79}…;" in said


def test_load__a_file__is_read(tmp_path):
    path = tmp_path / "b.json"
    path.write_text(json.dumps(WRITTEN), "utf-8")
    assert load(path) == READ


def test_load__a_wrong_file__is_named(tmp_path):
    path = tmp_path / "b.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(UsageError, match=r"b\.json: is no baseline"):
        load(path)


@pytest.mark.parametrize("name", ["nope.json", "."])
def test_load__what_cannot_be_read__is_told(tmp_path, name):
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / name)


def test_load__a_huge_file__is_not_read(tmp_path):
    path = tmp_path / "b.json"
    with path.open("wb") as file:
        file.truncate((64 << 20) + 1)
    with pytest.raises(UsageError, match="is larger than 64 MiB"):
        load(path)
