"""Jenkinsfiles, declarative and scripted, as pipeline, stages and steps."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import basename

from assessor.collect.platform.blocks import (
    Call,
    Token,
    arguments,
    calls,
    deep,
    first_text,
    tokens,
)
from assessor.collect.platform.reading import Reading, artefact, record, scanned_image
from assessor.model.basis import Node, Unread
from assessor.model.records import Artefact

KINDS = ("ci.pipeline", "ci.job", "ci.step")

_CLAIMED = re.compile(r"jenkinsfile(?:[-_.][\w.-]+)?|[\w.-]+\.jenkinsfile", re.IGNORECASE)
_SHELLS = {"sh", "bat", "powershell", "pwsh", "pysh"}
_NO_STEPS = {"if", "else", "for", "while", "switch", "catch", "try", "finally", "each", "println",
             "node", "steps", "script", "stages", "stage", "parallel", "post", "always", "success",
             "failure", "unstable", "changed", "fixed", "regression", "aborted", "cleanup",
             "unsuccessful", "agent", "when", "environment", "options", "tools", "parameters",
             "matrix", "axes", "triggers", "inside", "string", "usernamePassword", "file",
             "withRun", "credentials", "synchronized", "Library", "library", "env"}  # fmt: skip
_SETTINGS = {"triggers", "options", "parameters", "environment", "when", "agent", "tools", "axes",
             "excludes"}  # fmt: skip
_TRIGGERS = {"cron": "schedule", "pollSCM": "push", "githubPush": "push", "gitlab": "push",
             "GenericTrigger": "push", "bitbucketPush": "push", "upstream": ""}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scope:
    """The stage in which a step stands: its name, and what it takes over from those around it."""

    name: str | None = None
    image: Node | None = None
    runs_on: Node | None = None
    allow_failure: bool = False
    matrix: bool = False


def claims(path: str) -> bool:
    """Whether the file is named like a Jenkinsfile."""
    return bool(_CLAIMED.fullmatch(basename(path)))


def parse(path: str, content: str) -> Reading:
    """The pipeline, a job for every stage, and its shell scripts and other steps."""
    script = tokens(content)
    found = tuple(calls(script))
    pipeline = next((call for call in found if call.name == "pipeline" and call.body), None)
    top = tuple(calls(pipeline.body or ())) if pipeline else found
    if not found:
        return Reading()
    line = pipeline.line if pipeline else found[0].line
    every = tuple(deep(script))
    roots = [artefact("ci.pipeline", path, _pipeline(every, top, line))]
    return Reading((*roots, *_inside(path, top, _agent(_Scope(), top))))


# ---------------------------------------------------------------- the pipeline


def _pipeline(every: Sequence[Call], top: Sequence[Call], line: int) -> Node:
    return record(
        line,
        system="jenkins",
        name=None,
        triggers=_triggers(every, top, line),
        path_filter=_seen(_named(every, "changeset"), line),
        concurrency=_seen(_named(every, "disableConcurrentBuilds", "milestone", "lock"), line),
        reuse=_seen(_named(every, "@Library", "library", "libraries"), line),
        permissions=None,
    )


def _named(found: Iterable[Call], *names: str) -> Call | None:
    return next((call for call in found if call.name in names), None)


def _seen(call: Call | None, line: int) -> Node:
    return Node(call.line, value=True) if call else Node(line, value=False)


def _triggers(every: Sequence[Call], top: Sequence[Call], line: int) -> Node:
    """What the file says; on pushes, requests and tags the server decides unless it does."""
    block = _named(top, "triggers")
    inside = list(calls(block.body or ())) if block else []
    inside += [call for call in every if call.name in {"pipelineTriggers", "cron", "pollSCM"}]
    unsaid = Node(line, Unread.TEMPLATED)
    starts = {"push": unsaid, "schedule": Node(line, value=False)}
    for call in inside:
        if name := _TRIGGERS.get(call.name):
            starts[name] = Node(call.line, value=True)
    tag = _named(every, "buildingTag", "tag")
    request = _named(every, "changeRequest")
    starts["tag"] = _seen(tag, line) if tag else unsaid
    starts["pull_request"] = _seen(request, line) if request else unsaid
    return record(line, **starts, manual=_seen(_named(top, "parameters"), line))


# ---------------------------------------------------------------- stages and steps


def _inside(path: str, found: Iterable[Call], scope: _Scope) -> Iterator[Artefact]:
    """The jobs and steps of these calls, going into every block."""
    for call in found:
        if call.name == "stage":
            yield from _stage(path, call, scope)
            continue
        inner = _wrapped(call, scope)
        if _is_step(call):
            yield _step(path, call, scope)
        yield from _blocks(path, call, inner)


def _blocks(path: str, call: Call, scope: _Scope) -> Iterator[Artefact]:
    """What stands in the block of a call and in blocks among its arguments (`parallel a: {…}`)."""
    if call.name in _SETTINGS:
        return
    brackets = {"{", "["} if call.name == "parallel" else {"{"}
    for token in call.arguments:
        if token.kind == "group" and token.text in brackets:
            yield from _inside(path, calls(token.inside), scope)
    yield from _inside(path, calls(call.body or ()), scope)


def _stage(path: str, call: Call, scope: _Scope) -> Iterator[Artefact]:
    body = tuple(calls(call.body or ()))
    inner = _agent(replace(scope, name=_stage_name(call)), body)
    yield artefact("ci.job", path, _job(call, body, inner))
    yield from _inside(path, body, inner)


def _stage_name(call: Call) -> str | None:
    name = first_text(call.arguments) or first_text(call.arguments, "name")
    return name.text if name else None


def _value(token: Token) -> str | Unread:
    """The text, templated where a variable is put in."""
    return Unread.TEMPLATED if token.live and "$" in token.text else token.text


def _job(call: Call, body: Sequence[Call], scope: _Scope) -> Node:
    every = tuple(deep(call.body or ()))
    asked = _named(every, "input")
    used = _named(every, "docker.image") if _named(every, "inside") else None
    token = first_text(used.arguments) if used else None
    return record(
        call.line,
        system="jenkins",
        name=scope.name,
        stage=scope.name,
        image=_image(token) if token else scope.image,
        runs_on=scope.runs_on,
        needs=(),
        environment=_deployment(body),
        allow_failure=scope.allow_failure,
        matrix=scope.matrix or _named(body, "matrix") is not None,
        manual=_seen(asked, call.line),
        services=False,
    )


def _deployment(body: Sequence[Call]) -> Node | None:
    """The `deploymentEnvironment`-like argument that some steps carry, else None."""
    for call in body:
        for key, part in arguments(call.arguments):
            if key in {"environmentName", "deploymentEnvironment"} and part[0].kind == "text":
                return Node(part[0].line, _value(part[0]))
    return None


def _agent(scope: _Scope, body: Sequence[Call]) -> _Scope:
    """The scope with the image or label that an `agent` among these calls names."""
    agent = _named(body, "agent")
    if agent is None:
        return scope
    inside = tuple(deep(agent.body or ()))
    image, label = _named(inside, "image", "docker"), _named(inside, "label")
    token = _agent_text(image)
    where = first_text(label.arguments) if label else None
    return replace(
        scope,
        image=_image(token) if token else scope.image,
        runs_on=Node(where.line, _value(where)) if where else scope.runs_on,
    )


def _agent_text(call: Call | None) -> Token | None:
    if call is None:
        return None
    inner = _named(deep(call.body or ()), "image")
    return first_text((inner or call).arguments)


def _image(token: Token) -> Node:
    image = scanned_image(token.text).image if token.live else token.text
    return Node(token.line, image)


def _wrapped(call: Call, scope: _Scope) -> _Scope:
    """The scope inside the block of a call: `node`, `docker.image(…)`, `catchError`, `matrix`."""
    token = first_text(call.arguments)
    if call.name == "node" and token:
        return replace(scope, runs_on=Node(token.line, _value(token)))
    if call.name in {"catchError", "warnError"}:
        return replace(scope, allow_failure=True)
    if call.name == "matrix":
        return replace(scope, matrix=True)
    return scope


def _is_step(call: Call) -> bool:
    name, _, rest = call.name.partition(".")
    if name in _NO_STEPS or name.startswith("@"):
        return False
    return not rest or name in {"docker", "kubernetes", "scmSkip"}


def _step(path: str, call: Call, scope: _Scope) -> Artefact:
    shell = call.name in _SHELLS
    script = first_text(call.arguments) or first_text(call.arguments, "script")
    told = {
        key: Node(part[0].line, _value(part[0]) if part[0].kind == "text" else part[0].text)
        for key, part in arguments(call.arguments)
        if key and len(part) == 1 and part[0].kind in {"text", "word"}
    }
    root = record(
        call.line,
        system="jenkins",
        job=scope.name,
        name=None,
        uses=None if shell else call.name,
        version=None,
        pinned=None,
        run=_script(script) if shell else None,
        allow_failure=scope.allow_failure or told.get("returnStatus", _NO).value == "true",
        **{"with": {} if shell else told},
    )
    return artefact("ci.step", path, root)


_NO = Node(0, "false")


def _script(token: Token | None) -> Node | None:
    """The script as written, variables and all; templated where it is no literal."""
    return Node(token.line, token.text) if token else None
