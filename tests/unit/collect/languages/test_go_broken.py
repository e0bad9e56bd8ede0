"""Broken and hostile Go: nothing fails, and only what cannot be read is lost."""
# ruff: noqa: E501 - sources of a few lines read best as one

import json
from typing import Any, cast

import pytest

from assessor.collect.languages.go import extract, resolve
from assessor.collect.languages.resolution import Extracted
from assessor.model.records import File, FileKind


def resolved(files: dict[str, bytes]):
    return resolve(
        [
            Extracted(
                File(path, FileKind.SOURCE, "go", len(text), ""),
                json.loads(json.dumps(extract(path, text))),
            )
            for path, text in files.items()
        ]
    )


OTHER = (
    b"package a\ntype B struct{}\nfunc (B) M() int { return 0 }\nfunc New() *B { return nil }\n"
)
BROKEN = {
    "missing brace": b"package a\nfunc f() { if ( }\nvar x B\nfunc g() { New() }\n",
    "expression given to new": b"package a\nfunc f() {\n\tx := T{P: new(uint64(New().M()))}\n}\n"
    b"var x B\nfunc g() { New() }\n",
    "words": b"package a\nthis is no Go\nvar x B\nfunc g() { New() }\n",
    "bytes that are no text": b"package a\nvar y = \xff\xfe\nvar x B\nfunc g() { New() }\n",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_resolve__syntax_error__only_its_own_part_is_lost(source):
    resolution = resolved({"a.go": source, "b.go": OTHER})
    kinds = {str(one.kind) for one in resolution.references}
    assert kinds >= {"type", "call"}
    assert resolution.files_with_errors == ("a.go",)
    assert [unit.path for unit in resolution.units] == ["a.go", "b.go"]


def test_extract__expression_given_to_new__is_read_all_the_same():
    source = b"package a\nfunc f() {\n\tx := T{P: new(uint64(New().M()))}\n}\n"
    found = [
        (str(one.kind), one.count) for one in resolved({"a.go": source, "b.go": OTHER}).references
    ]
    assert ("call", 2) in found


HEAD = b"package a\nfunc f() {\n"
HOSTILE = {
    "nothing": b"",
    "zeros": b"\0" * 100_000,
    "all bytes": bytes(range(256)) * 500,
    "a surrogate": b"package a\nvar \xed\xa0\x80 = 1\n",
    "a mark in front": b"\xef\xbb\xbfpackage a\nvar x = 1\n",
    "parentheses": HEAD + b"x := " + b"(" * 5_000 + b"1" + b")" * 5_000 + b"\n}",
    "ifs": HEAD + b"if a {" * 3_000 + b"}" * 3_000 + b"\n}",
    "function literals": HEAD + b"func(){" * 2_000 + b"}()" * 2_000 + b"\n}",
    "calls": HEAD + b"x := a" + b".b()" * 5_000 + b"\n}",
    "types": b"package a\ntype T " + b"map[A]" * 5_000 + b"int\n",
    "type arguments": b"package a\nvar x " + b"T[" * 3_000 + b"int" + b"]" * 3_000 + b"\n",
    "interfaces": b"package a\nvar x "
    + b"interface{M(a " * 1_000
    + b"int"
    + b")}" * 1_000
    + b"\n",
    "function types": b"package a\nvar x " + b"func(" * 1_000 + b"int" + b")" * 1_000 + b"\n",
    "structs": b"package a\nvar x " + b"struct{a " * 1_000 + b"int" + b"}" * 1_000 + b"\n",
    "literals": b"package a\nvar x = []T" + b"{" * 3_000 + b"}" * 3_000 + b"\n",
    "open text": b'package a\nvar x = "' + b"\\" * 50_001,
    "open comments": b"/*" * 50_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_extract__hostile_source__facts_and_a_unit(source):
    assert len(resolved({"a.go": source}).units) == 1


@pytest.mark.parametrize("name", ["parentheses", "ifs", "function literals", "calls", "types"])
def test_extract__too_deep__flagged_as_an_error(name):
    assert resolved({"a.go": HOSTILE[name]}).files_with_errors == ("a.go",)


def test_extract__long_but_not_deep__all_of_it():
    chain = b"if a {}" + b" else if a {}" * 3_000
    text = b"x := a" + b" + a" * 5_000
    facts = cast("dict[str, Any]", extract("a.go", HEAD + chain + b"\n" + text + b"\n}\n"))
    assert facts["measures"] == ["f", 2, 3_002, 3_001, 4]
    assert facts["uses"] == ["Va", 8_002, 3]
    assert not facts["broken"]


LOOPS = {
    "variables of each other": b"package a\nvar x = y\nvar y = x\nfunc f() { x.M() }",
    "variables in a row": b"package a\n"
    + b"".join(b"var v%d = v%d\n" % (n, n + 1) for n in range(3_000))
    + b"func f() { v0.M() }",
    "types of each other": b"package a\ntype A B\ntype B A\nfunc f(a A) { a[0].M(); a.M() }",
    "aliases of each other": b"package a\ntype A = B\ntype B = A\nfunc f(a A) { a.M() }",
    "structs in each other": b"package a\ntype A struct { B }\ntype B struct { *A }\nfunc f(a A) { a.M() }",
    "interfaces in each other": b"package a\ntype A interface { B; M() }\ntype B interface { A; N() }\n"
    b"type S struct { a A }",
    "types that grow": b"package a\ntype P[A, B any] struct { n *P[P[A, B], P[B, A]] }\n"
    b"func f(p P[int, S]) { p" + b".n" * 60 + b".M() }\ntype S struct{}",
    "types that grow by their definition": b"package a\ntype G[A any] G2[map[A]A]\n"
    b"type G2[A any] G[map[A]A]\nfunc f(g G[S]) { g[0].M() }\ntype S struct{}",
    "not the kind of thing": b"package a\nfunc A() {}\nvar x A\ntype T struct { A }\n"
    b"func f() { A.M(); T(); x()(); x[0]; x.y() }",
}


@pytest.mark.parametrize("source", LOOPS.values(), ids=LOOPS)
def test_resolve__names_that_lead_to_themselves__end(source):
    assert len(resolved({"a.go": source, "b.go": OTHER}).units) == 2
