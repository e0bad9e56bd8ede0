"""The X-ray's own process: commits in as JSON, what pydriller finds in them out as JSON lines.

Started by `xray` only, with a private bare copy: pydriller writes into the configuration of the
repository it opens.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from pydriller import Git
from pydriller.domain.commit import Commit, DMMProperty, Method, ModifiedFile

if sys.platform == "linux":
    import resource

MEMORY = 2 << 30
CONTENT_LIMIT = 1 << 20  # characters; lizard needs minutes for a large file on one line
LINE_LIMIT = 5_000


def main() -> None:
    """Answers one line for each job as it is done, so that what is done outlives a time limit."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    asked = json.load(sys.stdin)
    repository = Git(asked["git_dir"])
    for job in asked["jobs"]:
        answer = _answer(repository, job, suffixes=tuple(asked["suffixes"]))
        print(json.dumps(answer), flush=True)  # noqa: T201 - the worker's answer


def _answer(
    repository: Git, job: Mapping[str, Any], *, suffixes: tuple[str, ...]
) -> dict[str, Any]:
    try:
        return looked_at(repository.get_commit(job["commit"]), job, suffixes=suffixes)
    except Exception as error:  # noqa: BLE001 - pydriller, GitPython and lizard raise anything
        return {"commit": job["commit"], "error": type(error).__name__}


def looked_at(
    commit: Commit, job: Mapping[str, Any], *, suffixes: tuple[str, ...]
) -> dict[str, Any]:
    """Names of the methods changed in each wanted file, and the commit's maintainability.

    job: `commit`, `paths` (path in the commit -> name to answer with), `measure` (bool). suffixes:
    of the files that are read.
    """
    files = [
        file for file in commit.modified_files if _readable(file, suffixes)
    ]  # each access diffs again
    wanted = job["paths"]
    methods = {
        wanted[file.new_path]: sorted({method.name for method in file.changed_methods})
        for file in files
        if file.new_path in wanted
    }
    maintainable = maintainability(files) if job["measure"] else None
    return {"commit": job["commit"], "methods": methods, "maintainable": maintainable}


def _readable(file: ModifiedFile, suffixes: tuple[str, ...]) -> bool:
    texts = (file.source_code or "", file.source_code_before or "")
    return file.filename.endswith(suffixes) and not any(
        len(text) > CONTENT_LIMIT or max(map(len, text.split("\n"))) > LINE_LIMIT for text in texts
    )


def maintainability(files: Sequence[ModifiedFile]) -> float | None:
    """Mean over unit size, complexity and interfacing of the share of low-risk change, [0, 1].

    As pydriller's own `dmm_*`, which parse every file anew for each of the three. None if nothing
    changed that counts.
    """
    shares = [share for risk in DMMProperty if (share := _low_risk(files, risk)) is not None]
    return sum(shares) / len(shares) if shares else None


def _low_risk(files: Sequence[ModifiedFile], risk: DMMProperty) -> float | None:
    """Share of good change: code of low risk added, or code of high risk taken away."""
    low = sum(
        _volume(f.methods, risk, low=True) - _volume(f.methods_before, risk, low=True)
        for f in files
    )
    high = sum(
        _volume(f.methods, risk, low=False) - _volume(f.methods_before, risk, low=False)
        for f in files
    )
    good = max(low, 0) + max(-high, 0)
    total = abs(low) + abs(high)
    return good / total if total else None


def _volume(methods: Sequence[Method], risk: DMMProperty, *, low: bool) -> int:
    return sum(method.nloc for method in methods if method.is_low_risk(risk) == low)
