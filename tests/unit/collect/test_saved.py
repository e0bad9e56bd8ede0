"""A saved assessment is read back whole, or refused in one sentence: its file may be anybody's."""

import json
import os
from dataclasses import replace

import pytest

from assessor import pipeline
from assessor.collect import saved
from assessor.collect.replay import replay
from assessor.collect.saved import load
from assessor.errors import UsageError
from assessor.model.assessment import SCHEMA_VERSION
from assessor.model.basis import Skip
from assessor.render.printable import texts
from assessor.render.to_json import to_json
from assessor.report.view import AUDIENCES, view
from assessor.resources import packaged, wording

EN = wording("en")
CUTS = [1, 2, 3, 10, 100, 1_000, 5_000, 20_000, 50_000, 100_000, -2, -3, -10, -100, -1_000]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples") / "shop"
    replay(packaged("sample_repos") / "shop", folder)
    return pipeline.audit(folder, options=pipeline.Options())


@pytest.fixture(scope="module")
def content(shop):
    return to_json(shop)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "saved.json"


def _refused(path):
    """The one sentence that tells why the file is no good."""
    with pytest.raises(UsageError) as raised:
        load(path)
    message = str(raised.value)
    assert raised.value.exit_code == 2
    assert message.startswith(str(path))
    assert len(message.splitlines()) == 1, message
    assert message.endswith(".")
    assert len(message) < len(str(path)) + 400
    return message


def _changed(content, *steps, to):
    """The document with the value at the end of the steps replaced."""
    document = json.loads(content)
    place = document
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = to
    return json.dumps(document).encode()


def test_load__what_was_written__is_byte_identical_when_written_again(content, file):
    file.write_bytes(content)
    assert to_json(load(file)) == content


def test_load__what_was_read_once__reads_as_the_same(content, file):
    file.write_bytes(content)
    once = load(file)
    file.write_bytes(to_json(once))
    assert load(file) == once


def test_load__yes_no_counts_and_shares__keep_their_kind(shop, content, file):
    file.write_bytes(content)
    kinds = [(fact.name, type(fact.value)) for fact in load(file).facts]
    assert kinds == [(fact.name, type(fact.value)) for fact in shop.facts]
    assert {kind for _, kind in kinds} >= {bool, int, float}


def test_load__a_path_that_is_no_utf_8__comes_back_as_it_was(shop, file):
    path = os.fsdecode(b"src/\xff\xfe/\xe4.java")
    odd = replace(shop, skips=(Skip(path, 3, "symlink", "walker", "A link.", ("unit",)),))
    file.write_bytes(to_json(odd))
    found = load(file)
    assert found.skips == odd.skips
    assert os.fsencode(found.skips[0].path) == b"src/\xff\xfe/\xe4.java"
    assert to_json(found) == file.read_bytes()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_load__the_report_of_a_saved_assessment__says_what_the_first_one_says(
    shop, content, file, audience, lang
):
    file.write_bytes(content)
    first, second = (
        list(texts(view(found, wording=wording(lang), audience=audience)))
        for found in (shop, load(file))
    )
    assert first == second


@pytest.mark.parametrize("blank", [b"\xef\xbb\xbf", b"\n \n"], ids=["mark", "space"])
def test_load__a_byte_order_mark_or_space_before_it__does_no_harm(content, file, blank):
    file.write_bytes(blank + content)
    assert to_json(load(file)) == content


@pytest.mark.parametrize(
    "version", ["1.0", "1.1", "1.2", "1.10", "2.0", 1.3, ["1.3"], {"a": 1}, True], ids=repr
)
def test_load__another_schema_version__is_named_beside_ours(content, file, version):
    file.write_bytes(_changed(content, "schema_version", to=version))
    message = _refused(file)
    assert f"schema version {version!r}" in message
    assert f"reads {SCHEMA_VERSION}" in message
    assert "assessor audit" in message


@pytest.mark.parametrize(
    "version", ["9\n9", "9" * 10_000, [9] * 5_000], ids=["line", "long", "list"]
)
def test_load__a_hostile_schema_version__is_told_in_one_short_line(content, file, version):
    file.write_bytes(_changed(content, "schema_version", to=version))
    _refused(file)


@pytest.mark.parametrize("version", [None, "", 0, False], ids=repr)
def test_load__no_schema_version__is_no_assessment(content, file, version):
    file.write_bytes(_changed(content, "schema_version", to=version))
    assert "is no assessment" in _refused(file)


@pytest.mark.parametrize("document", [b"{}", b'{"name": "x"}'])
def test_load__json_of_something_else__is_no_assessment(file, document):
    file.write_bytes(document)
    assert "is no assessment" in _refused(file)


@pytest.mark.parametrize("cut", CUTS)
def test_load__a_file_that_ends_too_soon__is_refused_with_the_line(content, file, cut):
    file.write_bytes(content[:cut])
    assert "is no whole JSON" in _refused(file)
    assert _refused(file)[len(str(file))] == ":"


@pytest.mark.parametrize("part", [10, 30, 50, 70, 90])
def test_load__a_file_cut_inside_of_a_character_or_word__is_refused(content, file, part):
    at = len(content) * part // 100
    for end in range(at, at + 60):
        file.write_bytes(content[:end])
        _refused(file)


def test_load__a_second_document_behind_the_first__is_refused(content, file):
    file.write_bytes(content + content)
    _refused(file)


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b" \n",
        b"no json",
        b"%PDF-1.7",
        b"\x00" * 64,
        b"\xff\xfe\x00",
        b"\x80abc",
        b"{'a': 1}",
        b'{"a": "\x01"}',
        b'{"a": 01}',
        b'{"a"\n: }',
        b"\x1f\x8b\x08\x00",
    ],
    ids=[
        "empty", "blank", "text", "pdf", "nul", "utf-16", "no-utf-8", "quotes", "control", "octal",
        "no-value", "gzip",
    ],
)  # fmt: skip
def test_load__no_json__is_refused(file, document):
    file.write_bytes(document)
    _refused(file)


@pytest.mark.parametrize("document", [b"[]", b"[{}]", b'"text"', b"3", b"true", b"null"])
def test_load__json_but_no_object__is_refused_as_no_assessment(file, document):
    file.write_bytes(document)
    assert "is no assessment, which is a JSON object" in _refused(file)


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "1" * 5_000, "-" + "9" * 5_000],
    ids=lambda text: text[:9],
)  # fmt: skip
def test_load__a_number_that_is_none__is_refused_wherever_it_stands(content, file, number):
    for steps in (("inventory", "coverage"), ("facts", 0, "value"), ("unheard-of",)):
        changed = _changed(content, *steps, to="@@")
        file.write_bytes(changed.replace(b'"@@"', number.encode()))
        _refused(file)


@pytest.mark.parametrize("value", [10**400, -(10**400)], ids=["large", "small"])
def test_load__numbers_beyond_all_measure__are_refused_or_can_be_reported(content, file, value):
    document = json.loads(content)
    rules = [rule for part in document["packs"] for rule in part["rules"]]
    measured = [each for rule in rules for each in (*rule["outcomes"], *rule["missing"])]
    for each in (*document["facts"], *measured):
        each["value"] = value
    file.write_bytes(json.dumps(document).encode())
    _refused_or_reported(file)


@pytest.mark.parametrize(
    "document",
    [b"[" * 200_000, b'{"a":' * 200_000, b"[" * 200_000 + b"]" * 200_000],
    ids=["open-lists", "open-objects", "whole"],
)
def test_load__nested_two_hundred_thousand_deep__is_refused(file, document):
    file.write_bytes(document)
    _refused(file)


def test_load__a_deep_value_inside_of_a_document__is_refused(content, file):
    deep = b"[" * 200_000 + b"]" * 200_000
    file.write_bytes(_changed(content, "skips", to="@@").replace(b'"@@"', deep))
    _refused(file)


def test_load__a_folder_and_a_missing_file__cannot_be_read(tmp_path):
    assert "cannot be read (Is a directory)" in _refused(tmp_path)
    assert "cannot be read (No such file or directory)" in _refused(tmp_path / "gone.json")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
def test_load__a_file_without_the_right_to_read_it__cannot_be_read(content, file):
    file.write_bytes(content)
    file.chmod(0)
    assert "cannot be read (Permission denied)" in _refused(file)


def test_load__a_link_that_leads_to_itself__cannot_be_read(file):
    file.symlink_to(file)
    assert "cannot be read (" in _refused(file)


def test_load__a_file_larger_than_the_bound__is_refused_before_it_is_read(file):
    with file.open("wb") as hole:
        hole.truncate(saved.KIND.largest + 1)
    assert "is larger than 256 MiB" in _refused(file)


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        (("repository", "name"), 5),
        (("repository", "mode"), "folder"),
        (("inventory", "coverage"), "much"),
        (("inventory", "by_kind"), [1]),
        (("history", "available"), "perhaps"),
        (("history", "reason"), "lost"),
        (("history", "hotspots", 0, "revisions"), 1.5),
        (("coupling", "services", 0, "line"), None),
        (("partition", "services"), {}),
        (("partition", "services", 0, "units"), "a.java"),
        (("partition", "services", 0, "quality", "size"), []),
        (("partition", "reason"), "odd"),
        (("partition", "shared"), 3),
        (("facts", 0, "title"), "only one language"),
        (("facts", 0, "title", "zh"), None),
        (("facts", 0, "unit"), "miles"),
        (("facts", 0, "value"), "high"),
        (("facts", 0, "value"), [1]),
        (("packs", 0, "rules", 0, "level"), "two"),
        (("packs", 0, "rules", 0, "outcomes", 0, "outcome"), "passed"),
        (("packs", 0, "rules", 0, "effort", "hours"), "long"),
        (("packs", 0, "domains"), None),
        (("provenance", "packs"), "none"),
        (("skips",), {"a": 1}),
        (("options", "seed"), "x"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_load__a_value_of_the_wrong_kind__is_told_with_its_place(content, file, steps, value):
    file.write_bytes(_changed(content, *steps, to=value))
    assert f": {'.'.join(map(str, steps))}" in _refused(file)


@pytest.mark.parametrize(
    "steps",
    [("tool",), ("facts",), ("packs",), ("partition",), ("history", "commits"),
     ("packs", 1, "rules", 2, "source"), ("facts", 3, "evidence_total")],
    ids=lambda steps: ".".join(map(str, steps)),
)  # fmt: skip
def test_load__something_is_missing__is_told_with_its_place(content, file, steps):
    document = json.loads(content)
    place = document
    for step in steps[:-1]:
        place = place[step]
    del place[steps[-1]]
    file.write_bytes(json.dumps(document).encode())
    assert f": {'.'.join(map(str, steps))}" in _refused(file)


def test_load__a_hostile_key__is_told_in_one_line_without_controls(content, file):
    file.write_bytes(_changed(content, "inventory", "by_kind", "a\nb\x1b[31m", to="x"))
    assert "\x1b" not in _refused(file)


def test_load__a_key_of_endless_length__is_told_briefly(content, file):
    file.write_bytes(_changed(content, "inventory", "by_kind", "k" * 100_000, to="x"))
    _refused(file)


@pytest.mark.parametrize("where", ["outcomes", "missing"])
def test_load__a_fact_that_a_rule_needs_is_not_there__both_are_named(content, file, where):
    document = json.loads(content)
    place = next(
        (p, r)
        for p, part in enumerate(document["packs"])
        for r, each in enumerate(part["rules"])
        if each[where]
    )
    steps = ("packs", place[0], "rules", place[1])
    rule = document["packs"][place[0]]["rules"][place[1]]
    changed = [{**rule[where][0], "fact": "no.such"}]
    file.write_bytes(_changed(content, *steps, where, to=changed))
    message = _refused(file)
    assert rule["id"] in message
    assert "no.such" in message


def test_load__no_facts_at_all__is_refused(content, file):
    file.write_bytes(_changed(content, "facts", to=[]))
    assert "that is not there" in _refused(file)


@pytest.mark.parametrize(
    "moment", ["yesterday", "2025-13-01T00:00:00Z", "2025-02-30", "99", "2025-01-01T25:00:00Z"]
)
def test_load__a_time_that_is_none__is_named(content, file, moment):
    file.write_bytes(_changed(content, "repository", "revision_time", to=moment))
    assert f"repository.revision_time {moment!r} is no time" in _refused(file)


def test_load__no_time__is_that_of_a_folder(content, file):
    file.write_bytes(_changed(content, "repository", "revision_time", to=""))
    assert load(file).repository.revision_time == ""


def _refused_or_reported(file):
    """Either way the reader of the file gets an answer and no trace."""
    try:
        found = load(file)
    except UsageError:
        _refused(file)
        return
    for audience in AUDIENCES:
        view(found, wording=EN, audience=audience)


@pytest.mark.parametrize(
    ("steps", "value"),
    [
        (("coupling", "views", 0, "name"), "brand-new"),
        (("coupling", "strongest", 0, "shares"), {"brand-new": 1.0}),
        (("coupling", "cycles"), [{"units": [], "example": []}]),
        (("coupling", "services", 0, "source"), "nobody"),
        (("history", "hotspots"), [
            {"commit": "", "complexity": 5, "path": "a", "revisions": 0, "score": 0.0}
        ]),
        (("partition", "services"), []),
        (("partition", "services", 0, "units"), []),
        (("partition", "services", 0, "quality", "size"), 0),
        (("partition", "confidence"), {}),
        (("partition", "sound"), False),
        (("partition",), None),
        (("history", "reason"), "no-git"),
        (("history", "available"), False),
        (("packs",), []),
        (("packs", 0, "rules"), []),
        (("packs", 0, "domains"), []),
        (("packs", 0, "rules", 0, "level"), -1),
        (("packs", 0, "rules", 0, "potential"), None),
        (("packs", 0, "rules", 0, "outcomes"), []),
        (("inventory", "coverage"), -3.0),
        (("skips",), [
            {"path": "", "line": -1, "code": "new", "by": "", "reason": "", "affects": []}
        ]),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_load__well_formed_but_impossible__is_refused_or_can_be_reported(
    content, file, steps, value
):
    file.write_bytes(_changed(content, *steps, to=value))
    _refused_or_reported(file)


def _scored(document):
    """A domain with an item on its level, and its pack."""
    return next(
        (part, domain)
        for part in document["packs"]
        for domain in part["domains"]
        if domain["claimable"] is not None and part["claimable"] is not None
    )


def test_load__a_domain_above_its_lowest_item__is_refused(content, file):
    document = json.loads(content)
    part, domain = _scored(document)
    domain["claimable"] = domain["claimable"] % 5 + 1
    file.write_bytes(json.dumps(document).encode())
    named = f"{domain['id']!r} of pack {part['id']!r}"
    assert f"the level of domain {named} is not that of its lowest item" in _refused(file)


@pytest.mark.parametrize("dark", [True, False])
def test_load__a_domain_with_a_level_where_no_item_has_one__is_refused(content, file, dark):
    document = json.loads(content)
    part, domain = _scored(document)
    if dark:
        for rule in part["rules"]:
            if rule["domain"] == domain["id"]:
                rule["level"] = None
    else:
        domain["claimable"] = None
    file.write_bytes(json.dumps(document).encode())
    assert "is not that of its lowest item" in _refused(file)


def test_load__a_standard_above_its_lowest_domain__is_refused(content, file):
    document = json.loads(content)
    part, _ = _scored(document)
    part["claimable"] = part["claimable"] % 5 + 1
    file.write_bytes(json.dumps(document).encode())
    assert (
        f"the claimable level of pack {part['id']!r} is not that of its lowest domain"
    ) in _refused(file)


def test_load__a_standard_that_claims_no_level__is_read(content, file):
    document = json.loads(content)
    part, _ = _scored(document)
    part["claimable"] = None
    file.write_bytes(json.dumps(document).encode())
    assert next(p for p in load(file).packs if p.id == part["id"]).claimable is None


@pytest.mark.parametrize("kind", ["pack", "rule"])
def test_load__ids_that_differ_only_in_capitals__are_refused(content, file, kind):
    document = json.loads(content)
    first, second, *_ = document["packs"] if kind == "pack" else document["packs"][0]["rules"]
    second["id"] = first["id"].lower()
    file.write_bytes(json.dumps(document).encode())
    assert f"there are 2 {kind}s {first['id'].lower()!r}" in _refused(file)
