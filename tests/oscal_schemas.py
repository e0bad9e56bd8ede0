"""Documents checked by the official JSON Schemas of OSCAL."""

import json
from pathlib import Path

from jsonschema import Draft7Validator, FormatChecker

_SCHEMAS = Path(__file__).resolve().parent / "schemas"
# Python has no classes such as \p{L}; these say the same of a name.
_TOKEN = {"type": "string", "pattern": r"^[^\W\d][\w.\-]*$"}


def problems(written, *, model):
    """What the schema of the model (`catalog`, `assessment-results`) has against the bytes."""
    schema = json.loads((_SCHEMAS / f"oscal_{model}_schema.json").read_bytes())
    schema["definitions"]["TokenDatatype"] = _TOKEN
    found = Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(
        json.loads(written)
    )
    return [f"{'/'.join(map(str, each.path))}: {each.message}" for each in found]
