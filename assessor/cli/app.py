"""`assessor app`: the audit in the browser, for one person or, with signing in, for a team."""

import os
from pathlib import Path
from typing import Annotated

import typer

from assessor.errors import UsageError

SECRETS = "ASSESSOR_SECRETS"  # a secrets.toml with [auth], which makes everybody sign in
PORT = 8501

Roots = Annotated[
    list[Path] | None,
    typer.Option("--root", help="Folder below which everything may be audited; repeatable."),
]
Hosts = Annotated[
    list[str] | None,
    typer.Option("--host", help="Host whose repositories may be audited; repeatable."),
]


def app(
    path: Annotated[
        Path | None, typer.Argument(help="Repository to open; the sample shop if absent.")
    ] = None,
    store: Annotated[
        str, typer.Option("--store", help="Database; a file of the user if absent.")
    ] = "",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port.")] = PORT,
    listen: Annotated[
        str, typer.Option("--listen", help="Address to listen on; others need signing in.")
    ] = "127.0.0.1",
    root: Roots = None,
    host: Hosts = None,
) -> None:
    """Open the audit in the browser; it runs until Ctrl-C."""
    from assessor.cli import serving

    secrets = _secrets(os.environ.get(SECRETS, ""))
    serving.refuse_open_door(listen, guarded=secrets is not None)
    serving.refuse_taken(listen, port)
    environment = _environment(path, store=store, roots=root or [], hosts=host or [])
    environment["ASSESSOR_AUTH"] = "oidc" if secrets else "local"
    serving.serve(environment, address=listen, port=port, secrets=secrets)


def _environment(
    path: Path | None, *, store: str, roots: list[Path], hosts: list[str]
) -> dict[str, str]:
    """What the app is told: the store, what may be audited, what to open."""
    from assessor.jobs import allowed, dispatch, first
    from assessor.jobs.limits import now
    from assessor.store import opening, people

    names = [allowed.host(each) for each in hosts]
    folder = first.sample() if path is None else _folder(path)
    opened = opening.open_store(store)
    project = first.opened(opened, people.SYSTEM, folder=folder, now=now())
    dispatch.tend(opened)
    listed = [*os.environ.get(allowed.ROOTS, "").split(os.pathsep), *map(str, map(_folder, roots))]
    given = [*os.environ.get(allowed.HOSTS, "").split(","), *names]
    return {
        opening.VARIABLE: opened.url,
        allowed.ROOTS: os.pathsep.join(each for each in (*listed, str(folder)) if each),
        allowed.HOSTS: ",".join(each for each in given if each),
        "ASSESSOR_PROJECT": project.id,
    }


def _folder(path: Path) -> Path:
    """The real place of a folder. Raises UsageError."""
    try:
        found = path.resolve(strict=True)
    except (OSError, RuntimeError):
        raise UsageError(f"{path}: there is no such folder.") from None
    if not found.is_dir() or os.pathsep in str(found):
        raise UsageError(f"{path}: is not a folder, or has {os.pathsep!r} in its name.")
    return found


def _secrets(named: str) -> Path | None:
    """The file with the settings for signing in, None where none is named. Raises UsageError."""
    import tomllib

    if not named:
        return None
    try:
        held = tomllib.loads(Path(named).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{SECRETS}={named}: cannot be read as TOML ({error}).") from None
    auth = held.get("auth")
    lacking = [
        key
        for key in ("redirect_uri", "cookie_secret")
        if not isinstance(auth, dict) or not auth.get(key)
    ]
    if lacking:
        raise UsageError(f"{SECRETS}={named}: [auth] lacks {' and '.join(lacking)}.")
    return Path(named).resolve()
