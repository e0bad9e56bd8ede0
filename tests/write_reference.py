"""Writes docs/reference and the published JSON Schema anew; `make reference` runs it."""

from pathlib import Path

from assessor import pipeline
from assessor.packs import shape
from assessor.packs.policy import POLICY
from assessor.packs.waivers import WAIVERS
from assessor.render.reference import facts_page, rules_page
from assessor.render.schema import schema_text

ROOT = Path(__file__).resolve().parent.parent
DOCS, FORMS = ROOT / "docs", ROOT / "rules" / "schema"

if __name__ == "__main__":
    rules = pipeline.rules(None)
    (DOCS / "reference").mkdir(exist_ok=True)
    (DOCS / "reference" / "rules.md").write_bytes(rules_page(rules))
    (DOCS / "reference" / "facts.md").write_bytes(facts_page(rules))
    (DOCS / "assessment.schema.json").write_bytes(schema_text())
    forms = {"facts": shape.FACTS, "pack": shape.PACK, "policy": POLICY, "waivers": WAIVERS}
    for name, form in forms.items():
        (FORMS / f"{name}.schema.json").write_text(shape.schema_text(form), "utf-8")
