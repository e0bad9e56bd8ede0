import pytest
from builders import git, repository

from assessor.collect import commits, lineage
from assessor.model.history import Tag

DAY = 86_400


def step(message, **more):
    return {"message": message, "files": {message: message}, **more}


def log(tmp_path, *steps):
    tip = repository(tmp_path / "r", steps)
    return tmp_path / "r" / ".git", commits.read(tmp_path / "r" / ".git", tip)


def by_subject(log_, values):
    return dict(zip(log_.table["subject"].to_list(), values, strict=True))


def test_landings__a_merged_side_branch__lands_with_its_merge(tmp_path):
    _, found = log(
        tmp_path,
        step("base"),
        step("side 1", branch="side"),
        step("side 2", branch="side"),
        step("main"),
        {"message": "join", "merge": ["side"]},
    )
    subjects = found.table["subject"].to_list()
    landed = by_subject(found, [subjects[row] for row in lineage.landings(found)])
    assert landed == {
        "base": "base",
        "side 1": "join",
        "side 2": "join",
        "main": "main",
        "join": "join",
    }


def test_branches__a_side_branch__lives_from_its_oldest_commit_to_its_merge(tmp_path):
    _, found = log(
        tmp_path,
        step("base", date=10 * DAY),
        step("side 1", branch="side", date=20 * DAY),
        step("side 2", branch="side", date=23 * DAY),
        {"message": "join", "merge": ["side"], "date": 24 * DAY},
    )
    table, observable = lineage.branches(found, lineage.landings(found))
    assert (table.to_dict("list"), observable) == ({"merge": [0], "days": [4.0]}, True)


def test_branches__dates_that_run_backwards__last_no_time(tmp_path):
    _, found = log(
        tmp_path,
        step("base", date=10 * DAY),
        step("side", branch="side", date=20 * DAY),
        {"message": "join", "merge": ["side"], "date": 12 * DAY},
    )
    assert lineage.branches(found, lineage.landings(found))[0]["days"].to_list() == [0.0]


def test_branches__three_parents__are_not_one_side_branch(tmp_path):
    _, found = log(
        tmp_path,
        step("base"),
        step("a", branch="a"),
        step("b", branch="b"),
        {"message": "join", "merge": ["a", "b"]},
    )
    assert lineage.branches(found, lineage.landings(found))[0].empty


def test_branches__every_request_squashed__are_not_observable(tmp_path):
    _, found = log(tmp_path, *(step(f"Change (#{n})") for n in range(3)))
    table, observable = lineage.branches(found, lineage.landings(found))
    assert (len(table), observable) == (0, False)


def test_tags__light_and_annotated__name_their_commits(tmp_path):
    git_dir, found = log(tmp_path, step("a", date=5, tags=["light"]))
    git(git_dir, "tag", "-a", "-m", "x", "heavy")
    git(git_dir, "tag", "tree", "HEAD^{tree}")
    commit = found.table["id"][0]
    assert lineage.tags(git_dir) == (
        Tag("light", commit, 5),
        Tag("heavy", commit, 1_700_000_000),
    )


def test_released__commits__know_their_first_release(tmp_path):
    git_dir, found = log(
        tmp_path,
        step("1", date=10),
        step("2", date=20, tags=["v1.0.0"]),
        step("3", date=30, tags=["v1.1.0-rc1"]),
        step("4", date=40, tags=["v1.1.0"]),
        step("5", date=50),
    )
    times = lineage.released(git_dir, found, known=lineage.tags(git_dir))
    assert by_subject(found, times.tolist()) == {"5": 0, "4": 40, "3": 40, "2": 20, "1": 20}


def test_released__a_release_on_a_branch_of_its_own__counts(tmp_path):
    git_dir, found = log(
        tmp_path,
        step("1", date=10),
        step("fix", date=20, branch="1.x"),
        step("tagged", date=30, branch="1.x", tags=["1.0.1"]),
        step("2", date=40),
    )
    times = lineage.released(git_dir, found, known=lineage.tags(git_dir))
    assert by_subject(found, times.tolist()) == {"2": 0, "1": 30}


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("v1.2.3", True),
        ("1.0", True),
        ("jpetstore-6.0.2", True),
        ("release/2024.01.15", True),
        ("5.0.0.RELEASE", True),
        ("module-a@1.2.3", True),
        ("v1", False),
        ("v1.2.3-rc1", False),
        ("5.0.0.M3", False),
        ("v1.0-beta-2.1", False),
        ("nightly", False),
        (f"v1.0-{'a-' * 200}1.0", False),
    ],
)
def test_release__a_tag_name__is_one_or_not(name, release):
    assert bool(lineage.RELEASE.fullmatch(name)) == release
