"""What visitors may have audited: folders below the allowed roots, and repositories on hosts."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor.errors import UsageError

ROOTS = "ASSESSOR_ROOTS"  # folders, separated as in PATH
HOSTS = "ASSESSOR_HOSTS"  # names of hosts with a comma between them, each with its port or none
MAX_LENGTH = 2000

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ADDRESS = re.compile(r"https://([^/?#@:\[\]]+)(:[0-9]{1,5})?((?:/[A-Za-z0-9._~+-]+)+)/?")
_UNLISTED = (
    "{location!r} is not among what may be audited here;"
    " ask the person who runs this app to add its folder or host."
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """roots: folders below which everything may be audited. hosts: `name` or `name:port`."""

    roots: tuple[Path, ...] = ()
    hosts: tuple[str, ...] = ()


def allowed(environment: Mapping[str, str], *, always: tuple[Path, ...] = ()) -> Allowed:
    """What the environment allows; `always` are roots besides. Raises UsageError for a bad host.

    A root that is no absolute path to a folder allows nothing.
    """
    named = (Path(each) for each in environment.get(ROOTS, "").split(os.pathsep) if each)
    roots = {Path(os.path.realpath(root)) for root in (*named, *always) if root.is_absolute()}
    listed = (each.strip() for each in environment.get(HOSTS, "").split(","))
    return Allowed(
        roots=tuple(sorted(root for root in roots if root.is_dir())),
        hosts=tuple(sorted({host(each) for each in listed if each})),
    )


def host(name: str) -> str:
    """A host for the list, in the form that addresses are compared in. Raises UsageError.

    Numbers are no names: what a name resolves to is looked at before it is asked for anything.
    """
    before, colon, port = name.partition(":")
    plain = _plain(before)
    if not plain or (
        colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 1 << 16)
    ):
        raise UsageError(f"{name!r} is no name of a host; write it as git.example.com.")
    return f"{plain}:{int(port)}" if colon else plain


def remote(location: str) -> bool:
    """Whether a checked location is an address, not a folder."""
    return location.startswith("https://")


def checked(location: str, allowed: Allowed) -> str:
    """The location in its one canonical form: a real path, or an https address.

    Raises UsageError for whatever is not allowed, in the same words whether it exists or not.
    """
    if not location or len(location) > MAX_LENGTH:
        raise UsageError(f"a location has 1 to {MAX_LENGTH} characters.")
    if not location.isprintable() or "\\" in location:
        raise UsageError(f"{location!r} holds characters that no location may have.")
    if _SCHEME.match(location):
        return _checked_address(location, allowed)
    return _checked_folder(location, allowed)


def _checked_address(location: str, allowed: Allowed) -> str:
    match = _ADDRESS.fullmatch(location)
    if match is None:
        raise UsageError(
            f"{location!r} is no address that can be audited;"
            " it has to look like https://git.example.com/group/project."
        )
    name, port, path = _plain(match[1]), match[2] or "", match[3]
    odd = any(part in {".", ".."} or part.startswith("-") for part in path.split("/"))
    if not name or odd or f"{name}{port}" not in allowed.hosts:
        raise UsageError(_UNLISTED.format(location=location))
    return f"https://{name}{port}{path}"


def _plain(name: str) -> str:
    """The name of a host in ASCII and lower case, "" if it is none."""
    try:
        plain = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return plain if _HOST.fullmatch(plain) else ""


def _checked_folder(location: str, allowed: Allowed) -> str:
    """The real path of a folder below a root.

    Its text is looked at first, so that nothing outside of the roots is asked for; then where it
    really leads, for links inside of a root may point out of it.
    """
    path = Path(location)
    if not path.is_absolute() or location.startswith("//") or ".." in path.parts:
        raise UsageError(
            f"{location!r} is neither the full path of a folder nor an https address."
        )
    if _below(path, allowed.roots):
        try:
            real = path.resolve(strict=True)
            if _below(real, allowed.roots) and real.is_dir():
                return str(real)
        except (OSError, RuntimeError):  # not there, not to be read, or a link to itself
            pass
    raise UsageError(_UNLISTED.format(location=location))


def _below(path: Path, roots: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(root) for root in roots)
