from dataclasses import replace

import pytest

from assessor.model import assessment as doc
from assessor.model.behaviour import NO_BEHAVIOUR
from assessor.model.data import NO_DATA
from assessor.model.decisions import Constraints
from assessor.model.partition import Quality
from assessor.model.view import Sentence
from assessor.report.view import view
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
NO_QUALITY = Quality(1, None, None, None, None, None, None, 0, None)
PAST = doc.History(
    available=True,
    reason="",
    commits=12,
    merges=0,
    authors=2,
    bot_commits=0,
    mass_commits=0,
    first="2024-01-31T00:00:00Z",
    last="2024-02-29T00:00:00Z",
    tags=0,
    shallow=False,
    partial_commits=0,
    cochange=(),
    cochange_total=0,
    hotspots=(),
    xray=(),
    maintainable_change=None,
    units=(),
    age=None,
    stale=None,
    people=(),
    logical=(),
    logical_total=0,
)
FOUND = doc.Assessment(
    schema_version=doc.SCHEMA_VERSION,
    tool=doc.Tool("assessor", "1"),
    repository=doc.Repository("", "0" * 40, "2024-02-29T00:00:00Z", "commit"),
    options=doc.Options(services=None, since=None, seed=0, xray=0),
    inventory=doc.Inventory(3, {}, (), 3, 3, 1.0),
    history=PAST,
    coupling=doc.Coupling(3, 0, (), (), (), ()),
    partition=None,
    data=NO_DATA,
    behaviour=NO_BEHAVIOUR,
    facts=(),
    packs=(),
    attestations=(),
    skips=(),
    provenance=doc.Provenance((), "", {}),
)


def _cut(names):
    quality = doc.ServiceQuality(1, 10, 0.5, 0.5, 0, 0, 0)
    return doc.Partition(
        algorithm="test",
        options={},
        seed=0,
        sound=True,
        reason="",
        quality=NO_QUALITY,
        services=tuple(doc.Service(name, (f"{name}.py",), quality) for name in names),
        shared=(),
        confidence={f"{name}.py": 1.0 for name in names},
        dendrogram=(),
        constraints=Constraints(),
        broken=(),
    )


def _sentences(found, *, words=EN):
    blocks = [block for section in view(found, wording=words).sections for block in section.blocks]
    return {block.text: block.tone for block in blocks if isinstance(block, Sentence)}


def test_view__a_whole_history__is_told_without_reservations():
    told = _sentences(FOUND)
    assert told["Commits read: 12, people: 2, 2024-01-31 to 2024-02-29."] == "plain"
    assert not any("shallow" in text or "Left out" in text for text in told)


@pytest.mark.parametrize(("words", "start"), [(EN, "No history was read: no"), (ZH, "未读取")])
def test_view__no_commit_since_then__is_no_history_and_says_why(words, start):
    past = replace(PAST, commits=0, authors=0, first="", last="")
    options = replace(FOUND.options, since="2030-01-01")
    told = _sentences(replace(FOUND, history=past, options=options), words=words)
    said = next(text for text in told if text.startswith(start))
    assert "--since 2030-01-01" in said
    assert told[said] == "unknown"


def test_view__a_shallow_clone__is_named():
    told = _sentences(replace(FOUND, history=replace(PAST, shallow=True)))
    assert [tone for text, tone in told.items() if "shallow" in text] == ["unknown"]


def test_view__commits_left_out__are_counted():
    told = _sentences(replace(FOUND, history=replace(PAST, bot_commits=4, mass_commits=5)))
    said = next(text for text in told if text.startswith("Left out"))
    assert "commits of bots (4)" in said
    assert "of more than 30 files (5)" in said


@pytest.mark.parametrize(
    ("asked", "made", "said"),
    [
        (None, 1, "form one piece; no cut is proposed."),
        (1, 1, "stay in one piece. The number of services, 1, was given."),
        (4, 1, "stay in one piece. 4 services were asked for; 1 could be made."),
        (None, 2, "was chosen from the data"),
        (2, 2, "The number of services, 2, was given."),
        (1000, 2, "1000 services were asked for; 2 could be made."),
    ],
)
def test_view__the_number_of_services__says_who_chose_it(asked, made, said):
    options = replace(FOUND.options, services=asked)
    told = _sentences(replace(FOUND, options=options, partition=_cut(["a", "b"][:made])))
    assert any(said in text for text in told)
    assert asked is None or not any("no cut is proposed" in text for text in told)
