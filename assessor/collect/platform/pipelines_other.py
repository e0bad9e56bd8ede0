"""Pipelines of systems that are not read: each file is a skip, so that its steps are unknown."""

import re

from assessor.collect.platform.reading import Reading
from assessor.model.basis import Skip

KINDS = ("ci.pipeline", "ci.job", "ci.step")
BY = "platform.other-pipelines"

_CLAIMED = re.compile(
    r"\.travis\.ya?ml|\.circleci/config\.ya?ml|(?:.*/)?azure-pipelines[\w.-]{0,80}\.ya?ml"
    r"|bitbucket-pipelines\.ya?ml|\.drone\.ya?ml|\.woodpecker(?:/[^/]+)?\.ya?ml|\.cirrus\.ya?ml"
    r"|(?:.*/)?cloudbuild\.ya?ml|(?:.*/)?buildspec\.ya?ml|\.tekton/[^/]+\.ya?ml|\.?appveyor\.ya?ml"
    r"|\.buildkite/pipeline\.ya?ml|\.semaphore/[^/]+\.ya?ml|\.cnb\.ya?ml|\.workflow/[^/]+\.ya?ml"
    r"|\.teamcity/settings\.kts|bamboo-specs/[^/]+\.ya?ml"
)
_REASON = "The pipelines of this CI system are not read."


def claims(path: str) -> bool:
    """Whether the file is a pipeline of a system that no reader knows."""
    return bool(_CLAIMED.fullmatch(path))


def parse(path: str, content: str) -> Reading:
    """Nothing but a skip; nothing at all for an empty file."""
    if not content.strip():
        return Reading()
    return Reading(skips=(Skip(path, 0, "unread-system", BY, _REASON, KINDS),))
