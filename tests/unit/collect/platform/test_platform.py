"""All readers together: what crosses the border, what is skipped, in which order."""

import json

import pytest

from assessor.collect import platform


@pytest.mark.parametrize(
    "path", ["Dockerfile", "pom.xml", "Jenkinsfile", ".gitlab-ci.yml", "a.yml"]
)
def test_claims__file_of_a_platform__is_claimed(path):
    assert platform.claims(path)


@pytest.mark.parametrize("path", ["README.md", "src/Main.java", "logo.png", "locales/de.yml"])
def test_claims__any_other_file__is_not(path):
    assert not platform.claims(path)


def test_parse__oversized_file__is_a_skip(read):
    (skip,) = read({"Dockerfile": "FROM a\n" + "#" * (1 << 20)}).skips
    assert (skip.code, skip.line, skip.by) == ("oversized", 0, "platform.dockerfile")


def test_parse__file_with_too_many_entries__is_a_skip(read):
    found = read({"application.properties": "a=1\n" * 10_001})
    (skip,) = found.skips
    assert (skip.code, skip.affects) == ("oversized", ("config.entry",))
    assert found.artefacts == ()


def test_parse__binary_file__is_a_skip(read):
    (skip,) = read({"Dockerfile": b"FROM a\n\0\n"}).skips
    assert (skip.code, skip.line) == ("unparsable", 2)


def test_decode__what_parse_gave__survives_json():
    path = "Dockerfile"
    given = platform.parse(path, b"FROM a:1\nUSER ${X}\n")
    assert platform.decode(path, json.loads(json.dumps(given))) == platform.decode(path, given)


@pytest.mark.parametrize(
    "foreign", [None, {}, {"artefacts": [1], "skips": []}, {"artefacts": [], "skips": [[1]]}]
)
def test_decode__any_other_shape__is_refused(foreign):
    with pytest.raises(ValueError, match="not "):
        platform.decode("x", foreign)


def test_link__order_of_the_files__makes_no_difference(read):
    sources = {
        "b/Dockerfile": "FROM b\n",
        "a/Dockerfile": "FROM a\n",
        "pom.xml": "<project><groupId>g</groupId><artifactId>a</artifactId></project>",
        ".gitlab-ci.yml": "a: {script: [x]}\n",
    }
    backwards = dict(reversed(sources.items()))
    assert read(sources).artefacts == read(backwards).artefacts


def test_link__result__is_sorted_and_has_no_inner_artefacts(read):
    found = read(
        {"pom.xml": "<project><artifactId>a</artifactId></project>", "Dockerfile": "FROM a\n"}
    )
    keys = [(each.kind, each.location) for each in found.artefacts]
    assert keys == sorted(keys)
    assert {each.kind for each in found.artefacts} == {
        "build.project",
        "dockerfile",
        "dockerfile.instruction",
        "dockerfile.stage",
    }
