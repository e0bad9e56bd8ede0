import base64
import json
import sqlite3
import stat
from contextlib import closing

import pytest
from unit.store.stores import ADA, GRACE, NOW, ROOT, TABLES, VIC, at, saved, shop, waiver

from assessor.errors import UsageError
from assessor.model.decisions import Constraints
from assessor.model.stored import Figures, Point
from assessor.store import comments, decisions, events, keeping, partitions, points, runs
from assessor.store.opening import close, open_store
from assessor.store.projects import add_project, projects

POINT = Point(
    "v1", "a" * 40, "2024-01-01T00:00:00Z", Figures((), 1, 1, 1, None, None, 0), 0.5, None
)


@pytest.fixture
def filled(store):
    """A store with one of everything in the project `shop`."""
    _fill(store)
    return store


def _fill(store):
    shop(store)
    run = saved(store)
    cut = partitions.save_partition(
        store, ADA, project="shop", base=run.id, name="Cut", services={"order": ("a\udce9",)},
        constraints=Constraints(), now=NOW,
    )  # fmt: skip
    partitions.accept(store, GRACE, cut.id, now=NOW)
    given = decisions.attest(
        store, ADA, project="shop", rule="MSP-30", fact="team.on_call", value=True,
        statement="Each team\nis on call.", role="Lead", expires="2026-06-30",
        evidence="e" * 64, now=NOW,
    )  # fmt: skip
    decisions.confirm(store, GRACE, given.attestation.id, now=at(1))
    waived = decisions.waive(store, ADA, project="shop", waiver=waiver(), now=NOW)
    decisions.approve_waiver(store, GRACE, waived.id, now=at(2))
    comments.comment(store, ADA, project="shop", subject="unit:a\udce9", text="Hm.", now=NOW)
    points.save_points(store, ADA, project="shop", points=[POINT], now=NOW)


@pytest.fixture
def other(tmp_path):
    """An empty store of another host."""
    opened = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    yield opened
    close(opened)


def _all(store):
    """What a viewer of the project sees of it."""
    asked = {"project": "shop"}
    heads = runs.runs(store, VIC, **asked)
    return {
        "runs": heads,
        "assessments": [runs.assessment(store, VIC, head.id) for head in heads],
        "tables": [runs.tables(store, VIC, head.id) for head in heads],
        "partitions": partitions.partitions(store, VIC, **asked),
        "attestations": decisions.attestations(store, VIC, **asked),
        "waivers": decisions.waivers(store, VIC, **asked),
        "comments": comments.comments(store, VIC, **asked),
        "points": points.points(store, VIC, **asked),
    }


def test_import__an_export__is_all_there(filled, other):
    counts = keeping.import_(other, ROOT, keeping.export(filled, ROOT, project="shop"), now=NOW)
    assert _all(other) == _all(filled)
    assert counts == {
        "projects": 1, "runs": 1, "partitions": 1, "attestations": 1, "waivers": 1, "comments": 1,
    }  # fmt: skip


def test_import__the_history__comes_along_and_says_that_it_was_imported(filled, other):
    told = [(e.at, e.person, e.action) for e in events.events(filled, VIC, project="shop")]
    keeping.import_(other, ROOT, keeping.export(filled, ROOT, project="shop"), now=at(60))
    found = [(e.at, e.person, e.action) for e in events.events(other, VIC, project="shop")]
    assert found[:-1] == told
    assert found[-1] == (at(60), "root", "project.added")
    assert [e.action for e in events.events(other, ROOT, project="*")] == ["store.imported"]


def test_import__a_second_time__changes_nothing(filled, other):
    content = keeping.export(filled, ROOT, project="shop")
    keeping.import_(other, ROOT, content, now=NOW)
    before = _all(other)
    assert keeping.import_(other, ROOT, content, now=NOW) == {}
    assert _all(other) == before


def test_import__into_the_store_it_came_from__changes_nothing(filled):
    before = _all(filled)
    keeping.import_(filled, ROOT, keeping.export(filled, ROOT, project="shop"), now=NOW)
    assert _all(filled) == before


def test_import__a_project_of_the_same_location__goes_into_it(filled, other):
    add_project(other, ROOT, name="Ours", location="/srv/shop", now=NOW)
    keeping.import_(other, ROOT, keeping.export(filled, ROOT, project="shop"), now=NOW)
    assert [each.id for each in projects(other, ROOT)] == ["ours"]
    assert len(runs.runs(other, ROOT, project="ours")) == 1


def test_import__a_project_whose_id_is_taken__gets_another(filled, other):
    add_project(other, ROOT, name="Shop", location="/elsewhere", now=NOW)
    keeping.import_(other, ROOT, keeping.export(filled, ROOT, project="shop"), now=NOW)
    assert [each.id for each in projects(other, ROOT)] == ["shop", "shop-2"]


def test_export__everything__names_all_projects_and_no_roles(filled):
    document = json.loads(keeping.export(filled, ROOT))
    assert [each["project"]["id"] for each in document["projects"]] == ["other", "shop"]
    assert document["schema_version"] == "1.0"
    assert "grants" not in document


def test_export__the_same_store__is_the_same_bytes(filled):
    assert keeping.export(filled, ROOT) == keeping.export(filled, ROOT)


def _changed(path, value):
    def change(document):
        place = document["projects"][0]
        *way, last = path
        for step in way:
            place = place[step]
        place[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_changed(["project", "location"], "a\x00b"), "cannot be printed"),
        (_changed(["project", "name"], ""), "there is nothing in it"),
        (_changed(["project", "name"], 7), "name"),
        (_changed(["runs", 0, "assessment"], "{}"), "is no assessment"),
        (_changed(["runs", 0, "head", "digest"], "f" * 64), "has another digest"),
        (_changed(["runs", 0, "head", "made_at"], "yesterday"), "is no time in UTC"),
        (_changed(["runs", 0, "head", "id"], "../x"), "is no id"),
        (_changed(["runs", 0, "tables"], {"x": "###"}), "a table is no base64"),
        (_changed(["runs", 0, "tables"], {"../x": ""}), "is no table"),
        (_changed(["runs", 0, "tables"], {"assessment.json": ""}), "is no table"),
        (_changed(["partitions", 0, "base"], "f" * 12), "of a run that is not in it"),
        (_changed(["partitions", 0, "name"], "\x1b"), "cannot be printed"),
        (_changed(["attestations", 0, "attestation", "expires"], "never"), "is no day"),
        (_changed(["attestations", 0, "attestation", "person"], ""), "there is nothing in it"),
        (_changed(["attestations", 0, "attestation", "value"], "x"), "value"),
        (_changed(["attestations", 0, "attestation", "statement"], "x" * 4001), "4000 are the"),
        (_changed(["waivers", 0, "waiver", "reason"], "because"), "reason"),
        (_changed(["comments", 0, "text"], "\x00"), "cannot be printed"),
        (_changed(["events", 0, "action"], "drop table"), "is no action"),
        (_changed(["events", 0, "at"], "2026-01-01T00:00:00+08:00"), "is no time in UTC"),
        (_changed(["points", 0, "figures"], []), "figures"),
        (_changed(["points", 0, "revision_time"], "soon"), "is no time in UTC"),
        (_changed(["points", 0, "label"], ""), "there is nothing in it"),
        (_changed(["project", "location"], "https://ann:secret@host/x"), "names a user"),
        (_changed(["waivers", 0, "waiver", "expires"], "2099-01-01"), "no day to expire"),
        (_changed(["waivers", 0, "waiver", "ticket"], "\x1b"), "cannot be printed"),
        (_changed(["comments", 0, "subject"], "x" * 4097), "too long"),
        (lambda document: document.update(schema_version="9"), "has schema version '9'"),
        (lambda document: document.pop("schema_version"), "is no export of a store"),
    ],
)
def test_import__a_document_that_was_tampered_with__is_told_and_nothing_stored(
    tmp_path, change, said
):
    source = open_store(f"sqlite:///{tmp_path / 'source.sqlite'}")
    _fill(source)
    document = json.loads(keeping.export(source, ROOT, project="shop"))
    change(document)
    target = open_store(f"sqlite:///{tmp_path / 'target.sqlite'}")
    with pytest.raises(UsageError, match=said) as caught:
        keeping.import_(target, ROOT, json.dumps(document).encode(), now=NOW)
    assert "\n" not in str(caught.value)
    assert projects(target, ROOT) == ()
    assert events.events(target, ROOT, project="*") == ()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff\xfe", b'{"schema_version": NaN}', b"[" * 99999]
)
def test_import__no_document_at_all__is_told(other, content):
    with pytest.raises(UsageError, match="the export"):
        keeping.import_(other, ROOT, content, now=NOW)


def test_import__a_table__is_the_same_bytes(filled, other):
    document = json.loads(keeping.export(filled, ROOT, project="shop"))
    raw = document["projects"][0]["runs"][0]["tables"]["units.parquet"]
    assert base64.b64decode(raw) == TABLES["units.parquet"]


def test_backup__while_somebody_writes__is_a_whole_store_of_its_own(tmp_path):
    source = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    shop(source)
    run = saved(source)
    with closing(sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE projects SET name = 'not yet'")
        keeping.backup(source, tmp_path / "copy.sqlite")
        writer.execute("ROLLBACK")
    copy = open_store(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    assert [each.name for each in projects(copy, ROOT)] == ["Other", "Shop"]
    assert runs.tables(copy, ROOT, run.id) == dict(sorted(TABLES.items()))
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600


def test_backup__a_file_that_is_there__is_left_alone(tmp_path):
    source = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    target = tmp_path / "copy.sqlite"
    target.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        keeping.backup(source, target)
    assert target.read_text() == "mine"


def test_backup__a_folder_that_there_is_not__is_told(tmp_path):
    source = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    with pytest.raises(UsageError, match="cannot be written"):
        keeping.backup(source, tmp_path / "no" / "copy.sqlite")


def test_backup__of_postgresql__names_its_own_tool(postgres, tmp_path):
    from postgres import database

    with database(postgres) as address:
        opened = open_store(address)
        with pytest.raises(UsageError, match="pg_dump"):
            keeping.backup(opened, tmp_path / "copy")
        close(opened)
