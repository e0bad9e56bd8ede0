"""Laws of the platform readers: nothing crashes them, nothing is lost on the way."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.collect import platform
from assessor.collect.platform import nodes
from assessor.collect.platform.reading import OPEN, image_parts
from assessor.model.basis import Node, Unread
from assessor.model.records import File, FileKind

SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.just(Unread.TEMPLATED)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
LINES = st.integers(min_value=0, max_value=10**6)


def _node(values: st.SearchStrategy) -> st.SearchStrategy[Node]:
    return st.builds(Node, LINES, values)


NODES = st.recursive(
    _node(SCALARS | NUMBERS),
    lambda inner: _node(
        st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=20,
)

PATHS = (
    ".github/workflows/a.yml",
    ".gitlab-ci.yml",
    "Chart.yaml",
    "Dockerfile",
    "Jenkinsfile",
    "application.properties",
    "application.yml",
    "build.gradle",
    "compose.yml",
    "gradle/libs.versions.toml",
    "gradle/wrapper/gradle-wrapper.properties",
    "k8s/a.yml",
    "pom.xml",
    "pyproject.toml",
    "requirements.txt",
    "settings.gradle.kts",
    "setup.cfg",
    "setup.py",
)
WORDS = (
    *("FROM a AS b\n", "RUN <<E\n", "\\\n", "# c\n", "ARG X=${Y:-z}\n", "USER $X\n", "${", "}"),
    *("apiVersion: v1\n", "kind: List\n", "items:\n", "- ", "  ", "a: ", "&x ", "*x ", "<<: *x\n"),
    *("{{ x }}", "!reference [a, b]\n", "on: push\n", "jobs:\n", "services:\n", "image: a:$b\n"),
    *(
        "<project>",
        "<parent>",
        "</parent>",
        "</project>",
        "<version>${v}</version>",
        "<!--",
        "-->",
    ),
    *("stage('a') {\n", "sh '''x\n", "'''", '"', "'", "/", "/*", "*/", "(", ")", "[", "]", "{"),
    *("dependencies {\n", "implementation 'a:b:1'\n", "[project]\n", 'name = "a"\n', "= [\n"),
    *(
        "a==1\n",
        "-r b.txt\n",
        "setup(install_requires=[",
        "password: x\n",
        "script:\n",
        "extends: a\n",
    ),
)
SOURCES = st.lists(st.sampled_from(WORDS), max_size=25).map("".join) | st.text(max_size=200)


@given(NODES)
def test_decode__encoded_node_through_json__is_the_same(node):
    assert nodes.decode(json.loads(json.dumps(nodes.encode(node)))) == node


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=60, deadline=None)
@given(source=SOURCES)
def test_parse__any_text__gives_artefacts_or_skips(path, source):
    found = json.loads(json.dumps(platform.parse(path, source.encode("utf-8", "replace"))))
    artefacts, skips = platform.decode(path, found)
    files = [File(path, FileKind.OTHER, "", 0, "")]
    linked = platform.link(artefacts, files)
    last = source.count("\n") + source.count("\r") + 1
    assert all(0 <= each.location.line <= last for each in linked)
    assert all(0 <= skip.line <= last for skip in (*skips, *platform.dangling(artefacts, files)))
    assert all(isinstance(each.root.value, Mapping) for each in linked)


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=20, deadline=None)
@given(content=st.binary(max_size=200))
def test_parse__any_bytes__give_artefacts_or_skips(path, content):
    platform.decode(path, platform.parse(path, content))


@given(st.text(max_size=300))
def test_load_yaml__any_text__is_read_or_refused(source):
    try:
        documents = nodes.load_yaml(source)
    except ValueError:
        return
    assert all(isinstance(each, Node) for each in documents)


@given(st.from_regex(r"[-+]?[0-9]{0,20}(\.[0-9]{0,20})?(e[0-9])?", fullmatch=True))
def test_typed__number__is_written_back_as_it_was(written):
    value = nodes.typed(written)
    assert value is None or str(value) == written


NAMES = st.from_regex(r"[a-z]{1,5}(:[0-9]{1,4})?(/[a-z]{1,5}){0,2}", fullmatch=True)
TAGS = st.from_regex(r"[a-z0-9][a-z0-9.]{0,5}", fullmatch=True)


@given(
    name=NAMES.filter(lambda name: ":" not in name.rpartition("/")[2]),
    tag=st.none() | TAGS,
    by_digest=st.booleans(),
)
def test_image_parts__reference_put_together__falls_apart_again(name, tag, *, by_digest):
    digest = "sha256:ab" if by_digest else None
    written = name + (f":{tag}" if tag else "") + (f"@{digest}" if digest else "")
    image = image_parts(written)
    assert (image.image, image.name, image.tag, image.digest) == (written, name, tag, digest)


@given(NAMES, TAGS)
def test_image_parts__variable_in_the_registry__leaves_the_tag_known(name, tag):
    image = image_parts(f"{OPEN}/{name.rpartition('/')[2].partition(':')[0]}:{tag}")
    assert (image.image, image.tag, image.digest) == (Unread.TEMPLATED, tag, None)
