"""The JSON Schemas that editors use: in step with the loader, and accepting what it accepts."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from assessor.packs import shape
from assessor.packs.policy import POLICY
from assessor.packs.tree import read
from assessor.packs.waivers import WAIVERS

RULES = Path(__file__).resolve().parents[3] / "rules"


FORMS = {"facts": shape.FACTS, "pack": shape.PACK, "policy": POLICY, "waivers": WAIVERS}


@pytest.mark.parametrize(("name", "adapter"), FORMS.items(), ids=FORMS)
def test_schema__published_file__is_what_the_form_says(
    name: str, adapter: TypeAdapter[Any]
) -> None:
    written = (RULES / "schema" / f"{name}.schema.json").read_text("utf-8")
    assert written == shape.schema_text(adapter)


@pytest.mark.parametrize(
    ("folder", "adapter"),
    [("packs", shape.PACK), ("facts", shape.FACTS), ("policies", POLICY)],
    ids=["packs", "facts", "policies"],
)
def test_schema__shipped_files__are_accepted(folder: str, adapter: TypeAdapter[Any]) -> None:
    validator = Draft202012Validator(shape.schema(adapter))
    files = sorted((RULES / folder).glob("*.yaml"))
    assert files
    for path in files:
        tree, problems = read(path.read_bytes(), file=path.name)
        assert problems == ()
        assert [error.message for error in validator.iter_errors(tree.value)] == []


@pytest.mark.parametrize(
    "check",
    [{"path": "a", "exist": True}, {"path": "a"}, {"exists": "yes"}, {"any": []}, {"one_of": 1}],
    ids=["operator", "none", "operand", "nothing", "no-list"],
)
def test_schema__wrong_check__is_refused(check: dict[str, object]) -> None:
    words = {"zh": "字", "en": "word"}
    fact = {
        "fact": "a.b",
        "title": words,
        "unit": "yes-no",
        "select": {"kind": "file"},
        "check": check,
        "value": "any",
        "when_nothing": "zero",
        "claim": words,
    }
    validator = Draft202012Validator(shape.schema(shape.FACTS))
    assert not validator.is_valid({"facts": [fact]})
    assert validator.is_valid({"facts": [{**fact, "check": {"path": "a", "exists": True}}]})
