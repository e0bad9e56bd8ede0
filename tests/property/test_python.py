"""Laws of the Python front-end: radon counts the same, and no input stops it."""

import json
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st
from radon.complexity import add_inner_blocks, cc_visit
from radon.metrics import mi_visit

from assessor.collect.languages.python import extract, resolve
from assessor.collect.languages.python_metrics import measure
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind

ATOMS = st.sampled_from(["a", "b.c", "1", "'s'", "f(a)", "[]", "a[1:2]", "None"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or", "+", "in"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        ),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
        st.tuples(inner, inner).map("[x for x in {0[0]} if {0[1]}]".format),
        st.tuples(inner, inner).map("{{{0[0]}: y for y in {0[1]}}}".format),
        inner.map("(lambda q: {})".format),
        inner.map("not {}".format).map("({})".format),
    ),
    max_leaves=6,
)
SIMPLE = st.one_of(
    EXPRESSIONS.map("x = {}".format),
    EXPRESSIONS.map("return {}".format),
    EXPRESSIONS.map("assert {}".format),
    st.just("pass"),
    st.just("# comment"),
).map(lambda row: [row, "pass"] if row.startswith("#") else [row])


def indented(body: list[str]) -> list[str]:
    return [f"  {row}" for row in body]


def compound(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    body = st.lists(inner, min_size=1, max_size=2).map(
        lambda many: [row for one in many for row in one]
    )
    head = EXPRESSIONS
    return st.one_of(
        st.tuples(head, body, body).map(
            lambda t: [f"if {t[0]}:", *indented(t[1]), "else:", *indented(t[2])]
        ),
        st.tuples(head, body, head, body).map(
            lambda t: [f"if {t[0]}:", *indented(t[1]), f"elif {t[2]}:", *indented(t[3])]
        ),
        st.tuples(head, body, body).map(
            lambda t: [f"for i in {t[0]}:", *indented(t[1]), "else:", *indented(t[2])]
        ),
        st.tuples(head, body).map(lambda t: [f"while {t[0]}:", *indented(t[1])]),
        st.tuples(body, body, body).map(
            lambda t: [
                "try:",
                *indented(t[0]),
                "except E:",
                *indented(t[1]),
                "else:",
                *indented(t[2]),
            ]
        ),
        st.tuples(head, body, body).map(
            lambda t: [
                f"match {t[0]}:",
                *indented(["case 1:", *indented(t[1]), "case _:", *indented(t[2])]),
            ]
        ),
        st.tuples(head, body).map(lambda t: [f"def g(p={t[0]}):", *indented(t[1])]),
    )


FUNCTIONS = st.recursive(SIMPLE, compound, max_leaves=8).map(
    lambda body: "\n".join(["def f(a):", *indented(body)]) + "\n"
)


def facts(source: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", extract("a.py", source))


def measured(source: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", measure("a.py", source))


@given(FUNCTIONS)
@settings(max_examples=150, deadline=None)
def test_extract__any_function__cyclomatic_complexity_as_radon(source):
    found = {line: count for _, line, count, _, _ in facts(source.encode())["functions"]}
    expected = {one.lineno: one.complexity for one in add_inner_blocks(cc_visit(source))}
    assert found == expected


@given(FUNCTIONS)
@settings(max_examples=60, deadline=None)
def test_measure__any_function__maintainability_as_radon(source):
    found = measured(source.encode())
    assert abs(found["maintainability"] - mi_visit(source, multi=True)) < 1e-6


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
@settings(max_examples=200, deadline=None)
def test_extract__any_bytes__json_facts_that_resolve(content):
    extracted = json.loads(json.dumps(facts(content)))
    file = File("a.py", FileKind.SOURCE, "python", len(content), "")
    found = resolve([Extracted(file, extracted)])
    assert [unit.path for unit in found.units] == ["a.py"]
    assert measured(content)["measured"] in (True, False)


@given(
    FUNCTIONS,
    st.integers(0, 400),
    st.sampled_from(["(", ")", "'", '"""', ":", "=", "\x00", "\n", "def "]),
)
@settings(max_examples=100, deadline=None)
def test_extract__something_put_in__the_import_before_it_stays(source, at, added):
    broken = source[: at % len(source)] + added + source[at % len(source) :]
    found = facts(f"import first\n{broken}".encode())
    assert found["imports"][0][0] == "first"
