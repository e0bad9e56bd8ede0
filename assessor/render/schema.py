"""The JSON Schema of the assessment document, derived from its types."""

import json

from pydantic import TypeAdapter

from assessor.model.assessment import SCHEMA_VERSION, Assessment


def schema() -> dict[str, object]:
    """JSON Schema (draft 2020-12) of every document of this version; objects are closed."""
    found = TypeAdapter(Assessment).json_schema()
    for definition in (found, *found.get("$defs", {}).values()):
        if definition.get("type") == "object" and "properties" in definition:
            definition["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:assessor:assessment:{SCHEMA_VERSION}",
        **found,
        "title": f"assessor assessment {SCHEMA_VERSION}",
    }


def schema_text() -> bytes:
    """The schema as it is published: `docs/assessment.schema.json`."""
    return (json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
