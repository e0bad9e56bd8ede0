"""Refusals in full, and copies from a server of our own, which is pinned to a name of none."""

import http.server
import shutil
import ssl
import subprocess
import threading
import time
from functools import partial

import pytest

from assessor.collect.remote import Limits, cloned, fetched, public, resolved
from assessor.collect.replay import replay
from assessor.collect.repository import open_source
from assessor.errors import SourceError
from assessor.resources import packaged

NAME = "git.assessor.example"
CANNOT = "cannot be copied; check the address"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1",  # noqa: S104
     "100.100.100.200", "169.254.169.254", "168.63.129.16", "192.0.0.192", "192.0.2.1",
     "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe",
     "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
     "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2001:0:7f00:1::1", "3fff::1", "100::1",
     "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "", "localhost"],
)  # fmt: skip
def test_public__address_that_is_not_or_may_lead_on__is_refused(address):
    assert not public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "140.82.121.4", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_public__address_of_the_network__is_one(address):
    assert public(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f000001", "2130706433", "127.1"])
def test_resolved__loopback_in_any_notation__gives_nothing(host):
    assert resolved(host, 443) == ()


def test_resolved__name_that_does_not_exist__gives_nothing():
    assert resolved("nowhere.invalid", 443) == ()


@pytest.mark.parametrize("url", ["https://localhost/a", "https://nowhere.invalid/a"])
def test_cloned__loopback_and_unknown_host__are_refused_in_the_same_words(url, tmp_path):
    with pytest.raises(SourceError, match=CANNOT):
        cloned(url, tmp_path / "copy")


@pytest.mark.parametrize(
    "url", ["http://a.example/b", "https://u@a.example/b", "https:///b", "ext::sh", "/etc"]
)
def test_cloned__what_is_no_checked_address__is_our_own_mistake(url, tmp_path):
    with pytest.raises(ValueError, match="not an https address"):
        cloned(url, tmp_path / "copy")


class _Files(http.server.SimpleHTTPRequestHandler):
    """Repositories as files, and a few bad manners."""

    def do_GET(self):
        if self.path.startswith("/moved/"):
            self.send_response(302)
            self.send_header("Location", self.path.replace("/moved/", "/shop.git/"))
            self.end_headers()
        elif self.path.startswith("/private/"):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
            self.end_headers()
        elif self.path.startswith("/slow/"):
            time.sleep(30)
        else:
            self.server.served.append(self.path)
            super().do_GET()

    def log_message(self, *_):
        """Keeps quiet."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with the sample shop on loopback; its certificate is for `NAME`."""
    folder = tmp_path_factory.mktemp("served")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key,
         "-out", certificate, "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"],
        check=True, capture_output=True,
    )  # fmt: skip
    replay(packaged("sample_repos") / "shop", folder / "shop")
    web = folder / "web"
    for args in (["clone", "-q", "--bare", "shop", "web/shop.git"],
                 ["--git-dir=web/shop.git", "repack", "-adq"],
                 ["--git-dir=web/shop.git", "update-server-info"]):  # fmt: skip
        subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True)
    borrowing = web / "borrowing.git"
    shutil.copytree(web / "shop.git", borrowing)
    for pack in (borrowing / "objects" / "pack").iterdir():
        pack.chmod(0o600)
        pack.unlink()
    (borrowing / "objects/info/packs").write_text("")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=web))
    server.daemon_threads, server.served = True, []
    lent = f"https://{NAME}:{server.server_port}/shop.git/objects\n"
    (borrowing / "objects/info/http-alternates").write_text(lent)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, certificate
    server.shutdown()
    server.server_close()


def _url(served, path):
    return f"https://{NAME}:{served[0].server_port}/{path}"


def _fetch(served, path, target, **limits):
    fetched(
        _url(served, path),
        target,
        addresses=("127.0.0.1",),
        limits=Limits(**limits),
        authorities=served[1],
    )


def test_fetched__name_that_no_server_knows__comes_from_the_pinned_address(served, tmp_path):
    _fetch(served, "shop.git", tmp_path / "copy")
    with open_source(tmp_path / "copy") as source:
        assert (len(source.revision), source.note) == (40, "")


def test_fetched__copy__brings_branches_and_tags(served, tmp_path):
    _fetch(served, "shop.git", tmp_path / "copy")
    named = (tmp_path / "copy" / "packed-refs").read_text()
    origin = (served[1].parent / "web/shop.git/packed-refs").read_text()
    assert named == origin


def test_fetched__certificate_of_no_known_authority__is_refused(served, tmp_path):
    with pytest.raises(SourceError, match=CANNOT):
        fetched(_url(served, "shop.git"), tmp_path / "copy", addresses=("127.0.0.1",))


@pytest.mark.parametrize("path", ["moved", "private", "missing.git", "borrowing.git"])
def test_fetched__redirect_password_nothing_and_objects_of_others__are_refused(
    path, served, tmp_path
):
    with pytest.raises(SourceError, match=CANNOT):
        _fetch(served, path, tmp_path / "copy")


def test_fetched__objects_that_are_said_to_be_elsewhere__are_not_looked_for(served, tmp_path):
    served[0].served.clear()
    with pytest.raises(SourceError):
        _fetch(served, "borrowing.git", tmp_path / "copy")
    assert [path for path in served[0].served if path.startswith("/shop.git/")] == []


def test_fetched__larger_than_allowed__is_refused(served, tmp_path):
    with pytest.raises(SourceError, match=r"larger than 0 MiB|cannot be copied"):
        _fetch(served, "shop.git", tmp_path / "copy", size=1000)


def test_fetched__slower_than_allowed__is_ended(served, tmp_path):
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"longer than 0\.5 seconds"):
        _fetch(served, "slow", tmp_path / "copy", seconds=0.5)
    assert time.monotonic() - start < 10


def test_fetched__settings_and_secrets_of_the_user__are_not_used(served, tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text('[url "https://elsewhere.invalid/"]\ninsteadOf = https://\n')
    (home / ".netrc").write_text(f"machine {NAME} login a password b\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    _fetch(served, "shop.git", tmp_path / "copy")
    assert (tmp_path / "copy" / "HEAD").is_file()
