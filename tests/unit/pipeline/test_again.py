"""What was kept of a run is scored and cut anew, without the repository."""

from dataclasses import replace

import pytest
from builders import repository

from assessor import pipeline
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.collect.saved import parse
from assessor.errors import UsageError
from assessor.model.decisions import Attestation, Attested, Decisions
from assessor.model.records import FileKind
from assessor.render.to_json import to_json
from assessor.resources import packaged
from assessor.scoring.attesting import evidence_digest

OPTIONS = pipeline.Options()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", made)
    return made


@pytest.fixture(scope="module")
def loaded():
    return pipeline.rules(None)


@pytest.fixture(scope="module")
def full(folder, loaded):
    with open_source(folder) as source:
        return pipeline.full(source, loaded, options=OPTIONS)


def _rule(found, name):
    return next(rule for pack in found.packs for rule in pack.rules if rule.id == name)


def _signed(found, *, fact="attested.registry_private", state="counts"):
    return Attested(
        Attestation(
            id="a",
            rule="CTR-04",
            fact=fact,
            value=True,
            statement="It is so.",
            person="Ann",
            role="operations",
            made_at="2025-01-31T12:00:00Z",
            expires="2025-12-31",
            evidence=evidence_digest(_rule(found, "CTR-04")),
        ),
        state,
    )


def _again(full, loaded, *given, remedied=()):
    return pipeline.rescored(
        full.assessment, full.kept, loaded, attestations=given, remedied=remedied
    )


def test_full__its_assessment__is_what_an_audit_gives(full, folder):
    assert full.assessment == pipeline.audit(folder, options=OPTIONS)


def test_full__kept__holds_source_units_and_no_files(full):
    records = full.kept.seen.records
    assert {unit.kind for unit in records.units} == {FileKind.SOURCE}
    assert (records.files, records.artefacts, records.skips) == ((), (), ())
    assert full.kept.seen.history is None


def test_full__excerpts__show_every_line_that_the_evidence_names(full):
    found = full.assessment
    rules = [rule for pack in found.packs for rule in pack.rules]
    proofs = [proof for each in (*found.facts, *rules) for proof in each.evidence]
    named = {(proof.path, proof.line) for proof in proofs if proof.line and not proof.commit}
    shown = {(each.path, each.line) for each in full.kept.excerpts}
    assert len(named) > 50
    assert named <= shown


def test_full__excerpt__holds_the_line_itself(full, folder):
    each = full.kept.excerpts[0]
    lines = (folder / each.path).read_text("utf-8").splitlines()
    assert each.lines[each.line - each.first] == lines[each.line - 1]


def test_audited__findings_and_uses__are_those_that_are_kept(full, folder, loaded):
    with open_source(folder) as source:
        found = pipeline.audited(source, loaded, options=OPTIONS)
    assert (found.findings, found.uses) == (full.kept.findings, full.kept.uses)


def test_rescored__without_decisions__is_what_it_was(full, loaded):
    assert _again(full, loaded) == full.assessment


def test_rescored__attestation__gives_its_level_and_its_evidence(full, loaded):
    assert (
        _rule(full.assessment, "CTR-04").level,
        _rule(full.assessment, "CTR-04").potential,
    ) == (2, 3)
    after = _rule(_again(full, loaded, _signed(full.assessment)), "CTR-04")
    assert (after.level, after.potential) == (3, 3)
    signed = [proof.claim.en for proof in after.evidence if not proof.path and not proof.commit]
    assert signed == [
        (
            "signed by Ann (operations) on 2025-01-31, valid until 2025-12-31,"
            " confirmed by nobody else"
        )
    ]


@pytest.mark.parametrize("state", ["pending", "expired", "withdrawn"])
def test_rescored__attestation_that_does_not_count__is_told_but_lifts_nothing(full, loaded, state):
    given = _signed(full.assessment, state=state)
    again = _again(full, loaded, given)
    assert again == replace(full.assessment, attestations=(given,))


def test_rescored__attestation_of_what_files_prove__lifts_nothing(full, loaded):
    given = _signed(full.assessment, fact="image.promoted")
    assert _again(full, loaded, given).packs == full.assessment.packs


def test_rescored__signed_on_this_evidence__is_not_stale_once_it_counts(full, loaded):
    again = _again(full, loaded, _signed(full.assessment))
    assert [each.stale for each in again.attestations] == [False]
    later = pipeline.rescored(again, full.kept, loaded, attestations=again.attestations)
    assert later == again


def test_rescored__signed_on_other_evidence__is_stale(full, loaded):
    given = _signed(full.assessment)
    other = replace(given, attestation=replace(given.attestation, evidence="0" * 64))
    assert [each.stale for each in _again(full, loaded, other).attestations] == [True]


def test_evidence_digest__of_every_rule__does_not_move_with_what_is_signed(full, loaded):
    every = [
        replace(_signed(full.assessment).attestation, id=fact.name, fact=fact.name)
        for fact in full.assessment.facts
    ]
    again = _again(full, loaded, *(Attested(each, "counts") for each in every))
    pairs = zip(full.assessment.packs, again.packs, strict=True)
    moved = [
        before.id
        for old, new in pairs
        for before, after in zip(old.rules, new.rules, strict=True)
        if evidence_digest(before) != evidence_digest(after)
    ]
    assert moved == []


def test_rescored__withdrawn_again__is_what_it_was(full, loaded):
    signed = _again(full, loaded, _signed(full.assessment))
    assert pipeline.rescored(signed, full.kept, loaded, attestations=()) == full.assessment


def test_rescored__remedied_rule__reaches_its_level(full, loaded):
    again = _again(full, loaded, remedied=[("CTR-05", 3)])
    assert (_rule(full.assessment, "CTR-05").level, _rule(again, "CTR-05").level) == (1, 3)


def test_rescored__all_remedied__reaches_the_top_of_what_applies(full, loaded):
    every = [(rule.id, 5) for pack in loaded.packs for rule in pack.rules]
    again = _again(full, loaded, remedied=every)
    rules = [rule for pack in again.packs for rule in pack.rules if rule.applicable]
    assert {rule.id for rule in rules if rule.missing} == set()


def test_rescored__unknown_rule__is_refused(full, loaded):
    with pytest.raises(UsageError, match=r"there is no rule 'CTR-99'; .* names them all\."):
        _again(full, loaded, remedied=[("CTR-99", 3)])


def test_rescored__other_rules__are_refused(full, loaded):
    with pytest.raises(UsageError, match=r"the rules have changed since revision \w{10} was .*"):
        _again(full, replace(loaded, digest="0" * 64))


def test_audit__with_attestations__is_what_rescoring_gives(full, folder, loaded):
    given = _signed(full.assessment)
    found = pipeline.audit(folder, options=OPTIONS, decisions=Decisions(attestations=(given,)))
    assert found == _again(full, loaded, given)


def test_saved__assessment_with_attestations__comes_back_as_it_was(full, loaded):
    content = to_json(_again(full, loaded, _signed(full.assessment)))
    assert to_json(parse(content, place="x")) == content


def test_saved__attestation_twice__is_refused(full, loaded):
    again = _again(full, loaded, _signed(full.assessment))
    twice = to_json(replace(again, attestations=again.attestations * 2))
    with pytest.raises(UsageError, match="there are 2 attestations 'a'"):
        parse(twice, place="x")


def test_recut__the_cut_it_has__changes_nothing(full):
    assert pipeline.recut(full.assessment, full.kept, full.kept.seen.partition) == full.assessment


def _moved(full):
    """The cut with its first unit in the second service."""
    cut = full.kept.seen.partition
    first, second, *others = cut.services
    unit = first.units[0]
    services = (
        replace(first, units=first.units[1:]),
        replace(second, units=tuple(sorted((*second.units, unit)))),
        *others,
    )
    return unit, second.name, replace(cut, services=services)


def test_recut__unit_in_another_service__is_shown_there(full):
    unit, name, cut = _moved(full)
    again = pipeline.recut(full.assessment, full.kept, cut)
    homes = {u: service.name for service in again.partition.services for u in service.units}
    assert homes[unit] == name


def test_recut__ties_and_co_change__follow_the_cut(full):
    _, _, cut = _moved(full)
    again = pipeline.recut(full.assessment, full.kept, cut)
    homes = {u: service.name for service in cut.services for u in service.units}
    across = [
        pair.a in homes and pair.b in homes and homes[pair.a] != homes[pair.b]
        for pair in again.history.cochange
    ]
    assert [pair.across for pair in again.history.cochange] == across
    assert again.coupling.services != full.assessment.coupling.services


def test_recut__facts_and_levels__stay(full):
    _, _, cut = _moved(full)
    again = pipeline.recut(full.assessment, full.kept, cut)
    assert (again.facts, again.packs) == (full.assessment.facts, full.assessment.packs)
    assert replace(again.coupling, services=()) == replace(full.assessment.coupling, services=())


def test_full__a_planted_password__is_in_no_excerpt(tmp_path, loaded):
    settings = "spring:\n  datasource:\n    username: sa\n    password: hunter2-planted\n"
    files = {"src/main/resources/application.yml": settings, "src/main/java/A.java": "class A {}"}
    repository(tmp_path, [{"files": files}])
    with open_source(tmp_path) as source:
        kept = pipeline.full(source, loaded, options=OPTIONS).kept
    assert "hunter2-planted" not in repr(kept)
    assert "    password: ••••" in [line for each in kept.excerpts for line in each.lines]
