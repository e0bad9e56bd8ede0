"""GitHub Actions workflows as pipeline, jobs and steps."""

import re
from collections.abc import Iterable, Iterator, Mapping

from assessor.collect.platform.nodes import child, fields, items, load_yaml, present, text
from assessor.collect.platform.reading import Reading, artefact, record
from assessor.model.basis import Node, Unread
from assessor.model.records import Artefact

KINDS = ("ci.pipeline", "ci.job", "ci.step")

_CLAIMED = re.compile(r"\.github/workflows/[^/]+\.ya?ml")
_ACTION = re.compile(r"(?:.*/)?action\.ya?ml")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def claims(path: str) -> bool:
    """Whether the file is a workflow of the repository, or an action of its own."""
    return bool(_CLAIMED.fullmatch(path) or _ACTION.fullmatch(path))


def parse(path: str, content: str) -> Reading:
    """The workflow, its jobs and steps; of a composite action its steps, under its own name."""
    found: list[Artefact] = []
    for root in load_yaml(content):
        if fields(child(root, "jobs")):
            found += _workflow(path, root)
        elif text(child(root, "runs", "using")) == "composite":
            found += [
                _step(path, step, child(root, "name") or Node(root.line, path))
                for step in items(child(root, "runs", "steps"))
                if fields(step)
            ]
    return Reading(tuple(found))


def _workflow(path: str, root: Node) -> Iterator[Artefact]:
    jobs = {name: job for name, job in fields(child(root, "jobs")).items() if fields(job)}
    events = _events(child(root, "on"))
    yield artefact("ci.pipeline", path, _pipeline(path, root, events=events, jobs=jobs))
    manual = bool(events) and set(events) <= {"workflow_dispatch"}
    for name, job in jobs.items():
        yield artefact("ci.job", path, _job(name, job, manual=manual))
        if called := child(job, "uses"):
            yield _step(path, Node(called.line, job.value), Node(job.line, name))
        for step in items(child(job, "steps")):
            if fields(step):
                yield _step(path, step, Node(job.line, name))


def _events(on: Node | None) -> Mapping[str, Node]:
    """What starts the workflow: name of the event and the node that tells about it."""
    if on is None:
        return {}
    if isinstance(on.value, tuple):
        return {name: each for each in on.value if (name := text(each))}
    name = text(on)
    return {name: on} if name else fields(on)


def _pipeline(
    path: str, root: Node, *, events: Mapping[str, Node], jobs: Mapping[str, Node]
) -> Node:
    on = child(root, "on") or root
    grouped = present(root, "concurrency") or _first(jobs.values(), "concurrency")
    reused = events.get("workflow_call") or _first(jobs.values(), "uses")
    return record(
        root.line,
        system="github",
        name=child(root, "name") or path.rpartition("/")[2],
        triggers=_triggers(events, on.line),
        path_filter=_path_filter(events, on.line),
        concurrency=_seen(grouped, root.line),
        reuse=_seen(reused, root.line),
        permissions=_permissions(root, jobs),
    )


def _first(jobs: Iterable[Node], key: str) -> Node | None:
    return next((found for job in jobs if (found := present(job, key))), None)


def _seen(node: Node | None, line: int) -> Node:
    """True on the line of the node, or false on `line` where there is none."""
    return Node(node.line, value=True) if node else Node(line, value=False)


def _triggers(events: Mapping[str, Node], line: int) -> Node:
    push = events.get("push")
    tags = child(push, "tags") or child(push, "tags-ignore")
    branches = child(push, "branches") or child(push, "branches-ignore")
    every = push if branches is None and tags is None else None
    request = events.get("pull_request") or events.get("pull_request_target")
    found = {
        "push": branches or every,
        "pull_request": request,
        "schedule": events.get("schedule"),
        "tag": tags or every or events.get("release"),
        "manual": events.get("workflow_dispatch"),
    }
    return Node(line, {name: _seen(node, line) for name, node in found.items()})


def _path_filter(events: Mapping[str, Node], line: int) -> Node:
    names = ("push", "pull_request", "pull_request_target")
    told = [child(events.get(name), key) for name in names for key in ("paths", "paths-ignore")]
    return _seen(next((each for each in told if each), None), line)


def _permissions(root: Node, jobs: Mapping[str, Node]) -> Node:
    """What the token may do by default: of the workflow, or of all jobs where each says so."""
    own = child(root, "permissions")
    if own is not None:
        return Node(own.line, _access(own))
    told = [found for job in jobs.values() if (found := child(job, "permissions"))]
    if not told or len(told) < len(jobs):
        return Node(root.line, None)
    widest = next((each for each in told if _access(each) == "write"), told[0])
    return Node(widest.line, _access(widest))


def _access(permissions: Node) -> str:
    words = [text(each) for each in fields(permissions).values()] or [text(permissions)]
    return "write" if {"write", "write-all"} & set(words) else "read"


def _job(name: str, job: Node, *, manual: bool) -> Node:
    container = child(job, "container")
    environment = child(job, "environment")
    return record(
        job.line,
        system="github",
        name=name,
        stage=None,
        image=_open(child(container, "image") if fields(container) else container),
        runs_on=_runs_on(child(job, "runs-on")),
        needs=_list(child(job, "needs"), job.line),
        environment=_open(child(environment, "name") if fields(environment) else environment),
        allow_failure=_flag(child(job, "continue-on-error"), job.line),
        matrix=_seen(present(job, "strategy", "matrix"), job.line),
        manual=manual,
        services=_seen(present(job, "services"), job.line),
    )


def _open(node: Node | None) -> Node | None:
    """The node, templated where an expression decides it."""
    return Node(node.line, Unread.TEMPLATED) if node and "${{" in (text(node) or "") else node


def _runs_on(node: Node | None) -> Node | None:
    if node is None:
        return None
    labels = child(node, "labels") or child(node, "group") if fields(node) else node
    words = [text(each) or "" for each in items(labels)] or [text(labels) or ""]
    return _open(Node(node.line, ", ".join(words)))


def _list(node: Node | None, line: int) -> Node:
    if node is None:
        return Node(line, ())
    return node if isinstance(node.value, tuple) else Node(node.line, (node,))


def _flag(node: Node | None, line: int) -> Node:
    if node is None:
        return Node(line, value=False)
    if isinstance(node.value, bool):
        return node
    return Node(
        node.line, Unread.TEMPLATED if "${{" in (text(node) or "") else text(node) == "true"
    )


def _step(path: str, step: Node, job: Node) -> Artefact:
    uses = child(step, "uses")
    action, version = _action(text(uses))
    line = uses.line if uses else step.line
    root = record(
        step.line,
        system="github",
        job=job,
        name=child(step, "name"),
        uses=Node(line, action),
        version=Node(line, version),
        pinned=Node(line, _pinned(action, version)),
        run=child(step, "run"),
        allow_failure=_flag(child(step, "continue-on-error"), step.line),
        **{"with": child(step, "with") or {}},
    )
    return artefact("ci.step", path, root)


def _action(uses: str | None) -> tuple[str | None, str | None]:
    """An action and its version: after `@`, or the tag of a `docker://` image."""
    if not uses:
        return None, None
    name, at, version = uses.partition("@")
    if not at and name.startswith("docker://"):
        folder, _, last = name.rpartition("/")
        base, colon, version = last.partition(":")
        return f"{folder}/{base}", version if colon else None
    return name, version or None


def _pinned(action: str | None, version: str | None) -> bool | None:
    """Whether the code is fixed by its digest; None for a script and for the repository's own."""
    if action is None or action.startswith("./"):
        return None
    return bool(version and (_COMMIT.fullmatch(version) or version.startswith("sha256:")))
