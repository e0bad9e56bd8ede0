"""Laws of the Java front-end: nothing crashes it, facts are JSON, order makes no difference."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.collect.languages.java import extract
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

WORDS = (  # noqa: SIM905 - words read better in a row
    "class interface enum record A B C extends implements new import static package a.b * ; { } "
    "( ) < > , . :: -> = == && || ? : @ @A() int var String void if else for while switch case "
    'default try catch lambda this super [ ] ... "x" "http://u:p@h" password 1 null /* */ // \n '
    "return throw throws instanceof sealed permits"
).split(" ")
SOURCES = st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join).map(str.encode)


def resolved(contents: list[bytes], order: list[int]) -> object:
    files = [
        Extracted(File(f"F{n}.java", FileKind.SOURCE, "java", 0, ""), extract("", contents[n]))
        for n in order
    ]
    return resolve(files)


@given(st.one_of(SOURCES, st.binary(max_size=200)))
@settings(max_examples=200, deadline=None)
def test_extract__any_bytes__facts_that_survive_json(content: bytes) -> None:
    facts = extract("A.java", content)
    assert json.loads(json.dumps(facts)) == facts


@given(st.lists(SOURCES, min_size=1, max_size=4), st.data())
@settings(max_examples=100, deadline=None)
def test_resolve__any_order__same_result(contents: list[bytes], data: st.DataObject) -> None:
    numbers = list(range(len(contents)))
    assert resolved(contents, numbers) == resolved(contents, data.draw(st.permutations(numbers)))


@given(SOURCES)
@settings(max_examples=100, deadline=None)
def test_resolve__any_source__counts_and_lines_are_positive(content: bytes) -> None:
    files = [Extracted(File("A.java", FileKind.SOURCE, "java", 0, ""), extract("", content))]
    resolution = resolve(files)
    assert len(resolution.units) == 1
    assert all(reference.count > 0 < reference.line for reference in resolution.references)
