"""The real command on real repositories."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from e2e.browser import browser  # noqa: F401 - a fixture for all tests here

from assessor.collect.replay import replay
from assessor.resources import packaged

COMMAND = [str(Path(sys.executable).with_name("assessor"))]


def assessor(*args, env=None, cwd=None):
    """The finished process of `assessor <args>`; its output as text."""
    return subprocess.run(
        [*COMMAND, *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory):
    """No test reads or fills the cache of who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSESSOR_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    """The sample shop as a git repository."""
    folder = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    return folder


@pytest.fixture
def repository(shop, tmp_path):
    """A clone of the sample shop to change."""
    folder = tmp_path / "shop"
    subprocess.run(["git", "clone", "-q", str(shop), str(folder)], check=True)
    return folder
