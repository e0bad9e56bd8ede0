"""GitLab pipelines: local includes, `extends`, `!reference` and `default` put together.

One file is read as it stands (an inner artefact `gitlab.file`); `link` puts the files together.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename

from assessor.collect.platform.nodes import child, fields, items, load_yaml, relined, text
from assessor.collect.platform.reading import Reading, artefact
from assessor.model.basis import Node, Skip, Unread
from assessor.model.records import Artefact

KINDS = ("ci.pipeline", "ci.job", "ci.step")
INNER = "gitlab.file"
BY = "platform.gitlab"
TAG = "!reference"
NOT_JOBS = frozenset(
    (
        *("after_script", "before_script", "cache", "default", "image", "include", "services"),
        *("spec", "stages", "types", "variables", "workflow"),
    )
)

_CLAIMED = re.compile(r"(?:.*[-_.])?gitlab-ci(?:[-_.].*)?\.ya?ml")
_FOLDERS = {".gitlab", ".gitlab-ci", "gitlab-ci", "ci", ".ci", "pipelines"}
_ELSEWHERE = ("remote", "project", "template", "component")
_MAX_DEPTH = 11


@dataclass(frozen=True, slots=True)
class Entry:
    """A top-level entry and the path of the file that its lines are of."""

    path: str
    node: Node


def claims(path: str) -> bool:
    """Whether the file is a pipeline, or stands where files to include are kept."""
    if _CLAIMED.fullmatch(basename(path)):
        return True
    folders = set(path.split("/")[:-1])
    return path.endswith((".yml", ".yaml")) and bool(folders & _FOLDERS)


def is_entry(path: str) -> bool:
    """Whether GitLab itself looks for the file."""
    return basename(path) in {".gitlab-ci.yml", ".gitlab-ci.yaml"}


def parse(path: str, content: str) -> Reading:
    """The file as it stands; includes from elsewhere are skips, since they are not at hand."""
    if not is_entry(path) and not _LOOK.search(content):
        return Reading()
    documents = load_yaml(content, keep=frozenset({TAG}))
    roots = [root for root in documents[-1:] if fields(root)]
    return Reading(
        tuple(artefact(INNER, path, root) for root in roots),
        tuple(
            Skip(path, include.line, "remote-include", BY, _REASON, KINDS)
            for root in roots
            for include in includes(root)
            if is_elsewhere(include)
        ),
    )


_LOOK = re.compile(r"^[ \t]+(?:script|extends|trigger)[ \t]*:|^include[ \t]*:", re.MULTILINE)
_REASON = "The pipeline includes a file that is not in this repository."


def includes(root: Node) -> tuple[Node, ...]:
    """What the file includes, as written."""
    given = child(root, "include")
    if given is None:
        return ()
    return items(given) or (given,)


def is_elsewhere(include: Node) -> bool:
    """Whether an include names something outside the repository."""
    url = (text(include) or "").startswith(("http://", "https://"))
    return url or any(child(include, key) for key in _ELSEWHERE)


def local_paths(include: Node) -> tuple[str, ...]:
    """The paths in the repository that an include names; patterns and variables name none."""
    given = child(include, "local") if fields(include) else include
    if is_elsewhere(include) or given is None:
        return ()
    path = (text(given) or "").lstrip("/")
    return () if not path or "*" in path or "$" in path else (path,)


def together(path: str, files: Mapping[str, Node]) -> dict[str, Entry]:
    """The top-level entries of a pipeline file over those of its local includes."""
    merged: dict[str, Entry] = {}
    for each in _in_order(path, files):
        for name, node in fields(files[each]).items():
            under = merged.get(name)
            merged[name] = Entry(each, _over(under, each, node) if under else node)
    return merged


def _in_order(path: str, files: Mapping[str, Node]) -> list[str]:
    """The files of the pipeline, each once, included ones before the one that includes them."""
    order: list[str] = []
    stack = [(path, False)]
    seen: set[str] = set()
    while stack:
        each, done = stack.pop()
        if done:
            order.append(each)
        elif each not in seen:
            seen.add(each)
            others = [other for part in includes(files[each]) for other in local_paths(part)]
            stack.append((each, True))
            stack += [(other, False) for other in reversed(others) if other in files]
    return order


def _over(under: Entry, path: str, node: Node) -> Node:
    base = under.node if under.path == path else relined(under.node, node.line)
    return merged_node(base, node)


def merged_node(under: Node, over: Node) -> Node:
    """Two mappings key by key, the second one winning; anything else is the second one."""
    if not (fields(under) and fields(over)):
        return over
    both = {
        key: merged_node(fields(under)[key], part) if key in fields(under) else part
        for key, part in fields(over).items()
    }
    return Node(over.line, {**fields(under), **both})


def extended(
    name: str, entries: Mapping[str, Entry], *, budget: Iterator[int], depth: int = 0
) -> tuple[Node, bool]:
    """The job over all it extends, and whether something it extends is not at hand.

    budget: as many numbers as steps may be taken; what lies beyond is not at hand either.
    """
    own = entries[name]
    result: Node | None = None
    missing = False
    given = child(own.node, "extends")
    for base in items(given) or ((given,) if given else ()):
        wanted = text(base) or ""
        if wanted not in entries or depth >= _MAX_DEPTH or next(budget, None) is None:
            missing = True
            continue
        part, hidden = extended(wanted, entries, budget=budget, depth=depth + 1)
        missing = missing or hidden
        if entries[wanted].path != own.path:
            part = relined(part, base.line)
        result = part if result is None else merged_node(result, part)
    return (own.node if result is None else merged_node(result, own.node)), missing


@dataclass(frozen=True, slots=True)
class References:
    """What `!reference` may name from a file, and how many more nodes may be put in."""

    entries: Mapping[str, Entry]
    path: str
    budget: Iterator[int]


def resolved(node: Node, known: References, *, depth: int = 0) -> Node:
    """The node with `!reference [job, key]` replaced by what it names, lists flattened."""
    if depth and (next(known.budget, None) is None or depth > _MAX_DEPTH):
        return Node(node.line, Unread.TEMPLATED)
    target = child(node, TAG)
    if target is not None:
        found, origin = _referred(target, known.entries)
        if found is None:
            return Node(node.line, Unread.TEMPLATED)
        here = found if origin == known.path else relined(found, node.line)
        return resolved(here, known, depth=depth + 1)
    if isinstance(node.value, tuple):
        parts = [resolved(each, known, depth=depth) for each in node.value]
        return Node(node.line, tuple(each for part in parts for each in items(part) or _one(part)))
    if isinstance(node.value, Mapping):
        inside = {key: resolved(part, known, depth=depth) for key, part in node.value.items()}
        return Node(node.line, inside)
    return node


def _one(part: Node) -> tuple[Node, ...]:
    return () if isinstance(part.value, tuple) else (part,)


def _referred(target: Node, entries: Mapping[str, Entry]) -> tuple[Node | None, str]:
    keys = [text(each) or "" for each in items(target)]
    entry = entries.get(keys[0]) if keys else None
    if entry is None:
        return None, ""
    return child(entry.node, *keys[1:]), entry.path


def dangling(artefacts: Iterable[Artefact]) -> Iterator[Skip]:
    """A skip for every local include that was not found or names no single file."""
    files = {found.location.path: found.root for found in artefacts if found.kind == INNER}
    reason = "A file that the pipeline includes cannot be found or was not read."
    for path, root in sorted(files.items()):
        for include in includes(root):
            paths = local_paths(include)
            if not is_elsewhere(include) and (not paths or paths[0] not in files):
                yield Skip(path, include.line, "missing-include", BY, reason, KINDS)
