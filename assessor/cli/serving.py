"""The server of the app: a process of its own, with settings that nobody else can change."""

import http.client
import importlib.util
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer

from assessor.errors import UsageError

# Settings of Streamlit, said on its command line, where they win over every file and variable.
SETTINGS: Mapping[str, str] = {
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "server.enableCORS": "true",
    "server.enableStaticServing": "false",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.headless": "true",
    "server.maxMessageSize": "50",
    "server.maxUploadSize": "5",
    "server.runOnSave": "false",
}
_EVERY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - told apart, not listened on
_PATIENCE = 120.0  # seconds to start, on a slow disk
_GRACE = 10.0  # seconds to end
_TICK = 0.1


def refuse_open_door(address: str, *, guarded: bool) -> None:
    """Raises UsageError where others could come in without signing in, or for no address."""
    if address == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        raise UsageError(f"--listen {address}: is no IP address.") from None
    if not loopback and not guarded:
        raise UsageError(
            f"--listen {address} lets others in: set up signing in first, and name the file with"
            " its [auth] in ASSESSOR_SECRETS."
        )


def refuse_taken(address: str, port: int) -> None:
    """Raises UsageError where the port cannot be listened on."""
    with suppress(OSError), socket.create_server((address, port), family=_family(address)):
        return
    raise UsageError(f"{address} port {port} cannot be used; choose another one with --port.")


def serve(
    environment: Mapping[str, str], *, address: str, port: int, secrets: Path | None
) -> None:
    """Runs the server until it ends or is stopped; then it is ended, and nothing of it is left.

    Raises UsageError where it does not start, and Abort when it is stopped.
    """
    _on_signal(_stop)
    with tempfile.TemporaryDirectory(prefix="assessor-app-") as folder:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, with arguments of our own
            _command(address, port, secrets=secrets or Path(folder, "none.toml")),
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            cwd=folder,
            env={**_inherited(), **environment},
            start_new_session=True,
        )
        try:
            _await(process, address, port)
            _announce(address, port)
            code = process.wait()
        finally:
            _on_signal(signal.SIG_IGN)  # a second Ctrl-C must not leave the server behind
            _end(process)
    if code:
        raise UsageError(f"the server ended with exit status {code}; it said why above.")


def _on_signal(handler: Callable[[int, FrameType | None], NoReturn] | signal.Handlers) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise typer.Abort


def _command(address: str, port: int, *, secrets: Path) -> list[str]:
    """Streamlit with the packaged app; its folder and settings are ours."""
    settings = {
        **SETTINGS,
        "secrets.files": str(secrets),
        "server.address": address,
        "server.port": str(port),
    }
    words = [f"--{name}={value}" for name, value in sorted(settings.items())]
    return [sys.executable, "-P", "-m", "assessor.app.serve", "run", str(_script()), *words]


def _script() -> Path:
    found = importlib.util.find_spec("assessor")
    if found is None or found.origin is None:
        raise TypeError("the package is not installed")
    return Path(found.origin).parent / "app" / "start.py"


def _inherited() -> dict[str, str]:
    """Our environment without settings of Streamlit, but for what signs its cookies."""
    kept = {"STREAMLIT_SERVER_COOKIE_SECRET"}
    return {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_") or k in kept}


def _await(process: "subprocess.Popen[bytes]", address: str, port: int) -> None:
    """Waits until the server answers."""
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        if _answers(address, port):
            return
        time.sleep(_TICK)
    raise UsageError("the server did not start; it said why above.")


def _answers(address: str, port: int) -> bool:
    connection = http.client.HTTPConnection(_near(address), port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _near(address: str) -> str:
    """The address to reach the server at from here."""
    if address in _EVERY:
        return "127.0.0.1" if address == "0.0.0.0" else "::1"  # noqa: S104 - see above
    return address


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _announce(address: str, port: int) -> None:
    """Says where the app is, and shows it to somebody who sits in front of it."""
    near = _near(address)
    url = f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"
    print(f"The audit is at {url} (Ctrl-C ends it).", flush=True)
    if sys.stdout.isatty():
        webbrowser.open(url)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the server, by force if it takes its time; jobs that run go on."""
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
