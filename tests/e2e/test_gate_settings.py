"""Waivers, baselines and boundaries, and that no change can loosen the gate it stands before."""

import json
import subprocess
import sys

import pytest
from e2e.changes import commit, edit, gate, new
from e2e.conftest import assessor

pytestmark = pytest.mark.slow

DAY = "2026-06-01"
WORSE = ("Dockerfile", "maven:3.9-eclipse-temurin-21", "maven")
ENTITY = "src/main/java/com/example/shop/model/Order.java"


RULES = ("CTR-02", "DEVOPS-CD-5.1.3")  # what an image without a tag speaks against


def _waivers(expires="2026-09-01", *, rules=RULES, **more):
    fields = {
        "reason": "accepted-risk",
        "text": "The vendor gives no tag.",
        "owner": "Ada",
        "approver": "Grace",
        "expires": expires,
        **more,
    }
    return json.dumps({"waivers": [{"rule": rule, **fields} for rule in rules]})


def _states(found):
    return {(each["waiver"]["rule"], each["state"]) for each in found["waivers"]}


def _both(state):
    return {(rule, state) for rule in RULES}


def _waived(repository, tmp_path, text, *args):
    """The gate on a change that leaves an image untagged, with these waivers from outside."""
    file = tmp_path / "waivers.yaml"
    file.write_text(text, "utf-8")
    edit(repository, *WORSE)
    commit(repository)
    return gate(repository, "--waivers", file, "--today", DAY, *args)


def test_waiver__in_force__the_gate_is_met_and_what_it_accepts_is_shown(repository, tmp_path):
    code, found, said = _waived(repository, tmp_path, _waivers(path="Docker*"))
    assert (code, _states(found)) == (0, _both("honoured")), said
    brought = [each for each in found["findings"] if each["state"] == "new"]
    assert {each["waiver"]["path"] for each in brought} == {str(tmp_path / "waivers.yaml")}
    assert {each["finding"]["rule"] for each in brought} == set(RULES)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (_waivers("2026-05-31"), "expired"),
        (_waivers("2027-06-02"), "malformed"),
        (_waivers(path="deploy/*"), "unmatched"),
        (_waivers(rules=["NONE-01"]), "unmatched"),
    ],
    ids=["expired", "longer-than-a-year", "elsewhere", "no-such-rule"],
)
def test_waiver__not_in_force__changes_nothing_and_is_told(repository, tmp_path, text, state):
    code, found, _ = _waived(repository, tmp_path, text)
    assert (code, {each for _, each in _states(found)}) == (1, {state})


def test_waiver__near_its_end__counts_and_the_policy_can_ask_for_more(repository, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text("max_new: {major: 0}\nexpires_within: 10\n", "utf-8")
    text = _waivers("2026-06-05")
    code, found, _ = _waived(repository, tmp_path, text, "--policy", policy)
    outcomes = [(each["kind"], each["outcome"]) for each in found["conditions"]]
    assert (code, _states(found)) == (1, _both("expiring"))
    assert outcomes == [("max_new", "met"), ("expires_within", "not-met")]


FORMATS = (
    "badge", "catalog", "codequality", "comment", "csv", "github", "json", "junit", "md", "oscal",
    "prometheus", "sarif", "summary", "svg", "text",
)  # fmt: skip
TOLD = {"json": '"state": "expired"', "prometheus": 'state="expired"} 2'}
SILENT = {"catalog"}  # the rules as they are, whatever was found


STATES = {
    "expiring": ("2026-06-05", {}, "expires soon", "to check"),
    "unmatched": ("2026-09-01", {"path": "none/*"}, "accepts nothing", "to check"),
}


@pytest.mark.parametrize("state", STATES)
def test_waiver_to_look_after__in_every_format__is_shown(repository, tmp_path, state):
    until, more, words, brief = STATES[state]
    files = {name: tmp_path / f"gate.{name}" for name in FORMATS if name not in SILENT}
    wanted = [word for name, file in files.items() for word in ("--format", f"{name}={file}")]
    edit(repository, *WORSE)
    commit(repository)
    file = tmp_path / "waivers.yaml"
    file.write_text(_waivers(until, **more), "utf-8")
    args = ("--waivers", file, "--today", DAY, "--lang", "en", "--no-fail", *wanted)
    assert assessor("gate", repository, *args).returncode == 0
    told = {"json": f'"state": "{state}"', "prometheus": f'state="{state}"}} 2'}
    told |= {"badge": brief, "svg": brief, "csv": f"waiver-{state}"}
    printed = {name: " ".join(path.read_text("utf-8-sig").split()) for name, path in files.items()}
    assert {name for name, text in printed.items() if told.get(name, words) not in text} == set()


@pytest.fixture(scope="module")
def expired(shop, tmp_path_factory):
    """What each format says of a change that only an expired waiver would let pass."""
    folder = tmp_path_factory.mktemp("expired")
    clone, file = folder / "shop", folder / "waivers.yaml"
    subprocess.run(["git", "clone", "-q", str(shop), str(clone)], check=True)
    edit(clone, *WORSE)
    commit(clone)
    file.write_text(_waivers("2026-05-31"), "utf-8")
    files = {name: folder / f"gate.{name}" for name in FORMATS}
    wanted = [word for name, path in files.items() for word in ("--format", f"{name}={path}")]
    done = assessor("gate", clone, "--waivers", file, "--today", DAY, "--lang", "en", *wanted)
    printed = {name: path.read_text("utf-8-sig") for name, path in files.items()}
    return done.returncode, printed


@pytest.mark.parametrize("name", [each for each in FORMATS if each not in SILENT])
def test_expired_waiver__in_each_format__is_shown_and_not_honoured(expired, name):
    code, printed = expired
    assert code == 1
    assert TOLD.get(name, "expired") in printed[name].lower()


def test_expired_waiver__in_sarif__suppresses_nothing(expired):
    results = json.loads(expired[1]["sarif"])["runs"][0]["results"]
    assert [each["suppressions"] for each in results if each["suppressions"]] == []


def test_inline__from_the_base__accepts_its_line_unless_told_not_to(repository):
    mark = "# assessor:ignore CTR-02,DEVOPS-CD-5.1.3 until=2026-09-01 reason=planned\n"
    edit(repository, "Dockerfile", "FROM", f"{mark}FROM")
    commit(repository)
    edit(repository, *WORSE)
    commit(repository)
    code, found, said = gate(repository, "--today", DAY)
    assert (code, _states(found)) == (0, _both("honoured")), said
    assert gate(repository, "--today", DAY, "--no-inline")[0] == 1
    assert gate(repository, "--today", "2026-09-02")[0] == 1


def test_inline__without_an_end__is_not_honoured(repository):
    edit(
        repository,
        "Dockerfile",
        "FROM",
        "# assessor:ignore CTR-02,DEVOPS-CD-5.1.3 reason=planned\nFROM",
    )
    commit(repository)
    edit(repository, *WORSE)
    commit(repository)
    code, found, _ = gate(repository, "--today", DAY)
    assert (code, _states(found)) == (1, _both("malformed"))


def _tampered(repository, path, text, *args):
    """The gate on a change that makes something worse and edits a file that might hide it."""
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text(text, "utf-8")
    edit(repository, *WORSE)
    commit(repository)
    return gate(repository, "--today", DAY, *args)


def test_tampering__a_waiver_that_the_change_brings__is_told_and_does_not_count(repository):
    own = repository / "waivers.yaml"
    args = ("--waivers", own)
    code, found, _ = _tampered(repository, "waivers.yaml", _waivers(), *args)
    assert (code, _states(found)) == (1, _both("pending"))
    assert found["changed"] == ["waivers.yaml"]
    assert gate(repository, "--today", DAY, *args, "--trust-change")[0] == 0


def test_tampering__an_inline_waiver_of_the_change__is_told_and_does_not_count(repository):
    mark = "# assessor:ignore CTR-02,DEVOPS-CD-5.1.3 until=2026-09-01 reason=planned\n"
    edit(repository, "Dockerfile", "FROM", f"{mark}FROM")
    edit(repository, *WORSE)
    commit(repository)
    code, found, _ = gate(repository, "--today", DAY)
    assert (code, _states(found)) == (1, _both("pending"))
    assert gate(repository, "--today", DAY, "--trust-change")[0] == 0


def test_tampering__a_baseline_that_puts_up_with_the_change__the_old_one_counts(repository):
    own = repository / "baseline.json"
    assert assessor("baseline", "create", repository, "-o", own).returncode == 0
    commit(repository)
    edit(repository, *WORSE)
    commit(repository)
    own.unlink()
    assert assessor("baseline", "create", repository, "-o", own).returncode == 0
    subprocess.run(["git", "-C", str(repository), "reset", "-q", "--soft", "HEAD^"], check=True)
    commit(repository)
    code, found, said = gate(repository, "--baseline", own)
    assert (code, found["changed"]) == (1, ["baseline.json"]), said
    assert gate(repository, "--baseline", own, "--trust-change")[0] == 0


def test_tampering__rules_that_ask_for_less__those_of_the_base_count(repository):
    folder = repository / "audit-rules"
    from assessor.resources import packaged

    for part in ("packs", "facts"):
        for file in (packaged("rules") / part).iterdir():
            target = folder / part / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    commit(repository)
    pack = next(
        file for file in (folder / "packs").iterdir() if "CTR-02" in file.read_text("utf-8")
    )
    words = pack.read_text("utf-8").replace("image.tagged", "image.user")
    path = pack.relative_to(repository).as_posix()
    code, found, said = _tampered(repository, path, words, "--rules", folder)
    assert (code, found["changed"]) == (1, [path]), said


def test_tampering__the_policy_becomes_a_link_to_a_looser_one__it_does_not_count(
    repository, tmp_path
):
    policy, loose = repository / "policy.yaml", tmp_path / "loose.yaml"
    policy.write_text("max_new: {major: 0}\n", "utf-8")
    commit(repository)
    loose.write_text("min_coverage: 0.1\n", "utf-8")
    policy.unlink()
    policy.symlink_to(loose)
    edit(repository, *WORSE)
    commit(repository)
    code, found, _ = gate(repository, "--policy", policy)
    assert (code, found["policy"], found["changed"]) == (1, "policy.yaml", ["policy.yaml"])


def test_tampering__a_file_named_like_the_branch__is_no_baseline(repository):
    edit(repository, *WORSE)
    (repository / "origin").mkdir()
    made = assessor("baseline", "create", repository, "-o", repository / "origin" / "main.json")
    assert made.returncode == 0
    (repository / "origin" / "main.json").rename(repository / "origin" / "main")
    commit(repository)
    (repository / "NOTES.md").write_text("More.\n", "utf-8")
    commit(repository)
    done = assessor("gate", ".", "--baseline", "origin/main", cwd=repository)
    assert done.returncode == 1


def test_tampering__files_called_generated__they_count_as_before(repository):
    path = "src/main/java/com/example/shop/service/CatalogService.java"
    edit(
        repository,
        path,
        "import java.",
        'class A { String at = "http://10.0.0.7/"; }\nimport java.',
    )
    text = "*.java linguist-generated\n"
    (repository / ".gitattributes").write_text(text, "utf-8")
    commit(repository)
    code, found, _ = gate(repository)
    assert (code, found["changed"]) == (1, [".gitattributes"])
    assert any(each["path"] == path for each in new(found))


def test_baseline__what_it_puts_up_with__passes_and_what_is_new_does_not(repository, tmp_path):
    file = tmp_path / "baseline.json"
    edit(repository, *WORSE)
    commit(repository)
    assert assessor("baseline", "create", repository, "-o", file).returncode == 0
    (repository / "NOTES.md").write_text("More.\n", "utf-8")
    commit(repository)
    assert gate(repository, "--baseline", file)[0] == 0
    edit(repository, "deploy/shop.yaml", "/shop:1.4.0", "/shop")
    commit(repository)
    code, found, _ = gate(repository, "--baseline", file)
    assert (code, {each["path"] for each in new(found)}) == (1, {"deploy/shop.yaml"})


def test_baseline__only_shrinks(repository, tmp_path):
    file = tmp_path / "baseline.json"
    edit(repository, *WORSE)
    commit(repository)
    assert assessor("baseline", "create", repository, "-o", file).returncode == 0
    before = json.loads(file.read_text("utf-8"))
    again = assessor("baseline", "create", repository, "-o", file)
    assert (again.returncode, "only shrinks" in again.stderr) == (2, True)
    edit(repository, "Dockerfile", "FROM maven", "FROM maven:3.9-eclipse-temurin-21")
    edit(repository, "deploy/shop.yaml", "/shop:1.4.0", "/shop")
    commit(repository)
    shown = assessor("baseline", "show", file, repository, "--lang", "en")
    assert "Findings that are mended" in shown.stdout
    assert assessor("baseline", "prune", repository, file).returncode == 0
    after = json.loads(file.read_text("utf-8"))
    kept = {(each["rule"], each["path"], each["line"]) for each in after["findings"]}
    assert kept < {(each["rule"], each["path"], each["line"]) for each in before["findings"]}
    assert "deploy/shop.yaml" not in {path for rule, path, _ in kept if rule == "CTR-02"}


def test_boundaries__a_use_across_accepted_services__is_named_with_its_line(repository, tmp_path):
    cut, file, policy = (tmp_path / name for name in ("cut.csv", "baseline.json", "policy.yaml"))
    rows = assessor("export", repository, "--what", "references").stdout.splitlines()[1:]
    units = sorted({unit for row in rows for unit in (row.split(",")[0], row.split(",")[2])})
    java = [unit for unit in units if unit.endswith(".java")]
    apart = next(unit for unit in java if unit.endswith("CatalogService.java"))
    text = "".join(f"{unit},{'catalog' if unit == apart else 'rest'}\n" for unit in java)
    cut.write_text(f"unit,service\n{text}", "utf-8")
    policy.write_text("boundaries: 0\n", "utf-8")
    made = assessor("baseline", "create", repository, "-o", file, "--partition", cut)
    assert made.returncode == 0, made.stderr
    target = next(u for u in java if u != apart and f"{apart},{u}" not in "\n".join(rows))
    name = target.rpartition("/")[2].removesuffix(".java")
    package = target.partition("java/")[2].rpartition("/")[0].replace("/", ".")
    edit(repository, apart, "import java.", f"import {package}.{name};\nimport java.")
    edit(
        repository,
        apart,
        "public class CatalogService {",
        f"public class CatalogService {{\n  private {name} other;",
    )
    commit(repository)
    code, found, said = gate(repository, "--baseline", file, "--policy", policy)
    assert code == 1, said
    assert apart in {each["use"]["source"] for each in found["crossings"]}
    assert found["conditions"][0]["kind"] == "boundaries"
    kept = gate(repository, "--baseline", file, "--policy", policy, "--rev", "HEAD~1")[1]
    assert (kept["conditions"][0]["found"], kept["crossings"]) == (0, [])


def test_gate__our_own_mistake__exits_70_with_its_trace(tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text(
        "import sys\n"
        "from assessor.cli import main\n"
        "def fail(*_, **__):\n"
        "    raise RuntimeError('planted')\n"
        "from assessor import gating\n"
        "gating.gate = fail\n"
        "sys.argv = ['assessor', 'gate', '.', '-q']\n"
        "main.main()\n"
    )
    done = subprocess.run(
        [sys.executable, str(broken)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "RuntimeError: planted" in done.stderr) == (70, True)


def test_check__uncommitted_and_worse__exit_1_and_its_place(repository):
    edit(repository, *WORSE)
    for words in (("--fast",), ()):
        done = assessor("check", repository, *words, "--lang", "en")
        assert (done.returncode, "Dockerfile:1: CTR-02" in done.stdout) == (1, True), done.stderr


def test_check__fast__loads_nothing_that_reads_history_or_computes_services(repository):
    edit(repository, *WORSE)
    code = (
        "import sys, contextlib\n"
        f"sys.argv = ['assessor', 'check', {str(repository)!r}, '--fast', '-q']\n"
        "from assessor.cli.main import main\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "heavy = {'pandas', 'scipy', 'sklearn', 'networkx', 'pydriller', 'streamlit', 'typst'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Dockerfile:1" in done.stdout


def test_check__nothing_changed_or_nothing_worse__exit_0(repository):
    assert assessor("check", repository, "--fast").returncode == 0
    edit(repository, "Dockerfile", "FROM", "# builds the shop\n\nFROM")
    assert assessor("check", repository, "--fast").returncode == 0


def test_cache__with_and_without__the_same_bytes(repository, tmp_path):
    edit(repository, *WORSE)
    commit(repository)
    own = {"ASSESSOR_CACHE": str(tmp_path / "own")}
    args = ("gate", repository, "--format", "json", "--today", DAY)
    runs = [assessor(*args, *more, env=own) for more in ((), (), ("--no-cache",))]
    assert {each.returncode for each in runs} == {1}
    assert len({each.stdout for each in runs}) == 1
    assert (tmp_path / "own").is_dir()


@pytest.mark.parametrize("name", FORMATS)
def test_gate__any_format__the_same_exit_code(repository, tmp_path, name):
    edit(repository, *WORSE)
    commit(repository)
    done = assessor("gate", repository, "--format", name)
    assert (done.returncode, bool(done.stdout)) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "none"), "there is no such format"),
        (("--format", "text", "--format", "json"), "only one --format may be without a file"),
        (("--format", "json="), "names no file"),
        (("--today", "tomorrow"), "is no day like"),
        (("--baseline", "none.json"), "cannot be read"),
        (("--waivers", "none.yaml"), "cannot be read"),
    ],
)
def test_gate__wrong_options__exit_2_with_one_sentence(shop, tmp_path, words, said):
    done = assessor("gate", shop, *words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_baseline__a_revision_that_is_an_option_of_git__is_refused(shop, tmp_path):
    file = tmp_path / "baseline.json"
    assert assessor("baseline", "create", shop, "-o", file).returncode == 0
    text = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**text, "revision": f"--output={tmp_path}/planted"}), "utf-8")
    assert gate(shop, "--baseline", file)[0] == 2
    assert not (tmp_path / "planted").exists()


def _git(folder, *words):
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def test_gate__a_head_that_has_nothing_in_common_with_the_base__is_compared_with_it(repository):
    _git(repository, "branch", "base")
    _git(repository, "checkout", "-q", "--orphan", "other")
    edit(repository, *WORSE)
    commit(repository)
    assert gate(repository, "--baseline", "base")[0] == 1


def test_gate__a_branch_that_has_the_head_already__the_last_commit_is_judged(repository):
    edit(repository, *WORSE)
    commit(repository)
    assert gate(repository, "--baseline", "HEAD")[0] == 1


def test_gate__a_first_commit_without_files__what_comes_next_is_new(tmp_path):
    folder = tmp_path / "r"
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    _git(folder, "commit", "-q", "--allow-empty", "-m", "begin")
    (folder / "Dockerfile").write_text("FROM maven\n", "utf-8")
    commit(folder)
    code, found, said = gate(folder)
    assert (code, bool(new(found))) == (1, True), said


def test_waiver__of_one_place__leaves_no_room_for_another(repository, tmp_path):
    file = tmp_path / "waivers.yaml"
    file.write_text(_waivers(path="legacy/*"), "utf-8")
    (repository / "legacy").mkdir()
    (repository / "app").mkdir()
    (repository / "legacy" / "Dockerfile").write_text("FROM old:latest\n", "utf-8")
    commit(repository)
    (repository / "legacy" / "Dockerfile").write_text("FROM other:latest\n", "utf-8")
    (repository / "app" / "Dockerfile").write_text("FROM old:latest\n", "utf-8")
    commit(repository)
    code, found, _ = gate(repository, "--waivers", file, "--today", DAY)
    assert code == 1
    assert {each["path"] for each in new(found)} >= {"app/Dockerfile"}


def test_rules__a_folder_of_the_repository_that_is_not_there__exit_2(repository):
    code, _, said = gate(repository, "--rules", repository / "none")
    assert (code, "has no such folder" in said) == (2, True)


def test_tampering__a_link_to_the_repository_and_one_in_it__the_base_counts(repository, tmp_path):
    policy, loose, link = (repository / "p.yaml", tmp_path / "loose.yaml", tmp_path / "link")
    policy.write_text("max_new: {major: 0}\n", "utf-8")
    commit(repository)
    loose.write_text("min_coverage: 0.1\n", "utf-8")
    policy.unlink()
    policy.symlink_to(loose)
    edit(repository, *WORSE)
    commit(repository)
    link.symlink_to(repository)
    assert gate(link, "--policy", link / "p.yaml")[0] == 1


def test_gate__something_lost__is_told_in_every_format(repository, tmp_path):
    subprocess.run(["git", "-C", str(repository), "rm", "-q", "-r", ".github"], check=True)
    commit(repository)
    wanted = [word for name in FORMATS for word in ("--format", f"{name}={tmp_path / name}")]
    assert assessor("gate", repository, *wanted).returncode == 1


def test_gate__a_base_of_which_files_are_missing__is_unknown_and_never_kept(repository, tmp_path):
    edit(repository, *WORSE)
    commit(repository)
    _git(repository, "config", "uploadpack.allowFilter", "true")
    folder = tmp_path / "partial"
    words = ["git", "clone", "-q", "--filter=blob:none", f"file://{repository}", str(folder)]
    subprocess.run(words, check=True)
    code, found, said = gate(folder)
    assert (code, found["hidden"]) == (4, True), said
    assert gate(repository)[0] == 1
