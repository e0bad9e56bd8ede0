"""Dockerfiles: stages, instructions, what the final image is told."""

import pytest

from assessor.collect.platform.dockerfile import claims
from assessor.model.basis import Node

TWO_STAGES = """\
# syntax=docker/dockerfile:1
ARG JAVA=17
ARG REGISTRY
FROM --platform=$BUILDPLATFORM maven:3.9-eclipse-temurin-${JAVA} AS build
# USER commented
COPY --link --from=assets . /src
RUN --mount=type=cache,target=/root/.m2 --mount=type=secret,id=s \\
    # USER root
    mvn package && \\

    mvn verify
from ${REGISTRY}/base@sha256:0123456789abcdef
LABEL org.a="one two" \\
      org.b=3
RUN <<EOF
USER root
apt-get install x
EOF
HEALTHCHECK --interval=5s CMD curl -f http://localhost/
ARG UID=1001
USER $UID:1001
ONBUILD USER root
EXPOSE 8080
ENTRYPOINT ["java", \\
  "-jar"]
"""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("Dockerfile", True),
        ("a/Dockerfile.prod", True),
        ("a/web.Dockerfile", True),
        ("Containerfile", True),
        ("docker/dockerfile", True),
        ("Dockerfile.dockerignore", False),
        ("Dockerfile.j2", False),
        ("src/DockerfileParser.java", False),
        ("docs/Dockerfile.md", False),
        (".devcontainer/Dockerfile", False),
        ("web/.devcontainer/base/Dockerfile", False),
    ],
)
def test_claims__name_of_the_file__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__stages__have_their_images_taken_apart(read):
    found = read({"Dockerfile": TWO_STAGES})
    assert found.table("dockerfile.stage", "image", "name", "tag", "digest", "alias") == [
        (4, "maven:3.9-eclipse-temurin-17", "maven", "3.9-eclipse-temurin-17", None, "build"),
        (12, "…", "…", None, "sha256:0123456789abcdef", None),
    ]
    assert found.table("dockerfile.stage", "index", "final", "external", "platform") == [
        (4, 0, False, True, "…"),
        (12, 1, True, True, None),
    ]


def test_parse__final_image__is_summed_up(read):
    (found,) = read({"Dockerfile": TWO_STAGES}).of("dockerfile")
    assert found.location.line == 12
    assert found.root.value["user"] == Node(21, "1001:1001")
    assert found.root.value["healthcheck"] == Node(19, value=True)
    assert found.root.value["entrypoint"] == Node(24, "exec")
    assert found.root.value["labels"].value == {
        "org.a": Node(13, "one two"),
        "org.b": Node(14, "3"),
    }


def test_parse__instructions__have_exact_lines_and_no_comments(read):
    found = read({"Dockerfile": TWO_STAGES})
    table = found.table("dockerfile.instruction", "name", "form", "stage", "final")
    assert table == [
        (2, "ARG", None, 0, False),
        (3, "ARG", None, 0, False),
        (4, "FROM", None, 0, False),
        (6, "COPY", None, 0, False),
        (7, "RUN", "shell", 0, False),
        (12, "FROM", None, 1, True),
        (13, "LABEL", None, 1, True),
        (15, "RUN", "shell", 1, True),
        (19, "HEALTHCHECK", "shell", 1, True),
        (20, "ARG", None, 1, True),
        (21, "USER", None, 1, True),
        (22, "ONBUILD", None, 1, True),
        (23, "EXPOSE", None, 1, True),
        (24, "ENTRYPOINT", "exec", 1, True),
    ]
    texts = dict(found.table("dockerfile.instruction", "text"))
    assert texts[7] == "    mvn package &&     mvn verify".lstrip()
    assert texts[15] == "<<EOF\nUSER root\napt-get install x\nEOF"
    assert texts[24] == '["java",   "-jar"]'


def test_parse__flags__are_apart_from_the_arguments(read):
    found = read({"Dockerfile": TWO_STAGES})
    flags = dict(found.table("dockerfile.instruction", "flags"))
    assert flags[6] == {"link": "true", "from": "assets"}
    assert flags[7] == {"mount": "type=cache,target=/root/.m2 type=secret,id=s"}
    assert flags[19] == {"interval": "5s"}


def test_parse__final_stage_on_an_earlier_one__inherits_from_it(read):
    source = (
        "FROM a:1 AS base\nUSER app\nHEALTHCHECK CMD x\nFROM BASE\nHEALTHCHECK NONE\nCMD run\n"
    )
    found = read({"Dockerfile": source})
    summary = found.one("dockerfile")
    assert (summary["user"], summary["healthcheck"], summary["entrypoint"]) == (
        "app",
        False,
        "shell",
    )
    assert found.table("dockerfile.stage", "external") == [(1, True), (4, False)]


@pytest.mark.parametrize(
    ("image", "tag", "digest"),
    [
        ("node", None, None),
        ("localhost:5000/a/b", None, None),
        ("localhost:5000/a/b:1", "1", None),
        ("a:1@sha256:ff", "1", "sha256:ff"),
        ("a:${TAG:-7}", "7", None),
        ("a:${TAG}", "…", "…"),
        ("$IMAGE", "…", "…"),
        ("${REGISTRY}/a", None, None),
        ("${REGISTRY}/a:1", "1", None),
        ("a:$TAG@sha256:ff", "…", "sha256:ff"),
    ],
)
def test_parse__image_reference__is_templated_only_where_a_variable_reaches(
    read, *, image, tag, digest
):
    found = read({"Dockerfile": f"FROM {image}\n"})
    assert found.table("dockerfile.stage", "tag", "digest") == [(1, tag, digest)]


def test_parse__templated_stage_name__may_be_an_earlier_stage(read):
    source = "FROM a AS with-x\nFROM b AS other\nFROM with-${KIND}\n"
    assert read({"Dockerfile": source}).table("dockerfile.stage", "external") == [
        (1, True),
        (2, True),
        (3, "…"),
    ]


def test_parse__scratch__is_not_external(read):
    assert (
        read({"Dockerfile": "FROM scratch\nCOPY a /\n"}).one("dockerfile.stage")["external"]
        is False
    )


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("# escape=`\nFROM a\nRUN x `\n  y\nUSER u\n", id="escape"),
        pytest.param("FROM a\r\nRUN x \\\r\n  y\r\nUSER u\r\n", id="windows"),
        pytest.param("FROM a\nLABEL a b c\nENV a b c\nWORKDIR /a b\nUSER u", id="old-forms"),
        pytest.param(
            "ARG A B=c\nFROM a\nCOPY <<-A <<'B' /x\n\tUSER x\n\tA\nUSER y\nB\nUSER u", id="docs"
        ),
        pytest.param("FROM a\nRUN echo $((1<<2)) && cat <<< x\nUSER u", id="no-heredoc"),
        pytest.param("FROM a\nRUN a \\   \n# c\n\n  b\nUSER u\n", id="blank-in-between"),
    ],
)
def test_parse__unusual_but_right__is_read_to_its_end(read, source):
    found = read({"Dockerfile": source})
    assert found.skips == []
    assert found.one("dockerfile")["user"] == "u"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param("FROM a\nFOO b\n", 2, id="unknown-instruction"),
        pytest.param("FROM a\n\nRUN <<EOF\nx\n", 3, id="open-heredoc"),
        pytest.param("# nothing\n", 0, id="no-from"),
        pytest.param("RUN x\nFROM a\n", 1, id="before-from"),
        pytest.param("FROM a b c d\n", 1, id="from-with-more"),
    ],
)
def test_parse__wrong_file__is_a_skip_and_nothing_else(read, source, line):
    found = read({"x/Dockerfile": source})
    (skip,) = found.skips
    assert (skip.path, skip.line, skip.code, skip.by) == (
        "x/Dockerfile",
        line,
        "unparsable",
        "platform.dockerfile",
    )
    assert skip.affects == ("dockerfile", "dockerfile.stage", "dockerfile.instruction")
    assert found.artefacts == ()


@pytest.mark.parametrize(
    ("other", "ignore"),
    [
        (".dockerignore", True),
        ("app/.dockerignore", True),
        ("app/Dockerfile.dockerignore", True),
        ("other/.dockerignore", False),
        ("app/sub/.dockerignore", False),
    ],
)
def test_link__dockerignore__applies_from_beside_or_above(read, other, ignore):
    assert read({"app/Dockerfile": "FROM a\n"}, other).one("dockerfile")["ignore"] is ignore
