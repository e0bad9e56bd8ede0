import os
from pathlib import Path

import pytest

from assessor.errors import UsageError
from assessor.jobs.allowed import Allowed, allowed, checked, host, remote

LISTED = Allowed(hosts=("git.example.com", "git.example.com:8443", "xn--bcher-kva.example"))
ADDRESSES = {
    "plain-http": "http://git.example.com/a/b",
    "ssh": "ssh://git@git.example.com/a/b",
    "scp-like": "git@git.example.com:a/b",
    "git-protocol": "git://git.example.com/a/b",
    "file": "file:///etc",
    "file-with-host": "file://git.example.com/etc",
    "ext": "ext::sh -c touch% /tmp/x",
    "fd": "fd::17/foo",
    "helper-before-https": "ext::https://git.example.com/a/b",
    "ftp": "ftp://git.example.com/a/b",
    "data": "data:text/plain,x",
    "upper-case-scheme": "HTTPS://git.example.com/a/b",
    "option": "--upload-pack=touch /tmp/x",
    "option-as-host": "https://-oProxyCommand=x/a",
    "option-as-path": "https://git.example.com/--upload-pack=x",
    "option-as-path-plain": "https://git.example.com/-u/b",
    "user": "https://user@git.example.com/a/b",
    "user-and-password": "https://user:secret@git.example.com/a/b",
    "listed-host-as-user": "https://git.example.com@evil.example/a/b",
    "listed-host-as-user-with-port": "https://git.example.com:443@evil.example/a/b",
    "escaped-at": "https://git.example.com%40evil.example/a/b",
    "host-before-fragment": "https://evil.example#git.example.com/a/b",
    "host-before-query": "https://evil.example?git.example.com/a/b",
    "host-before-backslash": "https://evil.example\\git.example.com/a/b",
    "prefix-of-another": "https://git.example.com.evil.example/a/b",
    "ends-like-listed": "https://evilgit.example.com/a/b",
    "other-host": "https://evil.example/a/b",
    "parent-domain": "https://example.com/a/b",
    "trailing-dot": "https://git.example.com./a/b",
    "unlisted-port": "https://git.example.com:22/a/b",
    "default-port-written-out": "https://git.example.com:443/a/b",
    "empty-port": "https://git.example.com:/a/b",
    "loopback": "https://127.0.0.1/a/b",
    "loopback-name": "https://localhost/a/b",
    "loopback-short": "https://127.1/a/b",
    "loopback-decimal": "https://2130706433/a/b",
    "loopback-hexadecimal": "https://0x7f000001/a/b",
    "loopback-octal": "https://0177.0.0.1/a/b",
    "loopback-six": "https://[::1]/a/b",
    "loopback-mapped": "https://[::ffff:127.0.0.1]/a/b",
    "zero": "https://0/a/b",
    "metadata": "https://169.254.169.254/latest/meta-data",
    "metadata-six": "https://[fd00:ec2::254]/latest",
    "private": "https://10.0.0.1/a/b",
    "circled-digits": "https://①②⑦.⓪.⓪.①/a/b",
    "homograph": "https://git.еxample.com/a/b",
    "query": "https://git.example.com/a/b?service=git-upload-pack",
    "fragment": "https://git.example.com/a/b#x",
    "parent-in-path": "https://git.example.com/a/../b",
    "escaped-parent-in-path": "https://git.example.com/a/%2e%2e/b",
    "empty-part-in-path": "https://git.example.com/a//b",
    "no-path": "https://git.example.com/",
    "no-host": "https:///a/b",
    "space": "https://git.example.com/a b",
    "leading-space": " https://git.example.com/a/b",
    "line-break": "https://git.example.com/a\n/b",
    "carriage-return-at-the-end": "https://git.example.com/a/b\r",
    "tab": "https://git.example.com\t/a/b",
    "nul": "https://git.example.com/a\0b",
    "zero-width": "https://git.exam\u200bple.com/a/b",
    "right-to-left": "https://git.example.com/a\u202eb",
    "too-long": "https://git.example.com/" + "a" * 2000,
}


@pytest.mark.parametrize("location", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_checked__address_that_is_an_attack__is_refused(location):
    with pytest.raises(UsageError):
        checked(location, LISTED)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("https://git.example.com/a/b", "https://git.example.com/a/b"),
        ("https://git.example.com/a/b.git", "https://git.example.com/a/b.git"),
        ("https://git.example.com/a/b/", "https://git.example.com/a/b"),
        ("https://GIT.Example.com/a/B", "https://git.example.com/a/B"),
        ("https://git.example.com:8443/a/b", "https://git.example.com:8443/a/b"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://git。example。com/a", "https://git.example.com/a"),
    ],
)
def test_checked__listed_host__gives_the_canonical_address(location, expected):
    assert checked(location, LISTED) == expected


def test_checked__address_where_no_host_is_listed__is_refused():
    with pytest.raises(UsageError, match="not among what may be audited"):
        checked("https://git.example.com/a/b", Allowed())


@pytest.fixture
def place(tmp_path):
    """A root with a repository, links in and out of it, and neighbours that are not allowed."""
    root, other = tmp_path / "root", tmp_path / "other"
    (root / "repo").mkdir(parents=True)
    (root / "file").write_text("x")
    (other / "secret").mkdir(parents=True)
    (tmp_path / "root-not").mkdir()
    (root / "out").symlink_to(other)
    (root / "deep").mkdir()
    (root / "deep" / "out").symlink_to("../../other/secret")
    (root / "chain").symlink_to("out")
    (root / "up").symlink_to("..")
    (root / "loop").symlink_to("loop")
    (root / "slash").symlink_to("/")
    (root / "proc").symlink_to("/proc/self/root")
    (root / "inside").symlink_to("repo")
    return root


PATHS = {
    "other-folder": "{top}/other",
    "parent": "{root}/..",
    "parent-and-back": "{root}/../root/repo",
    "parent-in-the-middle": "{root}/repo/../../other/secret",
    "root-as-prefix": "{root}-not",
    "file": "{root}/file",
    "below-a-file": "{root}/file/x",
    "not-there": "{root}/missing",
    "not-there-outside": "{top}/missing",
    "link-out": "{root}/out",
    "below-a-link-out": "{root}/out/secret",
    "relative-link-out": "{root}/deep/out",
    "chain-of-links-out": "{root}/chain/secret",
    "link-to-the-parent": "{root}/up",
    "link-to-the-parent-and-out": "{root}/up/other",
    "link-to-itself": "{root}/loop",
    "link-to-everything": "{root}/slash/etc",
    "link-to-the-process": "{root}/proc/etc",
    "everything": "/",
    "system": "/etc",
    "two-slashes": "//{root}/repo",
    "relative": "repo",
    "relative-with-dot": "./repo",
    "home": "~/repo",
    "variable": "$HOME/repo",
    "option": "-C{root}",
    "nul": "{root}/repo\0",
    "line-break": "{root}/repo\n",
    "escape": "{root}/\x1b[31m",
    "backslash": "{root}\\..\\other",
    "unc": "\\\\server\\share",
    "drive": "C:/repo",
    "empty": "",
    "space-before": " {root}/repo",
    "escaped-parent": "{root}/%2e%2e/other",
    "full-width-parent": "{root}/．．/other",
    "too-long": "{root}/" + "a" * 3000,
}


@pytest.mark.parametrize("location", PATHS.values(), ids=PATHS.keys())
def test_checked__path_that_is_an_attack__is_refused(location, place):
    with pytest.raises(UsageError):
        checked(location.format(root=place, top=place.parent), Allowed(roots=(place,)))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("{root}", "{root}"),
        ("{root}/repo", "{root}/repo"),
        ("{root}/repo/", "{root}/repo"),
        ("{root}/./repo", "{root}/repo"),
        ("{root}/inside", "{root}/repo"),
    ],
)
def test_checked__folder_below_a_root__gives_its_real_path(location, expected, place):
    found = checked(location.format(root=place), Allowed(roots=(place,)))
    assert found == expected.format(root=place)


def test_checked__outside__says_the_same_whether_it_is_there_or_not(place):
    told = []
    for name in ("other", "ethos"):
        with pytest.raises(UsageError) as error:
            checked(str(place.parent / name), Allowed(roots=(place,)))
        told.append(str(error.value).replace(name, "…"))
    assert told[0] == told[1]


def test_checked__link_out_of_the_root__says_the_same_as_for_what_is_not_there(place):
    told = []
    for name in ("deep/out", "deep/off"):
        with pytest.raises(UsageError) as error:
            checked(str(place / name), Allowed(roots=(place,)))
        told.append(str(error.value).replace(f"/{name}'", "…"))
    assert told[0] == told[1]


def test_allowed__from_the_environment__takes_real_folders_and_plain_names(place):
    roots = os.pathsep.join([str(place / "inside"), "relative", str(place / "missing"), ""])
    found = allowed({"ASSESSOR_ROOTS": roots, "ASSESSOR_HOSTS": "B.example, a.example:8443,"})
    assert found == Allowed((place / "repo",), ("a.example:8443", "b.example"))


def test_allowed__nothing_set__is_only_what_is_always_allowed(place):
    assert allowed({}, always=(place,)) == Allowed(roots=(place,))


@pytest.mark.parametrize(
    "name",
    ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "*", "*.example.com", "https://a.example",
     "a.example/b", "user@a.example", "a.example:", "a.example:0", "a.example:99999", "a b", ""],
)  # fmt: skip
def test_host__what_is_no_name__is_refused(name):
    with pytest.raises(UsageError, match="is no name of a host"):
        host(name)


def test_remote__address_and_folder__are_told_apart():
    assert (remote("https://a.example/b"), remote(str(Path("/https:/a")))) == (True, False)
