"""Dockerfiles and Containerfiles: their stages, instructions and what the final image is told.

Read line by line as BuildKit does (directives, continuations, comments, here-documents).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from posixpath import basename, dirname

from assessor.collect.platform.docker_lines import (
    WORD,
    Instruction,
    flags_of,
    form_of,
    instructions,
    pairs,
    unquoted,
)
from assessor.collect.platform.nodes import Plain, UnreadableError, child, fields, node
from assessor.collect.platform.reading import (
    OPEN,
    Image,
    Reading,
    artefact,
    image_parts,
    record,
    substituted,
)
from assessor.model.basis import Node, Unread
from assessor.model.records import Artefact

KINDS = ("dockerfile", "dockerfile.stage", "dockerfile.instruction")

_CLAIMED = re.compile(
    r"(?:dockerfile|containerfile)(?:[._-][\w.-]+)?|[\w.-]+\.(?:dockerfile|containerfile)",
    re.IGNORECASE,
)
_OTHER_ENDINGS = (".dockerignore", ".md", ".j2", ".jinja2", ".tmpl", ".tpl", ".template", ".erb",
                  ".sh", ".py", ".txt", ".yml", ".yaml", ".json", ".java", ".go", ".js", ".ts",
                  ".rb", ".html", ".mustache", ".ejs")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stage:
    """A FROM with its instructions; `base` is the index of the earlier stage it builds on."""

    line: int
    image: Image
    written: str
    alias: str | None
    platform: str | None
    base: int | None


def claims(path: str) -> bool:
    """Whether the file is named like a Dockerfile; that of a dev container delivers nothing."""
    name = basename(path)
    if ".devcontainer" in path.split("/")[:-1]:
        return False
    return bool(_CLAIMED.fullmatch(name)) and not name.lower().endswith(_OTHER_ENDINGS)


def parse(path: str, text: str) -> Reading:
    """The Dockerfile, its stages and its instructions; raises `UnreadableError`."""
    told = tuple(instructions(text))
    stages = _stages(told)
    if not stages:
        raise UnreadableError("The Dockerfile has no FROM.")
    final = len(stages) - 1
    found = [artefact("dockerfile", path, _summary(told, stages))]
    found += [_stage_artefact(path, stages, index) for index in range(len(stages))]
    found += [_instruction_artefact(path, each, final=final) for each in told]
    return Reading(tuple(found))


# ---------------------------------------------------------------- stages


def _stages(told: Sequence[Instruction]) -> list[_Stage]:
    stages: list[_Stage] = []
    arguments: dict[str, str] = {}
    for each in told:
        if each.name == "ARG" and each.stage < 0:
            arguments |= _defaults(each, arguments)
        elif each.name == "FROM":
            stages.append(_stage(each, arguments, stages))
        elif each.stage < 0:
            raise UnreadableError(f"{each.name} stands before the first FROM.", line=each.line)
    return stages


def _defaults(each: Instruction, known: Mapping[str, str]) -> dict[str, str]:
    words = [word.partition("=") for word in WORD.findall(each.text)]
    given = {key: unquoted(value) for key, equals, value in words if equals}
    settled = {key: substituted(value, known) for key, value in given.items()}
    return {key: value for key, value in settled.items() if OPEN not in value}


def _stage(each: Instruction, arguments: Mapping[str, str], earlier: list[_Stage]) -> _Stage:
    flags, at = flags_of(each.text)
    words = each.text[at:].split()
    if not words or (len(words) not in {1, 3}) or (len(words) == 3 and words[1].upper() != "AS"):  # noqa: PLR2004 — FROM image [AS alias]
        raise UnreadableError("FROM needs one image and at most `AS name`.", line=each.line)
    written = substituted(unquoted(words[0]), arguments)
    names = [stage.alias.lower() if stage.alias else None for stage in earlier]
    base = (
        len(names) - 1 - names[::-1].index(written.lower()) if written.lower() in names else None
    )
    platform = substituted(flags["platform"], arguments) if "platform" in flags else None
    alias = words[2] if len(words) > 1 else None
    return _Stage(each.line, image_parts(written), written, alias, platform, base)


def _external(stages: Sequence[_Stage], index: int) -> bool | Unread:
    stage = stages[index]
    if stage.base is not None or stage.written.lower() == "scratch":
        return False
    literal = stage.written.replace(OPEN, "")
    if OPEN not in stage.written or not literal:
        return True
    pattern = ".*".join(re.escape(part) for part in stage.written.split(OPEN))
    fits = any(
        earlier.alias and re.fullmatch(pattern, earlier.alias, re.IGNORECASE)
        for earlier in stages[:index]
    )
    return Unread.TEMPLATED if fits else True


def _stage_artefact(path: str, stages: Sequence[_Stage], index: int) -> Artefact:
    stage = stages[index]
    root = record(
        stage.line,
        image=stage.image.image,
        name=stage.image.name,
        tag=stage.image.tag,
        digest=stage.image.digest,
        alias=stage.alias,
        index=index,
        final=index == len(stages) - 1,
        external=_external(stages, index),
        platform=_closed(stage.platform),
    )
    return artefact("dockerfile.stage", path, root)


def _closed(text: str | None) -> str | Unread | None:
    return Unread.TEMPLATED if text is not None and OPEN in text else text


def _instruction_artefact(path: str, each: Instruction, *, final: int) -> Artefact:
    flags, at = flags_of(each.text)
    text = each.text[at:]
    root = record(
        each.line,
        name=each.name,
        text=Node(each.line_at(at), text),
        form=form_of(each.name, text),
        stage=max(each.stage, 0),
        final=each.stage == final,
        flags=flags,
    )
    return artefact("dockerfile.instruction", path, root)


# ---------------------------------------------------------------- the final image


def _summary(given: Sequence[Instruction], stages: Sequence[_Stage]) -> Node:
    line = stages[-1].line
    told = _effective(given, stages)
    return record(
        line,
        stages=len(stages),
        user=_user(told, line),
        healthcheck=_healthcheck(told, line),
        entrypoint=_entrypoint(told, line),
        ignore=False,
        labels=Node(line, _labels(told)),
    )


def _effective(told: Sequence[Instruction], stages: Sequence[_Stage]) -> tuple[Instruction, ...]:
    """The instructions of the final stage after those of the earlier stages it builds on."""
    chain: list[int] = []
    index: int | None = len(stages) - 1
    while index is not None:
        chain.append(index)
        index = stages[index].base
    return tuple(each for stage in reversed(chain) for each in told if each.stage == stage)


def _last(told: Iterable[Instruction], name: str) -> Instruction | None:
    return next((each for each in reversed(tuple(told)) if each.name == name), None)


def _user(told: Sequence[Instruction], line: int) -> Node:
    values: dict[str, str] = {}
    user = Node(line, None)
    for each in told:
        if each.name in {"ARG", "ENV"}:
            values |= _environment(each, values)
        elif each.name == "USER":
            user = Node(each.line, _closed(substituted(unquoted(each.text), values)))
    return user


def _environment(each: Instruction, known: Mapping[str, str]) -> dict[str, str]:
    if each.name == "ARG":
        return _defaults(each, known)
    found = ((key, substituted(value, known)) for _, key, value in pairs(each.text))
    return {key: value for key, value in found if OPEN not in value}


def _healthcheck(told: Sequence[Instruction], line: int) -> Node:
    each = _last(told, "HEALTHCHECK")
    if each is None:
        return Node(line, value=False)
    return Node(each.line, each.text.strip().upper() != "NONE")


def _entrypoint(told: Sequence[Instruction], line: int) -> Node:
    each = _last(told, "ENTRYPOINT") or _last(told, "CMD")
    return Node(line, None) if each is None else Node(each.line, form_of(each.name, each.text))


def _labels(told: Iterable[Instruction]) -> dict[str, Node]:
    return {
        key: Node(each.line_at(at), value)
        for each in told
        if each.name == "LABEL"
        for at, key, value in pairs(each.text)
    }


# ---------------------------------------------------------------- across files


def link(artefacts: Iterable[Artefact], paths: frozenset[str]) -> tuple[Artefact, ...]:
    """The Dockerfiles with `ignore` set where a .dockerignore stands beside or above them."""
    return tuple(
        replace(found, root=_ignoring(found, paths)) if found.kind == "dockerfile" else found
        for found in artefacts
    )


def _ignoring(found: Artefact, paths: frozenset[str]) -> Node:
    path = found.location.path
    beside = f"{path}.dockerignore" in paths
    applies = beside or any(f"{folder}.dockerignore" in paths for folder in _folders(path))
    old = child(found.root, "ignore")
    line = old.line if old else found.root.line
    entries: dict[str, Plain] = {**fields(found.root), "ignore": Node(line, applies)}
    return node(entries, line=found.root.line)


def _folders(path: str) -> Iterator[str]:
    folder = dirname(path)
    while folder:
        yield f"{folder}/"
        folder = dirname(folder)
    yield ""
