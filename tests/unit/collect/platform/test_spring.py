"""Spring configuration with profiles, and secrets that never leave."""

import json

import pytest

from assessor.collect import platform
from assessor.collect.platform.spring import claims, relaxed

YAML = """\
spring:
  datasource:
    url: jdbc:mysql://root:hunter2@db/x?password=hunter2
    password: hunter2
app:
  version: @project.version@
  serviceUrl: ${URL:http://x}
  hosts: [a, b]
  apiKey: ${API_KEY}
  token: ${TOKEN:hunter2}
  cipherSecret: '{cipher}hunter2'
  keySecret:
---
spring:
  config.activate.on-profile: prod
server.port: 80
"""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("src/main/resources/application.yml", True),
        ("config/application-prod.properties", True),
        ("bootstrap.yaml", True),
        ("src/main/liberty/config/bootstrap.properties", False),
        ("src/app/application.py", False),
        ("applicationContext.xml", False),
    ],
)
def test_claims__name_of_the_file__decides(path, wanted):
    assert claims(path) is wanted


def test_parse__yaml__has_keys_lines_and_profiles(read):
    found = read({"application.yml": YAML})
    assert found.table("config.entry", "key", "value", "profile", "placeholder", "secret") == [
        (3, "spring.datasource.url", "jdbc:mysql://root:***@db/x?password=***", "", False, False),
        (4, "spring.datasource.password", "***", "", False, True),
        (6, "app.version", "…", "", False, False),
        (7, "app.service-url", "${URL:http://x}", "", True, False),
        (8, "app.hosts[0]", "a", "", False, False),
        (8, "app.hosts[1]", "b", "", False, False),
        (9, "app.api-key", "${API_KEY}", "", True, False),
        (10, "app.token", "***", "", True, True),
        (11, "app.cipher-secret", "***", "", False, False),
        (12, "app.key-secret", "", "", False, False),
        (15, "spring.config.activate.on-profile", "prod", "prod", False, False),
        (16, "server.port", "80", "prod", False, False),
    ]


def test_parse__secret__never_crosses_the_border_of_the_worker():
    written = json.dumps(platform.parse("application.yml", YAML.encode()))
    assert "hunter2" not in written


def test_parse__properties__have_escapes_and_continuations(read):
    source = (
        "# a=commented\n! b\nmy.listValue = one,\\\n   two\n\\u0061b:c\npassword hunter2\n"
        "#---\nspring.config.activate.on-profile=x\nk=v\n"
    )
    found = read({"application-dev.properties": source})
    assert found.table("config.entry", "key", "value", "profile", "secret") == [
        (3, "my.list-value", "one,two", "dev", False),
        (5, "ab", "c", "dev", False),
        (6, "password", "***", "dev", True),
        (8, "spring.config.activate.on-profile", "x", "x", False),
        (9, "k", "v", "x", False),
    ]


@pytest.mark.parametrize(
    ("key", "value", "secret"),
    [
        ("db.password", "x", True),
        ("db.pwd", "123", True),
        ("jwt.secret", "x", True),
        ("aws.secretAccessKey", "x", True),
        ("oauth.clientSecret", "x", True),
        ("users[0].password", "x", True),
        ("password.encoder", "bcrypt", False),
        ("token.validity", "3600", False),
        ("tokens", "false", False),
        ("ssl.private-key", "classpath:x.pem", False),
        ("db.password", "${DB}", False),
        ("db.password", "${DB:}", False),
        ("db.password", "ENC(abc)", False),
        ("db.password", "", False),
    ],
)
def test_parse__key_that_names_a_secret__is_one_only_with_a_literal(read, *, key, value, secret):
    found = read({"application.properties": f"{key}={value}\n"})
    assert found.one("config.entry")["secret"] is secret


@pytest.mark.parametrize("key", ["serviceUrl", "service_url", "SERVICE-URL", "service-url"])
def test_relaxed__ways_to_write_a_key__agree(key):
    assert relaxed(key) == "service-url"
