"""The commits of one tip: who, when, with what parents, and what their messages say."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from assessor.collect import git
from assessor.collect.git import GitError

# Parts of the name or mail address of authors that are programs, compared in lower case.
BOTS = (
    "[bot]",
    "-bot@",
    "-bot <",
    "allcontributors",
    "codecov-io",
    "dependabot",
    "depfu",
    "github-actions",
    "gitlab-bot",
    "greenkeeper",
    "imgbot",
    "mergify",
    "pre-commit-ci",
    "pyup-bot",
    "renovate",
    "scala-steward",
    "semantic-release",
    "snyk-bot",
    "travis-ci",
    "weblate",
    "whitesource",
)
LATEST = 253_402_300_799  # the last second of the year 9999
MESSAGE_LIMIT = 1 << 16
MARKS = {"reviewed": 1, "issue": 2, "revert": 4, "conventional": 8, "hotfix": 16}
BLOCK = 1 << 16

_NONE: Mapping[str, int] = MappingProxyType({})
_SECONDS = re.compile(r"[0-9]{1,19}").fullmatch
_REVIEWED = re.compile(
    r"^[ \t]*(?:(?:reviewed|approved|acked)-(?:by|on)|reviewers?|differential revision):[ \t]*\S"
    r"|^[ \t]*(?:Merge pull request [#!]\d|See merge request \S|PR-URL:)"
    r"|\((?:pull request )?[#!]\d{1,9}\)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_REVIEW_WORDS = (
    "review",
    "approved-",
    "acked-",
    "revision:",
    "merge pull",
    "pr-url",
    "merge request",
    "(#",
    "(!",
    "(pull request",
)
# Not keys of issues, though they look like ones: encodings, digests, standards, weaknesses.
_ISSUE = re.compile(
    r"(?<![\w&#])#\d{1,9}\b|\bgh-\d{1,9}\b"
    r"|(?<![\w-])(?!(?:UTF|SHA|ISO|RFC|CVE|CWE|MD|AES|RSA|HTTP|TLS|JSR|EPL|LGPL|GPL|ASL|PEP)-)"
    r"[A-Z][A-Z0-9]{1,14}-[1-9]\d{0,6}(?![\w-]|\.\d)"
)
_REVERT = re.compile(
    r"\s*revert\b[^\n]|[^\0]*?\n[ \t]*This reverts commit [0-9a-f]{7}", re.IGNORECASE
)
# Said by the message, or by the name of the merged branch in it.
_HOTFIX = re.compile(r"\bhot[ -]?fix(?:es)?\b", re.IGNORECASE)
_CONVENTIONAL = re.compile(
    r"(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([^()\n]+\))?!?: \S"
)


@dataclass(frozen=True, slots=True)
class Log:
    """The commits reachable from a tip, newest first in topological order.

    table: as `History.commits`, without the columns `landed` and `released`. parents: for each
    commit the row numbers of its parents, those left out that a shallow clone has cut off.
    marks: for each commit what its message alone says, as a sum of `MARKS`.
    """

    table: pd.DataFrame
    parents: tuple[tuple[int, ...], ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The commits reachable from a tip as git writes them, newest first in topological order.

    ids: full ids. heads: the lines about each, the first of which names it and its parents.
    messages: indented by four blanks, cut off at `MESSAGE_LIMIT`.
    """

    ids: tuple[str, ...]
    heads: tuple[str, ...]
    messages: tuple[str, ...]


def listing(git_dir: Path, tip: str) -> Listing:
    """The commits of the tip. Raises `GitError` where git cannot walk to the end of them."""
    words = ("rev-list", "--header", "--parents", "--topo-order", "--end-of-options", tip)
    heads, messages = [], []
    for record in _records(git.stream(git_dir, *words)):
        head, _, message = record.partition("\n\n")
        heads.append(head)
        messages.append(message[:MESSAGE_LIMIT])
    ids = (re.split("[ \n]", head, maxsplit=1)[0] for head in heads)
    return Listing(tuple(ids), tuple(heads), tuple(messages))


def read(git_dir: Path, tip: str, *, bots: Sequence[str] = BOTS) -> Log:
    """Everything that the commits of the tip say by themselves; see `log`."""
    return log(git_dir, tip, listing(git_dir, tip), bots=bots)


def log(
    git_dir: Path,
    tip: str,
    listed: Listing,
    *,
    bots: Sequence[str] = BOTS,
    known: Mapping[str, int] = _NONE,
) -> Log:
    """Everything that the listed commits say. Signatures are seen, never checked.

    bots: parts of a name or mail address, in any case, that tell a program from a person.
    known: id -> marks, as in `Log.marks`, of commits whose messages were read before.
    """
    heads = listed.heads
    lines = [head.partition("\n")[0].split(" ") for head in heads]
    rows = {line[0]: row for row, line in enumerate(lines)}
    parents = tuple(tuple(rows[p] for p in line[1:] if p in rows) for line in lines)
    writers = [_person(head, "\nauthor ") for head in heads]
    senders = [_person(head, "\ncommitter ") for head in heads]
    people = _people(git_dir, tip, names=[name for name, _ in writers])
    whos = [people[name] for name, _ in writers]
    subjects = [message.strip().partition("\n")[0] for message in listed.messages]
    marks = tuple(
        known[commit] if commit in known else _marks(message, subject)
        for commit, message, subject in zip(listed.ids, listed.messages, subjects, strict=True)
    )
    table = pd.DataFrame(
        {
            "id": list(listed.ids),
            "author": _pseudonyms([_key(who) for who in whos]),
            "bot": _bots(whos, parts=bots),
            "time": np.array([time for _, time in writers], dtype=np.int64),
            "commit_time": np.array([time for _, time in senders], dtype=np.int64),
            "parents": np.array([len(line) - 1 for line in lines], dtype=np.int64),
            "signed": np.array(["\ngpgsig" in head for head in heads], dtype=bool),
        }
        | _said(subjects, marks, handed_on=_handed_on(writers, senders))
    )
    return Log(table, parents, marks)


def _records(chunks: Iterable[bytes]) -> Iterator[str]:
    for block in blocks(chunks, errors="replace"):
        yield from block


def blocks(chunks: Iterable[bytes], *, errors: str) -> Iterator[list[str]]:
    """The NUL-ended texts in a stream of bytes, many at a time; an unended last one is dropped.

    What git told before it died is handed on before its `GitError` is raised.

    errors: how bytes that are not UTF-8 are decoded, e.g. `surrogateescape`.
    """
    death: GitError | None = None
    parts: list[bytes] = []
    size = 0
    try:
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if size > BLOCK:
                whole, end, rest = b"".join(parts).rpartition(b"\0")
                parts, size = [rest], 0
                if end:
                    yield whole.decode("utf-8", errors).split("\0")
    except GitError as error:
        death = error
    whole, end, _ = b"".join(parts).rpartition(b"\0")
    if end:
        yield whole.decode("utf-8", errors).split("\0")
    if death:
        raise death


def _person(head: str, field: str) -> tuple[str, int]:
    """`Name <mail>` and the time of a header line; times that no calendar holds are clamped."""
    start = head.find(field)
    if start < 0:
        return "", 0
    end = head.find("\n", start + 1)
    line = head[start + len(field) : end if end > 0 else len(head)]
    name, _, when = line.rpartition("> ")
    seconds = when.partition(" ")[0]
    return f"{name}>", min(int(seconds), LATEST) if _SECONDS(seconds) else 0


def _people(git_dir: Path, tip: str, *, names: Iterable[str]) -> dict[str, str]:
    """Each written name with the one that the tip's `.mailmap` gives for it."""
    known = sorted(set(names))
    if not git.run(git_dir, "ls-tree", "-z", "--end-of-options", tip, ".mailmap"):
        return dict(zip(known, known, strict=True))
    asked = [name for name in known if re.fullmatch(r"[^<>\n]*<[^<>\n]*>", name)]
    lines = "".join(f"{name}\n" for name in asked).encode("utf-8", "replace")
    mailmap = ("-c", f"mailmap.blob={tip}:.mailmap")
    try:
        said = git.run(git_dir, *mailmap, "check-mailmap", "--stdin", stdin=[lines])
    except GitError:  # an unreadable map is no map
        return dict(zip(known, known, strict=True))
    answers = said.decode("utf-8", "replace").split("\n")[:-1]
    told = dict(zip(asked, answers, strict=True)) if len(answers) == len(asked) else {}
    return {name: told.get(name, name) for name in known}


def _key(who: str) -> str:
    """What makes two written names one person: the mail address, else the name."""
    name, _, mail = who.partition("<")
    return mail.rstrip(">").strip().lower() or name.strip().lower()


def _pseudonyms(keys: Sequence[str]) -> pd.Categorical:
    """`author-0001` and so on, numbered from the oldest commit to the newest.

    No address can be guessed from a number, it is the same on every machine, and a growing history
    keeps its numbers. A keyed digest would need a key: in the code it is no secret, and a secret
    one would make two runs differ.
    """
    number: dict[str, int] = {}
    for key in reversed(keys):
        number.setdefault(key, len(number))
    codes = [number[key] for key in keys]
    names = [f"author-{n:04d}" for n in range(1, len(number) + 1)]
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype=object))


def _bots(whos: Sequence[str], *, parts: Sequence[str]) -> np.ndarray:
    lowered = tuple(part.lower() for part in parts)
    is_bot = {who: any(part in who.lower() for part in lowered) for who in set(whos)}
    return np.array([is_bot[who] for who in whos], dtype=bool)


def _handed_on(
    writers: Sequence[tuple[str, int]], senders: Sequence[tuple[str, int]]
) -> list[bool]:
    """Whether another person than the author committed; a hosting site's own address is no one."""
    return [
        writer != sender and _key(writer) != _key(sender) and "noreply" not in sender
        for (writer, _), (sender, _) in zip(writers, senders, strict=True)
    ]


def _marks(message: str, subject: str) -> int:
    """What the message says by its form, as a sum of `MARKS`."""
    lower = message.lower()
    # Few messages hold these words, which is much faster to see than what is around them.
    may_be_reviewed = any(word in lower for word in _REVIEW_WORDS)
    said = (
        may_be_reviewed and _REVIEWED.search(message),
        _ISSUE.search(message),
        "revert" in lower and _REVERT.match(message),
        _CONVENTIONAL.match(subject),
        "hot" in lower and _HOTFIX.search(subject),
    )
    return sum(mark for mark, match in zip(MARKS.values(), said, strict=True) if match)


def _said(
    subjects: Sequence[str], marks: Sequence[int], *, handed_on: Sequence[bool]
) -> dict[str, object]:
    """Columns that come from the messages; another committer is a review as well."""
    sums = np.array(marks, dtype=np.int64)
    flags = {name: (sums & mark).astype(bool) for name, mark in MARKS.items()}
    reviewed = flags["reviewed"] | np.array(handed_on, dtype=bool)
    keys = [
        found[0].upper() if issue and (found := _ISSUE.search(subject)) else ""
        for subject, issue in zip(subjects, flags["issue"].tolist(), strict=True)
    ]
    texts = {
        "subject": pd.array(subjects, dtype="str"),
        "ticket": pd.array(keys, dtype="str"),
    }
    return {**texts, **flags, "reviewed": reviewed}
