"""What a user types, what comes back, and the exit code that a script sees."""

import csv
import io
import json
import os
import subprocess
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from builders import repository
from e2e.conftest import COMMAND, assessor

from assessor.model.version import __version__
from assessor.render.schema import schema

pytestmark = pytest.mark.slow


def _git(folder, *args):
    subprocess.run(["git", "-C", str(folder), *args], capture_output=True, check=True)


def _one_sentence(done):
    lines = done.stderr.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("assessor: ") and "Traceback" not in done.stderr


def test_version__is_printed():
    done = assessor("--version")
    assert (done.returncode, done.stdout) == (0, f"assessor {__version__}\n")


@pytest.mark.parametrize("args", [[], ["rules"], ["sample"]])
def test_no_command__the_help_as_it_is__exit_2(args):
    done = assessor(*args)
    helped = assessor(*args, "--help")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.split("\n\n")[0].startswith("Usage: assessor")
    assert done.stderr.strip() == helped.stdout.strip()


@pytest.mark.parametrize("target", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("args", ["--version", "--help", "rules list", "sample list"])
def test_output__nowhere_to_go__one_sentence_and_exit_2(args, target):
    if "full" in target and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{COMMAND[0]}' {args} {target}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert _one_sentence(done), done.stderr
    assert "cannot be written" in done.stderr


def test_audit__json__satisfies_the_published_schema(shop):
    done = assessor("audit", shop, "--format", "json", "--quiet")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(schema()).validate(document)
    assert set(document) == {
        "schema_version", "tool", "repository", "options", "inventory", "history", "coupling",
        "partition", "data", "behaviour", "metrics", "facts", "packs", "attestations", "skips",
        "provenance",
    }  # fmt: skip
    assert {pack["id"] for pack in document["packs"]} >= {"ARCH", "CTR", "DEVOPS-CD", "MSP"}


def test_audit__json__every_path_in_evidence_exists(shop):
    document = json.loads(assessor("audit", shop, "--format", "json", "--quiet").stdout)
    proofs = [p for pack in document["packs"] for rule in pack["rules"] for p in rule["evidence"]]
    assert proofs
    for proof in proofs:
        assert proof["path"] or proof["commit"]
        if proof["path"]:
            lines = (shop / proof["path"]).read_text("utf-8").count("\n") + 1
            assert proof["line"] <= lines


@pytest.mark.parametrize(("lang", "word"), [("zh", "候选服务"), ("en", "Proposed services")])
def test_audit__text__is_in_the_chosen_language(shop, lang, word):
    done = assessor("audit", shop, "--lang", lang)
    assert done.returncode == 0
    assert word in done.stdout
    assert "\x1b[" not in done.stdout
    assert done.stderr == ""


def test_audit__markdown_to_a_file__leaves_standard_output_empty(shop, tmp_path):
    target = tmp_path / "report.md"
    done = assessor("audit", shop, "--format", "md", "-o", target, "--lang", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text("utf-8").startswith("# ")


def test_audit__text_to_a_file_from_a_terminal__is_that_of_a_pipe(shop, tmp_path):
    import pty

    target = tmp_path / "report.txt"
    ours, theirs = pty.openpty()
    surroundings = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    done = subprocess.run(
        [*COMMAND, "audit", shop, "-q", "--lang", "en", "-o", target],
        stdout=theirs,
        env={**surroundings, "TERM": "xterm-256color", "COLUMNS": "60"},
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert target.read_text("utf-8") == assessor("audit", shop, "-q", "--lang", "en").stdout


def test_audit__a_number_of_services__is_kept_to(shop):
    done = assessor("audit", shop, "--services", "3", "--format", "json", "--quiet")
    document = json.loads(done.stdout)
    assert document["partition"]["quality"]["services"] == 3
    assert document["options"]["services"] == 3


def test_audit__an_older_revision__is_what_is_assessed(shop):
    new = json.loads(assessor("audit", shop, "--format", "json", "-q").stdout)
    old = json.loads(assessor("audit", shop, "--rev", "HEAD~10", "--format", "json", "-q").stdout)
    assert old["repository"]["revision"] != new["repository"]["revision"]
    assert old["history"]["commits"] < new["history"]["commits"]


def test_audit__worktree_of_a_folder_without_git__has_no_history(tmp_path):
    (tmp_path / "a.py").write_text("import b\n")
    (tmp_path / "b.py").write_text("x = 1\n")
    done = assessor("audit", tmp_path, "--worktree", "--format", "json", "-q")
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["repository"]["mode"] == "worktree"
    assert not document["history"]["available"]
    assert document["coupling"]["units"] == 2


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["--rev", "v1"], "--rev"),
        (["--since", "18m"], "--since"),
        (["--since", "2024-01-31", "--xray", "3"], "--since and --xray"),
    ],
)
def test_audit__worktree_without_git_but_history_asked_for__names_the_option(
    tmp_path, args, named
):
    (tmp_path / "a.py").write_text("x = 1\n")
    done = assessor("audit", tmp_path, "--worktree", *args)
    assert done.returncode == 2
    assert _one_sentence(done), done.stderr
    assert named in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["audit", "{empty}", "--worktree"], 3, "no file"),
        (["audit", "{missing}"], 2, "no such folder"),
        (["audit", "{empty}"], 3, "repository"),
        (["audit", "{bare}"], 3, "no commit"),
        (["audit", "{shop}", "--rev", "nowhere"], 2, "nowhere"),
        (["audit", "{shop}", "--rev=--output=x"], 2, "revision"),
        (["audit", "{shop}", "--format", "pdf"], 2, "pdf"),
        (["audit", "{shop}", "--since", "soon"], 2, "--since"),
        (["audit", "{shop}", "--services", "0"], 2, "services"),
        (["audit", "{shop}", "--rules", "{missing}"], 2, "no packs"),
        (["audit", "{shop}", "-q", "-o", "{missing}/x/y"], 2, "cannot be written"),
        (["export", "{shop}", "--what", "facts", "--format", "graphml"], 2, "graphml"),
        (["export", "{shop}", "--what", "nothing"], 2, "nothing"),
        (["partition", "--edges", "{missing}"], 2, "cannot be read"),
        (["explain", "NO-1", "{shop}"], 2, "NO-1"),
        (["rules", "show", "NO-1"], 2, "NO-1"),
        (["sample", "create", "nothing", "{missing}"], 2, "nothing"),
        (["fly"], 2, "fly"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use__one_sentence_and_its_code(tmp_path, shop, args, code, words):
    bare = tmp_path / "bare"
    _git(tmp_path, "init", "--bare", str(bare))
    (tmp_path / "empty").mkdir()
    places = {
        "missing": tmp_path / "missing", "empty": tmp_path / "empty", "bare": bare, "shop": shop,
    }  # fmt: skip
    done = assessor(*[arg.format(**places) for arg in args])
    assert done.returncode == code, done.stderr
    assert _one_sentence(done), done.stderr
    assert words in done.stderr


@pytest.mark.parametrize("format_", ["text", "json", "md"])
def test_incomplete__unreadable_files__exit_4_in_every_format_and_the_report_is_there(
    tmp_path, format_
):
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "huge.py").write_text("y = 2\n" * 400_000)
    (tmp_path / "wide.py").write_text("z = [" + "1," * 600_000 + "]\n")
    done = assessor("audit", tmp_path, "--worktree", "-q", "--format", format_)
    assert done.returncode == 4
    assert _one_sentence(done)
    assert "huge.py" in done.stdout


def test_crash__our_own_mistake__exits_70_with_its_trace(tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text(
        "import sys\n"
        "from assessor.cli import audit, main\n"
        "def fail(*_, **__):\n"
        "    raise RuntimeError('planted')\n"
        "from assessor import pipeline\n"
        "pipeline.audit = fail\n"
        "sys.argv = ['assessor', 'audit', '.', '-q']\n"
        "main.main()\n"
    )
    import sys

    done = subprocess.run(
        [sys.executable, str(broken)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 70
    assert "RuntimeError: planted" in done.stderr


def _rows(done):
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_export__references__have_the_documented_columns(shop):
    rows = _rows(assessor("export", shop, "--what", "references"))
    assert list(rows[0]) == [
        "source_path", "source_name", "target_path", "target_name", "kind", "count", "line",
    ]  # fmt: skip
    pairs = {(row["source_name"], row["target_name"]) for row in rows}
    service = "com.example.shop.service."
    assert (f"{service}OrderService", f"{service}PaymentService") in pairs


@pytest.mark.parametrize(
    "what",
    [
        *("coupling", "partition", "changes", "cochange", "history", "data", "foreign-keys"),
        *("endpoints", "remote-calls", "transactions", "metrics", "functions", "packages"),
        "facts",
    ],
)
def test_export__every_table__has_rows_in_csv_and_json(shop, what):
    rows = _rows(assessor("export", shop, "--what", what))
    loaded = json.loads(assessor("export", shop, "--what", what, "--format", "json").stdout)
    assert len(rows) == len(loaded) > 0


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A repository that sends a task, runs by the clock, asks for a setting, and names issues."""
    folder = tmp_path_factory.mktemp("busy")
    tasks = (
        "import os\nfrom celery import shared_task\nfrom apscheduler.schedulers.blocking import"
        " BlockingScheduler\n\nscheduler = BlockingScheduler()\n"
        "HOST = os.environ['MAIL_HOST']\n\n\n"
        "@shared_task\ndef send():\n    return {}\n\n\n"
        "@scheduler.scheduled_job('cron', hour=3)\ndef nightly():\n    send.delay()\n"
    )
    steps = [
        {"message": f"SHOP-{issue} {path}", "files": {path: text.format(issue)}}
        for issue in (1, 2, 3)
        for path, text in (("tasks.py", tasks), ("mail.py", "LIMIT = {}\n"))
    ]
    repository(folder, steps)
    return folder


@pytest.mark.parametrize("what", ["messages", "jobs", "settings", "logical"])
def test_export__what_code_does_and_issues_tie__has_rows(busy, what):
    rows = _rows(assessor("export", busy, "--what", what))
    loaded = json.loads(assessor("export", busy, "--what", what, "--format", "json").stdout)
    assert len(rows) == len(loaded) > 0


def test_export__graphml__opens_with_networkx(shop, tmp_path):
    import networkx as nx

    target = tmp_path / "graph.graphml"
    done = assessor("export", shop, "--what", "partition", "--format", "graphml", "-o", target)
    assert done.returncode == 0, done.stderr
    graph = nx.read_graphml(target)
    assert graph.number_of_edges() > 30
    assert all("service" in data for _, data in graph.nodes(data=True))


def test_partition__own_edges__every_node_gets_a_service(tmp_path):
    edges = tmp_path / "edges.csv"
    edges.write_text(
        "source,target,weight\n# two groups\na1,a2,3\na2,a3,3\na1,a3,2\nb1,b2,3\nb2,b3,3\nb1,b3\n"
        "a1,b1,0.1\n"
    )
    found = {row["node"]: row["service"] for row in _rows(assessor("partition", "--edges", edges))}
    assert len(found) == 6
    two = _rows(assessor("partition", "--edges", edges, "--services", "2"))
    groups = {row["node"]: row["service"] for row in two}
    assert len({groups[n] for n in ("a1", "a2", "a3")}) == 1
    assert groups["a1"] != groups["b1"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("source,target\na\n", 2, ":2: wants"),
        ("a,b,heavy\n", 2, ":1: 'heavy'"),
        ("a,b,nan\n", 2, ":1: 'nan'"),
        ("source,target\n", 3, "no edge"),
    ],
)
def test_partition__a_bad_line__is_named(tmp_path, text, code, words):
    edges = tmp_path / "edges.csv"
    edges.write_text(text)
    done = assessor("partition", "--edges", edges)
    assert done.returncode == code
    assert words in done.stderr


def test_partition__odd_names__come_back_as_they_were(tmp_path):
    names = ["-a", "=b", "+c", "@d", "e\u2028f", "g\x0ch", "i\nj", "k,l", 'm"n', "o\r\np"]
    edges = tmp_path / "edges.csv"
    with edges.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(pairwise(names))
    printed = tmp_path / "out.csv"
    done = assessor("partition", "--edges", edges, "-o", printed)
    assert done.returncode == 0, done.stderr
    rows = csv.DictReader(io.StringIO(printed.read_bytes().decode("utf-8"), newline=""))
    assert sorted(row["node"] for row in rows) == sorted(names)


def test_explain__a_rule__shows_conditions_and_lines(shop):
    done = assessor("explain", "CTR-02", shop, "--lang", "en", "-q")
    assert done.returncode == 0, done.stderr
    assert "Dockerfile:7" in done.stdout


def test_rules__list_and_show__know_every_pack():
    listed = assessor("rules", "list", "--lang", "en").stdout
    assert all(name in listed for name in ("ARCH-01", "CTR-01", "DEVOPS-CD-1.1.1", "MSP-01"))
    assert "Ladder" in assessor("rules", "show", "ARCH-02", "--lang", "en").stdout


def test_help__names_the_commands():
    done = assessor("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("audit", "export", "partition", "rules"))


def test_help__imports_nothing_heavy():
    import sys

    code = (
        "import sys, contextlib\n"
        "sys.argv = ['assessor', '--help']\n"
        "from assessor.cli.main import main\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "heavy = {'pandas', 'numpy', 'scipy', 'sklearn', 'networkx', 'streamlit', 'rich'}\n"
        "heavy |= {'typst'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
