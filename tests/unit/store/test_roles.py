import pytest
from unit.store.stores import ADA, GRACE, NOBODY, NOW, ROOT, STRANGER, VIC, saved, shop, waiver

from assessor.errors import DeniedError, UsageError
from assessor.model.decisions import Constraints
from assessor.model.stored import EVERYWHERE, Grant, Visitor
from assessor.store import (
    comments,
    decisions,
    events,
    jobs,
    keeping,
    partitions,
    people,
    points,
    projects,
    runs,
    settings,
)
from assessor.store.decisions import approve_waiver, withdraw_waiver

BOSS = Visitor("boss", {"shop": "admin"})
RANKS = {"viewer": VIC, "assessor": ADA, "approver": GRACE, "admin": BOSS}
OWNER = Visitor("owner", {"shop": "assessor"})  # made everything that is there


@pytest.fixture
def filled(store):
    """A store with one of everything in the project `shop`; name -> id."""
    shop(store)
    run = saved(store, who=OWNER)
    cut = partitions.save_partition(
        store,
        OWNER,
        project="shop",
        base=run.id,
        name="Cut",
        services={"order": ("a.py",)},
        constraints=Constraints(),
        now=NOW,
    )
    job = jobs.submit(store, OWNER, project="shop", kind="audit", options={}, now=NOW)
    given = _attest(store, OWNER)
    waived = decisions.waive(store, OWNER, project="shop", waiver=waiver(owner="owner"), now=NOW)
    ids = {"run": run.id, "cut": cut.id, "job": job.id}
    return ids | {"attestation": given.attestation.id, "waiver": waived.id}


def _attest(store, who):
    return decisions.attest(
        store,
        who,
        project="shop",
        rule="MSP-30",
        fact="team.on_call",
        value=True,
        statement="Each team is on call.",
        role="Head of development",
        expires="2026-06-30",
        evidence="e" * 64,
        now=NOW,
    )


def _save_cut(s, w, ids):
    partitions.save_partition(
        s, w, project="shop", base=ids["run"], name="X", services={}, constraints=Constraints(),
        now=NOW,
    )  # fmt: skip


BOTH = {"project": "shop", "now": NOW}


def _comment(store, who):
    comments.comment(store, who, subject="rule:A", text="Hm.", **BOTH)


def _submit(store, who):
    jobs.submit(store, who, kind="trend", options={}, **BOTH)


def _change_setting(store, who):
    settings.change_setting(store, who, key="four_eyes", value=True, **BOTH)


def _grant(store, who):
    people.grant(store, who, person="new", role="viewer", **BOTH)


# What is done -> the least role that may, and how it is done.
ACTIONS = {
    "see-project": ("viewer", lambda s, w, _: projects.project(s, w, "shop")),
    "list-runs": ("viewer", lambda s, w, _: runs.runs(s, w, project="shop")),
    "see-run": ("viewer", lambda s, w, i: runs.run(s, w, i["run"])),
    "read-assessment": ("viewer", lambda s, w, i: runs.assessment(s, w, i["run"])),
    "read-tables": ("viewer", lambda s, w, i: runs.tables(s, w, i["run"])),
    "save-run": ("assessor", lambda s, w, _: saved(s, who=w, number=9)),
    "list-attestations": ("viewer", lambda s, w, _: decisions.attestations(s, w, project="shop")),
    "attest": ("assessor", lambda s, w, _: _attest(s, w)),
    "confirm": ("approver", lambda s, w, i: decisions.confirm(s, w, i["attestation"], now=NOW)),
    "withdraw": ("approver", lambda s, w, i: decisions.withdraw(s, w, i["attestation"], now=NOW)),
    "list-waivers": ("viewer", lambda s, w, _: decisions.waivers(s, w, project="shop")),
    "waive": ("assessor", lambda s, w, _: decisions.waive(s, w, waiver=waiver(), **BOTH)),
    "approve-waiver": ("approver", lambda s, w, i: approve_waiver(s, w, i["waiver"], now=NOW)),
    "withdraw-waiver": ("approver", lambda s, w, i: withdraw_waiver(s, w, i["waiver"], now=NOW)),
    "list-partitions": ("viewer", lambda s, w, _: partitions.partitions(s, w, project="shop")),
    "see-partition": ("viewer", lambda s, w, i: partitions.partition(s, w, i["cut"])),
    "see-accepted": ("viewer", lambda s, w, _: partitions.accepted(s, w, project="shop")),
    "save-partition": ("assessor", _save_cut),
    "accept": ("approver", lambda s, w, i: partitions.accept(s, w, i["cut"], now=NOW)),
    "retract": ("approver", lambda s, w, _: partitions.retract(s, w, project="shop", now=NOW)),
    "read-comments": ("viewer", lambda s, w, _: comments.comments(s, w, project="shop")),
    "comment": ("assessor", lambda s, w, _: _comment(s, w)),
    "read-events": ("viewer", lambda s, w, _: events.events(s, w, project="shop")),
    "list-jobs": ("viewer", lambda s, w, _: jobs.jobs(s, w, project="shop")),
    "see-job": ("viewer", lambda s, w, i: jobs.job(s, w, i["job"])),
    "submit": ("assessor", lambda s, w, _: _submit(s, w)),
    "cancel": ("assessor", lambda s, w, i: jobs.cancel(s, w, i["job"], now=NOW)),
    "read-points": ("viewer", lambda s, w, _: points.points(s, w, project="shop")),
    "save-points": ("assessor", lambda s, w, _: points.save_points(s, w, points=[], **BOTH)),
    "read-settings": ("viewer", lambda s, w, _: settings.settings(s, w, project="shop")),
    "change-setting": ("admin", lambda s, w, _: _change_setting(s, w)),
    "grant": ("admin", lambda s, w, _: _grant(s, w)),
    "export": ("admin", lambda s, w, _: keeping.export(s, w, project="shop")),
}  # fmt: skip
ORDER = ("viewer", "assessor", "approver", "admin")


@pytest.mark.parametrize("action", ACTIONS)
def test_action__each_role__only_those_that_may(filled, store, action):
    least, does = ACTIONS[action]
    may = {}
    for role in ORDER:
        try:
            does(store, RANKS[role], filled)
        except DeniedError:
            may[role] = False
        except UsageError:  # somebody of a lower role did it before: it was allowed
            may[role] = True
        else:
            may[role] = True
    assert may == {role: ORDER.index(role) >= ORDER.index(least) for role in ORDER}


@pytest.mark.parametrize("who", [STRANGER, NOBODY], ids=lambda who: who.name)
def test_actions__somebody_of_another_project__is_denied_every_one(filled, store, who):
    denied = set()
    for action, (_, does) in ACTIONS.items():
        try:
            does(store, who, filled)
        except DeniedError:
            denied.add(action)
    assert denied == set(ACTIONS)


@pytest.mark.parametrize("ask", [projects.project, runs.run, jobs.job, partitions.partition])
def test_refusal__of_something_hidden__reads_as_if_there_were_nothing(filled, store, ask):
    kind = ask.__name__
    hidden = {"project": "shop", "run": filled["run"], "job": filled["job"]}.get(
        kind, filled["cut"]
    )
    said = []
    for id_ in (hidden, "0" * 12):
        with pytest.raises(DeniedError) as caught:
            ask(store, STRANGER, id_)
        said.append(str(caught.value).replace(id_, "…"))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("roles", "project", "expected"),
    [
        ({}, "shop", None),
        ({"shop": "viewer"}, "shop", "viewer"),
        ({"shop": "viewer"}, "other", None),
        ({"*": "assessor"}, "shop", "assessor"),
        ({"*": "assessor", "shop": "viewer"}, "shop", "assessor"),
        ({"*": "viewer", "shop": "approver"}, "shop", "approver"),
        ({"shop": "admin"}, "*", None),
        ({"shop": "emperor"}, "shop", None),
    ],
)
def test_role_in__a_visitor__has_the_higher_one(roles, project, expected):
    assert people.role_in(Visitor("ann", roles), project) == expected


def test_projects__a_visitor__sees_only_his(filled, store):
    assert [each.id for each in projects.projects(store, VIC)] == ["shop"]
    assert [each.id for each in projects.projects(store, STRANGER)] == ["other"]
    assert projects.projects(store, NOBODY) == ()


def test_portfolio_and_jobs__a_visitor_of_another_project__sees_nothing_of_it(filled, store):
    assert [each.id for each, _, _ in runs.portfolio(store, STRANGER)] == ["other"]
    assert jobs.jobs(store, STRANGER) == ()


@pytest.mark.parametrize("who", [ADA, BOSS, STRANGER, NOBODY], ids=lambda who: who.name)
def test_everywhere__somebody_of_single_projects__may_change_nothing(filled, store, who):
    tries = (
        lambda: projects.add_project(store, who, name="New", location="/srv/new", now=NOW),
        lambda: people.grant(store, who, person="x", project="*", role="viewer", now=NOW),
        lambda: people.revoke(store, who, person="x", project="*", now=NOW),
        lambda: settings.change_setting(store, who, key="four_eyes", value=True, now=NOW),
        lambda: events.events(store, who, project="*"),
        lambda: keeping.export(store, who, project="*"),
        lambda: keeping.import_(store, who, b"{}", now=NOW),
    )
    for each in tries:
        with pytest.raises(DeniedError):
            each()


def test_settings__of_the_whole_store__nobody_without_a_role_sees_them(store):
    with pytest.raises(DeniedError):
        settings.settings(store, NOBODY)


def test_grant__a_person__is_a_visitor_with_that_role(filled, store):
    people.grant(store, BOSS, person="ann", project="shop", role="approver", now=NOW)
    people.grant(store, BOSS, person="ann", project="shop", role="viewer", now=NOW)
    assert people.visitor(store, "ann") == Visitor("ann", {"shop": "viewer"})
    assert people.visitor(store, "Ann") == Visitor("Ann", {})


def test_grants__each__sees_his_own_and_those_that_he_gives(filled, store):
    people.grant(store, ROOT, person="ann", project="shop", role="viewer", now=NOW)
    people.grant(store, ROOT, person="bob", project="other", role="viewer", now=NOW)
    assert people.grants(store, Visitor("ann", {"shop": "viewer"})) == (
        Grant("ann", "shop", "viewer"),
    )
    assert people.grants(store, BOSS) == (Grant("ann", "shop", "viewer"),)
    assert people.grants(store, ROOT) == (
        Grant("bob", "other", "viewer"),
        Grant("ann", "shop", "viewer"),
    )


def test_revoke__the_last_admin__stays(store):
    people.grant(store, ROOT, person="ann", project=EVERYWHERE, role="admin", now=NOW)
    with pytest.raises(UsageError, match="'ann' is the last admin"):
        people.revoke(store, ROOT, person="ann", project=EVERYWHERE, now=NOW)
    assert people.visitor(store, "ann").roles == {"*": "admin"}


def test_grant__a_lower_role_to_the_last_admin__is_refused(store):
    people.grant(store, ROOT, person="ann", project=EVERYWHERE, role="admin", now=NOW)
    with pytest.raises(UsageError, match="'ann' is the last admin"):
        people.grant(store, ROOT, person="ann", project=EVERYWHERE, role="viewer", now=NOW)
    assert people.visitor(store, "ann").roles == {"*": "admin"}


def test_revoke__one_of_two_admins__is_none_any_more(store):
    for name in ("ann", "bob"):
        people.grant(store, ROOT, person=name, project=EVERYWHERE, role="admin", now=NOW)
    people.revoke(store, ROOT, person="ann", project=EVERYWHERE, now=NOW)
    assert people.visitor(store, "ann").roles == {}


def test_revoke__somebody_without_a_role__is_told(filled, store):
    with pytest.raises(UsageError, match="'ann' has no role in 'shop'"):
        people.revoke(store, BOSS, person="ann", project="shop", now=NOW)


@pytest.mark.parametrize("role", ["emperor", ""])
def test_grant__a_role_that_there_is_not__is_told(store, role):
    with pytest.raises(UsageError, match="is no role"):
        people.grant(store, ROOT, person="ann", project="*", role=role, now=NOW)


def test_grant__a_project_that_there_is_not__is_told(store):
    with pytest.raises(UsageError, match="there is no project 'nix'"):
        people.grant(store, ROOT, person="ann", project="nix", role="viewer", now=NOW)
