from dataclasses import replace

import pytest
from unit.report.assessments import (
    FOUND,
    PAST,
    assessment,
    condition,
    coupling,
    cut,
    domain,
    fact,
    figures,
    pack,
    rule,
    service,
    tables,
    texts,
    told,
)

from assessor.model import assessment as doc
from assessor.model.basis import Skip
from assessor.model.partition import SharedUnit
from assessor.model.view import Figure, Sentence, Table
from assessor.report.judgement import overall
from assessor.report.summary import summary
from assessor.resources import wording

EN, ZH = wording("en"), wording("zh")
BOTH = pytest.mark.parametrize("drawn", [False, True], ids=["plain", "drawn"])
BAD = condition("f.bad")
FACTS = (fact("f.bad", value=False),)
RULES = tuple(rule(f"P-0{at}", BAD, hours=at) for at in (4, 3, 2, 1))
SCORED = assessment(pack("P", *RULES, lifts=("P-03",)), facts=FACTS)


def test_summary__drawn__shows_levels_as_a_figure_and_actions_as_a_table():
    section = summary(SCORED, EN, drawn=True)
    assert [figure.title for figure in figures(section)] == ["Levels by standard"]
    assert [table.columns[0] for table in tables(section)] == ["Standard", "Item"]
    assert told(section)["Most valuable next"] == "strong"
    assert not any(text.startswith("Most valuable next:") for text in told(section))


def test_summary__not_drawn__shows_no_figure_and_names_the_actions_in_a_sentence():
    section = summary(SCORED, EN)
    assert figures(section) == []
    assert [table.columns[0] for table in tables(section)] == ["Standard"]
    assert "Most valuable next" not in told(section)
    said = "Most valuable next: P-03 title of P-03 in English; P-01 title of P-01 in English;"
    assert [tone for text, tone in told(section).items() if text.startswith(said)] == ["strong"]


@BOTH
def test_summary__more_than_three_actions__are_the_three_most_valuable(drawn):
    section = summary(SCORED, EN, drawn=drawn)
    if drawn:
        named = [row[0][:4] for row in texts(tables(section)[1])]
    else:
        said = next(text for text in told(section) if text.startswith("Most valuable next:"))
        named = [part.strip()[:4] for part in said.partition(":")[2].split(";")]
    assert named == ["P-03", "P-01", "P-02"]


@BOTH
def test_summary__nothing_to_do__says_nothing_of_actions(drawn):
    section = summary(assessment(pack("P", rule("P-01", level=5))), EN, drawn=drawn)
    assert not any("valuable" in text for text in told(section))
    assert len(tables(section)) == 1


@BOTH
def test_summary__no_standard__has_neither_figure_nor_table(drawn):
    section = summary(FOUND, EN, drawn=drawn)
    assert (figures(section), tables(section)) == ([], [])
    assert not any(text.startswith("Levels run") for text in told(section))


@BOTH
def test_summary__its_order__is_judgement_standards_cut_actions_and_what_it_rests_on(drawn):
    found = replace(SCORED, partition=cut(service("a"), service("b")))
    kinds = [type(block) for block in summary(found, EN, drawn=drawn).blocks]
    rest = [Sentence, Table] if drawn else [Sentence]
    figure = [Figure] if drawn else []
    assert kinds == [
        Sentence, Table, Sentence, *figure, Sentence, Sentence, *rest, Sentence, Sentence,
    ]  # fmt: skip
    first = summary(found, EN, drawn=drawn).blocks[0]
    assert first == Sentence(overall(found, EN), "strong")


def test_summary__nothing_to_judge__does_not_begin_with_an_empty_sentence():
    assert all(text for text in told(summary(FOUND, EN)))


@pytest.mark.parametrize(
    ("partition", "said", "tone"),
    [
        (None, "No production code in a language that assessor reads", "unknown"),
        (cut(service("a")), "The 3 units of production code form one piece; no cut", "strong"),
        (
            cut(service("a"), service("b")),
            "3 units of production code are grouped into 2",
            "strong",
        ),
    ],
    ids=["none", "one", "two"],
)
def test_summary__services__are_told_as_what_they_are(partition, said, tone):
    section = told(summary(replace(FOUND, partition=partition), EN))
    assert [section[text] for text in section if text.startswith(said)] == [tone]
    assert sum("production code" in text.lower() for text in section) == 1


def test_summary__a_cut__counts_units_services_and_shared_units_and_names_the_services():
    shared = tuple(SharedUnit(f"s{at}.py", 2, "library") for at in range(5))
    found = replace(
        FOUND,
        coupling=coupling(units=40),
        partition=cut(service("a", size=30), service("b", size=5), shared=shared),
    )
    section = told(summary(found, EN))
    assert (
        "40 units of production code are grouped into 2 proposed services; shared units: 5."
        in section
    )
    assert "Services with their units: a (30); b (5)." in section
    assert "各服务及其单元数：a (30)；b (5)。" in told(summary(found, ZH))


@pytest.mark.parametrize(("count", "end"), [(15, "s14 (1)."), (16, "s14 (1); and more.")])
def test_summary__more_than_fifteen_services__are_not_all_named(count, end):
    found = replace(FOUND, partition=cut(*(service(f"s{at:02}") for at in range(count))))
    said = next(t for t in told(summary(found, EN)) if t.startswith("Services with"))
    assert said.endswith(end)


def test_summary__a_cut_that_is_not_sound__is_followed_by_why():
    services = service("a"), service("b")
    found = replace(FOUND, partition=cut(*services, sound=False, reason="lopsided"))
    assert (
        told(summary(found, EN))[
            "This cut should not be called good: the largest service holds more than half of the"
            " units. Read it as a map of the coupling, not as a plan."
        ]
        == "poor"
    )
    sound = told(summary(replace(FOUND, partition=cut(*services)), EN))
    assert not any("should not be called good" in text for text in sound)


@pytest.mark.parametrize(
    ("read", "coverage", "shown", "tone"),
    [(8, 1.0, 100, "plain"), (7, 0.875, 87, "fair")],
    ids=["all", "part"],
)
def test_summary__coverage__is_marked_where_something_was_not_read(read, coverage, shown, tone):
    found = replace(FOUND, inventory=doc.Inventory(9, {}, (), 8, read, coverage))
    said = f"{read} of 8 files that assessor reads could be read ({shown} %)."
    assert told(summary(found, EN))[said] == tone


@BOTH
def test_summary__every_standard__has_its_levels_coverage_and_weakest_domains(drawn):
    domains = (
        domain("x", claimable=3),
        domain("y", claimable=1),
        domain("z", claimable=None),
        domain("w", claimable=1),
    )
    made = pack("P", indicative=2.4, claimable=1, coverage=0.9, attested=0.1, domains=domains)
    dark = pack("Q", indicative=None, claimable=None, coverage=None, domains=())
    table = tables(summary(assessment(made, dark), EN, drawn=drawn))[0]
    assert table.columns == (
        "Standard", "Claimable", "Indicative", "Coverage", "Attested", "Weakest domains",
    )  # fmt: skip
    assert texts(table) == [
        (
            "P pack P in English",
            "1",
            "2.4",
            "90 %",
            "10 %",
            "domain y in English; domain w in English",
        ),
        ("Q pack Q in English", "–", "–", "–", "0 %", ""),
    ]
    assert [(row[1].tone, row[2].tone) for row in table.rows] == [
        ("poor", "fair"),
        ("unknown", "unknown"),
    ]
    assert [row[3].bar for row in table.rows] == [0.9, None]


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (replace(PAST, available=False, reason="no-git"), "No history was read: the folder"),
        (replace(PAST, commits=0), "No history was read: no commit falls into the time"),
    ],
    ids=["no-git", "no-commits"],
)
def test_summary__no_history__is_unknown_and_says_why(past, said):
    section = told(summary(replace(FOUND, history=past), EN))
    assert [section[text] for text in section if text.startswith(said)] == ["unknown"]
    assert not any("people" in text for text in section)
    assert not any("Commits read" in text for text in section)


def _weakest(*domains, words=EN):
    return texts(tables(summary(assessment(pack("P", domains=domains)), words))[0])[0][5]


def test_summary__weakest_domains__are_three_by_name_and_more():
    three = [domain(name, claimable=1) for name in "xyz"]
    best = domain("w", claimable=2)
    named = "; ".join(f"domain {name} in English" for name in "xyz")
    assert _weakest(*three, best) == named
    assert _weakest(*three, domain("v", claimable=1), best) == f"{named}; and more"


@pytest.mark.parametrize("level", [0, 1, 3])
def test_summary__all_domains_equally_weak__are_told_by_their_level(level):
    two = domain("x", claimable=level), domain("y", claimable=level)
    dark = domain("z", claimable=None)
    assert _weakest(*two, dark) == f"all are at level {level}"
    assert _weakest(*two, dark, words=ZH) == f"均为 {level} 级"


def test_summary__a_single_domain_or_none__is_not_called_all():
    assert _weakest(domain("x", claimable=1), domain("z", claimable=None)) == "domain x in English"
    assert _weakest(domain("z", claimable=None)) == ""


@pytest.mark.parametrize(
    ("claimable", "coverage", "noted"),
    [(None, 0.5, True), (None, None, False), (1, 0.9, False)],
    ids=["below", "aside", "enough"],
)
def test_summary__a_standard_with_too_little_coverage__is_explained_below(
    claimable, coverage, noted
):
    found = assessment(pack("A"), pack("P", claimable=claimable, coverage=coverage))
    for language in (EN, ZH):
        note = tables(summary(found, language))[0].note
        assert note == (language.sentences["packs.below"] if noted else "")


def test_summary__a_damaged_history__is_told_once_for_each_kind_of_damage():
    lost = Skip("", 0, "missing-object", "history", "gone", ("history",))
    other = Skip("a", 0, "symlink", "walker", "link", ("unit",))
    section = told(summary(replace(FOUND, skips=(lost, other, lost)), EN))
    assert section["The object is missing from the repository."] == "unknown"
    assert not any("symbolic link" in text.lower() for text in section)
    texts_ = [b.text for b in summary(replace(FOUND, skips=(lost, lost)), EN).blocks]
    assert texts_.count("The object is missing from the repository.") == 1


def test_summary__large_figures_of_the_history__have_thousands():
    past = replace(PAST, commits=12345, authors=1234)
    said = "Commits read: 12,345, people: 1,234, 2024-01-31 to 2024-02-29."
    assert told(summary(replace(FOUND, history=past), EN))[said] == "plain"


def test_summary__an_action__names_the_next_level_that_its_ladder_has():
    gap = rule("P-01", replace(BAD, level=4), level=2)
    (row,) = texts(tables(summary(assessment(pack("P", gap), facts=FACTS), EN, drawn=True))[1])
    assert row[3] == EN.sentences["actions.item"].format(before=2, after=4)
