"""What jobs do: an audit, or a trend, of one project; the result is saved with the job's end."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

from assessor import pipeline
from assessor.collect.cache import users_cache
from assessor.collect.remote import cloned
from assessor.collect.repository import open_source
from assessor.errors import UsageError
from assessor.jobs import allowed, first, revisions, trend
from assessor.jobs.limits import cores, now
from assessor.model.basis import Scalar
from assessor.model.decisions import Constraints, Decisions
from assessor.model.stored import Job
from assessor.model.trend import Asked
from assessor.store import (
    decisions,
    facts,
    jobs,
    opening,
    partitions,
    points,
    projects,
    runs,
    settings,
)
from assessor.store.figures import figures
from assessor.store.people import SYSTEM

Report = Callable[[str, int, int], None]

RULES = "ASSESSOR_RULES"  # a folder of rules to use instead of those that ship
AUTH = "ASSESSOR_AUTH"  # `oidc` where several people sign in
_MOST = 1000


def do(identifier: str, *, report: Report) -> None:
    """Does the job of the store in the environment. Raises the errors of `assessor.errors`.

    Its place has to be allowed still: it may have been added under another list.
    """
    store = opening.open_store()
    job = jobs.job(store, SYSTEM, identifier)
    project = projects.project(store, SYSTEM, job.project)
    listed = allowed.allowed(os.environ, always=(first.sample_folder(),))
    with _opened(allowed.checked(project.location, listed)) as path:
        make = _trend if job.kind == "trend" else _audit
        make(store, job, path=path, report=report)


@contextmanager
def _opened(location: str) -> Iterator[Path]:
    """The folder to read, which is a copy of its own for an address."""
    if not allowed.remote(location):
        yield Path(location)
        return
    copy = Path(gettempdir(), "remote.git")
    cloned(location, copy)
    yield copy


def _audit(store: opening.Store, job: Job, *, path: Path, report: Report) -> None:
    options = audit_options(job.options, workers=cores())
    loaded = pipeline.rules(_rules())
    decided = _decisions(store, job.project)
    with open_source(path, rev=options.rev) as source, users_cache(used=True) as cache:
        full = pipeline.full(
            source, loaded, options=options, decisions=decided, report=report, cache=cache
        )
    report("save", 0, 1)
    tables = facts.packed(full.kept)
    runs.save_run(
        store,
        SYSTEM,
        project=job.project,
        assessment=full.assessment,
        tables=tables,
        counted=figures(full.assessment, findings=full.kept.findings),
        now=now(),
        job=job.id,
    )


def _trend(store: opening.Store, job: Job, *, path: Path, report: Report) -> None:
    asked = trend_options(job.options)
    with users_cache(used=True) as cache:
        found = trend.points(
            path,
            asked=asked,
            rules=pipeline.rules(_rules()),
            report=report,
            cache=cache,
            workers=cores(),
        )
    report("save", 0, 1)
    points.save_points(store, SYSTEM, project=job.project, points=found, now=now(), job=job.id)


def _rules() -> Path | None:
    named = os.environ.get(RULES, "")
    return Path(named) if named else None


def audit_options(asked: Mapping[str, Scalar], *, workers: int) -> pipeline.Options:
    """What a job asks of an audit: `rev`, `services`, `xray`. Raises UsageError for more."""
    left = dict(asked)
    rev = left.pop("rev", "HEAD")
    services, xray = (_count(left.pop(name, 0)) for name in ("services", "xray"))
    if left or not isinstance(rev, str):
        raise UsageError("the job asks for something that no audit knows; begin another one.")
    return pipeline.Options(rev=rev, services=services or None, xray=xray, workers=workers)


def trend_options(asked: Mapping[str, Scalar]) -> Asked:
    """What a job asks of a trend: `tags` or `every`, and `last`. Raises UsageError for more."""
    left = dict(asked)
    every = left.pop("every", revisions.TAGS)
    last = _count(left.pop("last", Asked(0).last))
    by_tags = left.pop("tags", "every" not in asked)
    if by_tags is not ("every" not in asked) or left or not isinstance(every, str):
        raise UsageError("the job asks for something that no trend knows; begin another one.")
    return revisions.asked(every, last=last)


def _count(number: Scalar) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _MOST:
        raise UsageError(f"the job asks for {number!r} of something; begin another one.")
    return number


def _decisions(store: opening.Store, project: str) -> Decisions:
    """The signed answers that count today, and the constraints of the accepted partition."""
    chosen = settings.settings(store, SYSTEM, project=project).get("four_eyes")
    several = os.environ.get(AUTH, "local") == "oidc"
    accepted = partitions.accepted(store, SYSTEM, project=project)
    counted = decisions.counted(
        decisions.attestations(store, SYSTEM, project=project),
        today=datetime.now(UTC).date(),
        four_eyes=several if chosen is None else bool(chosen),
        evidence={},  # which of them are stale is seen from the new evidence
    )
    return Decisions(counted, accepted.constraints if accepted else Constraints())
