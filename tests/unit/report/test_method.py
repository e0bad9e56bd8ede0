from dataclasses import replace

import pytest
from unit.report.assessments import (
    FOUND,
    assessment,
    condition,
    coupling,
    fact,
    pack,
    rule,
    tables,
    texts,
    told,
    words,
)

from assessor.model import assessment as doc
from assessor.model.basis import Skip
from assessor.model.rules import Outcome
from assessor.model.view import Fields, Form, Sentence
from assessor.report import method
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
DARK = condition("f.dark", Outcome.UNKNOWN, value=None)
GOOD = condition("f.good", Outcome.MET, value=True)


def _skip(path, code="symlink", *, line=0, reason="it is a link", by="walker"):
    return Skip(path, line, code, by, reason)


def _part(found, name, *, language=EN):
    """The sub-section of what could not be seen, None if it is left out."""
    parts = {part.id: part for part in method.unseen(found, language).sections}
    return parts.get(name)


def test_unseen__its_head__says_how_much_was_read():
    found = replace(FOUND, inventory=doc.Inventory(9, {}, (), 8, 6, 0.75))
    assert list(told(method.unseen(found, EN))) == [
        EN.sentences["unseen.intro"],
        "6 of 8 files that assessor reads could be read (75 %).",
    ]


def test_skips__none__is_a_good_sentence_and_no_table():
    part = _part(FOUND, "skips")
    assert told(part) == {"Every file that a reader claimed was read.": "good"}
    assert tables(part) == []


def test_skips__of_several_kinds__are_counted_most_first_then_by_name():
    skips = [_skip("a"), _skip("b"), _skip("c", "timeout"), _skip("d", "corrupt")]
    kinds, _ = tables(_part(replace(FOUND, skips=tuple(skips)), "skips"))
    assert kinds.columns == ("Why", "How many")
    assert texts(kinds) == [
        ("A symbolic link, not followed", "2"),
        ("Damaged", "1"),
        ("Reading took too long", "1"),
    ]


def test_skips__each__has_its_place_reason_and_reader():
    found = replace(FOUND, skips=(_skip("x/a.yaml", line=4), _skip("b")))
    _, every = tables(_part(found, "skips"))
    assert every.columns == ("Where", "Why", "Reader")
    assert texts(every) == [("x/a.yaml:4", "it is a link", "walker"),
                            ("b", "it is a link", "walker")]  # fmt: skip
    assert every.note == "2 of 2 skips."


def test_skips__in_chinese__say_what_the_code_means_not_the_english_reason():
    part = _part(replace(FOUND, skips=(_skip("a"),)), "skips", language=ZH)
    kinds, every = tables(part)
    assert texts(kinds) == [("符号链接，未跟随", "1")]
    assert texts(every) == [("a", "符号链接，未跟随", "walker")]


@pytest.mark.parametrize(("language", "said"), [(EN, "it is a link"), (ZH, "brand-new")])
def test_why__a_code_without_a_sentence__is_shown_itself_in_chinese(language, said):
    assert method.why(_skip("a", "brand-new"), language) == said


def test_skips__more_than_two_hundred__are_limited_but_all_counted():
    skips = tuple(_skip(f"f{at:03}") for at in range(201))
    kinds, every = tables(_part(replace(FOUND, skips=skips), "skips"))
    assert texts(kinds) == [("A symbolic link, not followed", "201")]
    assert len(every.rows) == 200
    assert every.note == "200 of 201 skips."


def _unknown(*rules, facts):
    return _part(assessment(pack("P", *rules), facts=facts), "unknown")


def test_unknown__facts__have_their_reason_and_every_item_that_waits_once():
    twice = replace(DARK, level=3)
    rules = rule("P-01", DARK, twice), rule("P-02", level=5, outcomes=(GOOD, DARK))
    part = _unknown(
        *rules, facts=(fact("f.dark", reason=words("too dark")), fact("f.good", value=True))
    )
    (table,) = tables(part)
    assert table.columns == ("Fact", "Why", "Items that depend on it")
    assert texts(table) == [("fact f.dark in English", "too dark in English", "P-01, P-02")]
    assert next(iter(told(part))).endswith(": 1. They are never counted as not met.")


def test_unknown__no_reason_known__is_a_dash():
    (table,) = tables(_unknown(rule("P-01", DARK), facts=(fact("f.dark"),)))
    assert texts(table)[0][1] == "–"


@pytest.mark.parametrize(
    ("waits", "known"),
    [
        (rule("P-01", GOOD), fact("f.good", value=False)),
        (rule("P-01", GOOD), fact("f.good", value=0)),
        (rule("P-01", GOOD), fact("f.good", applies=False)),
        (rule("P-01", GOOD, applicable=False), fact("f.good")),
        (rule("P-01"), fact("f.good")),
    ],
    ids=["no", "zero", "fact-does-not-apply", "rule-does-not-apply", "nobody-asks"],
)
def test_unknown__known_or_asked_by_nobody__is_left_out(waits, known):
    assert _unknown(waits, facts=(known,)) is None


def test_reconstructed__every_standard__counts_both_kinds_of_clause():
    rules = [
        rule(f"P-0{at}", status=s) for at, s in enumerate(("found", "found", "reconstructed"))
    ]
    part = _part(assessment(pack("P", *rules), pack("Q")), "reconstructed")
    assert texts(tables(part)[0]) == [
        ("P pack P in English", "2", "1", "source of P in English"),
        ("Q pack Q in English", "0", "0", "source of Q in English"),
    ]


def test_reconstructed__no_standard__is_left_out():
    assert _part(FOUND, "reconstructed") is None


def test_method__always__tells_how_facts_levels_and_services_come_about_in_order():
    keys = ("facts", "levels", "rollup", "unknown", "services", "limits", "absent")
    assert list(told(method.method(FOUND, EN))) == [EN.sentences[f"method.{k}"] for k in keys]
    assert list(told(method.method(FOUND, ZH))) == [ZH.sentences[f"method.{k}"] for k in keys]


def test_method__languages_and_views__are_tables_under_their_heads():
    languages = (doc.LanguageShare("java", 1200, 1100, 34567), doc.LanguageShare("cobol", 1, 0, 0))
    found = replace(
        FOUND,
        inventory=replace(FOUND.inventory, languages=languages),
        coupling=coupling(views=(doc.View("shared-use", 0.25, 1234),)),
    )
    read, views = tables(method.method(found, EN))
    assert texts(read) == [("Java", "1,200", "1,100", "34,567"), ("cobol", "1", "0", "0")]
    assert texts(views) == [("shared use", "0.25", "1,234")]
    blocks = method.method(found, EN).blocks
    assert [blocks[blocks.index(t) - 1].text for t in (read, views)] == [
        "What was read",
        "Views of coupling and their weight",
    ]
    read, views = tables(method.method(found, ZH))
    assert [row[0] for row in texts(read)] == ["Java", "cobol"]
    assert [row[0] for row in texts(views)] == ["共同使用"]


def test_rules__appendix__has_every_rule_with_ladder_clause_source_and_level():
    aside = rule("P-02", level=None, applicable=False, status="reconstructed")
    section = method.rules(assessment(pack("P", rule("P-01", level=3), aside)), EN)
    (part,) = section.sections
    assert (part.id, part.title) == ("rules-p", "P · pack P in English 1.0")
    (table,) = tables(part)
    assert table.columns == ("Item", "Ladder", "Clause", "Source", "Level")
    assert texts(table) == [
        ("P-01 title of P-01 in English", "cumulative", "clause of P-01 in English", "found", "3"),
        (
            "P-02 title of P-02 in English",
            "cumulative",
            "clause of P-02 in English",
            "reconstructed",
            "–",
        ),
    ]
    assert [row[4].tone for row in table.rows] == ["good", "quiet"]


def _provenance(found, *, language=EN):
    (fields,) = [
        block for block in method.provenance(found, language).blocks if isinstance(block, Fields)
    ]
    return {name: cell.text for name, cell in fields.rows}


def test_provenance__of_a_commit__has_tool_revision_options_and_every_digest():
    packs = (doc.PackVersion("P", "1.0", "a" * 64), doc.PackVersion("Q", "2.0", "b" * 64))
    made = doc.Provenance(packs, "c" * 64, {"git": "2.0", "yaml": "6.0"})
    assert _provenance(replace(FOUND, provenance=made)) == {
        "Tool": "assessor 1.2.3",
        "Schema of the assessment": doc.SCHEMA_VERSION,
        "Repository": "shop",
        "Revision": "0123456789abcdef0123456789abcdef",
        "Time of the revision": "2024-02-29T00:00:00Z",
        "What was assessed": "a commit",
        "Number of services": "chosen from the data",
        "History from": "the beginning",
        "Hotspots X-rayed": "3",
        "Seed": "7",
        "All rules, SHA-256": "c" * 64,
        "P 1.0": "a" * 64,
        "Q 2.0": "b" * 64,
        "Parsers": "git 2.0, yaml 6.0",
    }


def test_provenance__options_that_were_given__are_shown_as_given():
    options = doc.Options(services=4, since="18m", seed=0, xray=0)
    found = _provenance(replace(FOUND, options=options))
    assert (found["Number of services"], found["History from"]) == ("4", "18m")
    assert (found["Seed"], found["Hotspots X-rayed"]) == ("0", "0")


def test_provenance__of_a_folder__has_dashes_for_what_it_lacks():
    found = _provenance(replace(FOUND, repository=doc.Repository("", "", "", "worktree")))
    assert [
        found[name] for name in ("Repository", "History of revision", "Time of the revision")
    ] == ["–"] * 3
    assert found["What was assessed"] == "files on disk"
    assert found["Parsers"] == "–"
    assert "Revision" not in found


def test_provenance__in_chinese__names_the_same_things():
    found = _provenance(FOUND, language=ZH)
    assert found["评估对象"] == "一次提交"
    assert found["服务数量"] == "由数据得出"
    assert len(found) == len(_provenance(FOUND))


@pytest.mark.parametrize(
    ("language", "roles", "lines"),
    [
        (EN, ["Assessed by", "Reviewed by", "Accepted by"], ("Name", "Date", "Signature")),
        (ZH, ["评估人", "复核人", "批准人"], ("姓名", "日期", "签名")),
    ],
    ids=["en", "zh"],
)
def test_signature__three_people__have_a_name_a_date_and_a_line_each(language, roles, lines):
    section = method.signature(FOUND, language)
    (form,) = [block for block in section.blocks if isinstance(block, Form)]
    assert [row[0] for row in form.rows] == roles
    assert {row[1:] for row in form.rows} == {lines}
    assert list(told(section)) == [language.sentences["signature.intro"]]


DISK = replace(FOUND, repository=replace(FOUND.repository, mode="worktree"))


@pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
def test_method_and_signature__of_files_on_disk__do_not_speak_of_a_revision(language):
    said = language.sentences
    assert next(iter(told(method.method(DISK, language)))) == said["method.facts-worktree"]
    signed = told(method.signature(DISK, language))
    assert list(signed) == [said["signature.intro-worktree"]]
    intro = told(method.provenance(DISK, language))
    assert next(iter(intro)) == said["provenance.intro-worktree"]
    assert next(iter(told(method.provenance(FOUND, language)))) == said["provenance.intro"]


def test_provenance__of_files_on_disk__calls_the_revision_that_of_the_history():
    found = _provenance(DISK)
    assert found["History of revision"] == FOUND.repository.revision
    assert "Revision" not in found


@pytest.mark.parametrize("since", [None, "18m"])
def test_provenance__no_history__has_no_beginning_of_it(since):
    found = replace(
        FOUND,
        history=replace(FOUND.history, available=False, reason="no-git"),
        options=replace(FOUND.options, since=since),
    )
    assert _provenance(found)["History from"] == "–"


@pytest.mark.parametrize(
    ("readable", "read", "share", "said", "tone"),
    [
        (0, 0, 1.0, "There was no file that assessor reads.", "unknown"),
        (8, 8, 1.0, "8 of 8 files that assessor reads could be read (100 %).", "plain"),
        (2000, 1999, 0.9995, "1,999 of 2,000 files that assessor reads could be read (99 %).",
         "fair"),
    ],
    ids=["none", "all", "all-but-one"],
)  # fmt: skip
def test_coverage__of_what_is_readable__is_told_with_its_tone(readable, read, share, said, tone):
    found = replace(FOUND, inventory=doc.Inventory(readable, {}, (), readable, read, share))
    assert method.coverage(found, EN) == Sentence(said, tone)
    assert told(method.unseen(found, EN))[said] == tone
