"""Loading of rules folders: everything wrong is told at once, with its line."""

from pathlib import Path

import pytest

from assessor.errors import PackError
from assessor.model.basis import EvidenceKind, Text
from assessor.model.facts import FactSpec
from assessor.packs.loading import load

PACK = """\
pack: CTR
title: {zh: 容器, en: Containers}
version: "2026.1"
source: {zh: 来源, en: Source}
domains:
  - {id: image, title: {zh: 镜像, en: Images}}
rules:
  - id: CTR-02
    domain: image
    item: base-image
    title: {zh: 基础镜像, en: Base image}
    why: {zh: 原因, en: Because}
    kind: cumulative
    ladder:
      2: [{fact: image.tagged, at_least: 0.9}]
      4: [{fact: image.pinned, is: true}, {fact: att.list, is: true}]
    remedy: {zh: 措施, en: Do}
    effort: {hours: 1, per: image}
    source: {standard: ctr, clause: "2", status: reconstructed}
"""

FACTS = """\
facts:
  - fact: image.tagged
    title: {zh: 有标签, en: Tagged}
    unit: share
    select: {kind: dockerfile.stage, where: [{path: external, equals: true}]}
    check:
      - {path: tag, exists: true}
      - {not: {path: tag, equals: latest}}
    value: share
    when_nothing: not-applicable
    claim: {zh: "{image} 有标签", en: "{image} is tagged"}
  - fact: image.pinned
    title: {zh: 固定, en: Pinned}
    unit: yes-no
    select: {kind: dockerfile.stage}
    check: {path: digest, exists: true}
    value: any
    when_nothing: zero
    claim: {zh: 固定, en: pinned}
    alternatives:
      - {select: {kind: compose.service}, check: {path: digest, exists: true}}
unseen:
  - {fact: att.list, title: {zh: 清单, en: List}, unit: yes-no, evidence: attestation}
"""


def written(folder: Path, *, pack: str = PACK, facts: str = FACTS) -> Path:
    for name, content in (("packs/ctr.yaml", pack), ("facts/containers.yaml", facts)):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def errors(folder: Path, *, pack: str = PACK, facts: str = FACTS) -> list[str]:
    with pytest.raises(PackError) as raised:
        load(written(folder, pack=pack, facts=facts))
    return str(raised.value).splitlines()


def test_load__good_folder__everything_with_lines_and_digests(tmp_path: Path) -> None:
    rules = load(written(tmp_path))
    rule = rules.packs[0].rules[0]
    tagged = rules.declared[1]
    assert rule.location == "packs/ctr.yaml:8"
    assert sorted(rule.ladder) == [2, 4]
    assert [each.threshold for each in rule.ladder[4]] == [True, True]
    assert tagged.spec.title == Text(zh="有标签", en="Tagged")
    assert tagged.check is not None
    assert [part.operator for part in tagged.check.parts] == ["exists", "not"]
    assert tagged.location == "facts/containers.yaml:2"
    assert rules.declared[0].alternatives[0].kind == "compose.service"
    assert rules.declared[0].alternatives[0].claim.en == "pinned"
    assert rules.unseen[0].evidence is EvidenceKind.ATTESTATION
    assert len(rules.digest) == len(rules.packs[0].digest) == 64


def test_load__one_threshold_edited__both_digests_change(tmp_path: Path) -> None:
    before = load(written(tmp_path))
    after = load(written(tmp_path, pack=PACK.replace("0.9", "0.8")))
    assert before.digest != after.digest
    assert before.packs[0].digest != after.packs[0].digest


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("    kind: cumulative", "    kind: climbing", 13, "must be 'cumulative' or"),
        ("why: {zh: 原因, en: Because}", "why: {zh: 原因}", 12, "`en` is missing"),
        ("why: {zh: 原因, en: Because}", "why: {zh: '', en: B}", 12, "`zh` is empty"),
        ("    item: base-image", "    item: base-image\n    extra: 1", 11, "unknown key `extra`"),
        ("fact: image.tagged,", "fact: image.taged,", 8, "unknown fact `image.taged`"),
        ("domain: image", "domain: picture", 8, "unknown domain `picture`"),
        ("      2: [{", "      6: [{", 15, "`6`: must be"),
        ("at_least: 0.9", "at_least: 90", 8, "lies between 0 and 1"),
        ("at_least: 0.9", "is: true", 8, "compared by `at_least` or `at_most`"),
        ("at_least: 0.9", "at_least: yes", 15, "must be a number"),
        ("at_least: 0.9", "at_least: 0.9, at_most: 1", 15, "exactly one of"),
        ("pinned, is: true", "pinned, at_least: 1", 8, "compared by `is`"),
        ("2: [{fact: image.tagged, at_least: 0.9}]", "2: []", 15, "holds nothing"),
        ("effort: {hours: 1,", "effort: {hours: 0,", 18, "greater than 0"),
        ("    kind: cumulative", "    kind: cumulative\n    kind: cumulative", 14, "twice"),
    ],
)
def test_load__wrong_pack__said_with_its_line(
    tmp_path: Path, *, old: str, new: str, line: int, said: str
) -> None:
    found = errors(tmp_path, pack=PACK.replace(old, new, 1))
    assert any(f"packs/ctr.yaml:{line}: " in each and said in each for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("{path: tag, exists: true}", "{path: tag, is_there: 1}", 7, "unknown operator `is_the"),
        ("{path: tag, exists: true}", "{path: 'a[', exists: true}", 7, "path `a[` is wrong"),
        ("{path: tag, exists: true}", "{path: tag, exists: 1}", 7, "needs true or false"),
        ("{path: tag, exists: true}", "{path: tag, matches: '('}", 7, "wrong regular expression"),
        ("{path: tag, exists: true}", "{path: tag, one_of: x}", 7, "needs a list"),
        ("{path: tag, exists: true}", "{path: tag}", 7, "exactly one operator, here are 0"),
        ("{path: tag, exists: true}", "{any: []}", 7, "`any` needs checks"),
        ("{path: tag, exists: true}", "{path: tag, version_at_least: 1.2}", 7, "quote it"),
        ("unit: share", "unit: count", 2, "value `share` has the unit share"),
        ("fact: image.pinned", "fact: image.tagged", 12, "exists already: facts/containers"),
        ("fact: att.list", "fact: image.pinned", 23, "exists already: facts/containers"),
        ("value: any", "value: none", 12, "no alternatives"),
        ('en: "{image} is', 'en: "{ima[ge} is', 2, "is wrong at"),
    ],
)
def test_load__wrong_facts__said_with_its_line(
    tmp_path: Path, *, old: str, new: str, line: int, said: str
) -> None:
    found = errors(tmp_path, facts=FACTS.replace(old, new, 1))
    assert any(f"containers.yaml:{line}: " in each and said in each for each in found), found


def test_load__many_mistakes__all_in_one_error_in_order(tmp_path: Path) -> None:
    found = errors(
        tmp_path,
        pack=PACK.replace("kind: cumulative", "kind: x").replace("per: image", "pro: image"),
        facts=FACTS.replace("exists: true", "here: true"),
    )
    assert [each.split(": ")[0] for each in found] == [
        "facts/containers.yaml:7",
        "facts/containers.yaml:16",
        "facts/containers.yaml:21",
        "packs/ctr.yaml:13",
        "packs/ctr.yaml:18",
        "packs/ctr.yaml:18",
    ]


def test_load__same_rule_in_two_packs__said(tmp_path: Path) -> None:
    written(tmp_path)
    other = PACK.replace("pack: CTR", "pack: MSP")
    (tmp_path / "packs/other.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(PackError, match="rule `CTR-02` exists already: packs"):
        load(tmp_path)


def test_load__computed_fact__may_be_used_and_not_declared_again(tmp_path: Path) -> None:
    spec = FactSpec("arch.cycles", Text("环", "Cycles"), unit="count", evidence=EvidenceKind.GIT)
    pack = PACK.replace("{fact: image.tagged, at_least: 0.9}", "{fact: arch.cycles, at_most: 0}")
    assert load(written(tmp_path, pack=pack), computed=[spec]).computed == (spec,)
    again = FACTS.replace("fact: image.pinned", "fact: arch.cycles")
    with pytest.raises(PackError, match=r"`arch\.cycles` exists already: computed"):
        load(written(tmp_path, facts=again), computed=[spec])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"pack: [", "not YAML"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a: &x 1\nb: *x\n", "aliases are not used"),
        (b"a: !!python/object:os.system 1\n", "is not used here"),
        (b"", "the file is empty"),
        (b"[" * 100, "not YAML"),
        (b"a: " + b"[" * 60 + b"]" * 60, "nested deeper"),
        (b"x: " + b"a" * 2_000_001, "larger than"),
    ],
    ids=["broken", "binary", "alias", "tag", "empty", "open", "deep", "large"],
)
def test_load__hostile_file__said_not_crashed(
    tmp_path: Path, *, content: bytes, said: str
) -> None:
    written(tmp_path)
    (tmp_path / "packs/bad.yaml").write_bytes(content)
    with pytest.raises(PackError) as raised:
        load(tmp_path)
    assert any(
        each.startswith("packs/bad.yaml") and said in each
        for each in str(raised.value).splitlines()
    )


def test_load__empty_folder__said(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no packs"):
        load(tmp_path)
