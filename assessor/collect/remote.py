"""Copies a repository from a host on the network: https only, to public addresses, within limits.

Whether the host may be asked at all is decided before (`jobs.allowed`). Its name is resolved once,
and git is told to connect to these addresses only, so that a second answer of the name server
cannot lead it elsewhere.
"""

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assessor.collect import git
from assessor.errors import SourceError

if sys.platform == "linux":
    import resource

HTTPS = 443
_TICK = 0.2  # seconds between two looks at a running copy

# What stands in a public range and is none: translators that lead on to any other address,
# metadata services of large providers, and what is kept for protocols and for documentation.
_LEADS_ON = tuple(
    ipaddress.ip_network(each)
    for each in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "2001::/32",
        "2002::/16",
        "3fff::/20",
    )
)

# git's own settings for a connection. Without redirects it refuses the `alternates` of others too.
_CONNECTION: Mapping[str, str] = {
    "fetch.unpackLimit": "1",
    "http.delegation": "none",
    "http.emptyAuth": "false",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
    "http.proxy": "",
    "http.sslVerify": "true",
    "transfer.bundleURI": "false",
    "transfer.credentialsInUrl": "die",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a copy. seconds: on the clock. size: bytes on disk."""

    seconds: float = 600.0
    size: int = 4 << 30


def cloned(url: str, target: Path, *, limits: Limits = Limits()) -> None:
    """Makes `target`, a new folder, a bare copy of the repository at an https address.

    Nobody's credentials are used, nothing is asked, no redirect is followed. Raises `SourceError`
    where there is no such repository, also where the host is none of the public network: the
    words are the same, so that nobody learns what can be reached from here.
    """
    parts = urlsplit(url)
    port = parts.port or HTTPS
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise ValueError(f"not an https address without a user: {url!r}")
    fetched(url, target, addresses=resolved(parts.hostname, port), limits=limits)


def resolved(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, none if any of them is not public."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    found = tuple(dict.fromkeys(str(place[0]) for *_, place in answers))
    return found if all(public(each) for each in found) else ()


def public(address: str) -> bool:
    """Whether an IP address, in whatever notation of it, is one of the public network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if any(found in network for network in _LEADS_ON):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def fetched(
    url: str,
    target: Path,
    *,
    addresses: Sequence[str],
    limits: Limits = Limits(),
    authorities: Path | None = None,
) -> None:
    """The copy itself, from these addresses and no others. Raises `SourceError`.

    authorities: a file of certificates to trust instead of the system's.
    """
    if addresses:
        settings = {**_CONNECTION, "http.curloptResolve": _pinned(url, addresses)}
        if authorities is not None:
            settings["http.sslCAInfo"] = str(authorities)
        words = ("clone", "--quiet", "--bare", "--no-local", "--template=", "--", url, str(target))
        if _ran([git.program(), *words], env=_environment(settings), target=target, limits=limits):
            return
    raise SourceError(
        f"{url}: cannot be copied; check the address, and that anyone may read the repository."
    )


def _pinned(url: str, addresses: Sequence[str]) -> str:
    parts = urlsplit(url)
    listed = ",".join(f"[{each}]" if ":" in each else each for each in addresses)
    return f"{parts.hostname}:{parts.port or HTTPS}:{listed}"


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """That of every git here, which may use https besides, with further settings."""
    found = git.environment()
    count = int(found["GIT_CONFIG_COUNT"])
    for index, (key, value) in enumerate(sorted(settings.items()), start=count):
        found |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    found |= {"GIT_ALLOW_PROTOCOL": "https", "GIT_CONFIG_COUNT": str(count + len(settings))}
    return found


def _ran(command: list[str], *, env: Mapping[str, str], target: Path, limits: Limits) -> bool:
    """Whether git did it; it is ended with all that it started when it goes over a limit."""
    process = subprocess.Popen(  # noqa: S603 - an argument list, the program by absolute path
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=target.parent,
        env=dict(env),
        start_new_session=True,
    )
    try:
        _bound(process.pid, limits.size)
        end = time.monotonic() + limits.seconds
        while True:
            with suppress(subprocess.TimeoutExpired):
                done = process.wait(_TICK) == 0
                _refuse_too_much(target, limits)
                return done
            _refuse_too_much(target, limits)
            if time.monotonic() > end:
                raise SourceError(f"copying it took longer than {limits.seconds:g} seconds.")
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _bound(pid: int, size: int) -> None:
    """No file of the copy may be larger than the whole of it."""
    if sys.platform == "linux":
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, size))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _refuse_too_much(target: Path, limits: Limits) -> None:
    if _size(target) > limits.size:
        raise SourceError(f"the repository is larger than {limits.size >> 20} MiB.")


def _size(folder: Path) -> int:
    """Bytes of all files in it; what disappears meanwhile counts for nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(place, name).lstat().st_size
    return total
