"""Visitors, times and assessments that the tests of the store share."""

from dataclasses import replace

from unit.report.assessments import FOUND, cut, service

from assessor.model.basis import Location
from assessor.model.gate import Waiver
from assessor.model.stored import Visitor
from assessor.store.people import SYSTEM
from assessor.store.projects import add_project
from assessor.store.runs import save_run

ADA = Visitor("ada", {"shop": "assessor"})
GRACE = Visitor("grace", {"shop": "approver"})
VIC = Visitor("vic", {"shop": "viewer"})
ROOT = Visitor("root", {"*": "admin"})
STRANGER = Visitor("stranger", {"other": "admin"})
NOBODY = Visitor("nobody", {})
TABLES = {"units.parquet": b"PAR1\x00\xff units", "facts.parquet": b"PAR1 facts"}


def at(second):
    """A time of the first of January, so many seconds after midnight."""
    return f"2026-01-01T00:{second // 60:02}:{second % 60:02}Z"


NOW = at(0)


def shop(store, *, name="Shop"):
    """The project `shop`, with a project `other` beside it."""
    found = add_project(store, SYSTEM, name=name, location=f"/srv/{name.lower()}", now=NOW)
    add_project(store, SYSTEM, name="Other", location="/srv/other", now=NOW)
    return found


def assessed(number=1, **changed):
    """An assessment that differs with the number."""
    return replace(FOUND, options=replace(FOUND.options, seed=number), **changed)


def saved(store, *, number=1, project="shop", who=ADA, second=0, **more):
    """A stored run."""
    return save_run(
        store,
        who,
        project=project,
        assessment=assessed(number),
        tables=TABLES,
        now=at(second),
        **more,
    )


def waiver(**changed):
    return replace(
        Waiver(
            rule="CTR-02",
            reason="planned",
            text="The image is replaced with release 4.",
            expires="2026-06-30",
            place=Location("waivers.yaml", 3),
            path="legacy/*",
            owner="ada",
        ),
        **changed,
    )


def two_services():
    return cut(service("order", "a.py", "b.py"), service("stock", "c.py"), icp=0.25)
