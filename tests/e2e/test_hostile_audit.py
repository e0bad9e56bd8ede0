"""The whole command on a repository made to harm: named skips, lower coverage, documented exit."""

import hashlib
import json
import subprocess

import pytest
from e2e.conftest import assessor

pytestmark = pytest.mark.slow

BOMB = "apiVersion: v1\nkind: ConfigMap\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
)


def _git(folder, *args):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", "-C", str(folder), *identity, *args], capture_output=True, check=True)


def _checksum(folder):
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(str(path.relative_to(folder)).encode())
        if path.is_file() and not path.is_symlink():
            found.update(path.read_bytes())
    return found.hexdigest()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A repository with files that harm readers and a configuration that runs programs."""
    folder = tmp_path_factory.mktemp("hostile") / "repo"
    (folder / "src").mkdir(parents=True)
    (folder / "src/Good.java").write_text("class Good { Other other; }\n")
    (folder / "src/Other.java").write_text("class Other {}\n")
    (folder / "src/Broken.java").write_text("class Broken { void f( { if } Good good; \n")
    (folder / "src/Wide.java").write_text("class Wide { int[] x = {" + "1," * 5_000_000 + "}; }\n")
    (folder / "k8s").mkdir()
    (folder / "k8s/bomb.yaml").write_text(BOMB)
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to("..")
    _git(folder.parent, "init", "-q", str(folder))
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "one")
    _git(folder, "config", "core.fsmonitor", f"touch {folder.parent}/fired; false")
    _git(folder, "config", "diff.x.textconv", f"touch {folder.parent}/fired; cat")
    hook = folder / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {folder.parent}/fired\n")
    hook.chmod(0o755)
    return folder


@pytest.mark.parametrize("mode", [[], ["--worktree"]], ids=["commit", "worktree"])
def test_audit__hostile_repository__names_what_it_skipped_and_touches_nothing(hostile, mode):
    before = _checksum(hostile)
    done = assessor("audit", hostile, "--format", "json", "-q", *mode)
    assert done.returncode == 4, done.stderr
    document = json.loads(done.stdout)
    skipped = {skip["path"]: skip["code"] for skip in document["skips"]}
    assert skipped["src/Broken.java"] == "syntax-error"
    assert skipped["src/Wide.java"] in {"oversized", "minified"}
    assert skipped["k8s/bomb.yaml"]
    assert {"loop", "up"} <= set(skipped)
    assert document["inventory"]["coverage"] == pytest.approx(2 / 5)
    assert document["coupling"]["units"] == 3
    assert _checksum(hostile) == before
    assert not (hostile.parent / "fired").exists()


def test_audit__hostile_repository_with_a_low_bound__exits_0(hostile):
    done = assessor("audit", hostile, "--min-coverage", "0.3", "-q", "--format", "md")
    assert done.returncode == 0
    assert "Wide.java" in done.stdout


def _audited(folder):
    """Exit status, coverage, and how the lowest step of each rule came out."""
    done = assessor("audit", folder, "--format", "json", "-q")
    document = json.loads(done.stdout)
    rules = [rule for pack in document["packs"] for rule in pack["rules"] if rule["outcomes"]]
    lowest = {rule["id"]: rule["outcomes"][0]["outcome"] for rule in rules}
    return done.returncode, document["inventory"]["coverage"], lowest


def test_audit__partial_clone__is_incomplete_and_unknown(tmp_path):
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "Dockerfile").write_text("FROM eclipse-temurin:21\n")
    (shop / "A.java").write_text("class A {}\n")
    _git(tmp_path, "init", "-q", str(shop))
    _git(shop, "add", "-A")
    _git(shop, "commit", "-q", "-m", "one")
    _git(shop, "config", "uploadpack.allowFilter", "true")
    clone = ("clone", "-q", "--filter=blob:none", "--no-checkout")
    _git(tmp_path, *clone, f"file://{shop}", "part")
    status, coverage, lowest = _audited(tmp_path / "part")
    assert (status, coverage) == (4, 0)
    assert {lowest["CTR-01"], lowest["CTR-02"], lowest["CTR-03"]} == {"unknown"}


def test_audit__linked_build_file_of_an_image__is_unknown(tmp_path):
    (tmp_path / "A.java").write_text("class A {}\n")
    (tmp_path / "Dockerfile").symlink_to("elsewhere")
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-q", "-m", "one")
    status, coverage, lowest = _audited(tmp_path)
    assert (status, coverage) == (0, 0.5)
    assert lowest["CTR-01"] == "unknown"
