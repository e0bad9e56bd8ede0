"""Same commit, same options: the same bytes, whatever surrounds the run."""

import shutil

import pytest
from e2e.conftest import assessor

pytestmark = pytest.mark.slow


def _json(folder, *args, env=None):
    done = assessor("audit", folder, "--format", "json", "-q", *args, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


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
        ([], {"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns"}),
        (["--lang", "zh"], {}),
    ],
    ids=["hash-seed", "one-worker", "two-workers", "chinese", "turkish", "language"],
)
def test_audit__other_surroundings__same_bytes(shop, plain, args, env):
    assert _json(shop, *args, env=env) == plain


def test_audit__a_copy_elsewhere__same_bytes(shop, plain, tmp_path):
    copy = tmp_path / "somewhere else"
    shutil.copytree(shop, copy)
    assert _json(copy) == plain


def test_audit__another_option__other_bytes(shop, plain):
    assert _json(shop, "--services", "2") != plain
