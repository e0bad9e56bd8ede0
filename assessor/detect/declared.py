"""Facts declared in `rules/facts/*.yaml`: select artefacts, judge each, value the verdicts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf, nextafter

from assessor.detect.checks import Verdict, judging, together
from assessor.detect.paths import find, parse
from assessor.model.basis import Evidence, Location, Node, Skip, Text, Unread
from assessor.model.facts import Fact
from assessor.model.records import Artefact, File, FileKind, Records
from assessor.model.rules import Check, DeclaredFact

# Where these say «test» themselves, a fact that looks at that key may want the tests.
_TELLS_TESTS = {
    "file": "kind",
    "code.import": "unit_kind",
    "code.annotation": "unit_kind",
    "code.literal": "unit_kind",
    "code.static": "unit_kind",
}
_LONGEST_VALUE = 80
_Bounds = tuple[float, float] | None
# A path in braces in a claim.
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Selection:
    """The artefacts of a revision by kind, and what of each kind could not be read.

    looks_alike: paths of test, generated and vendored files; nothing in them counts.
    made: what was selected before, as many facts select alike; the verdict on each is whether it
    belongs to the selection.
    """

    artefacts: Mapping[str, tuple[Artefact, ...]]
    skips: Mapping[str, tuple[Skip, ...]]
    looks_alike: frozenset[str]
    made: dict[tuple[str, tuple[Check, ...]], list[tuple[Artefact, Verdict]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """many: the node stands for any number of them, as a template makes the list."""

    artefact: Artefact
    node: Node
    verdict: Verdict
    many: bool = False


def index(records: Records) -> Selection:
    """All artefacts by kind, those of kind `file` made from the files themselves."""
    kinds = {file.path: file.kind for file in records.files}
    hidden = {FileKind.VENDORED, FileKind.GENERATED}
    artefacts: dict[str, list[Artefact]] = {}
    for artefact in (*records.artefacts, *_files(records.files)):
        if kinds.get(artefact.location.path) not in hidden:
            artefacts.setdefault(artefact.kind, []).append(artefact)
    skips: dict[str, list[Skip]] = {}
    alike = frozenset(path for path, kind in kinds.items() if kind in {*hidden, FileKind.TEST})
    for skip in records.skips:
        if skip.path not in alike:
            for kind in skip.affects:
                skips.setdefault(kind, []).append(skip)
    return Selection(
        artefacts={kind: tuple(items) for kind, items in artefacts.items()},
        skips={kind: tuple(items) for kind, items in skips.items()},
        looks_alike=alike,
    )


def _files(files: Iterable[File]) -> Iterator[Artefact]:
    for file in files:
        values = {
            "path": file.path,
            "name": file.path.rpartition("/")[2],
            "kind": str(file.kind.value),
            "language": file.language or None,
            "size": file.size,
        }
        root = {key: Node(line=0, value=value) for key, value in values.items()}
        yield Artefact(kind="file", location=Location(file.path), root=Node(line=0, value=root))


def measure(fact: DeclaredFact, selection: Selection) -> Fact:
    """The fact's value over the selected artefacts, with its evidence.

    Of alternatives the greatest value counts; what could not be seen of another may be more.
    """
    measured = [_measured(each, selection) for each in (fact, *fact.alternatives)]
    relevant = [each for each in measured if each.applies] or measured[:1]
    seen = [each for each in relevant if each.value is not None]
    unseen = [each for each in relevant if each.value is None]
    best = max(seen, key=lambda each: each.value or 0, default=relevant[0])
    if unseen and best.value is False:
        return unseen[0]
    if best.value is None or isinstance(best.value, bool):
        return best
    least, most = (max(each.span[end] for each in relevant) for end in (0, 1))
    reasons = (each.reason for each in (best, *relevant) if each.reason is not None)
    return replace(
        best,
        bounds=(least, min(most, _MOST[fact.value])),
        reason=next(reasons, None) if least < most else None,
    )


def _measured(fact: DeclaredFact, selection: Selection) -> Fact:
    judged = tuple(_judged(fact, selection))
    skips = selection.skips.get(fact.kind, ())
    if not judged:
        return _nothing(fact, skips)
    complete = not skips and not any(each.many for each in judged)
    verdicts = [each.verdict.holds for each in judged]
    value, bounds = _VALUES[fact.value](verdicts, complete=complete)
    exact = bounds is None or bounds[0] == bounds[1]
    evidence = sorted(_evidence(fact, judged), key=lambda each: (each.holds, each))
    return Fact(
        name=fact.spec.name,
        value=value,
        evidence=tuple(evidence),
        reason=None if exact and value is not None else _untold(judged, skips),
        bounds=bounds,
    )


def _judged(fact: DeclaredFact, selection: Selection) -> Iterator[_Judged]:
    """Every node that the fact selects, with its verdict; None where selecting it is unsettled.

    Of those that fail, the first one stands for all where only a share would count them.
    """
    steps = parse(fact.each)
    judged = _settled if fact.check is None else judging(fact.check)
    one_is_enough = False
    for artefact, selected in _selected(fact, selection):
        found = find(artefact.root, steps)
        if found.unsettled:
            yield _Judged(artefact, artefact.root, Verdict(holds=None), many=True)
        for node in found.nodes:
            verdict = selected if selected.holds is None else judged(node)
            if verdict.holds is False:
                if one_is_enough:
                    continue
                one_is_enough = fact.value != "share"
            yield _Judged(artefact, node, verdict)


def _selected(fact: DeclaredFact, selection: Selection) -> list[tuple[Artefact, Verdict]]:
    """The artefacts that the fact looks at, and those of which that cannot be told."""
    wanted = (fact.kind, fact.where)
    if wanted not in selection.made:
        wants_tests = _mentions(fact.where, _TELLS_TESTS.get(fact.kind, ""))
        checks = tuple(judging(check) for check in fact.where)
        judged = (
            (artefact, together(check(artefact.root) for check in checks))
            for artefact in selection.artefacts.get(fact.kind, ())
            if wants_tests or artefact.location.path not in selection.looks_alike
        )
        selection.made[wanted] = [pair for pair in judged if pair[1].holds is not False]
    return selection.made[wanted]


def _settled(node: Node) -> Verdict:
    """What is not asked anything holds, unless a template makes it."""
    return Verdict(holds=None if node.value is Unread.TEMPLATED else True)


def _mentions(checks: Iterable[Check], key: str) -> bool:
    return bool(key) and any(check.path == key or _mentions(check.parts, key) for check in checks)


def _share(verdicts: list[bool | None], *, complete: bool) -> tuple[float | None, _Bounds]:
    """Of the judged; the undecided may all fail or all hold, the unread be any number of both."""
    met, failed = verdicts.count(True), verdicts.count(False)
    if not met + failed:
        return None, None
    least, most = met / len(verdicts), (len(verdicts) - failed) / len(verdicts)
    if not complete:
        least, most = (nextafter(0, 1) if met else 0.0), (nextafter(1, 0) if failed else 1.0)
    return met / (met + failed), (least, most)


def _count(verdicts: list[bool | None], *, complete: bool) -> tuple[int, _Bounds]:
    met, undecided = verdicts.count(True), verdicts.count(None)
    return met, (met, met + undecided if complete else inf)


def _any(verdicts: list[bool | None], *, complete: bool) -> tuple[bool | None, _Bounds]:
    if True in verdicts:
        return True, None
    return (False if complete and None not in verdicts else None), None


def _none(verdicts: list[bool | None], *, complete: bool) -> tuple[bool | None, _Bounds]:
    value, bounds = _any(verdicts, complete=complete)
    return (None if value is None else not value), bounds


_VALUES = {"share": _share, "count": _count, "any": _any, "none": _none}
_MOST = {"share": 1.0, "count": inf}
_ZERO: dict[str, float | int | bool] = {"share": 0.0, "count": 0, "any": False, "none": True}


def _nothing(fact: DeclaredFact, skips: tuple[Skip, ...]) -> Fact:
    """The fact where no artefact was selected: an unread file might have held one."""
    if skips:
        return Fact(name=fact.spec.name, value=None, reason=_unread(skips))
    if fact.when_nothing == "zero":
        return Fact(name=fact.spec.name, value=_ZERO[fact.value])
    reason = Text(
        zh=f"仓库中没有可供判断的对象（{fact.kind}）。",
        en=f"The repository holds nothing to judge (no {fact.kind}).",
    )
    applies = fact.when_nothing == "unknown"
    return Fact(name=fact.spec.name, value=None, applies=applies, reason=reason)


def _untold(judged: tuple[_Judged, ...], skips: tuple[Skip, ...]) -> Text:
    """Why there is no value although something was selected: unread files, else templates."""
    untold = [each.artefact.location for each in judged if each.verdict.holds is None]
    if not untold:
        return _unread(skips)
    return Text(
        zh=f"取值由模板决定，无法从文件判断：{min(untold)} 等 {len(untold)} 处。",
        en=f"The value is decided by a template: {min(untold)}, {len(untold)} in all.",
    )


def _unread(skips: tuple[Skip, ...]) -> Text:
    first = min(skips)
    return Text(
        zh=f"有 {len(skips)} 个文件无法读取，例如 {first.path}。",
        en=f"{len(skips)} file(s) could not be read, e.g. {first.path}: {first.reason}",
    )


def _evidence(fact: DeclaredFact, judged: tuple[_Judged, ...]) -> Iterator[Evidence]:
    """For a share all that were judged; otherwise those that hold, against the fact for `none`."""
    for each in judged:
        holds = each.verdict.holds
        if holds or (holds is False and fact.value == "share"):
            line = each.verdict.line or each.node.line or each.artefact.location.line
            yield Evidence(
                location=Location(each.artefact.location.path, line),
                claim=Text(zh=_filled(fact.claim.zh, each), en=_filled(fact.claim.en, each)),
                holds=holds if fact.value != "none" else False,
            )


def _filled(sentence: str, judged: _Judged) -> str:
    """The sentence with each `{path}` taken from the judged node, else from its artefact."""
    return PLACEHOLDER.sub(lambda match: _shown(match[1], judged), sentence)


def _shown(path: str, judged: _Judged) -> str:
    steps = parse(path)
    found = (*find(judged.node, steps).nodes, *find(judged.artefact.root, steps).nodes)
    for node in found:
        if isinstance(node.value, bool):
            return str(node.value).lower()
        if isinstance(node.value, (str, int, float)) and not isinstance(node.value, Unread):
            text = " ".join(str(node.value)[: 4 * _LONGEST_VALUE].split())
            return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
    return "—"
