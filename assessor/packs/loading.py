"""Reads a rules folder: packs, declared facts and unseen ones, checked against each other."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from assessor.errors import PackError
from assessor.model.facts import FactSpec
from assessor.model.rules import DeclaredFact, Pack, Rules
from assessor.packs import building, shape
from assessor.packs.agreement import disagreements
from assessor.packs.mistakes import problems as problems_of
from assessor.packs.tree import Place, Problem, Tree, read

_Raw = TypeVar("_Raw", shape.RawPack, shape.RawFacts)


@dataclass(slots=True)
class _Loading:
    """What gathers while the folder is read."""

    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    packs: list[Pack] = field(default_factory=list)
    declared: list[DeclaredFact] = field(default_factory=list)
    unseen: list[tuple[FactSpec, str]] = field(default_factory=list)
    failed: bool = False


def load(folder: Path, *, computed: Iterable[FactSpec] = ()) -> Rules:
    """All packs of `folder/packs` and facts of `folder/facts`, sorted by id and name.

    computed: what the detectors measure, so that rules may speak of it.
    Raises PackError with every error, each with its file and line.
    """
    loading = _Loading()
    for path in _files(folder / "facts"):
        _load_facts(path, folder, loading=loading)
    for path in _files(folder / "packs"):
        _load_pack(path, folder, loading=loading)
    if not loading.digests:
        raise PackError(f"{folder}: no packs/*.yaml and no facts/*.yaml here.")
    rules = _rules(loading, tuple(computed))
    unseen = {spec.name: location for spec, location in loading.unseen}
    found = disagreements(rules, unseen=unseen, unread=loading.failed)
    _refuse([*loading.problems, *found])
    return rules


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"), key=lambda path: path.name)


def _rules(loading: _Loading, computed: tuple[FactSpec, ...]) -> Rules:
    listed = "".join(f"{name} {digest}\n" for name, digest in sorted(loading.digests.items()))
    return Rules(
        packs=tuple(sorted(loading.packs, key=lambda pack: pack.id)),
        declared=tuple(sorted(loading.declared, key=lambda fact: fact.spec.name)),
        unseen=tuple(sorted((spec for spec, _ in loading.unseen), key=lambda spec: spec.name)),
        digest=sha256(listed.encode()).hexdigest(),
        computed=computed,
    )


def _refuse(problems: list[Problem]) -> None:
    if problems:
        unique = sorted(set(problems))
        raise PackError("\n".join(str(problem) for problem in unique))


def _load_pack(path: Path, folder: Path, *, loading: _Loading) -> None:
    tree, raw = _read(path, folder, loading=loading, form=shape.PACK)
    if raw is not None:
        digest = loading.digests[tree.file]
        made = building.pack(raw, Place(tree), digest=digest, problems=loading.problems)
        loading.packs.append(made)


def _load_facts(path: Path, folder: Path, *, loading: _Loading) -> None:
    tree, raw = _read(path, folder, loading=loading, form=shape.FACTS)
    if raw is None:
        return
    loading.declared.extend(
        building.declared(fact, Place(tree, ("facts", at)), problems=loading.problems)
        for at, fact in enumerate(raw.facts)
    )
    loading.unseen.extend(
        (building.unseen(fact), str(Place(tree, ("unseen", at))))
        for at, fact in enumerate(raw.unseen)
    )


def _read(
    path: Path, folder: Path, *, loading: _Loading, form: TypeAdapter[_Raw]
) -> tuple[Tree, _Raw | None]:
    """The file in its form, or None after its errors were noted."""
    name = path.relative_to(folder).as_posix()
    content = path.read_bytes()
    loading.digests[name] = sha256(content).hexdigest()
    tree, problems = read(content, file=name)
    loading.problems.extend(problems)
    if tree.value is None:
        loading.failed = True
        if not problems:
            loading.problems.append(Problem(name, 0, "the file is empty"))
        return tree, None
    try:
        return tree, form.validate_python(tree.value)
    except ValidationError as error:
        loading.failed = True
        loading.problems.extend(problems_of(error, tree))
        return tree, None
