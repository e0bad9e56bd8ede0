"""Same commit, same options: the same bytes, whatever surrounds the run."""

import shutil
import subprocess
import sys

import pytest
from e2e.conftest import assessor

pytestmark = pytest.mark.slow
TURKISH = "tr_TR.UTF-8"  # knows another lower case of I


def _json(folder, *args, env=None):
    done = assessor("audit", folder, "--format", "json", "-q", *args, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _known(locale):
    """Whether the machine has that locale; an unknown one is ignored by every program."""
    code = "import locale, sys; locale.setlocale(locale.LC_ALL, sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", code, locale], capture_output=True, check=False)
    return done.returncode == 0


@pytest.fixture(scope="module")
def plain(shop):
    """The document of an ordinary run."""
    return _json(shop, env={"PYTHONHASHSEED": "1"})


@pytest.mark.parametrize(
    ("args", "env"),
    [
        ([], {"PYTHONHASHSEED": "2"}),
        (["--workers", "1"], {}),
        (["--workers", "2"], {}),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8", "TZ": "Asia/Shanghai"}),
        ([], {"TZ": "America/St_Johns"}),
        ([], {"LC_ALL": TURKISH}),
        (["--lang", "zh"], {}),
    ],
    ids=["hash-seed", "one-worker", "two-workers", "chinese", "time-zone", "turkish", "language"],
)
def test_audit__other_surroundings__same_bytes(shop, plain, args, env):
    if env.get("LC_ALL") == TURKISH and not _known(TURKISH):
        pytest.skip(f"this machine has no locale {TURKISH}, so the case would say nothing")
    assert _json(shop, *args, env=env) == plain


def test_audit__a_copy_elsewhere__same_bytes(shop, plain, tmp_path):
    copy = tmp_path / "somewhere else"
    shutil.copytree(shop, copy)
    assert _json(copy) == plain


def test_audit__another_option__other_bytes(shop, plain):
    assert _json(shop, "--services", "2") != plain
