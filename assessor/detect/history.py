"""Facts about how people work, from git alone: integration, review, releases, tests, authors."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessor.detect import ownership
from assessor.detect.code import measured, not_applicable
from assessor.detect.past import (
    DAY,
    MONTH,
    Past,
    by_commit,
    past,
    unknown,
    without_history,
    working_days,
)
from assessor.model.basis import Evidence, EvidenceKind, Location, Text
from assessor.model.facts import Fact, FactSpec, FactUnit
from assessor.model.partition import homes
from assessor.model.records import FileKind, Records
from assessor.model.seen import Seen

if TYPE_CHECKING:
    import pandas as pd

# Shape of a version in a tag: what stands before the numbers, and how many numbers there are.
_VERSION = re.compile(
    r"(?P<name>[^\d]{0,100}?)(?P<numbers>\d{1,8}(?:[._]\d{1,8}){1,3})(?P<rest>[.+_-].{0,100})?"
)
_CI_FILE = re.compile(
    r"(?:^|/)(?:\.github/(?:workflows|actions)/|\.circleci/|\.buildkite/|\.gitlab-ci|\.travis\.yml$"
    r"|Jenkinsfile|azure-pipelines|bitbucket-pipelines|appveyor\.yml$|\.drone\.yml$|\.tekton/)"
)


OBSERVABLE = 0.1


def _spec(name: str, zh: str, en: str, *, unit: FactUnit = "share") -> FactSpec:
    return FactSpec(name, Text(zh=zh, en=en), unit, EvidenceKind.GIT, "past")


SPECS: tuple[FactSpec, ...] = (
    _spec("git.life.p50", "分支存活天数中位数", "Median life of side branches", unit="days"),
    _spec("git.life.p90", "分支存活天数 90 分位", "Life of side branches, 90 %", unit="days"),
    _spec(
        "git.integ",
        "每位活跃作者每个工作日的集成次数",
        "Integrations per active author and working day",
        unit="ratio",
    ),
    _spec("git.size", "每次集成的文件数中位数", "Median files per integration", unit="count"),
    _spec("git.issue", "关联需求或缺陷编号的集成占比", "Integrations that name an issue"),
    _spec("git.review", "有评审痕迹的集成占比", "Integrations with a trace of review"),
    _spec("git.conv", "符合约定式提交的占比", "Commits with conventional messages"),
    _spec("git.signed", "带签名的提交占比", "Signed commits"),
    _spec("git.revert", "回退提交占比", "Commits that revert others"),
    _spec("git.hotfix", "紧急修复的集成占比", "Integrations that are hotfixes"),
    _spec("git.testwith", "同时修改测试的生产代码提交占比", "Production commits that touch tests"),
    _spec("git.tags_per_month", "每月标签数", "Tags per month", unit="ratio"),
    _spec("git.tag_rule", "符合统一版本规则的标签占比", "Tags that follow one version pattern"),
    _spec(
        "git.lead", "提交到首次发布的天数中位数", "Median days to the first release", unit="days"
    ),
    _spec("git.authors", "活跃作者数", "Active authors", unit="count"),
    _spec("git.ci_authors", "修改过流水线的作者数", "Authors of pipeline files", unit="count"),
    _spec(
        "git.cochange_across",
        "跨建议服务的共同变更占比",
        "Changes made together across proposed services",
    ),
    *ownership.SPECS,
)


@dataclass(frozen=True, slots=True)
class _Flag:
    """A share of commits or landings with a mark, and what to say of one with and without it."""

    fact: str
    column: str
    landings: bool
    merges: bool
    yes: Text
    no: Text


_FLAGS = (
    _Flag(
        fact="git.issue",
        column="issue",
        landings=True,
        merges=True,
        yes=Text(zh="集成写明了编号", en="The integration names an issue or request"),
        no=Text(zh="集成未写明编号", en="The integration names no issue or request"),
    ),
    _Flag(
        fact="git.review",
        column="reviewed",
        landings=True,
        merges=True,
        yes=Text(zh="集成有评审痕迹", en="The integration bears a trace of review"),
        no=Text(zh="集成没有评审痕迹", en="The integration bears no trace of review"),
    ),
    _Flag(
        fact="git.conv",
        column="conventional",
        landings=False,
        merges=False,
        yes=Text(zh="提交说明符合约定", en="The message is a conventional one"),
        no=Text(zh="提交说明不符合约定", en="The message is not a conventional one"),
    ),
    _Flag(
        fact="git.signed",
        column="signed",
        landings=False,
        merges=True,
        yes=Text(zh="提交带签名", en="The commit is signed"),
        no=Text(zh="提交没有签名", en="The commit is not signed"),
    ),
    _Flag(
        fact="git.revert",
        column="revert",
        landings=False,
        merges=False,
        yes=Text(zh="提交回退了另一提交", en="The commit reverts another"),
        no=Text(zh="提交不是回退", en="The commit reverts nothing"),
    ),
    _Flag(
        fact="git.hotfix",
        column="hotfix",
        landings=True,
        merges=True,
        yes=Text(zh="集成是紧急修复", en="The integration is a hotfix"),
        no=Text(zh="集成不是紧急修复", en="The integration is no hotfix"),
    ),
)


def facts(seen: Seen) -> tuple[Fact, ...]:
    """One fact for each of `SPECS`; all are unknown without a whole history."""
    missing = without_history(SPECS, seen)
    if missing is not None or seen.history is None:
        return missing or ()
    found = past(seen.history)
    return (
        *_life(found),
        _integrations(found),
        _size(found),
        *(_share(found, flag) for flag in _FLAGS),
        _with_tests(found, seen.records),
        _tags_per_month(found),
        _tag_rule(found),
        _lead(found),
        _authors(found),
        _ci_authors(found, seen.records),
        _across(seen),
        *ownership.facts(seen),
    )


def _life(found: Past) -> tuple[Fact, Fact]:
    """Days from the oldest commit of a side branch to its merge; branches of bots apart."""
    branches = found.history.branches
    merged = branches[branches["merge"].isin(found.landings.index)]
    if len(found.landings) and not _merges_tell(found, len(merged)):
        zh, en = (
            "合并提交太少(压缩或变基合并),看不到分支。",
            "Squashing or rebasing hides branches.",
        )
        return unknown("git.life.p50", zh=zh, en=en), unknown("git.life.p90", zh=zh, en=en)
    if merged.empty:
        return _nothing("git.life.p50"), _nothing("git.life.p90")
    ids = found.history.commits["id"].iloc[merged["merge"]]
    proof = [
        by_commit(
            commit, Text(zh=f"分支存活 {days:.1f} 天", en=f"The branch lived {days:.1f} days")
        )
        for commit, days in zip(ids, merged["days"], strict=True)
    ]
    import numpy as np

    p50, p90 = (float(np.percentile(merged["days"], percent)) for percent in (50, 90))
    return measured("git.life.p50", p50, proof), measured("git.life.p90", p90, proof)


def _merges_tell(found: Past, merged: int) -> bool:
    """Whether merged branches are enough of the landings to stand for the way of working."""
    return found.history.merges_observable and merged >= OBSERVABLE * len(found.landings)


def _integrations(found: Past) -> Fact:
    """Commits by people on the trunk, over active authors and working days."""
    if found.commits.empty:
        return _nothing("git.integ")
    authors = found.commits["author"].nunique()
    per_day = len(found.landings) / authors / working_days(found)
    claim = Text(zh="进入主干的一次集成", en="An integration into the trunk")
    return measured("git.integ", per_day, _each(found.landings, claim))


def _each(commits: "pd.DataFrame", claim: Text, *, holds: bool = True) -> list[Evidence]:
    return [by_commit(commit, claim, holds=holds) for commit in commits["id"]]


def _size(found: Past) -> Fact:
    """Different files of everything that landed at once."""
    changes = found.history.changes
    landed = found.history.commits["landed"].to_numpy()[changes["commit"].to_numpy()]
    files = changes["path"].groupby(landed).nunique()
    files = files[files.index.isin(found.landings.index)]
    if files.empty:
        return unknown("git.size", zh="窗口内没有文件变更。", en="No file changed in the window.")
    ids = found.history.commits["id"].iloc[files.index]
    proof = [
        by_commit(commit, Text(zh=f"集成修改 {n} 个文件", en=f"The integration changed {n} files"))
        for commit, n in zip(ids, files, strict=True)
    ]
    return measured("git.size", float(files.median()), proof)


def _share(found: Past, flag: _Flag) -> Fact:
    """A mark on any commit of what landed counts for the landing."""
    asked = found.landings if flag.landings else found.commits
    asked = asked if flag.merges else asked[asked["parents"] <= 1]
    if asked.empty:
        return _nothing(flag.fact)
    marked = asked[flag.column].to_numpy(dtype=bool)
    if flag.landings:
        every = found.history.commits
        marked = asked.index.isin(every["landed"][every[flag.column].to_numpy(dtype=bool)])
    proof = [
        *_each(asked[~marked], flag.no, holds=False),
        *_each(asked[marked], flag.yes),
    ]
    return measured(flag.fact, float(marked.mean()), proof)


def _nothing(name: str) -> Fact:
    zh, en = "窗口内没有人的提交。", "No person committed in the window."
    return unknown(name, zh=zh, en=en)


def _with_tests(found: Past, records: Records) -> Fact:
    """Of the commits that change a source file of today, those that change a test of today too."""
    import numpy as np
    import pandas as pd

    kinds = {file.path: file.kind for file in records.files}
    changes = found.history.changes[found.history.changes["commit"].isin(found.commits.index)]
    kind = pd.Series([kinds.get(path) for path in changes["path"]], index=changes.index)
    production = changes["commit"][kind == FileKind.SOURCE].unique()
    if not len(production):
        zh, en = (
            "窗口内没有提交修改现存的生产代码。",
            "No commit in the window changed a source file.",
        )
        return unknown("git.testwith", zh=zh, en=en)
    tested = set(changes["commit"][kind == FileKind.TEST])
    both = np.array([row in tested for row in production])
    ids = found.history.commits["id"].iloc[production]
    yes = Text(zh="提交同时修改测试", en="The commit changes tests as well")
    no = Text(zh="提交只修改生产代码", en="The commit changes production code only")
    proof = [
        by_commit(commit, yes if with_test else no, holds=bool(with_test))
        for commit, with_test in zip(ids, both, strict=True)
    ]
    return measured("git.testwith", float(both.mean()), proof)


def _tags_per_month(found: Past) -> Fact:
    """Tags made in the window, over its months (at least one)."""
    inside = [tag for tag in found.history.tags if found.begin <= tag.time <= found.end]
    proof = [
        by_commit(tag.commit, Text(zh=f"标签 {tag.name}", en=f"Tag {tag.name}")) for tag in inside
    ]
    return measured("git.tags_per_month", len(inside) / max(found.days / MONTH, 1.0), proof)


def _tag_rule(found: Past) -> Fact:
    """Share of the most common shape among all tags: same name before, same count of numbers."""
    tags = found.history.tags
    if not tags:
        return not_applicable("git.tag_rule", Text(zh="没有标签。", en="There are no tags."))
    shapes = {tag.name: _shape(tag.name) for tag in tags}
    known = Counter(shape for shape in shapes.values() if shape)
    rule = min(known, key=lambda shape: (-known[shape], shape), default="")
    proof = [
        by_commit(
            tag.commit,
            Text(zh=f"标签 {tag.name}", en=f"Tag {tag.name}"),
            holds=bool(rule) and shapes[tag.name] == rule,
        )
        for tag in tags
    ]
    return measured("git.tag_rule", known[rule] / len(tags) if rule else 0.0, proof)


def _shape(name: str) -> str:
    version = _VERSION.fullmatch(name)
    if version is None:
        return ""
    return version["name"] + ".".join("N" for _ in re.split(r"[._]", version["numbers"]))


def _lead(found: Past) -> Fact:
    """Days from the author date to the first release that holds the commit, released in window."""
    commits = found.history.commits
    within = commits["released"].between(max(found.begin, 1), found.end)
    shipped = commits[within & ~commits["bot"] & (commits["parents"] <= 1)]
    if shipped.empty:
        return unknown(
            "git.lead", zh="窗口内没有发布标签。", en="No release is tagged in the window."
        )
    days = (shipped["released"] - shipped["time"]).clip(lower=0) / DAY
    proof = [
        by_commit(commit, Text(zh=f"{n:.1f} 天后发布", en=f"Released after {n:.1f} days"))
        for commit, n in zip(shipped["id"], days, strict=True)
    ]
    return measured("git.lead", float(days.median()), proof)


def _authors(found: Past) -> Fact:
    return measured("git.authors", *_by_author(found.commits))


def _by_author(commits: "pd.DataFrame") -> tuple[int, list[Evidence]]:
    """How many authors there are, and the newest commit of each."""
    newest = commits.drop_duplicates("author")
    proof = [
        by_commit(commit, Text(zh=f"作者 {author}", en=f"By {author}"))
        for commit, author in zip(newest["id"], newest["author"], strict=True)
    ]
    return len(newest), proof


def _ci_authors(found: Past, records: Records) -> Fact:
    """People who changed a pipeline definition in the window."""
    now = {a.location.path for a in records.artefacts if a.kind == "ci.pipeline"}
    changes = found.history.changes
    names = changes["path"].cat.categories if len(changes) else ()
    pipelines = {path for path in names if path in now or _CI_FILE.search(path)}
    if not pipelines:
        reason = Text(zh="没有流水线文件。", en="There is no pipeline file.")
        return not_applicable("git.ci_authors", reason)
    touched = changes["commit"][changes["path"].isin(pipelines)]
    return measured(
        "git.ci_authors", *_by_author(found.commits[found.commits.index.isin(touched)])
    )


def _across(seen: Seen) -> Fact:
    """Of the joint changes of all coupled pairs of assigned units, those that cross services."""
    name = "git.cochange_across"
    if seen.judged is None or len(seen.judged.services) < 2:  # noqa: PLR2004 - two to cross
        zh, en = "没有可供跨越的建议服务。", "There are no two proposed services to cross."
        return not_applicable(name, Text(zh=zh, en=en))
    home = homes(seen.judged)
    pairs = [pair for pair in seen.cochange if pair.a in home and pair.b in home]
    if not pairs:
        zh, en = "没有经常共同变更的单元。", "No two units often change together."
        return unknown(name, zh=zh, en=en)
    crossing = [pair for pair in pairs if home[pair.a] != home[pair.b]]
    total = sum(pair.shared for pair in pairs)
    proof = [
        Evidence(
            Location(pair.a),
            Text(
                zh=f"与 {pair.b} 共同变更 {pair.shared} 次,跨服务",
                en=f"Changed {pair.shared} times with {pair.b}, in another service",
            ),
            holds=False,
            commit=pair.commit,
        )
        for pair in crossing
    ]
    return measured(name, sum(pair.shared for pair in crossing) / total, proof)
