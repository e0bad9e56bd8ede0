"""`assessor app`: what it opens, whom it lets in, what cannot configure it, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from e2e.conftest import COMMAND, assessor

from assessor.store import opening, projects
from assessor.store.people import SYSTEM

pytestmark = pytest.mark.slow

AUTH = '[auth]\nredirect_uri = "http://localhost/oauth2callback"\ncookie_secret = "x"\n'


def _port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home that nothing was kept in yet; the store is in it."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("ASSESSOR_STORE", f"sqlite:///{tmp_path}/store.sqlite")
    return tmp_path


@pytest.fixture
def started(home):
    """Starts the command; gives the process and its address once it has said it."""
    running = []

    def start(*args, **kwargs):
        port = str(_port())
        process = subprocess.Popen(
            [*COMMAND, "app", "--port", port, *map(str, args)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            **kwargs,
        )
        running.append(process)
        said = process.stdout.readline()
        assert said == f"The audit is at http://127.0.0.1:{port} (Ctrl-C ends it).\n", (
            process.communicate(timeout=20)[1]
        )
        return process, f"http://127.0.0.1:{port}"

    yield start
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def _answer(url):
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.status, answer.read()


def _listens(url):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0


def test_app__no_path__opens_the_sample(started, home):
    _, url = started()
    [project] = projects.projects(opening.open_store(), SYSTEM)
    sample = home / "home/assessor/samples/shop"
    assert (project.name, project.location) == ("shop", str(sample))
    assert _answer(url)[0] == 200


def test_app__path__is_the_project(started, shop):
    started(shop)
    [project] = projects.projects(opening.open_store(), SYSTEM)
    assert project.location == str(shop)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
def test_app__stopped__ends_with_its_server(started, number):
    process, url = started()
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    assert (process.returncode, said.splitlines()[-1]) == (130, "assessor: Stopped.")
    assert not _listens(url)


def test_app__started_in_a_hostile_folder__is_not_configured_by_it(started, tmp_path):
    folder = tmp_path / "hostile"
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit/config.toml").write_text(
        '[server]\nbaseUrlPath = "taken"\naddress = "0.0.0.0"\nmaxUploadSize = 999\n'
    )
    (folder / ".streamlit/secrets.toml").write_text(AUTH)
    (folder / "streamlit.py").write_text("raise SystemExit('taken')\n")
    _, url = started(cwd=folder)
    assert _answer(f"{url}/_stcore/health") == (200, b"ok")


def test_app__settings_in_variables__do_not_open_it(started, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")  # noqa: S104 - must not count
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "taken")
    _, url = started()
    assert _answer(f"{url}/_stcore/health") == (200, b"ok")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_app__its_server__is_told_what_may_be_audited(started, shop, tmp_path):
    process, _ = started(shop, "--root", tmp_path, "--host", "Git.Example.com:8443")
    [server] = [
        int(entry.parent.name)
        for entry in Path("/proc").glob("[0-9]*/stat")
        if entry.read_text().rpartition(")")[2].split()[1] == str(process.pid)
    ]
    pairs = Path(f"/proc/{server}/environ").read_bytes().decode().split("\0")
    told = dict(pair.split("=", 1) for pair in pairs if pair.startswith("ASSESSOR_"))
    assert told["ASSESSOR_ROOTS"] == f"{tmp_path}{os.pathsep}{shop}"
    assert (told["ASSESSOR_HOSTS"], told["ASSESSOR_PROJECT"], told["ASSESSOR_AUTH"]) == (
        "git.example.com:8443",
        "shop",
        "local",
    )


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - refused
def test_app__open_door_without_signing_in__is_refused(home, address):
    done = assessor("app", "--listen", address)
    assert (done.returncode, "lets others in: set up signing in first" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "[auth] lacks redirect_uri and cookie_secret"),
        ('[auth]\nredirect_uri = "x"\n', "[auth] lacks cookie_secret"),
        ("auth = 1\n", "[auth] lacks redirect_uri and cookie_secret"),
        ("[auth\n", "cannot be read as TOML"),
    ],
    ids=["empty", "no-secret", "no-table", "no-toml"],
)
def test_app__bad_secrets__are_refused(home, text, said):
    (home / "secrets.toml").write_text(text)
    done = assessor("app", env={"ASSESSOR_SECRETS": str(home / "secrets.toml")})
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_app__port_that_is_taken__is_told(home):
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = assessor("app", "--port", server.getsockname()[1])
    assert (done.returncode, "choose another one with --port" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere: there is no such folder."),
        (["--root", "nowhere"], "nowhere: there is no such folder."),
        (["--host", "127.0.0.1"], "'127.0.0.1' is no name of a host"),
        (["--listen", "example.com"], "--listen example.com: is no IP address."),
        (["--store", "mysql://x"], "is no store"),
    ],
    ids=["path", "root", "host", "listen", "store"],
)
def test_app__what_is_not_there__is_told_in_one_sentence(home, arguments, said):
    done = assessor("app", "--port", _port(), *arguments)
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (2, True, 1)
