"""Compose files: services, images, variables, extends."""

import pytest

from assessor.collect.platform.compose import claims

COMPOSE = """\
x-base: &base
  restart: always
services:
  web:
    <<: *base
    image: registry:5000/web:${TAG:-1.2}
    # user: root
    command: echo $$HOME ${NAME}
  db:
    image: postgres@sha256:ab
  job:
    extends: {service: web}
    build: .
    image: ${IMAGE}
  other:
    extends: {file: base.yml, service: x}
volumes:
  data: {}
"""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("docker-compose.yml", True),
        ("a/compose.yaml", True),
        ("docker-compose.prod.yml", True),
        ("local-compose.yml", True),
        ("composer.json", False),
        ("decompose.yml", False),
    ],
)
def test_claims__name_of_the_file__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__services__have_their_images_taken_apart(read):
    found = read({"compose.yml": COMPOSE})
    assert found.table("compose.service", "name", "image", "tag", "digest", "build") == [
        (4, "web", "registry:5000/web:1.2", "1.2", None, False),
        (9, "db", "postgres@sha256:ab", None, "sha256:ab", False),
        (11, "job", "…", "…", "…", True),
        (15, "other", "…", "…", "…", False),
    ]


def test_parse__spec__is_merged_and_its_variables_settled(read):
    found = read({"compose.yml": COMPOSE}).table("compose.service", "spec")
    specs = [spec for _, spec in found]
    assert specs[0]["restart"] == "always"
    assert specs[0]["command"] == "…"
    assert "user" not in specs[0]
    assert specs[2]["restart"] == "always"


def test_parse__first_format__has_services_at_the_top(read):
    found = read({"compose.yml": "web:\n  image: a:1\nnotes: {x: y}\n"})
    assert found.table("compose.service", "name", "tag") == [(1, "web", "1")]


def test_parse__service_that_extends_itself__ends(read):
    found = read({"compose.yml": "services:\n  a: {extends: a, image: 'x:1'}\n"})
    assert found.table("compose.service", "tag") == [(2, "1")]
