"""Both samples, assessed once, in the reports of every audience and language."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache

import pytest
from unit.report.assessments import (
    FOUND,
    PAST,
    assessment,
    condition,
    coupling,
    cut,
    fact,
    pack,
    rule,
    service,
    told,
)

from assessor import pipeline
from assessor.collect.replay import replay
from assessor.model import assessment as doc
from assessor.model.basis import Text
from assessor.model.coupling import Hotspot
from assessor.model.rules import Outcome
from assessor.model.view import (
    Bars,
    Fields,
    Figure,
    Form,
    Graph,
    Matrix,
    Radar,
    Section,
    Sentence,
    Table,
    Treemap,
)
from assessor.report.view import view
from assessor.report.wording import short
from assessor.resources import packaged, wording

EN, ZH = wording("en"), wording("zh")
SAMPLES = ("shop", "clinic")
CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
LEFT_OVER = re.compile(r"(?<![${])\{[a-z_][a-z_.-]*\}")
CLAUSE = re.compile(r"[A-Z0-9.-]+")
PROSE = re.compile(
    r"(?<![\w./-])(the|of|is|are|and|not|with|for|from|was|were|has|have|that|this)(?![\w./-])"
)
ORDER = {
    "brief": (
        "summary", "services", "shared", "ties", "cycles", "cochange", "hotspots", "data",
        "behaviour",
        "actions", "pack-arch", "pack-ctr", "pack-devops-cd", "pack-msp", "unseen",
    ),
    "board": (
        "summary", "scorecard", "map", "services", "actions", "unseen", "method", "provenance",
        "signature",
    ),
    "architect": (
        "summary", "scorecard", "map", "services", "data", "behaviour", "actions", "findings",
        "evidence",
        "unseen", "method", "provenance", "signature",
    ),
    "auditor": (
        "summary", "scorecard", "map", "services", "data", "behaviour", "actions", "findings",
        "evidence",
        "unseen", "method", "rules", "provenance", "signature",
    ),
}  # fmt: skip
EVERY = pytest.mark.parametrize("audience", ORDER)
LANGUAGES = pytest.mark.parametrize("language", [EN, ZH], ids=["en", "zh"])
BOTH = pytest.mark.parametrize("sample", SAMPLES)
# Words that the assessment takes from lists of ours, which a reader gets translated.
CODES = {"kind", "outcome", "status", "comparison", "unit", "advice", "reason", "mode", "code"}


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    @cache
    def run(sample):
        folder = tmp_path_factory.mktemp("samples") / sample
        replay(packaged("sample_repos") / sample, folder)
        return pipeline.audit(folder, options=pipeline.Options())

    return run


def _every(sections) -> Iterator[Section]:
    for each in sections:
        yield each
        yield from _every(each.sections)


def _section(shown, name):
    return next(each for each in _every(shown.sections) if each.id == name)


def _blocks(shown):
    return [block for section in _every(shown.sections) for block in section.blocks]


def _tables(shown):
    found = [block for block in _blocks(shown) if isinstance(block, Table)]
    drawn = [block.table for block in _blocks(shown) if isinstance(block, Figure)]
    return found + [table for table in drawn if table is not None]


def _said(shown) -> Iterator[str]:
    """Every text that a reader reads, and no id, tone or link."""
    yield from (shown.title, shown.subtitle, *shown.header)
    for section in _every(shown.sections):
        yield section.title
        for block in section.blocks:
            yield from _read(block)


def _read(block) -> Iterator[str]:
    match block:
        case Sentence(text=text):
            yield text
        case Table(columns=columns, rows=rows, note=note):
            yield from (*columns, note, *(cell.text for row in rows for cell in row))
        case Figure(title=title, alt=alt, drawing=drawing, table=table):
            yield from (title, alt, *_drawn(drawing))
            if table is not None:
                yield from _read(table)
        case Fields(rows=rows):
            yield from (text for name, cell in rows for text in (name, cell.text))
        case Form(rows=rows):
            yield from (label for row in rows for label in row)


def _drawn(drawing) -> tuple[str, ...]:
    match drawing:
        case Bars():
            return (*(b.label for b in drawing.bars), drawing.value_name, drawing.mark_name)
        case Radar():
            return (*drawing.axes, *(series.name for series in drawing.series))
        case Graph():
            return (*(n.label for n in drawing.nodes), drawing.size_name, drawing.weight_name)
        case Matrix():
            return (*drawing.labels, drawing.row_name, drawing.column_name)
        case Treemap():
            labels = (text for tile in drawing.tiles for text in (tile.label, tile.detail))
            return (*labels, drawing.size_name, drawing.heat_name)
    raise AssertionError(drawing)


def _names(value) -> Iterator[str]:
    """What the assessment takes from the repository and from rules: no words of a language."""
    if isinstance(value, Text):
        yield from {value.zh, value.en} if CLAUSE.fullmatch(value.zh) else ()
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.items() for text in _names(list(item)))
    elif isinstance(value, tuple | list):
        yield from (text for each in value for text in _names(each))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in CODES:
                yield from _names(getattr(value, field.name))


def _words(text):
    return re.findall(r"[^\W\d]\w*", text)


@EVERY
@BOTH
def test_view__for_an_audience__has_its_sections_in_the_order_of_the_manual(
    audited, sample, audience
):
    shown = view(audited(sample), wording=EN, audience=audience)
    assert tuple(section.id for section in shown.sections) == ORDER[audience]


@BOTH
def test_view__the_manual_and_the_code__agree_on_who_reads_what(audited, sample):
    told = packaged("reports").parent.joinpath("docs/reports.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| ")]
    said = {row[0]: row[1:] for row in rows}
    ids = {
        "In short, scorecard, coupling map": ("summary", "scorecard", "map"),
        "Proposed services": ("services",),
        "Data and endpoints": ("data",),
        "Calls, messages, jobs and settings": ("behaviour",),
        "Next best actions": ("actions",),
        "Findings by requirement and their evidence": ("findings", "evidence"),
        "What could not be seen": ("unseen",),
        "Method, provenance, signatures": ("method", "provenance", "signature"),
        "Appendix: every rule": ("rules",),
    }
    for at, audience in enumerate(("board", "architect", "auditor")):
        shown = view(audited(sample), wording=EN, audience=audience)
        promised = {name for row, names in ids.items() if said[row][at] != "–" for name in names}
        assert {section.id for section in shown.sections} == promised


@BOTH
def test_view__for_a_board__has_results_without_their_proofs(audited, sample):
    shown = view(audited(sample), wording=EN, audience="board")
    assert _section(shown, "map").sections == ()
    assert _section(shown, "services").sections == ()
    assert [type(block) for block in _section(shown, "services").blocks].count(Table) == 1
    assert _section(shown, "unseen").sections == ()
    assert not any(section.id.startswith("rule-") for section in _every(shown.sections))


@pytest.mark.parametrize("audience", ["architect", "auditor"])
@BOTH
def test_view__for_those_who_look_closer__has_tables_of_the_map_and_a_page_a_service(
    audited, sample, audience
):
    shown = view(audited(sample), wording=EN, audience=audience)
    parts = {section.id for section in _section(shown, "map").sections}
    assert {"ties", "cycles", "cochange", "hotspots"} <= parts
    pages = [s.title for s in _section(shown, "services").sections if s.id.startswith("service-")]
    assert pages == [service.name for service in audited(sample).partition.services]
    assert {s.id for s in _section(shown, "unseen").sections} == {
        "skips", "unknown", "reconstructed",
    }  # fmt: skip


@BOTH
def test_view__for_an_auditor__has_every_item_where_an_architect_has_the_gaps(audited, sample):
    found = audited(sample)
    rules = [each for part in found.packs for each in part.rules]
    gaps = [r for r in rules if any(c.outcome == "not-met" for c in r.missing) and r.level]
    for audience, expected in (("architect", gaps), ("auditor", rules)):
        shown = view(found, wording=EN, audience=audience)
        ids = [s.id for s in _every(shown.sections) if s.id.startswith("rule-")]
        assert ids == [f"rule-{each.id.lower()}" for each in expected]
    assert 0 < len(gaps) < len(rules)


@EVERY
@LANGUAGES
@BOTH
def test_view__section_ids__are_unique_and_fit_for_an_anchor(audited, sample, language, audience):
    shown = view(audited(sample), wording=language, audience=audience)
    ids = [section.id for section in _every(shown.sections)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name) for name in ids)


@EVERY
@BOTH
def test_view__links_of_cells_and_nodes__lead_to_a_section_of_the_same_view(
    audited, sample, audience
):
    shown = view(audited(sample), wording=EN, audience=audience)
    graphs = [b.drawing for b in _blocks(shown) if isinstance(b, Figure)]
    links = [node.link for graph in graphs if isinstance(graph, Graph) for node in graph.nodes]
    links += [cell.link for table in _tables(shown) for row in table.rows for cell in row]
    ids = {section.id for section in _every(shown.sections)}
    assert sorted({link for link in links if link} - ids) == []


@EVERY
@BOTH
def test_view__tables__have_rows_that_fit_their_columns(audited, sample, audience):
    for table in _tables(view(audited(sample), wording=EN, audience=audience)):
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}
        places = {*table.numeric, *table.wide, *table.filters}
        assert places <= set(range(len(table.columns)))
        assert not set(table.numeric) & set(table.wide)


@EVERY
@BOTH
def test_view__sections__all_hold_something_under_a_title(audited, sample, audience):
    for section in _every(view(audited(sample), wording=EN, audience=audience).sections):
        assert section.title
        assert section.blocks or section.sections, section.id


@EVERY
@BOTH
def test_view__sentences_and_figures__are_never_empty(audited, sample, audience):
    for block in _blocks(view(audited(sample), wording=EN, audience=audience)):
        assert all(text.strip() for text in _read(block) if isinstance(block, Sentence))
        assert not isinstance(block, Figure) or (block.title and block.alt)


@EVERY
@BOTH
def test_view__both_languages__have_the_same_sections_blocks_and_figures(
    audited, sample, audience
):
    def skeleton(language):
        shown = view(audited(sample), wording=language, audience=audience)
        return [
            (section.id, section.page, [type(block).__name__ for block in section.blocks])
            for section in _every(shown.sections)
        ], [len(table.rows) for table in _tables(shown)]

    assert skeleton(EN) == skeleton(ZH)


@LANGUAGES
@EVERY
@BOTH
def test_view__every_text__has_its_placeholders_filled_in(audited, sample, audience, language):
    shown = view(audited(sample), wording=language, audience=audience)
    endpoints = {f"{each.method} {each.path}" for each in audited(sample).data.endpoints}
    left = [text for text in _said(shown) if LEFT_OVER.search(text)]
    assert [text for text in left if not set(text.split(", ")) <= endpoints] == []


@EVERY
@BOTH
def test_view__in_english__has_no_chinese_character_or_sign(audited, sample, audience):
    shown = view(audited(sample), wording=EN, audience=audience)
    assert [text for text in _said(shown) if CHINESE.search(text)] == []


@EVERY
@BOTH
def test_view__in_chinese__what_is_not_chinese_is_a_name_or_a_figure(audited, sample, audience):
    found = audited(sample)
    names = set(_names(found))
    known = {word for name in names for word in _words(name)} | {"sha256"}
    known |= {word for name in names for word in _words(short(name))}
    known |= {ZH.sentences[f"language.{name}"] for name in ("java", "python")}
    shown = view(found, wording=ZH, audience=audience)
    plain = [text for text in _said(shown) if not CHINESE.search(text)]
    starts = {name[:size] for name in names for size in (8, 10, 12)}
    odd = {text for text in plain for word in _words(text) if word not in known | starts}
    assert {text for text in odd if not starts & set(re.split(r"[\s·@]+", text))} == set()


@EVERY
@BOTH
def test_view__in_chinese__has_no_english_prose(audited, sample, audience):
    shown = view(audited(sample), wording=ZH, audience=audience)
    assert [text for text in _said(shown) if PROSE.search(text)] == []


@EVERY
@BOTH
def test_view__in_chinese__sentences_heads_and_titles_are_none_of_the_english_ones(
    audited, sample, audience
):
    def own(language):
        shown = view(audited(sample), wording=language, audience=audience)
        heads = [head for table in _tables(shown) for head in (*table.columns, table.note)]
        sentences = [block.text for block in _blocks(shown) if isinstance(block, Sentence)]
        forms = [text for b in _blocks(shown) if isinstance(b, Form) for text in _read(b)]
        titles = [section.title for section in _every(shown.sections)]
        return {text for text in (*heads, *sentences, *titles, *forms, shown.subtitle) if text}

    names = {each.name for each in audited(sample).partition.services}
    assert own(EN) & own(ZH) - names == set()


@EVERY
@BOTH
def test_view__in_chinese__colons_after_chinese_words_are_chinese(audited, sample, audience):
    shown = view(audited(sample), wording=ZH, audience=audience)
    sentences = [block.text for block in _blocks(shown) if isinstance(block, Sentence)]
    assert [text for text in sentences if re.search("[\u4e00-\u9fff]: ", text)] == []


@EVERY
@BOTH
def test_view__made_twice__is_equal(audited, sample, audience):
    one, two = (view(audited(sample), wording=EN, audience=audience) for _ in range(2))
    assert one == two


@EVERY
def test_view__no_standard__has_no_section_about_standards(audience):
    shown = view(FOUND, wording=EN, audience=audience)
    about = {"scorecard", "findings", "evidence", "rules"}
    assert {section.id for section in shown.sections} & about == set()


@EVERY
def test_view__no_code__has_no_map_and_no_services(audience):
    found = replace(FOUND, coupling=coupling(units=0))
    ids = {section.id for section in view(found, wording=EN, audience=audience).sections}
    assert ids & {"map", "services"} == set()
    assert {"summary", "unseen"} <= ids


@EVERY
def test_view__one_service__has_no_map_of_it(audience):
    found = replace(FOUND, partition=cut(service("all")))
    shown = view(found, wording=EN, audience=audience)
    assert "services" not in {section.id for section in shown.sections}
    assert not any(isinstance(block, Figure) for block in _blocks(shown))


@EVERY
def test_view__three_standards__are_drawn_as_a_radar_but_in_the_brief(audience):
    found = assessment(*(pack(name, rule(f"{name}-01", level=5)) for name in "ABC"))
    shown = view(found, wording=EN, audience=audience)
    drawn = [b.drawing for b in _blocks(shown) if isinstance(b, Figure)]
    assert sum(isinstance(each, Radar) for each in drawn) == (audience != "brief")


def test_view__in_short_what_could_not_be_seen__counts_unknown_facts_that_apply():
    facts = (
        fact("f.a"), fact("f.b"), fact("f.c", value=0), fact("f.d", applies=False),
        fact("f.nobody-asks"), fact("f.aside"),
    )  # fmt: skip
    asked = [condition(f"f.{name}", Outcome.UNKNOWN, value=None) for name in "aabcd"]
    rules = (
        rule("P-01", *asked),
        rule("P-02", condition("f.aside", Outcome.UNKNOWN, value=None), applicable=False),
    )
    found = assessment(pack("P", *rules), facts=facts)
    shown = view(found, wording=EN, audience="board")
    first, *_ = _section(shown, "unseen").blocks
    assert first.text == (
        "Facts that could not be seen from this repository: 2. They are never counted as not met."
    )


@LANGUAGES
def test_view__fields_of_the_cover__are_named_in_the_language_and_kept_in_order(language):
    cover = {"date": "2026-11-27", "client": "ACME", "author": "", "Ref. no.": "7"}
    shown = view(FOUND, wording=language, cover=cover)
    name = language.sentences
    assert shown.cover == (
        (name["cover.date"], "2026-11-27"),
        (name["cover.client"], "ACME"),
        ("Ref. no.", "7"),
    )


@pytest.mark.parametrize(
    ("repository", "head", "dated"),
    [
        (doc.Repository("shop", "0123456789abcdef", "2024-02-29T00:00:00Z", "commit"),
         "shop @ 0123456789ab", "2024-02-29T00:00:00Z"),
        (doc.Repository("", "0123456789abcdef", "2024-02-29T00:00:00Z", "commit"),
         "0123456789ab", "2024-02-29T00:00:00Z"),
        (doc.Repository("shop", "", "", "worktree"), "shop @ files on disk", ""),
        (doc.Repository("shop", "0123456789abcdef", "2024-02-29T00:00:00Z", "worktree"),
         "shop @ files on disk", "2024-02-29T00:00:00Z"),
    ],
    ids=["named", "unnamed", "folder", "worktree"],
)  # fmt: skip
def test_view__its_header__names_repository_revision_and_digests(repository, head, dated):
    packs = (doc.PackVersion("P", "1", "a" * 64), doc.PackVersion("Q", "1", "b" * 64))
    made = doc.Provenance(packs, "c" * 64, {})
    shown = view(replace(FOUND, repository=repository, provenance=made), wording=EN)
    assert shown.header == (head, "sha256 cccccccc · P aaaaaaaa · Q bbbbbbbb")
    assert shown.dated == dated


@LANGUAGES
def test_view__words_of_the_formats__are_all_there_without_their_prefix(language):
    shown = view(FOUND, wording=language)
    formats = {k for k in language.sentences if k.startswith("format.")}
    assert {f"format.{key}" for key in shown.words} == formats
    assert shown.words["contents"] == language.sentences["format.contents"]
    assert shown.lang == language.lang


@pytest.mark.parametrize(("count", "end"), [(6, "P5 aaaaaaaa"), (7, "P5 aaaaaaaa · +1")])
def test_view__its_header__has_the_digests_of_six_standards_and_counts_the_others(count, end):
    packs = tuple(doc.PackVersion(f"P{at}", "1", "a" * 64) for at in range(count))
    made = doc.Provenance(packs, "c" * 64, {})
    header = view(replace(FOUND, provenance=made), wording=EN).header
    assert header[1].startswith("sha256 cccccccc · P0 aaaaaaaa · ")
    assert header[1].endswith(end)
    assert "P6" not in header[1]


@LANGUAGES
def test_view__a_name__is_in_the_title_in_place_of_that_of_the_build_files(language):
    shown = view(FOUND, wording=language, name="Billing")
    assert shown.title == language.sentences["title"].format(name="Billing")
    assert view(FOUND, wording=language).title == language.sentences["title"].format(name="shop")
    assert shown.header == view(FOUND, wording=language).header


@LANGUAGES
def test_view__a_digest__is_the_last_field_of_the_cover(language):
    shown = view(FOUND, wording=language, cover={"Ref": "7"}, digest="ab" * 32)
    assert shown.cover == (("Ref", "7"), (language.sentences["provenance.digest"], "ab" * 32))
    assert view(FOUND, wording=language, cover={"Ref": "7"}).cover == (("Ref", "7"),)


def _hotspots(*sizes, **changes):
    """The section about hotspots of (path, revisions, complexity), None if it is left out."""
    past = replace(PAST, hotspots=tuple(Hotspot(1.0, *each) for each in sizes), **changes)
    shown = view(replace(FOUND, history=past), wording=EN, audience="brief")
    return next((s for s in shown.sections if s.id == "hotspots"), None)


def test_hotspots__changed_at_least_twice_and_complex__are_listed_and_no_others():
    section = _hotspots(("a.py", 2, 1), ("b.py", 1, 9), ("c.py", 9, 0))
    (table,) = section.blocks
    assert [[cell.text for cell in row[:3]] for row in table.rows] == [["a.py", "2", "1"]]


def test_hotspots__none_in_the_history__is_a_good_sentence():
    assert told(_hotspots(("b.py", 1, 9))) == {
        "No unit was changed more than once in the last 365 days of the history.": "good"
    }


def test_hotspots__no_history__are_left_out():
    assert _hotspots(commits=0) is None


def test_hotspots__changed_often_but_without_a_decision__are_not_said_to_be_unchanged():
    section = _hotspots(("c.py", 9, 0))
    assert section is None or not any("more than once" in text for text in told(section))
