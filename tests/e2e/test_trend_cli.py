"""The trend on a real history: what is printed, and that a way to compute it changes nothing."""

import csv
import io
import json
import subprocess

import pytest
from e2e.conftest import assessor

pytestmark = pytest.mark.slow


def rows(done):
    assert (done.returncode, done.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_trend__tags__are_told_oldest_first(shop):
    found = rows(assessor("trend", shop, "--tags", "--format", "csv"))
    assert [each["label"] for each in found] == ["v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.4.0"]


def test_trend__steps__end_at_head(shop):
    found = rows(assessor("trend", shop, "--every", "3m", "--last", "2", "--format", "csv"))
    assert [each["label"] for each in found] == ["2025-01-10", "2025-04-10", "HEAD"]


def test_trend__json__has_numbers_and_nulls(shop):
    done = assessor("trend", shop, "--every", "1y", "--format", "json")
    first, last = json.loads(done.stdout)
    assert (first["units"], last["units"]) == (22, 38)
    assert 0 < last["fit"] <= 1


def test_trend__figures_of_a_tag__are_those_of_its_audit(shop):
    [row] = [
        each
        for each in rows(assessor("trend", shop, "--tags", "--format", "csv"))
        if each["label"] == "v1.2.0"
    ]
    document = json.loads(assessor("audit", shop, "--rev", "v1.2.0", "--format", "json").stdout)
    told = {pack["id"]: pack["indicative"] for pack in document["packs"]}
    assert told == {pack: float(row[f"{pack}_indicative"]) for pack in told}
    assert int(row["units"]) == document["coupling"]["units"]


@pytest.mark.parametrize("more", [["--no-cache"], ["--workers", "1"], ["--quiet"]])
def test_trend__another_way_to_compute_it__prints_the_same_bytes(shop, more):
    usual = assessor("trend", shop, "--tags", "--last", "2", "--lang", "en")
    other = assessor("trend", shop, "--tags", "--last", "2", "--lang", "en", *more)
    assert (other.returncode, other.stdout) == (0, usual.stdout)


@pytest.mark.parametrize(("lang", "word"), [("zh", "契合度"), ("en", "References inside")])
def test_trend__text__is_in_the_chosen_language(shop, lang, word):
    assert word in assessor("trend", shop, "--tags", "--lang", lang).stdout


def test_trend__to_a_file__is_written_there(shop, tmp_path):
    done = assessor("trend", shop, "--tags", "--format", "csv", "-o", tmp_path / "trend.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "trend.csv").read_text("utf-8").startswith("label,revision,")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "either --tags, or --every"),
        (["--tags", "--every", "3m"], "either --tags, or --every"),
        (["--every", "3x"], "'3x' is no distance between revisions"),
        (["--tags", "--since", "yesterday"], "--since 'yesterday' is neither"),
        (["--tags", "--last", "0"], "--last"),
    ],
    ids=["neither", "both", "no-step", "no-date", "none"],
)
def test_trend__wrong_use__is_one_sentence_and_exit_2(shop, options, told):
    done = assessor("trend", shop, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_trend__repository_without_releases__is_told_what_to_do(repository):
    tags = ["v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.4.0"]
    subprocess.run(["git", "tag", "-d", *tags], cwd=repository, check=True, capture_output=True)
    done = assessor("trend", repository, "--tags")
    assert done.returncode == 2
    assert "no release tag leads to HEAD; ask for dates with --every 3m." in done.stderr


def test_trend__revision_that_cannot_be_read__is_named_and_the_rest_is_told(repository):
    tree = subprocess.run(
        ["git", "-C", repository, "mktree"], input=b"", capture_output=True, check=True
    ).stdout.strip()
    script = f"""
        first=$(git commit-tree {tree.decode()} -m begin)
        git tag v0.1 $first
        git merge -q -s ours --allow-unrelated-histories -m join $first
    """
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(
        ["sh", "-ec", script.replace("git ", f"git {' '.join(who)} ")],
        cwd=repository,
        check=True,
        capture_output=True,
    )
    done = assessor("trend", repository, "--tags", "--format", "csv")
    assert done.returncode == 0
    assert done.stderr.startswith("assessor: v0.1 is left out: commit ")
    assert len(done.stdout.splitlines()) == 7
