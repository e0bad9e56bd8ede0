"""The pipelines, jobs and script lines of GitLab files that were put together."""

import re
from collections.abc import Iterable, Iterator, Mapping

from assessor.collect.platform.nodes import Plain, child, fields, items, present, relined, text
from assessor.collect.platform.pipelines_gitlab import (
    INNER,
    NOT_JOBS,
    Entry,
    References,
    extended,
    is_entry,
    merged_node,
    resolved,
    together,
)
from assessor.collect.platform.reading import artefact, record, scanned_image
from assessor.model.basis import Location, Node, Unread
from assessor.model.records import Artefact

_SOURCES = {
    "pull_request": re.compile(
        r"==\s*[\"']merge_request_event|\$CI_MERGE_REQUEST_\w+(?!\s*==\s*null)"
    ),
    "schedule": re.compile(r"==\s*[\"']schedule[\"']"),
    "tag": re.compile(r"\$CI_COMMIT_TAG(?!\s*==\s*null)"),
    "manual": re.compile(r"==\s*[\"']web[\"']"),
    "push": re.compile(r"==\s*[\"']push[\"']|\$CI_COMMIT_(?:BRANCH|REF_NAME)"),
}
_BUDGET = 50_000
_WORDS = {
    "pull_request": {"merge_requests"},
    "schedule": {"schedules"},
    "tag": {"tags"},
    "manual": {"web"},
    "push": {"branches", "pushes"},
}


def link(artefacts: Iterable[Artefact]) -> tuple[Artefact, ...]:
    """The artefacts with the pipelines of their GitLab files; the inner ones are gone."""
    given = tuple(artefacts)
    files = {found.location.path: found.root for found in given if found.kind == INNER}
    kept = [found for found in given if found.kind != INNER]
    for path in sorted(files):
        if is_entry(path):
            kept += _pipeline(path, files)
    return tuple(kept)


def _pipeline(path: str, files: Mapping[str, Node]) -> Iterator[Artefact]:
    entries = together(path, files)
    budget = iter(range(_BUDGET))
    jobs = {name: _job(name, entries, budget) for name in entries if _is_job(name, entries[name])}
    yield artefact("ci.pipeline", path, _summary(files[path], entries, jobs))
    for name, (job, missing) in jobs.items():
        place = Location(entries[name].path, entries[name].node.line)
        yield Artefact("ci.job", place, _job_record(name, job, missing=missing))
        for step in _steps(name, job):
            yield Artefact("ci.step", Location(place.path, step.line), step)


def _is_job(name: str, entry: Entry) -> bool:
    hidden = name.startswith(".") or name in NOT_JOBS
    return not hidden and bool(fields(entry.node))


def _job(name: str, entries: Mapping[str, Entry], budget: Iterator[int]) -> tuple[Node, bool]:
    """The job with what it extends, what `default` gives and what its references name."""
    path = entries[name].path
    job, missing = extended(name, entries, budget=budget)
    job = merged_node(Node(job.line, _defaults(entries, path, job.line)), job)
    return resolved(job, References(entries, path, budget)), missing


def _defaults(entries: Mapping[str, Entry], path: str, line: int) -> dict[str, Node]:
    keys = ("image", "services", "before_script", "after_script", "tags")
    found: dict[str, Node] = {}
    for key in keys:
        entry = entries.get("default")
        node = child(entry.node, key) if entry else None
        if node is None:
            entry = entries.get(key)
            node = entry.node if entry else None
        if entry and node:
            found[key] = node if entry.path == path else relined(node, line)
    return found


def _job_record(name: str, job: Node, *, missing: bool) -> Node:
    line = job.line
    image = child(job, "image")
    environment = child(job, "environment")
    manual = _manual(job)
    return record(
        line,
        system="gitlab",
        name=name,
        stage=child(job, "stage") or _or_open("test", missing=missing),
        image=_image(child(image, "name") if fields(image) else image, missing=missing),
        runs_on=_tags(child(job, "tags")),
        needs=_needs(child(job, "needs") or child(job, "dependencies"), line),
        environment=child(environment, "name") if fields(environment) else environment,
        allow_failure=_allowed(job, manual),
        matrix=_seen(present(job, "parallel", "matrix"), line),
        manual=_seen(manual, line),
        services=_seen(present(job, "services"), line),
        reports=_reports(child(job, "artifacts", "reports"), line),
    )


def _reports(given: Node | None, line: int) -> Node:
    """The kinds of report that GitLab takes over from the job, each on its own line."""
    kinds = tuple(Node(each.line, kind) for kind, each in fields(given).items())
    return Node(given.line if given else line, kinds)


def _manual(job: Node) -> Node | None:
    whens = [child(job, "when"), *(child(rule, "when") for rule in items(child(job, "rules")))]
    return next((each for each in whens if text(each) == "manual"), None)


def _or_open(value: Plain, *, missing: bool) -> Plain:
    return Unread.TEMPLATED if missing else value


def _image(node: Node | None, *, missing: bool) -> Plain:
    if node is None:
        return _or_open(None, missing=missing)
    return Node(node.line, scanned_image(text(node)).image)


def _tags(node: Node | None) -> Node | None:
    if node is None:
        return None
    return Node(node.line, ", ".join(text(each) or "" for each in items(node)))


def _needs(node: Node | None, line: int) -> Node:
    names = [child(each, "job") if fields(each) else each for each in items(node)]
    return Node(node.line if node else line, tuple(each for each in names if each))


def _allowed(job: Node, manual: Node | None) -> Node:
    """Whether the job may fail; a manual one may unless it says otherwise or has rules."""
    own = child(job, "allow_failure")
    if own is not None:
        return Node(own.line, own.value is True or bool(fields(own)))
    optional = manual is not None and child(job, "rules") is None
    return Node(job.line, optional)


def _seen(node: Node | None, line: int) -> Node:
    return Node(node.line, value=True) if node else Node(line, value=False)


def _steps(name: str, job: Node) -> Iterator[Node]:
    for key in ("before_script", "script", "after_script"):
        script = child(job, key)
        for line in items(script) or ((script,) if script else ()):
            if text(line):
                yield _step(name, line, job)


def _step(name: str, line: Node, job: Node) -> Node:
    return record(
        line.line,
        system="gitlab",
        job=name,
        name=None,
        uses=None,
        version=None,
        pinned=None,
        run=line,
        allow_failure=_allowed(job, _manual(job)),
        **{"with": {}},
    )


# ---------------------------------------------------------------- what starts it


def _summary(
    root: Node, entries: Mapping[str, Entry], jobs: Mapping[str, tuple[Node, bool]]
) -> Node:
    line = root.line
    parts = [job for job, _ in jobs.values()]
    grouped = next((each for job in parts if (each := present(job, "resource_group"))), None)
    changes = next((each for job in parts if (each := _changes(job))), None)
    triggered = next((each for job in parts if (each := present(job, "trigger"))), None)
    workflow = entries.get("workflow")
    return record(
        line,
        system="gitlab",
        name=child(root, "workflow", "name"),
        triggers=_triggers(workflow.node if workflow else None, parts, line),
        path_filter=_own(changes, line),
        concurrency=_own(grouped, line),
        reuse=_own(present(root, "include") or triggered, line),
        permissions=None,
    )


def _own(node: Node | None, line: int) -> Node:
    return Node(line, node is not None)


def _changes(job: Node) -> Node | None:
    places = [*items(child(job, "rules")), child(job, "only"), child(job, "except")]
    return next((each for place in places if (each := child(place, "changes"))), None)


def _triggers(workflow: Node | None, jobs: Iterable[Node], line: int) -> Node:
    """What starts the pipeline, by the conditions of the workflow and of the jobs."""
    told = [_conditions(job) for job in jobs]
    words = [word for each in told if each is not None for word in each]
    rules = _conditions(workflow) if workflow else None
    free = rules is None and any(each is None for each in told)
    if rules is not None:
        words += rules
    starts = {name: _names(name, words) for name in _SOURCES}
    if free:
        starts |= {"push": True, "tag": True}
    if rules is not None and "" in rules:
        starts["push"] = True
    starts["manual"] = starts["manual"] or any(_is_manual(job) for job in jobs)
    return record(line, **starts)


def _is_manual(job: Node) -> bool:
    return text(child(job, "when")) == "manual"


def _names(source: str, words: Iterable[str]) -> bool:
    given = list(words)
    return any(_SOURCES[source].search(word) for word in given) or bool(
        _WORDS[source] & set(given)
    )


def _conditions(node: Node) -> list[str] | None:
    """The conditions under which the job or pipeline runs; None where there are none."""
    rules = child(node, "rules")
    if rules is not None:
        return [
            text(child(rule, "if")) or ""
            for rule in items(rules)
            if text(child(rule, "when")) != "never"
        ]
    only = child(node, "only")
    if only is None:
        return None
    given = child(only, "refs") if fields(only) else only
    return [text(each) or "" for each in items(given) or ((given,) if given else ())]
