"""TypeScript's two grammars, and that it is resolved together with JavaScript."""

import pytest

from assessor.collect.languages import FAMILIES, LANGUAGES, is_settings
from assessor.collect.languages.typescript import extract


@pytest.mark.parametrize(
    ("path", "source", "error"),
    [
        ("a.ts", "const x = <T>y", False),
        ("a.tsx", "const x = <T>y", True),
        ("a.tsx", "const x = <T>y</T>", False),
        ("A.TSX", "const x = <T>y</T>", False),
        ("a.mts", "const x = <T>y", False),
        ("a.d.ts", "declare const x: T", False),
        ("a.ts", "export type * from './b'\nexport type * as c from './c'", False),
    ],
)
def test_extract__extension__tells_the_grammar(path, source, error):
    said = extract(path, source.encode())
    assert isinstance(said, dict)
    assert said["error"] is error


def test_family__of_scripts__has_both_languages_and_their_settings():
    assert LANGUAGES["typescript"].family == LANGUAGES["javascript"].family == "script"
    assert FAMILIES["script"].settings is not None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("package.json", True),
        ("a/tsconfig.json", True),
        ("a/tsconfig.base.json", True),
        ("tsconfig-paths.json", True),
        ("jsconfig.json", True),
        ("package-lock.json", False),
        ("my-tsconfig.json", False),
        ("go.mod", False),
    ],
)
def test_family__settings__files_that_say_where_names_lead(path, expected):
    assert is_settings(path, "script") is expected
