"""Makes a git repository from a folder and its `history.yaml`: fixed names, dates and ids."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from assessor.collect import git
from assessor.errors import UsageError

SCRIPT = "history.yaml"
TRUNK = "main"
# Files of a sample that speak about it and are no part of it.
ASIDE = frozenset({SCRIPT, "expected.yaml"})
_COMMENT = {".java": "//", ".py": "#", ".yml": "#", ".yaml": "#", ".properties": "#"}


class Step(BaseModel):
    """One commit of the script.

    files: path -> whole text, or null to delete. touch: paths changed by this commit; the last
    commit that touches a path gives it the text it has in the folder, earlier ones an older
    version of it. move: old path -> new path, on the trunk only. branch: where to commit (made
    from the trunk when first named). merge: branch whose changes to take over. tag: name for the
    new commit. date: with its offset from UTC.
    """

    model_config = ConfigDict(extra="forbid")

    author: str = "Sample Author"
    mail: str = "author@example.com"
    date: AwareDatetime
    message: str
    files: dict[str, str | None] = {}
    touch: list[str] = []
    move: dict[str, str] = {}
    branch: str = TRUNK
    merge: str | None = None
    tag: str | None = None


@dataclass(slots=True)
class _State:
    """What the replay must remember: branch tips, touches still to come, branches' changes."""

    tips: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    aside: dict[str, dict[str, bytes | None]] = field(default_factory=dict)


def replay(folder: Path, destination: Path) -> str:
    """Makes `destination` a repository with a work tree; gives the id of its newest commit.

    Raises UsageError where the script is wrong or `destination` is not empty.
    """
    destination = destination.absolute()  # git runs elsewhere
    if destination.exists() and any(destination.iterdir()):
        raise UsageError(f"{destination}: is not empty; name a new folder.")
    steps = read(folder / SCRIPT)
    destination.mkdir(parents=True, exist_ok=True)
    git_dir = destination / ".git"
    git.create(git_dir)
    git.run(git_dir, "fast-import", "--quiet", stdin=_commands(folder, steps))
    git.run(git_dir, "config", "core.bare", "false")
    git.run(git_dir, "symbolic-ref", "HEAD", f"refs/heads/{TRUNK}")
    git.run(git_dir, f"--work-tree={destination}", "checkout", "--quiet", "--force", TRUNK)
    return git.run(git_dir, "rev-parse", "HEAD").decode().strip()


def read(script: Path) -> list[Step]:
    """The commits of a script, a list or a mapping with the key `commits`. Raises UsageError."""
    try:
        loaded: Any = yaml.load(script.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"{script}: cannot be read as YAML ({error}).") from None
    rows = loaded.get("commits") if isinstance(loaded, dict) else loaded
    try:
        return TypeAdapter(list[Step]).validate_python(rows)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{script}: commit {where}: {first['msg']}.") from None


def _commands(folder: Path, steps: list[Step]) -> Iterator[bytes]:
    """The script in the language of `git fast-import`."""
    state = _State()
    for step in steps:
        for path in step.touch:
            state.left[path] = state.left.get(path, 0) + 1
    for mark, step in enumerate(steps, start=1):
        yield from _commit(folder, step, mark=mark, state=state)
        if step.tag:
            yield f"reset refs/tags/{step.tag}\nfrom :{mark}\n\n".encode()
    yield b"done\n"


def _commit(folder: Path, step: Step, *, mark: int, state: _State) -> Iterator[bytes]:
    when = f"{int(step.date.timestamp())} {step.date.strftime('%z') or '+0000'}"
    person = f"{step.author} <{step.mail}> {when}"
    yield f"commit refs/heads/{step.branch}\nmark :{mark}\n".encode()
    yield f"author {person}\ncommitter {person}\n".encode()
    yield _data(step.message.encode())
    parent = state.tips.get(step.branch, state.tips.get(TRUNK))
    if parent:
        yield f"from :{parent}\n".encode()
    if step.merge:
        yield f"merge :{state.tips[step.merge]}\n".encode()
    for old, new in step.move.items():
        yield f"R {_quoted(old)} {_quoted(new)}\n".encode()
    texts = _texts(folder, step, state=state)
    if step.branch != TRUNK:
        state.aside.setdefault(step.branch, {}).update(texts)
    merged = state.aside.pop(step.merge, {}) if step.merge else {}
    for path, text in sorted({**merged, **texts}.items()):
        if text is None:
            yield f"D {_quoted(path)}\n".encode()
        else:
            yield f"M 100644 inline {_quoted(path)}\n".encode() + _data(text)
    yield b"\n"
    state.tips[step.branch] = mark


def _texts(folder: Path, step: Step, *, state: _State) -> Mapping[str, bytes | None]:
    """Path -> what the commit writes there, None = deleted."""
    found: dict[str, bytes | None] = {
        path: None if text is None else text.encode() for path, text in step.files.items()
    }
    for path in step.touch:
        state.left[path] -= 1
        found[path] = _version(folder / path, left=state.left[path])
    return found


def _version(file: Path, *, left: int) -> bytes:
    """The file's text, or, `left` touches before the last, an older version: one more comment."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: the script touches it but it is not there.") from error
    if not left:
        return text
    mark = _COMMENT.get(file.suffix, "#" if file.suffix in {"", ".txt"} else "")
    return text + (f"{mark} {left} to go\n".encode() if mark else b"\n" * left)


def _data(content: bytes) -> bytes:
    return f"data {len(content)}\n".encode() + content + b"\n"


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
