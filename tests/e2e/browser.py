"""A real browser, the same for all tests of pages."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# In a container the browser has no sandbox of its own, little shared memory and no GPU process.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--in-process-gpu"]


@pytest.fixture(scope="module")
def browser():
    """A running Chromium. Without one the test is skipped; on CI it fails."""
    with sync_playwright() as playwright:
        path = found(playwright)
        if path is None:
            _give_up(f"no browser: none of {', '.join(NAMES)} is installed, nor playwright's own")
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


def found(playwright):
    """The path of a browser: one of the system's, else Playwright's own, else None."""
    own = Path(playwright.chromium.executable_path)
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or (str(own) if own.is_file() else None)


def _give_up(reason):
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


if __name__ == "__main__":  # `make test` asks whether one has to be installed
    with sync_playwright() as started:
        sys.exit(0 if found(started) else 1)
