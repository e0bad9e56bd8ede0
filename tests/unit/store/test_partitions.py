import pytest
from unit.store.stores import ADA, GRACE, NOW, ROOT, VIC, saved, shop

from assessor.errors import UsageError
from assessor.model.decisions import Constraints, Pin
from assessor.store import comments, events, partitions, settings

CONSTRAINTS = Constraints(
    pinned=(Pin("src/A.java", "order", ("src/A.java", "src/B.java")),),
    together=(("src/A.java", "src/B.java"),),
    apart=(("src/A.java", "src/\udce9.java"),),
)
SERVICES = {"order": ("src/A.java", "src/\udce9.java"), "库存": ("src/C.java",)}


def _saved(store, *, name="Cut", base="", who=ADA):
    return partitions.save_partition(
        store,
        who,
        project="shop",
        base=base or saved(store).id,
        name=name,
        services=SERVICES,
        constraints=CONSTRAINTS,
        now=NOW,
    )


def test_save_partition__a_cut__comes_back_as_it_was(store):
    shop(store)
    made = _saved(store)
    assert (made.version, made.accepted, made.made_by) == (1, False, "ada")
    assert (made.services, made.constraints) == (SERVICES, CONSTRAINTS)
    assert partitions.partition(store, VIC, made.id) == made


def test_save_partition__the_same_name__is_its_next_version(store):
    shop(store)
    made = [_saved(store, name=name) for name in ("Cut", "Other", "Cut")]
    assert [(each.name, each.version) for each in made] == [("Cut", 1), ("Other", 1), ("Cut", 2)]
    found = partitions.partitions(store, VIC, project="shop")
    assert [each.id for each in found] == [each.id for each in made[::-1]]


def test_save_partition__on_a_run_of_another_project__is_told(store):
    shop(store)
    foreign = saved(store, project="other", who=ROOT)
    with pytest.raises(UsageError, match="is of another project"):
        _saved(store, base=foreign.id, who=ROOT)


def test_accept__another_one__takes_the_place_of_the_first(store):
    shop(store)
    first, second = _saved(store), _saved(store)
    for each in (first, second):
        partitions.accept(store, GRACE, each.id, now=NOW)
    assert partitions.accepted(store, VIC, project="shop").id == second.id
    marks = [each.accepted for each in partitions.partitions(store, VIC, project="shop")]
    assert marks == [True, False]


def test_accepted__none_yet_or_none_any_more__is_none(store):
    shop(store)
    assert partitions.accepted(store, VIC, project="shop") is None
    partitions.accept(store, GRACE, _saved(store).id, now=NOW)
    partitions.retract(store, GRACE, project="shop", now=NOW)
    assert partitions.accepted(store, VIC, project="shop") is None


def test_history__of_a_partition__says_who_agreed(store):
    shop(store)
    made = _saved(store)
    partitions.accept(store, GRACE, made.id, now=NOW)
    partitions.retract(store, GRACE, project="shop", now=NOW)
    found = events.events(store, VIC, project="shop", limit=3)
    assert [(each.person, each.action) for each in found] == [
        ("grace", "partition.retracted"),
        ("grace", "partition.accepted"),
        ("ada", "partition.saved"),
    ]


def test_comment__on_a_subject__is_found_by_it(store):
    shop(store)
    subject = "unit:src/\udce9\x00.java"
    made = comments.comment(
        store, ADA, project="shop", subject=subject, text=" <b>Why?</b>\n\tHm. ", now=NOW
    )
    other = comments.comment(store, GRACE, project="shop", subject="rule:A", text="So.", now=NOW)
    assert made.text == "<b>Why?</b>\n\tHm."
    assert comments.comments(store, VIC, project="shop", subject=subject) == (made,)
    assert comments.comments(store, VIC, project="shop") == (made, other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is nothing in it"),
        ("x" * 4001, "has 4001 characters; 4000 are the most"),
        ("a\x1b[2Jb", "cannot be printed"),
        ("a\u202eb", "cannot be printed"),
    ],
)
def test_comment__what_cannot_be_shown__is_told(store, text, said):
    shop(store)
    with pytest.raises(UsageError, match=said):
        comments.comment(store, ADA, project="shop", subject="rule:A", text=text, now=NOW)


def test_settings__of_a_project__win_over_those_of_the_store(store):
    shop(store)
    settings.change_setting(store, ROOT, key="four_eyes", value=True, now=NOW)
    settings.change_setting(store, ROOT, key="policy", value="advisory", now=NOW)
    settings.change_setting(store, ROOT, project="shop", key="four_eyes", value=False, now=NOW)
    assert settings.settings(store, VIC) == {"four_eyes": True, "policy": "advisory"}
    assert settings.settings(store, VIC, project="shop") == {
        "four_eyes": False,
        "policy": "advisory",
    }


def test_change_setting__to_none__is_as_if_it_had_never_been_set(store):
    for value in (True, None):
        settings.change_setting(store, ROOT, key="four_eyes", value=value, now=NOW)
    assert settings.settings(store, ROOT) == {}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("colour", "red", "'colour' is no setting; there are: four_eyes, policy"),
        ("four_eyes", 1, "1 is neither true nor false"),
        ("four_eyes", "yes", "'yes' is neither true nor false"),
        ("policy", "../x", "is no preset; there are: advisory, level-3, ratchet"),
        ("policy", True, "is no preset"),
    ],
)
def test_change_setting__another_key_or_value__is_told(store, key, value, said):
    with pytest.raises(UsageError, match=said):
        settings.change_setting(store, ROOT, key=key, value=value, now=NOW)
