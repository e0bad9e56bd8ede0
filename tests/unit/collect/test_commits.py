import pytest
from builders import git, repository

from assessor.collect.commits import LATEST, blocks, read
from assessor.collect.git import GitError


def commits(tmp_path, *steps, **options):
    tip = repository(tmp_path / "r", steps)
    return read(tmp_path / "r" / ".git", tip, **options).table


def step(message, **more):
    return {"message": message, "files": {"a": message}, **more}


def raw_commit(folder, *, author=b"A <a@example.org> 1700000000 +0000", message=b"x", head=b""):
    """A commit object exactly as given, on top of nothing; becomes the tip of main."""
    tree = git(folder, "write-tree").encode()
    lines = b"tree %b\nauthor %b\ncommitter %b\n%b\n%b" % (tree, author, author, head, message)
    made = git(folder, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=lines)
    git(folder, "update-ref", "refs/heads/main", made)
    return made


def test_read__a_merge__is_a_row_with_its_parents(tmp_path):
    table = commits(
        tmp_path, step("base"), step("side", branch="side"), {"message": "join", "merge": ["side"]}
    )
    assert table["subject"].to_list() == ["join", "side", "base"]
    assert table["parents"].to_list() == [2, 1, 0]


def test_read__authors__are_numbered_from_the_oldest_commit_and_never_named(tmp_path):
    table = commits(
        tmp_path,
        step("1", author="Zoe <zoe@example.org>"),
        step("2", author="Abe <abe@example.org>"),
        step("3", author="Zoë <ZOE@example.org>"),
    )
    assert table["author"].to_list() == ["author-0001", "author-0002", "author-0001"]
    assert "zoe" not in table.to_string().lower()


def test_read__a_mailmap_in_the_tip__joins_two_addresses(tmp_path):
    mailmap = "Zoe <zoe@example.org> <old@example.org>\n"
    table = commits(
        tmp_path,
        step("1", author="Z <old@example.org>"),
        step("2", author="Zoe <zoe@example.org>", files={".mailmap": mailmap}),
    )
    assert table["author"].nunique() == 1


@pytest.mark.parametrize("name", ["renovate[bot]", "Dependabot Preview", "pre-commit-ci"])
def test_read__a_program_as_author__is_a_bot(tmp_path, name):
    table = commits(tmp_path, step("1", author=f"{name} <x@example.org>"), step("2"))
    assert table["bot"].to_list() == [False, True]


def test_read__a_person_called_abbot__is_no_bot(tmp_path):
    assert not commits(tmp_path, step("1", author="Bo Abbot <abbot@example.org>"))["bot"].any()


def test_read__own_words_for_bots__replace_the_usual_ones(tmp_path):
    steps = step("1", author="CI <ci@example.org>"), step("2", author="renovate <r@example.org>")
    assert commits(tmp_path, *steps, bots=["CI@"])["bot"].to_list() == [False, True]


@pytest.mark.parametrize(
    ("message", "flags"),
    [
        ("Tidy up", ""),
        ("KAFKA-123: Fix it", "issue"),
        ("Fix it (#12)", "issue reviewed"),
        ("See #7", "issue"),
        ("Use UTF-8 and SHA-256 for CVE-2024-1", ""),
        ("Set the colour to &#8220; and x#3", ""),
        ("Merge pull request #9 from x/y", "issue reviewed"),
        ("Add\n\nReviewed-by: Ann <a@example.org>", "reviewed"),
        ("Add\n\nReviewers: Ann", "reviewed"),
        ("Add\n\nThis was reviewed by nobody", ""),
        ("feat(web)!: add a door", "conventional"),
        ("fix: a door", "conventional"),
        ("Hotfix for the door", "hotfix"),
        ("Merge branch 'hotfix/2.1.1' into main", "hotfix"),
        ("Take photofixes of the door", ""),
        ("fixed: a door", ""),
        ('Revert "Add a door"', "revert"),
        ("Take it back\n\nThis reverts commit 0123456789.", "revert"),
        ("Reverting is hard", ""),
    ],
)
def test_read__a_message__says_what_it_says(tmp_path, message, flags):
    table = commits(tmp_path, step(message))
    told = [
        f for f in ("conventional", "hotfix", "issue", "revert", "reviewed") if table[f].iloc[0]
    ]
    assert " ".join(told) == flags


def test_read__another_committer__is_a_second_pair_of_eyes(tmp_path):
    folder = tmp_path / "r"
    repository(folder, [step("1")])
    git(folder, "-c", "user.name=B", "commit", "--amend", "--quiet", "--no-edit")
    tip = git(folder, "rev-parse", "HEAD")
    assert read(folder / ".git", tip).table["reviewed"].to_list() == [True]


def test_read__a_signature_in_the_header__is_seen_unchecked(tmp_path):
    folder = tmp_path / "r"
    repository(folder, [step("1")])
    signature = b"gpgsig -----BEGIN PGP SIGNATURE-----\n \n nonsense\n"
    tip = raw_commit(folder, head=signature, message=b"gpgsig in the text is none")
    table = read(folder / ".git", tip).table
    assert (table["signed"][0], table["subject"][0]) == (True, "gpgsig in the text is none")


@pytest.mark.parametrize(
    ("when", "seconds"),
    [
        (b"0 +0000", 0),
        (b"99999999999999 +0000", LATEST),
        (b"99999999999999999999999 +0000", 0),
        (b"yesterday", 0),
        (b"", 0),
    ],
)
def test_read__a_date_that_no_calendar_holds__is_clamped(tmp_path, when, seconds):
    folder = tmp_path / "r"
    repository(folder, [step("1")])
    tip = raw_commit(folder, author=b"A <a@example.org> " + when)
    assert read(folder / ".git", tip).table["time"].to_list() == [seconds]


def test_read__bytes_that_are_not_text__are_replaced(tmp_path):
    folder = tmp_path / "r"
    repository(folder, [step("1")])
    tip = raw_commit(folder, author=b"\xff <\xfe> 5 +0000", message=b"caf\xe9")
    table = read(folder / ".git", tip).table
    assert (table["subject"][0], table["time"][0]) == ("caf\ufffd", 5)


def test_read__no_message_at_all__is_an_empty_subject(tmp_path):
    folder = tmp_path / "r"
    repository(folder, [step("1")])
    assert read(folder / ".git", raw_commit(folder, message=b"")).table["subject"][0] == ""


def test_blocks__texts_cut_anywhere__come_out_whole():
    told = "ä\0b\0\0d\0unended".encode()
    for cut in range(len(told)):
        found = [
            text for block in blocks([told[:cut], told[cut:]], errors="strict") for text in block
        ]
        assert found == ["ä", "b", "", "d"]


def test_blocks__the_stream_dies__what_came_before_is_handed_on():
    def dying():
        yield b"a\0b\0c"
        raise GitError("gone")

    texts = blocks(dying(), errors="strict")
    assert next(texts) == ["a", "b"]
    with pytest.raises(GitError, match="gone"):
        next(texts)
