"""Repositories made to harm who reads them: nothing of theirs runs, nothing of theirs changes.

Each attack is proven alive after we have read the repository: plain git then does fall for it.
"""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import ENVIRONMENT, git, repository

from assessor.collect import git as ours
from assessor.collect import sandbox
from assessor.collect.inventory import inventory
from assessor.collect.repository import contents, open_source
from assessor.errors import SourceError
from assessor.model.basis import Skip
from assessor.model.records import FileKind

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the attacks are shell scripts")


@dataclass(frozen=True)
class Attack:
    """Lines for `.git/config` with `{run}` for the attacker's program, and who falls for them."""

    config: str
    falls: tuple[str, ...]
    attributes: str = ""


STATUS = ("status",)
ATTACKS = {
    "fsmonitor": Attack("[core]\nfsmonitor = {run}", STATUS),
    "hooks-path": Attack("[core]\nhooksPath = {hooks}", ("checkout", "--quiet", "HEAD")),
    "external-diff": Attack("[diff]\nexternal = {run}", ("diff", "HEAD~1", "HEAD")),
    "driver": Attack('[diff "x"]\ncommand = {run}', ("diff", "HEAD~1", "HEAD"), "* diff=x"),
    "textconv": Attack('[diff "x"]\ntextconv = {run}', ("log", "-p"), "* diff=x"),
    "blame": Attack('[diff "x"]\ntextconv = {run}', ("blame", "a.py"), "* diff=x"),
    "clean": Attack('[filter "x"]\nclean = {run}', ("add", "--renormalize", "."), "* filter=x"),
    "smudge": Attack(
        '[filter "x"]\nsmudge = {run}', ("archive", "-o", "/dev/null", "HEAD"), "* filter=x"
    ),
    "process": Attack(
        '[filter "x"]\nprocess = {run}\nrequired = true',
        ("archive", "-o", "/dev/null", "HEAD"),
        "* filter=x",
    ),
    "gpg": Attack("[gpg]\nprogram = {run}\n[log]\nshowSignature = true", ("log",)),
    "gpg-ssh": Attack(
        '[gpg]\nformat = openpgp\n[gpg "openpgp"]\nprogram = {run}\n[log]\nshowSignature = true',
        ("log",),
    ),
    "include": Attack("[include]\npath = {included}", STATUS),
    "include-if": Attack('[includeIf "gitdir:**"]\npath = {included}', STATUS),
    "ssh-command": Attack(
        '[core]\nsshCommand = {run}\n[remote "origin"]\nurl = ssh://h/x', ("fetch", "origin")
    ),
    "ext-transport": Attack(
        '[remote "origin"]\nurl = "ext::{run}"\n[protocol]\nallow = always', ("fetch", "origin")
    ),
    "upload-pack": Attack(
        '[remote "origin"]\nurl = {root}\nuploadpack = {run}', ("fetch", "origin")
    ),
    "worktree-config": Attack("[extensions]\nworktreeConfig = true", STATUS),
    "pager-alias": Attack('[alias]\nx = "!{run}"', ("x",)),
    "promisor": Attack(
        "[extensions]\npartialClone = origin\n"
        '[remote "origin"]\nurl = "ext::{run}"\npromisor = true\n[protocol]\nallow = always',
        ("cat-file", "-p", "f" * 40),
    ),
    "promisor-ssh": Attack(
        "[core]\nsshCommand = {run}\n[extensions]\npartialClone = origin\n"
        '[remote "origin"]\nurl = ssh://h/x\npromisor = true',
        ("cat-file", "-p", "f" * 40),
    ),
}
SIGNED = b"""tree %b
parent %b
author A <a@example.org> 1700000000 +0000
committer A <a@example.org> 1700000000 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 x
 -----END PGP SIGNATURE-----

signed
"""


def checksum(root: Path) -> str:
    """Names, kinds and contents of everything below the folder."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        digest.update(os.fsencode(path.relative_to(root)) + b"\0%d" % path.lstat().st_mode)
        if path.is_file() and not path.is_symlink():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def hostile(tmp_path: Path, attack: Attack) -> Path:
    """A repository with two commits, the last one signed, and the attack in its configuration."""
    root, canary = tmp_path / "r", tmp_path / "canary"
    files: dict[str, str | bytes | None] = {".gitattributes": attack.attributes, "a.py": "a = 1\n"}
    repository(root, [{"files": files}, {"files": {"a.py": "a = 2\n"}}])
    tree, parent = git(root, "rev-parse", "HEAD^{tree}"), git(root, "rev-parse", "HEAD~1")
    raw = SIGNED % (tree.encode(), parent.encode())
    signed = git(root, "hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)
    git(root, "update-ref", "refs/heads/main", signed)
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho fired >> {canary}\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "hooks").mkdir()
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (tmp_path / "hooks" / hook).symlink_to(program)
    included = f"[core]\nfsmonitor = {program}\n"
    (tmp_path / "included").write_text(included, encoding="utf-8")
    (root / ".git" / "config.worktree").write_text(included, encoding="utf-8")
    text = (
        attack.config.replace("{run}", str(program))
        .replace("{hooks}", str(tmp_path / "hooks"))
        .replace("{included}", str(tmp_path / "included"))
        .replace("{root}", str(root))
    )
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f"{text}\n")
    return root


def read_all(root: Path, *, worktree: bool = False) -> list[str]:
    """Everything a collector does with a repository, and then the history in every costly way."""
    with open_source(root, worktree=worktree) as source:
        files, _ = inventory(source)
        assert all(isinstance(content, bytes) for _, content in contents(source, files))
        assert source.git_dir is not None
        for words in (
            ("log", "-p", "--show-signature"),
            ("log", "--numstat", "-M"),
            ("blame", source.revision, "--", "a.py"),
            ("diff", f"{source.revision}~1", source.revision),
            ("archive", "--format=tar", source.revision),
        ):
            ours.run(source.git_dir, *words)
        with pytest.raises(ours.GitError):
            ours.run(source.git_dir, "cat-file", "-p", "f" * 40)
        return [file.path for file in files]


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_open_source__hostile_configuration__nothing_runs_and_nothing_changes(
    tmp_path: Path, name: str
) -> None:
    attack = ATTACKS[name]
    root, canary = hostile(tmp_path, attack), tmp_path / "canary"
    before = checksum(root)
    assert read_all(root) == [".gitattributes", "a.py"]
    assert read_all(root, worktree=True) == [".gitattributes", "a.py"]
    assert not canary.exists()
    assert checksum(root) == before
    subprocess.run(
        ["git", *attack.falls],
        cwd=root,
        env=ENVIRONMENT | {"GIT_ALLOW_PROTOCOL": "ext:ssh:file"},
        check=False,
        capture_output=True,
    )
    assert canary.exists(), "the attack is a dud"


@pytest.mark.parametrize("name", ["fsmonitor", "promisor", "promisor-ssh", "gpg", "include"])
def test_open_source__hostile_and_lacking_a_blob__is_still_only_read(
    tmp_path: Path, name: str
) -> None:
    root, canary = hostile(tmp_path, ATTACKS[name]), tmp_path / "canary"
    lost = git(root, "rev-parse", "HEAD~1:a.py")
    for blob in {lost, git(root, "rev-parse", "HEAD:a.py")}:
        (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    before = checksum(root)
    with open_source(root) as source:
        files, skips = inventory(source)
        assert source.git_dir is not None
        with pytest.raises(ours.GitError):
            ours.run(source.git_dir, "log", "--numstat", "-p")
    assert source.missing_blobs
    assert [file.path for file in files] == [".gitattributes"]
    assert [(skip.path, skip.code) for skip in skips] == [("a.py", "missing")]
    assert not canary.exists()
    assert checksum(root) == before


def test_open_source__bare_repository_in_a_folder__is_just_files(tmp_path: Path) -> None:
    canary, root = tmp_path / "canary", tmp_path / "r"
    repository(root, [{"files": {"a.py": "a = 1\n"}}])
    inner = root / "inner"
    inner.mkdir()
    git(inner, "init", "--quiet", "--bare", ".")
    with (inner / "config").open("a", encoding="utf-8") as config:
        config.write(f'[core]\nfsmonitor = "touch {canary};false"\n')
    git(root, "add", "--force", ".")
    git(root, "commit", "--quiet", "--message", "embedded")
    assert "a.py" in read_all(root)
    assert not canary.exists()
    with pytest.raises(SourceError, match="no commit yet"), open_source(inner):
        pass


def test_inventory__files_made_to_hang_or_exhaust__are_skipped_by_name(tmp_path: Path) -> None:
    (tmp_path / "ok.py").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "nul.py").write_bytes(b"a = 1\0")
    (tmp_path / "line.py").write_bytes(b"a=1;" * (10 << 18))
    (tmp_path / "minified.py").write_bytes(b"a=1;" * 5000)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "main.py")
    with open_source(tmp_path, worktree=True) as source:
        files, skips = inventory(source)
    assert {skip.path: skip.code for skip in skips} == {
        "line.py": "oversized",
        "loop": "symlink",
        "main.py": "not-regular",
        "minified.py": "minified",
        "nul.py": "binary",
        "self": "symlink",
        "zero.py": "symlink",
    }
    assert [file.path for file in files if file.kind is FileKind.SOURCE] == ["ok.py"]


@pytest.mark.parametrize(
    ("task", "name", "good"), [("python", "a.py", b"a = 1\n"), ("java", "A.java", b"class A {}\n")]
)
def test_run__code_made_to_break_parsers__costs_at_most_itself(
    task: str, name: str, good: bytes
) -> None:
    bad = [
        b"(" * 100_000 + b")" * 100_000,
        b"x = " + b"1+" * 20_000 + b"1\n",
        b"x = " + b"9" * 200_000,
        b"class A { int x = " + b"-" * 100_000 + b"1; }",
        b"class A {" * 20_000 + b"}" * 20_000,
        b"if a:\n pass\n" + b"elif a:\n pass\n" * 5_000,
        bytes(range(256)) * 400,
        b"\xff\xfe" + b"a\0" * 9,
        b"",
    ]
    items = [(name, content) for each in bad for content in (good, each)] + [(name, good)]
    answers = [answer for _, answer in sandbox.run(task, items, workers=2)]
    assert len(answers) == len(items)
    [only] = {repr(answer) for answer in answers[::2]}
    assert "Skip(" not in only
    skips = [answer for answer in answers if isinstance(answer, Skip)]
    assert all(skip.reason.isprintable() for skip in skips)
