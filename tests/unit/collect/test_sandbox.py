"""Workers: every way a file can end its reader costs that file and nothing else."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.collect import sandbox, worker
from assessor.collect.sandbox import Limits
from assessor.model.basis import Skip

TASKS = {"obey": "tasks:obey", "gone": "tasks:no_such_function"}
FOLDERS = (str(Path(__file__).resolve().parents[2]),)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of the system")


def obeyed(*words: str, workers: int = 1, **bounds: int) -> list[object]:
    items = [(f"f{number}", word.encode()) for number, word in enumerate(words)]
    found = list(
        sandbox.run(
            "obey",
            items,
            workers=workers,
            limits=Limits(**{"seconds": 1, **bounds}),
            tasks=TASKS,
            folders=FOLDERS,
        )
    )
    assert [path for path, _ in found] == [path for path, _ in items]
    return [answer for _, answer in found]


def codes(answers: list[object]) -> list[str]:
    return [answer.code if isinstance(answer, Skip) else "" for answer in answers]


def test_run__nothing_to_read__starts_nothing() -> None:
    assert obeyed() == []


@pytest.mark.parametrize("workers", [1, 3])
def test_run__many_batches__answers_come_in_the_order_of_the_items(workers: int) -> None:
    words = [f"w{number}" for number in range(50)]
    answers = obeyed(*words, workers=workers, batch_files=3)
    assert [a["length"] for a in answers if isinstance(a, dict)] == [len(word) for word in words]


@posix
@pytest.mark.parametrize(
    ("word", "code", "reason"),
    [
        ("segfault", "crash", "SIGSEGV"),
        ("abort", "crash", "SIGABRT"),
        ("exit", "crash", "exit status 3"),
        ("memory", "memory", "more memory than is allowed"),
        ("spin", "timeout", "more than 1 seconds of processor time"),
        ("syntax", "unparsable", "was never closed"),
        ("deep", "unparsable", "RecursionError"),
        ("bug", "crash", "KeyError: 'gone' ("),
        ("number", "unparsable", "not JSON compliant"),
        ("large 2000", "oversized", "bytes"),
    ],
)
def test_run__bad_file_among_good_ones__only_that_one_is_skipped(
    word: str, code: str, reason: str
) -> None:
    answers = obeyed("a", "bb", word, "ccc", answer=1000)
    bad = answers.pop(2)
    assert answers == [
        {"path": f"f{number}", "length": length, "found": None}
        for number, length in ((0, 1), (1, 2), (3, 3))
    ]
    assert isinstance(bad, Skip)
    assert (bad.path, bad.code, bad.by) == ("f2", code, "obey")
    assert reason in bad.reason


@posix
def test_run__bad_files_in_every_batch__same_result_for_any_number_of_workers() -> None:
    words = list(itertools.islice(itertools.cycle(["a", "segfault", "bb", "value", "exit"]), 23))
    alone, together = obeyed(*words, batch_files=1), obeyed(*words, workers=3, batch_files=7)
    assert alone == together
    assert codes(alone).count("crash") == 9


@posix
def test_run__reader_deaf_to_the_signal__is_ended_by_the_system() -> None:
    [answer] = obeyed("deaf")
    assert isinstance(answer, Skip)
    assert answer.reason == "Reading it took more than 1 seconds of processor time."


def test_run__reader_only_waits__is_ended_by_the_clock() -> None:
    answers = obeyed("a", "sleep 60", "bb", wall_seconds=1)
    assert codes(answers) == ["", "timeout", ""]


@posix
def test_run__memory_used_up_by_files_before__the_file_gets_a_fresh_worker() -> None:
    answers = obeyed(*["hoard 60000000"] * 9, memory=400 << 20)
    assert codes(answers) == [""] * 9


def test_run__reader_prints_and_looks_around__reaches_nothing() -> None:
    noise, folder, environment = obeyed("noise", "folder", "environment")
    assert isinstance(noise, dict)
    assert isinstance(folder, dict)
    assert isinstance(environment, dict)
    assert noise["length"] == 5
    assert folder["found"] == []
    assert set(environment["found"]) <= {"HOME", "LC_ALL", "SYSTEMROOT", "TZ"}


@posix
def test_run__reader_writes__cannot() -> None:
    [answer] = obeyed("write")
    assert isinstance(answer, Skip)
    assert "File too large" in answer.reason


@posix
def test_run__paths_and_answers_that_are_no_unicode__come_back_as_they_are() -> None:
    items = [("caf\udce9/\n\x1b", b"surrogate")]
    found = sandbox.run("obey", items, workers=1, tasks=TASKS, folders=FOLDERS)
    assert list(found) == [
        ("caf\udce9/\n\x1b", {"path": "caf\udce9/\n\x1b", "length": 9, "found": "\udcff"})
    ]


def test_run__reason_quotes_the_file__without_control_characters() -> None:
    [answer] = obeyed("value")
    assert isinstance(answer, Skip)
    assert answer.reason.isprintable()


def test_run__affects_given__each_skip_says_what_it_may_hide() -> None:
    found = sandbox.run(
        "obey",
        [("a.py", b"value")],
        workers=1,
        affects=lambda path: ("unit", path),
        tasks=TASKS,
        folders=FOLDERS,
    )
    assert [skip.affects for _, skip in found if isinstance(skip, Skip)] == [("unit", "a.py")]


def test_run__task_that_is_none__fails_loudly() -> None:
    with pytest.raises(RuntimeError, match="no_such_function"):
        list(sandbox.run("gone", [("a", b"")], workers=1, tasks=TASKS, folders=FOLDERS))


@posix
def test_run__stopped_early__leaves_no_worker_behind() -> None:
    def items() -> Iterator[tuple[str, bytes]]:
        for number in range(1000):
            yield f"f{number}", b"environment"

    found = sandbox.run(
        "obey", items(), workers=2, limits=Limits(batch_files=1), tasks=TASKS, folders=FOLDERS
    )
    next(found)
    found.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_tasks__each__is_a_function_that_can_be_imported() -> None:
    items = [("A.java", b"class A {}")]
    [(_, answer)] = sandbox.run("java", items, workers=1)
    assert isinstance(answer, dict)


def test_receive__frame_over_the_limit__is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    with pipe.open("wb") as out:
        worker.send(out, {}, b"xxxx")
    with pipe.open("rb") as back, pytest.raises(ValueError, match="limit"):
        worker.receive(back, limit=3)


@pytest.mark.parametrize("cut", [1, 8, 10])
def test_receive__cut_off__is_the_end(tmp_path: Path, cut: int) -> None:
    pipe = tmp_path / "pipe"
    with pipe.open("wb") as out:
        worker.send(out, {}, b"xxxx")
    pipe.write_bytes(pipe.read_bytes()[:cut])
    with pipe.open("rb") as back:
        assert worker.receive(back, limit=9) is None


def test_run__another_assessor_installed__workers_load_the_one_that_started_them(
    tmp_path: Path,
) -> None:
    package = Path(worker.__file__).parents[1]
    copy = tmp_path / "ours" / "assessor"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    told = "import assessor\ndef where(path, content):\n    return assessor.__file__\n"
    (tmp_path / "where.py").write_text(told, encoding="utf-8")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from assessor.collect import sandbox;"
        " print(list(sandbox.run('where', [('a', b'')], workers=1,"
        " tasks={'where': 'where:where'}, folders=[sys.argv[2]])))"
    )
    command = [sys.executable, "-c", program, str(copy.parent), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([("a", str(copy / "__init__.py"))])


@posix
def test_kept__one_run_after_another__is_answered_by_the_same_worker() -> None:
    with sandbox.kept():
        [first], [second] = obeyed("pid"), obeyed("pid")
        assert isinstance(first, dict)
        assert second == first
    assert not _alive(first["found"])
    assert obeyed("pid") != [first]


@posix
def test_kept__a_worker_that_a_file_ended__is_not_kept() -> None:
    with sandbox.kept():
        [crashed] = obeyed("segfault")
        assert isinstance(crashed, Skip)
        assert [answer["length"] for answer in obeyed("abc") if isinstance(answer, dict)] == [3]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
